// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// An allocator for tests: it counts, fails the n-th allocation, and checks that each block is wiped
// before it comes back.
#ifndef PTN_TESTS_COUNTING_H
#define PTN_TESTS_COUNTING_H

#include "patina/base.h"

struct counting {
    struct patina_allocator alloc; // hand out &c.alloc
    size_t live_blocks, live_bytes, peak_bytes;
    size_t allocations; // all ever asked for
    size_t fail_at;     // this one fails, counted from 1; 0: none
    size_t unwiped;     // blocks released with a byte other than zero
};

void counting_init(struct counting *c);

#endif
