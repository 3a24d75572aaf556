// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_gap
// SOURCES: src/base/bytes.c
// REPLACE: find_colon ptn_span_at
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/name.c s/while (at + 1 < text.len \&\& ptn_span_at(text, at + 1)/while (at < text.len \&\& ptn_span_at(text, at + 1)/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    patina_span text = any_span();
    if (find_gap(text) < text.len) {
        PTN_REACH("a gap");
    } else {
        PTN_REACH("none");
    }
}
