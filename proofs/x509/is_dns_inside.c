// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_dns_inside
// REPLACE: is_at_or_below is_child ptn_span_at ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: is_wildcard has_dot is_below
// MUTANT: src/x509/constraint_forms.c s/return name.len > 2 \&\& ptn_span_at(name, 0)/return name.len > 0 \&\& ptn_span_at(name, 0)/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (is_dns_inside(any_span(), any_span(), any_bool())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
