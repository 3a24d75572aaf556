// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_scheme
// REPLACE: ptn_read_u8 ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/uri.c s/return s.len != 0 \&\& is_letter(/return s.len != 1 \&\& is_letter(/
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    if (is_scheme(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
