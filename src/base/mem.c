// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Memory: see mem.h. One of the files that may call the C library's memory functions.
#include "base/mem.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

// ---- Wiping

void ptn_wipe(void *p, size_t n)
{
    if (p == NULL || n == 0) {
        return;
    }
    memset(p, 0, n);
    // The compiler must assume that the zeros are read.
    __asm__ __volatile__("" : : "r"(p) : "memory");
}

void patina_wipe(void *p, size_t n)
{
    ptn_wipe(p, n);
}

bool ptn_ct_eq(patina_span a, patina_span b)
{
    if (a.len != b.len) {
        return false;
    }
    uint8_t difference = 0;
    for (size_t i = 0; i < a.len; i++) {
        difference = (uint8_t)(difference | (a.ptr[i] ^ b.ptr[i]));
        // Keeps the compiler from leaving early once a difference is seen.
        __asm__ __volatile__("" : "+r"(difference));
    }
    return difference == 0;
}

// ---- The C library's heap as an allocator

static void *heap_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void *heap_resize(void *user, void *p, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    return realloc(p, new_size);
}

static void heap_release(void *user, void *p, size_t size)
{
    (void)user;
    (void)size;
    free(p);
}

const struct patina_allocator ptn_heap = {
    .struct_size = sizeof(struct patina_allocator),
    .alloc = heap_alloc,
    .resize = heap_resize,
    .release = heap_release,
};

const struct patina_allocator *ptn_allocator_or_heap(const struct patina_allocator *a)
{
    return a != NULL ? a : &ptn_heap;
}

void *ptn_alloc(const struct patina_allocator *a, size_t size)
{
    if (size == 0) {
        return NULL;
    }
    void *p = a->alloc(a->user, size);
    if (p != NULL) {
        memset(p, 0, size);
    }
    return p;
}

void *ptn_alloc_array(const struct patina_allocator *a, size_t count, size_t size)
{
    size_t total;
    return ptn_mul_size(count, size, &total) ? ptn_alloc(a, total) : NULL;
}

void ptn_free(const struct patina_allocator *a, void *p, size_t size)
{
    if (p == NULL) {
        return;
    }
    ptn_wipe(p, size);
    a->release(a->user, p, size);
}

bool ptn_span_dup(const struct patina_allocator *a, patina_span s, patina_span *out)
{
    *out = (patina_span){0};
    if (s.len == 0) {
        return true;
    }
    uint8_t *p = a->alloc(a->user, s.len);
    if (p == NULL) {
        return false;
    }
    memcpy(p, s.ptr, s.len);
    *out = (patina_span){p, s.len};
    return true;
}

void ptn_span_free(const struct patina_allocator *a, patina_span s)
{
    if (s.len != 0) {
        ptn_free(a, (void *)(uintptr_t)s.ptr, s.len);
    }
}

bool ptn_spans_dup(const struct patina_allocator *a, const patina_span *spans, size_t count,
                   patina_span **out)
{
    *out = NULL;
    if (count == 0) {
        return true;
    }
    patina_span *copies = ptn_alloc_array(a, count, sizeof *copies);
    if (copies == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ptn_span_dup(a, spans[i], &copies[i])) {
            ptn_spans_free(a, copies, count);
            return false;
        }
    }
    *out = copies;
    return true;
}

void ptn_spans_free(const struct patina_allocator *a, patina_span *spans, size_t count)
{
    for (size_t i = 0; spans != NULL && i < count; i++) {
        ptn_span_free(a, spans[i]);
    }
    ptn_free(a, spans, count * sizeof *spans);
}

// ---- Growable buffer

enum { BUF_FIRST = 256 };

void ptn_buf_init(struct ptn_buf *b, const struct patina_allocator *alloc, size_t max)
{
    *b = (struct ptn_buf){.alloc = alloc, .max_ = max};
}

void ptn_buf_clear(struct ptn_buf *b)
{
    if (b->ptr_ != NULL) {
        ptn_free(b->alloc, b->ptr_, b->cap_);
    }
    b->ptr_ = NULL;
    b->len_ = 0;
    b->cap_ = 0;
}

patina_span ptn_buf_span(const struct ptn_buf *b)
{
    return b->len_ == 0 ? (patina_span){0} : (patina_span){b->ptr_, b->len_};
}

patina_mspan ptn_buf_mspan(struct ptn_buf *b)
{
    return b->len_ == 0 ? (patina_mspan){0} : (patina_mspan){b->ptr_, b->len_};
}

