// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_ip_inside
// REPLACE: ptn_span_at ptn_span_part
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/constraint_forms.c s/if (base.len . 2 != ip.len || base.len % 2 != 0) {/if (base.len == 7) {/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (is_ip_inside(any_span(), any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
