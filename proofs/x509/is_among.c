// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_among
// REPLACE: ptn_extension_read ptn_span_equal
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/cert_ext.c s/while (ptn_extension_read(.r, .e))/while (!ptn_extension_read(\&r, \&e))/
#include "proof.h"

#include "x509/cert_ext.c"

void harness(void)
{
    if (is_among(any_span(), any_span())) {
        PTN_REACH("seen before");
    } else {
        PTN_REACH("a new one");
    }
}
