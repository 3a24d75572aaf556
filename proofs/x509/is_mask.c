// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_mask
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/constraint_forms.c s/ptn_span_at(mask, i) ^ 0xffu/ptn_span_at(mask, i + 1) ^ 0xffu/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (is_mask(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
