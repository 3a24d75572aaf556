// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The reference count of shared, immutable objects. Adding needs no order; the last release must
// see every other thread's use of the object before it frees it.
#ifndef PTN_REF_H
#define PTN_REF_H

#include "base/check.h"

#include <stdatomic.h>

struct ptn_ref {
    atomic_size_t count_;
};

static inline void ptn_ref_init(struct ptn_ref *r)
{
    atomic_init(&r->count_, 1);
}

static inline void ptn_ref_add(struct ptn_ref *r)
{
    size_t before = atomic_fetch_add_explicit(&r->count_, 1, memory_order_relaxed);
    PTN_CHECK(before != 0 && before < SIZE_MAX / 2);
}

// True for the last one: the caller then frees.
static inline bool ptn_ref_drop(struct ptn_ref *r)
{
    size_t before = atomic_fetch_sub_explicit(&r->count_, 1, memory_order_acq_rel);
    PTN_CHECK(before != 0);
    return before == 1;
}

#endif
