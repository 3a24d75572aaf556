// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_number
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/uri.c s/if (!is_digit(ptn_span_at(s, i))) {/if (!is_digit(ptn_span_at(s, i + 1))) {/
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    if (is_number(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