static bool buf_reserve(struct ptn_buf *b, size_t more)
{
    if (more <= b->cap_ - b->len_) {
        return true;
    }
    size_t need;
    if (!ptn_add_size(b->len_, more, &need) || need > b->max_) {
        return false;
    }
    size_t cap = b->cap_ == 0 ? BUF_FIRST : b->cap_;
    while (cap < need) {
        cap = cap > b->max_ / 2 ? b->max_ : cap * 2;
    }
    cap = ptn_min_size(cap, b->max_);
    uint8_t *p = b->alloc->alloc(b->alloc->user, cap);
    if (p == NULL) {
        return false;
    }
    if (b->len_ != 0) {
        memcpy(p, b->ptr_, b->len_);
    }
    ptn_free(b->alloc, b->ptr_, b->cap_);
    b->ptr_ = p;
    b->cap_ = cap;
    return true;
}

bool ptn_buf_append(struct ptn_buf *b, patina_span s)
{
    if (!buf_reserve(b, s.len)) {
        return false;
    }
    if (s.len != 0) {
        memmove(b->ptr_ + b->len_, s.ptr, s.len);
        b->len_ += s.len;
    }
    return true;
}

bool ptn_buf_extend(struct ptn_buf *b, size_t len, patina_mspan *out)
{
    *out = (patina_mspan){0};
    if (!buf_reserve(b, len)) {
        return false;
    }
    if (len != 0) {
        memset(b->ptr_ + b->len_, 0, len);
        *out = (patina_mspan){b->ptr_ + b->len_, len};
        b->len_ += len;
    }
    return true;
}

void ptn_buf_drop_front(struct ptn_buf *b, size_t n)
{
    n = ptn_min_size(n, b->len_);
    if (n == 0) {
        return;
    }
    size_t left = b->len_ - n;
    memmove(b->ptr_, b->ptr_ + n, left);
    ptn_wipe(b->ptr_ + left, n);
    b->len_ = left;
}

void ptn_buf_truncate(struct ptn_buf *b, size_t len)
{
    if (len < b->len_) {
        ptn_wipe(b->ptr_ + len, b->len_ - len);
        b->len_ = len;
    }
}

// ---- Arena

struct ptn_arena_block {
    alignas(16) struct ptn_arena_block *next;
    size_t size; // whole block, this head included
    size_t used; // head included
};

enum { ARENA_BLOCK = 2048 };

void ptn_arena_init(struct ptn_arena *a, const struct patina_allocator *alloc, size_t max)
{
    *a = (struct ptn_arena){.alloc = alloc, .max_ = max};
}

void *ptn_arena_alloc(struct ptn_arena *a, size_t size)
{
    size_t rounded;
    if (size == 0 || !ptn_add_size(size, 15, &rounded)) {
        return NULL;
    }
    rounded &= ~(size_t)15;
    struct ptn_arena_block *block = a->first_;
    if (block == NULL || rounded > block->size - block->used) {
        size_t need;
        if (!ptn_add_size(rounded, sizeof *block, &need)) {
            return NULL;
        }
        size_t room = a->max_ - ptn_min_size(a->max_, a->total_);
        if (need < ARENA_BLOCK && room >= ARENA_BLOCK) {
            need = ARENA_BLOCK;
        }
        if (need > room) {
            return NULL;
        }
        block = ptn_alloc(a->alloc, need);
        if (block == NULL) {
            return NULL;
        }
        block->size = need;
        block->used = sizeof *block;
        block->next = a->first_;
        a->first_ = block;
        a->total_ += need;
    }
    void *p = (uint8_t *)block + block->used;
    block->used += rounded;
    return p;
}

bool ptn_arena_dup(struct ptn_arena *a, patina_span s, patina_span *out)
{
    *out = (patina_span){0};
    if (s.len == 0) {
        return true;
    }
    uint8_t *p = ptn_arena_alloc(a, s.len);
    if (p == NULL) {
        return false;
    }
    memcpy(p, s.ptr, s.len);
    *out = (patina_span){p, s.len};
    return true;
}

void ptn_arena_clear(struct ptn_arena *a)
{
    while (a->first_ != NULL) {
        struct ptn_arena_block *block = a->first_;
        a->first_ = block->next;
        ptn_free(a->alloc, block, block->size);
    }
    a->total_ = 0;
}

// ---- Options

bool ptn_copy_options(void *to, size_t to_size, const void *from, size_t from_size, size_t min_size)
{
    memset(to, 0, to_size);
    if (from == NULL || from_size < min_size) {
        return false;
    }
    memcpy(to, from, ptn_min_size(to_size, from_size));
    const uint8_t *bytes = from;
    for (size_t i = to_size; i < from_size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}
