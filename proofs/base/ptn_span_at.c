// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_at
// SOURCES: src/base/bytes.c
// ASSIGNS_NOTHING: yes
// MUTANT: src/base/bytes_inline.h s/return s.ptr\[ptn_checked_index(i, s.len)\]/return s.ptr[ptn_checked_index(i, s.len) + 1]/
#include "proof.h"

void harness(void)
{
    patina_span s = any_span();
    size_t i = any_size();
    uint8_t byte = ptn_span_at(s, i);
    CLAIM(byte == s.ptr[i], "that byte");
    PTN_REACH("read");
}
