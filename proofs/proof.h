// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What every proof begins with: arbitrary spans, readers and writers, and stand-ins for the few
// functions that the model checker cannot look into. An arbitrary span is an object of its own and
// of just its length, any length that an object can have: one byte too far is outside the object.
#ifndef PTN_PROOF_H
#define PTN_PROOF_H

#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

#define ASSUME(condition) __CPROVER_assume(condition)
#define CLAIM(condition, text) __CPROVER_assert(condition, text)

// Any value: to the model checker a nondet_ function is just that.
bool nondet_bool(void);
#define any_bool nondet_bool
int nondet_int(void);
#define any_int nondet_int
uint8_t nondet_u8(void);
#define any_u8 nondet_u8
uint16_t nondet_u16(void);
#define any_u16 nondet_u16
uint32_t nondet_u32(void);
#define any_u32 nondet_u32
uint64_t nondet_u64(void);
#define any_u64 nondet_u64
int16_t nondet_i16(void);
#define any_i16 nondet_i16
int64_t nondet_i64(void);
#define any_i64 nondet_i64
size_t nondet_size(void);
#define any_size nondet_size

// No input reaches a panic.
void ptn_panic(const char *what)
{
    (void)what;
    CLAIM(false, "a panic is never reached");
    ASSUME(false);
}

static inline void *any_object(size_t size)
{
    ASSUME(size <= __CPROVER_max_malloc_size);
    void *p = malloc(size);
    ASSUME(p != NULL);
    return p;
}

static inline patina_mspan any_mspan(void)
{
    patina_mspan s = {.len = any_size()};
    s.ptr = any_object(s.len);
    if (s.len == 0 && any_bool()) {
        s.ptr = NULL;
    }
    return s;
}

static inline patina_span any_span(void)
{
    return ptn_span(any_mspan());
}

// An array of `n` spans, at most `most`: all the same. What looks at them one by one, in a loop
// that forgets what came before, looks at any one of them.
static inline patina_span *uniform_spans(size_t n, size_t most)
{
    ASSUME(n <= most);
    patina_span *spans = malloc(n * sizeof(*spans)); // here, so that its type is seen
    ASSUME(spans != NULL);
    if (n != 0) {
        __CPROVER_array_set(spans, any_span());
    }
    return spans;
}

// The body of a message, or a part of one.
static inline patina_span any_body(void)
{
    patina_span body = any_span();
    ASSUME(BODY(body));
    return body;
}

// Two spans that may share bytes.
static inline void any_overlap(patina_mspan *a, patina_mspan *b)
{
    *a = any_mspan();
    *b = any_mspan();
    if (any_bool()) {
        size_t from = any_size();
        ASSUME(from <= a->len && b->len <= a->len - from && a->ptr != NULL);
        b->ptr = a->ptr + from;
    }
}

// Any spans, each from the first byte on of one of two objects (the loop is unwound by a proof that
// calls this: CBMC: --unwindset any_spans.0:N).
static inline void any_spans(patina_span *spans, size_t n)
{
    patina_span a = any_span();
    patina_span b = any_span();
    for (size_t i = 0; i < n; i++) {
        bool is_a = any_bool();
        spans[i].ptr = is_a ? a.ptr : b.ptr;
        spans[i].len = any_size();
        ASSUME(spans[i].len <= (is_a ? a.len : b.len));
    }
}

// Any numbers, `*out_count` of them.
static inline const uint16_t *any_numbers(size_t *out_count)
{
    *out_count = any_size();
    ASSUME(*out_count <= __CPROVER_max_malloc_size / sizeof(uint16_t));
    return any_object(*out_count * sizeof(uint16_t));
}

// A reader in any state.
static inline struct ptn_reader any_reader(void)
{
    struct ptn_reader r = ptn_reader_of(any_span());
    r.pos_ = any_size();
    r.failed_ = any_bool();
    ASSUME(READER_STATE(r));
    return r;
}

// A writer in any state.
static inline struct ptn_writer any_writer(void)
{
    struct ptn_writer w = ptn_writer_of(any_mspan());
    w.pos_ = any_size();
    w.failed_ = any_bool();
    ASSUME(WRITER_STATE(w));
    return w;
}

// Whether `s` lies within `whole` or is empty.
static inline bool is_within(patina_span s, patina_span whole)
{
    return WITHIN(s, whole);
}

// The library models of these two loop over the bytes; stand-ins say what they need and give
// anything.
#ifdef PROOF_MEMCMP
int memcmp(const void *a, const void *b, size_t n)
{
    CLAIM(__CPROVER_r_ok(a, n) && __CPROVER_r_ok(b, n), "memcmp within its objects");
    return any_int();
}
#endif
#ifdef PROOF_STRLEN
size_t strlen(const char *s)
{
    size_t n = any_size();
    ASSUME(n < __CPROVER_OBJECT_SIZE(s) - __CPROVER_POINTER_OFFSET(s) && s[n] == '\0');
    return n;
}
#endif

#endif
