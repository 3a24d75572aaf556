// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the fuzz targets share. A target must use what it parsed, every byte, or the optimiser and
// the sanitizers have nothing to look at; and what must hold of every input is checked, not only
// that nothing crashes.
#ifndef PTN_FUZZ_H
#define PTN_FUZZ_H

#include "base/bytes.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile uint8_t fuzz_sink;

static inline void use_number(uint64_t n)
{
    fuzz_sink = (uint8_t)(fuzz_sink ^ (n & 0xff));
}

// Reads every byte; an empty span has no pointer.
static inline void use_span(patina_span s)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < s.len; i++) {
        sum ^= s.ptr[i];
    }
    use_number(sum);
    use_number(s.len);
}

// What must hold of every input.
#define MUST(cond)                                                                          \
    do {                                                                                    \
        if (!(cond)) {                                                                      \
            (void)fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #cond); \
            abort();                                                                        \
        }                                                                                   \
    } while (0)

// A parser says yes, or names an error of the peer.
#define MUST_BE_VERDICT(err) MUST((err) == PATINA_OK || patina_err_class(err) == PATINA_CLASS_PEER)

#endif
