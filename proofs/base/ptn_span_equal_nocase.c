// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_equal_nocase
// SOURCES: src/base/bytes.c
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// COVERS: lower
// MUTANT: src/base/bytes.c /^bool ptn_span_equal_nocase/,/^}/s/a.len != b.len/a.len < b.len/
#include "proof.h"

void harness(void)
{
    if (ptn_span_equal_nocase(any_span(), any_span())) {
        PTN_REACH("equal");
    } else {
        PTN_REACH("different");
    }
}
