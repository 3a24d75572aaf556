// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_one_dotted
// REPLACE: ptn_der_enter ptn_der_read ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/profile_read.c s/ \&\& name.len != 0 \&\&/ \&\&/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    if (is_one_dotted(any_reader())) {
        PTN_REACH("dotted");
    } else {
        PTN_REACH("none");
    }
}
