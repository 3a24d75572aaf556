// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_mspan_fill
// SOURCES: src/base/bytes.c
// MUTANT: src/base/bytes.c s/memset(s.ptr, value, s.len)/memset(s.ptr, value, s.len + 1)/
#include "proof.h"

void harness(void)
{
    patina_mspan s = any_mspan();
    size_t i = any_size();
    ASSUME(i < s.len);
    uint8_t value = any_u8();
    ptn_mspan_fill(s, value);
    CLAIM(s.ptr[i] == value, "each byte is set");
    PTN_REACH("filled");
}
