// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_mspan_set
// SOURCES: src/base/bytes.c
// MUTANT: src/base/bytes.c s/s.ptr\[ptn_checked_index(i, s.len)\] = value/s.ptr[ptn_checked_index(i, s.len) + 1] = value/
#include "proof.h"

void harness(void)
{
    patina_mspan s = any_mspan();
    size_t i = any_size();
    size_t other = any_size();
    ASSUME(other < s.len && other != i);
    uint8_t before = s.ptr[other];
    uint8_t value = any_u8();
    ptn_mspan_set(s, i, value);
    CLAIM(s.ptr[i] == value, "that byte is set");
    CLAIM(s.ptr[other] == before, "no other is");
    PTN_REACH("set");
}
