// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The caller's buffers: output that is fixed or grows, the input helper, a string as a span.
#include "conn/conn.h"

static patina_mspan whole(const struct patina_output *o)
{
    return (patina_mspan){o->ptr, o->cap};
}

enum { OUTPUT_FIRST = 4096 }; // one server flight with a short chain

// Grows to `need` bytes or more, by doubling, within the limit.
static patina_err grow(struct patina_output *o, size_t need)
{
    const struct patina_allocator *alloc = ptn_allocator_or_heap(o->alloc);
    size_t cap = o->cap == 0 ? OUTPUT_FIRST : o->cap;
    while (cap < need) {
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    }
    cap = ptn_min_size(cap, o->limit);
    uint8_t *ptr = alloc->alloc(alloc->user, cap);
    PTN_REQUIRE(ptr != NULL, PATINA_ERR_NO_MEMORY);
    patina_span unsent = patina_output_unsent(o);
    ptn_span_copy((patina_mspan){ptr, cap}, unsent);
    if (o->ptr != NULL) {
        alloc->release(alloc->user, o->ptr, o->cap);
    }
    o->ptr = ptr;
    o->cap = cap;
    o->start = 0;
    o->len = unsent.len;
    return PATINA_OK;
}

bool ptn_output_fits(const struct patina_output *o)
{
    return o->start <= o->len && o->len <= o->cap && (o->ptr != NULL || o->cap == 0);
}

patina_err ptn_output_room(struct patina_output *o, size_t want, patina_mspan *out)
{
    *out = (patina_mspan){0};
    PTN_REQUIRE(ptn_output_fits(o), PATINA_ERR_MISUSE); // every door looked; a callback may have
                                                        // spoilt it since
    if (o->cap - o->len < want && o->cap < o->limit) {
        size_t need;
        if (!ptn_add_size(o->len - o->start, want, &need)) {
            need = o->limit;
        }
        PTN_TRY(grow(o, ptn_min_size(need, o->limit)));
    }
    *out = ptn_mspan_skip(whole(o), o->len);
    return PATINA_OK;
}

void ptn_output_filled(struct patina_output *o, size_t n)
{
    PTN_CHECK(n <= o->cap - o->len);
    o->len += n;
}

patina_span patina_output_unsent(const struct patina_output *o)
{
    return o->start < o->len
               ? ptn_span_part((patina_span){o->ptr, o->cap}, o->start, o->len - o->start)
               : (patina_span){0};
}

void patina_output_sent(struct patina_output *o, size_t n)
{
    o->start += ptn_min_size(n, o->len - o->start);
    if (o->start == o->len) {
        o->start = 0;
        o->len = 0;
    }
}

void patina_output_free(struct patina_output *o)
{
    if (o->limit == 0) {
        return; // the caller's own bytes
    }
    const struct patina_allocator *alloc = ptn_allocator_or_heap(o->alloc);
    if (o->ptr != NULL) {
        alloc->release(alloc->user, o->ptr, o->cap);
    }
    o->ptr = NULL;
    o->cap = 0;
    o->start = 0;
    o->len = 0;
}

// ---- Input

patina_mspan patina_inbuf_room(struct patina_inbuf *b, size_t want)
{
    patina_mspan all = {b->ptr, b->cap};
    if (want > b->cap) {
        return (patina_mspan){0};
    }
    if (b->cap - b->start < want || b->end == b->cap) {
        patina_mspan unread = patina_inbuf_unread(b);
        ptn_span_copy(all, ptn_span(unread));
        b->end -= b->start;
        b->start = 0;
    }
    return ptn_mspan_skip(all, b->end);
}

void patina_inbuf_filled(struct patina_inbuf *b, size_t n)
{
    b->end += ptn_min_size(n, b->cap - b->end);
}

patina_mspan patina_inbuf_unread(const struct patina_inbuf *b)
{
    return ptn_mspan_part((patina_mspan){b->ptr, b->cap}, b->start, b->end - b->start);
}

void patina_inbuf_used(struct patina_inbuf *b, size_t n)
{
    b->start += ptn_min_size(n, b->end - b->start);
    if (b->start == b->end) {
        b->start = 0;
        b->end = 0;
    }
}

patina_span patina_span_str(const char *s)
{
    return ptn_span_of_string(s);
}
