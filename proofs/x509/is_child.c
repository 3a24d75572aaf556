// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_child
// REPLACE: is_at_or_below ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: is_below
// MUTANT: src/x509/constraint_forms.c s/i + parent.len + 1 < name.len; i++/i + parent.len < name.len + 1; i++/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (is_child(any_span(), any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
