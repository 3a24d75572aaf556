// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_len_without_trailing_zeros
// SOURCES: src/base/bytes.c
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/base/bytes.c s/s.ptr\[len - 1\] == 0/s.ptr[len] == 0/
#include "proof.h"

void harness(void)
{
    patina_span s = any_span();
    size_t len = ptn_span_len_without_trailing_zeros(s);
    if (len == 0) {
        PTN_REACH("all zeros");
    } else if (len < s.len) {
        PTN_REACH("some padding");
    } else {
        PTN_REACH("none");
    }
}
