// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_same_text
// SOURCES: src/base/bytes.c
// REPLACE: next_folded
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/dn_match.c s/struct ptn_reader right = ptn_reader_of(b);/struct ptn_reader right = ptn_reader_of(b); right.pos_ = right.len_ + 1;/
#include "proof.h"

#include "x509/dn_match.c"

void harness(void)
{
    if (is_same_text(any_span(), any_span())) {
        PTN_REACH("the same");
    } else {
        PTN_REACH("another");
    }
}
