// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_below
// REPLACE: ptn_span_at ptn_span_equal ptn_span_part
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/profile_read.c s/name.len <= value.len) {/name.len < value.len) {/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    if (is_below(any_span(), any_span())) {
        PTN_REACH("below");
    } else {
        PTN_REACH("not below");
    }
}
