// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_compare
// SOURCES: src/base/bytes.c
// ASSIGNS_NOTHING: yes
// MUTANT: src/base/bytes.c s/size_t n = ptn_min_size(a.len, b.len);/size_t n = a.len;/
#define PROOF_MEMCMP
#include "proof.h"

void harness(void)
{
    int order = ptn_span_compare(any_span(), any_span());
    if (order < 0) {
        PTN_REACH("before");
    } else if (order == 0) {
        PTN_REACH("equal");
    } else {
        PTN_REACH("after");
    }
}
