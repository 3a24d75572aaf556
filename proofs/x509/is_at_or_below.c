// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_at_or_below
// REPLACE: ptn_span_equal_nocase ptn_span_at ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/constraint_forms.c s/if (name.len < base.len ||$/if (/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (is_at_or_below(any_span(), any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
