// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_trust_domain
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/uri.c s/uint8_t c = ptn_span_at(s, i);/uint8_t c = ptn_span_at(s, i + 1);/
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    if (is_trust_domain(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
