// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Memory: the allocator handed in, wiped blocks, growable buffers, the arena of one handshake
// stage, constant-time comparison. Everything freed here is wiped first, so callers need not
// remember what was secret.
#ifndef PTN_MEM_H
#define PTN_MEM_H

#include "base/bytes.h"
#include "base/compiler.h"

// The C library's heap.
extern const struct patina_allocator ptn_heap;

// `a` itself, or ptn_heap for NULL.
const struct patina_allocator *ptn_allocator_or_heap(const struct patina_allocator *a);

// Zeroed memory, or NULL. A size of 0 gives NULL.
void *ptn_alloc(const struct patina_allocator *a, size_t size);
void *ptn_alloc_array(const struct patina_allocator *a, size_t count, size_t size);

// Wipes and frees. NULL is a no-op; `size` is what was asked for.
void ptn_free(const struct patina_allocator *a, void *p, size_t size);

// A copy of `s`; false when memory ran out. Empty gives empty. Free with ptn_span_free.
PTN_MUST bool ptn_span_dup(const struct patina_allocator *a, patina_span s, patina_span *out);
void ptn_span_free(const struct patina_allocator *a, patina_span s);

// Copies of `count` spans and of their bytes; false, and NULL, when memory ran out. None gives
// NULL. Free with ptn_spans_free.
PTN_MUST bool ptn_spans_dup(const struct patina_allocator *a, const patina_span *spans,
                            size_t count, patina_span **out);
void ptn_spans_free(const struct patina_allocator *a, patina_span *spans, size_t count);

void ptn_wipe(void *p, size_t n);
static inline void ptn_mspan_wipe(patina_mspan s)
{
    ptn_wipe(s.ptr, s.len);
}

// Equal, in time that depends on the lengths alone.
bool ptn_ct_eq(patina_span a, patina_span b);

// ---- A growable buffer with a hard cap; the only owner of bytes beside structs. Growth is by
// doubling, so memory stays within twice the bytes received. Old blocks are wiped.

struct ptn_buf {
    const struct patina_allocator *alloc;
    uint8_t *ptr_;
    size_t len_, cap_, max_;
};

void ptn_buf_init(struct ptn_buf *b, const struct patina_allocator *alloc, size_t max);
void ptn_buf_clear(struct ptn_buf *b); // wipes, frees; stays usable
patina_span ptn_buf_span(const struct ptn_buf *b);
patina_mspan ptn_buf_mspan(struct ptn_buf *b);
static inline size_t ptn_buf_len(const struct ptn_buf *b)
{
    return b->len_;
}
// Appends; false when the cap or memory is exhausted (nothing is then appended). `s` lies outside
// the buffer.
PTN_MUST bool ptn_buf_append(struct ptn_buf *b, patina_span s);
// Appends `len` zero bytes and returns them for filling; empty on failure or for 0.
PTN_MUST bool ptn_buf_extend(struct ptn_buf *b, size_t len, patina_mspan *out);
// Removes the first n bytes (moves the rest); the removed ones are wiped.
void ptn_buf_drop_front(struct ptn_buf *b, size_t n);
// Cuts to the first `len` bytes, wiping the rest; capacity stays.
void ptn_buf_truncate(struct ptn_buf *b, size_t len);

// ---- An arena: blocks that live until the stage ends and are then wiped and freed as one. Blocks
// are 16-aligned, zeroed, and never move.

struct ptn_arena_block;
struct ptn_arena {
    const struct patina_allocator *alloc;
    struct ptn_arena_block *first_;
    size_t total_, max_;
};

void ptn_arena_init(struct ptn_arena *a, const struct patina_allocator *alloc, size_t max);
void *ptn_arena_alloc(struct ptn_arena *a, size_t size);
PTN_MUST bool ptn_arena_dup(struct ptn_arena *a, patina_span s, patina_span *out);
void ptn_arena_clear(struct ptn_arena *a); // wipes, frees; stays usable
static inline size_t ptn_arena_total(const struct ptn_arena *a)
{
    return a->total_;
}

// ---- Option structs of another version: copies `from` (of from_size bytes as its struct_size
// says) over the zeroed `to` (to_size bytes). False when the unknown tail is not zero. `from_size`
// must be at least `min_size`.
PTN_MUST bool ptn_copy_options(void *to, size_t to_size, const void *from, size_t from_size,
                               size_t min_size);

#endif
