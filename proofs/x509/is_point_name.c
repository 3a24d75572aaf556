// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_point_name
// REPLACE: ptn_der_is_next ptn_der_read ptn_der_enter ptn_der_read_any
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/crl_ext.c s/ || !ptn_is_general_name(tag)/ || name.ptr[name.len] == 0/
#include "proof.h"

#include "x509/crl_ext.c"

void harness(void)
{
    if (is_point_name(any_span())) {
        PTN_REACH("a name");
    } else {
        PTN_REACH("none");
    }
}
