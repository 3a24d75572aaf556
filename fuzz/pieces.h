// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// For targets that cut their input into pieces.
#ifndef PTN_FUZZ_PIECES_H
#define PTN_FUZZ_PIECES_H

#include "fuzz.h"

#include "base/mem.h"

// Memory of exactly this length, so that the sanitizer sees each byte beyond it. Give it to free().
static inline patina_mspan fuzz_exact(patina_span s)
{
    uint8_t *p = malloc(s.len != 0 ? s.len : 1);
    MUST(p != NULL);
    patina_mspan copy = {p, s.len};
    ptn_span_copy(copy, s);
    return copy;
}

// Numbers that follow from the input: where to cut it.
static inline uint32_t fuzz_next(uint32_t *state)
{
    uint32_t x = *state != 0 ? *state : 1;
    x ^= (x & 0x7ffff) << 13;
    x ^= x >> 17;
    x ^= (x & 0x7ffffff) << 5;
    *state = x;
    return x;
}

// Short pieces and long ones.
static inline size_t fuzz_piece(uint32_t *state)
{
    uint32_t x = fuzz_next(state);
    return 1 + ((x & 0x100) != 0 ? (x >> 9) % 8 : (x >> 9) % 600);
}

#endif
