// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_host_inside
// REPLACE: is_at_or_below ptn_span_equal_nocase ptn_span_at ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: has_dot is_below
// MUTANT: src/x509/constraint_forms.c s/return base.len != 0 \&\& ptn_span_at(base, 0)/return ptn_span_at(base, 1)/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (is_host_inside(any_span(), any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
