// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_ascii
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/dn_match.c s/if (ptn_span_at(s, i) >= 0x80) {/if (ptn_span_at(s, i + 1) >= 0x80) {/
#include "proof.h"

#include "x509/dn_match.c"

void harness(void)
{
    if (is_ascii(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
