// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the two files of the stream library share: memory by the caller's allocator or the C heap.
#ifndef PATINA_STREAM_INTERNAL_H
#define PATINA_STREAM_INTERNAL_H

#include <stdlib.h>

#include "patina/stream.h"

static inline void *ptn_stream_alloc(const struct patina_allocator *a, size_t size)
{
    return a != NULL ? a->alloc(a->user, size) : malloc(size);
}

static inline void ptn_stream_release(const struct patina_allocator *a, void *p, size_t size)
{
    if (p == NULL) {
        return;
    }
    if (a != NULL) {
        a->release(a->user, p, size);
    } else {
        free(p);
    }
}

#endif
