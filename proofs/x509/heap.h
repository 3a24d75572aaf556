// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Memory handed out and taken back, as proofs see it instead of base/mem.c: zeroed, and it may run
// out at any call. A copy of a span has arbitrary contents.
#ifndef PTN_PROOF_HEAP_H
#define PTN_PROOF_HEAP_H

#include "base/mem.h"
#include "proof.h"

const struct patina_allocator ptn_heap;

const struct patina_allocator *ptn_allocator_or_heap(const struct patina_allocator *a)
{
    return a != NULL ? a : &ptn_heap;
}

void *ptn_alloc(const struct patina_allocator *a, size_t size)
{
    CLAIM(READABLE(a), "an allocator");
    ASSUME(size <= __CPROVER_max_malloc_size);
    return size == 0 || any_bool() ? NULL : calloc(1, size);
}

void *ptn_alloc_array(const struct patina_allocator *a, size_t count, size_t size)
{
    size_t total;
    return ptn_mul_size(count, size, &total) ? ptn_alloc(a, total) : NULL;
}

void ptn_free(const struct patina_allocator *a, void *p, size_t size)
{
    CLAIM(READABLE(a), "the allocator it came from");
    CLAIM(p == NULL || __CPROVER_rw_ok(p, size), "what is freed is whole");
    free(p);
}

bool ptn_span_dup(const struct patina_allocator *a, patina_span s, patina_span *out)
{
    CLAIM(READABLE(a) && SPAN(s), "an allocator, and what is copied");
    bool have = s.len == 0 || any_bool();
    *out = have && s.len != 0 ? (patina_span){any_object(s.len), s.len} : (patina_span){0};
    return have;
}

void ptn_span_free(const struct patina_allocator *a, patina_span s)
{
    if (s.len != 0) {
        ptn_free(a, (void *)s.ptr, s.len);
    }
}

#endif
