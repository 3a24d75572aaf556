// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_equal
// SOURCES: src/base/bytes.c
// ASSIGNS_NOTHING: yes
// MUTANT: src/base/bytes.c s/return a.len == b.len \&\& (a.len == 0/return (a.len == 0/
#define PROOF_MEMCMP
#include "proof.h"

void harness(void)
{
    if (ptn_span_equal(any_span(), any_span())) {
        PTN_REACH("equal");
    } else {
        PTN_REACH("different");
    }
}
