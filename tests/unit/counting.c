// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See counting.h.
#include "counting.h"

#include <stdlib.h>
#include <string.h>

static void *count_alloc(void *user, size_t size)
{
    struct counting *c = user;
    c->allocations++;
    void *p = c->allocations == c->fail_at ? NULL : malloc(size);
    if (p != NULL) {
        memset(p, 0xa5, size); // nobody may count on zeros
        c->live_blocks++;
        c->live_bytes += size;
        c->peak_bytes = c->live_bytes > c->peak_bytes ? c->live_bytes : c->peak_bytes;
    }
    return p;
}

static void count_release(void *user, void *p, size_t size)
{
    struct counting *c = user;
    const uint8_t *bytes = p;
    size_t dirty = 0;
    for (size_t i = 0; i < size; i++) {
        dirty += bytes[i] != 0;
    }
    c->unwiped += dirty != 0;
    c->live_blocks--;
    c->live_bytes -= size;
    free(p);
}

static void *count_resize(void *user, void *p, size_t old_size, size_t new_size)
{
    void *q = count_alloc(user, new_size);
    if (q != NULL && p != NULL) {
        memcpy(q, p, old_size < new_size ? old_size : new_size);
        memset(p, 0, old_size);
        count_release(user, p, old_size);
    }
    return q;
}

void counting_init(struct counting *c)
{
    *c = (struct counting){
        .alloc = {.struct_size = sizeof(struct patina_allocator),
                  .user = c,
                  .alloc = count_alloc,
                  .resize = count_resize,
                  .release = count_release},
    };
}
