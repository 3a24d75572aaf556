// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Spans, the reader, the writer, checked arithmetic. bytes.c and this header are the only place where pointers are added
// to. A reader's cursor is an integer: a proof over a moving pointer can be silently empty.
#ifndef PTN_BYTES_H
#define PTN_BYTES_H

#include "base/check.h"
#include "base/compiler.h"
#include "patina/base.h"

// ---- Checked arithmetic. False on overflow; *out is then 0.

static inline PTN_MUST bool ptn_add_size(size_t a, size_t b, size_t *out)
{
    if (__builtin_add_overflow(a, b, out)) {
        *out = 0;
        return false;
    }
    return true;
}

static inline PTN_MUST bool ptn_mul_size(size_t a, size_t b, size_t *out)
{
    if (__builtin_mul_overflow(a, b, out)) {
        *out = 0;
        return false;
    }
    return true;
}

static inline size_t ptn_min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

// ---- Spans

#define PTN_SPAN_OF(array) ((patina_span){(array), PTN_COUNT(array)})
#define PTN_MSPAN_OF(array) ((patina_mspan){(array), PTN_COUNT(array)})

// A string literal's bytes, without the final zero.
#define PTN_SPAN_LITERAL(text) ((patina_span){(const uint8_t *)("" text), sizeof("" text) - 1})

static inline patina_span ptn_span(patina_mspan s)
{
    return (patina_span){s.ptr, s.len};
}

// The bytes of a zero-terminated string; NULL gives an empty span.
patina_span ptn_span_of_string(const char *s);

// [from, from + len) of `s`, cut to what there is.
patina_span ptn_span_part(patina_span s, size_t from, size_t len);
patina_mspan ptn_mspan_part(patina_mspan s, size_t from, size_t len);

static inline patina_span ptn_span_first(patina_span s, size_t len)
{
    return ptn_span_part(s, 0, len);
}
static inline patina_span ptn_span_skip(patina_span s, size_t n)
{
    return ptn_span_part(s, n, SIZE_MAX);
}
static inline patina_mspan ptn_mspan_first(patina_mspan s, size_t len)
{
    return ptn_mspan_part(s, 0, len);
}
static inline patina_mspan ptn_mspan_skip(patina_mspan s, size_t n)
{
    return ptn_mspan_part(s, n, SIZE_MAX);
}

// The byte at `i`; panics past the end.
uint8_t ptn_span_at(patina_span s, size_t i);
void ptn_mspan_set(patina_mspan s, size_t i, uint8_t value);

// Equal bytes, in time that depends on them: for public data only (secrets: ptn_ct_eq in mem.h).
bool ptn_span_equal(patina_span a, patina_span b);

// -1, 0, 1 by bytes, then by length.
int ptn_span_compare(patina_span a, patina_span b);

// Equal but for ASCII case.
bool ptn_span_equal_nocase(patina_span a, patina_span b);

// Copies all of `from` to the front of `to`; panics when it does not fit. The spans may overlap.
void ptn_span_copy(patina_mspan to, patina_span from);

void ptn_mspan_fill(patina_mspan s, uint8_t value);

// Both begin at the same byte (in-place operation).
bool ptn_span_is_same_start(patina_span a, patina_mspan b);

// The bytes of `s` up to, not including, its trailing zero bytes (record padding, RFC 9846 §5.4).
size_t ptn_span_len_without_trailing_zeros(patina_span s);

// ---- Reader. Every read must be checked; a failed one poisons the reader: later reads fail, ptn_read_end is false, and
// the output is zero or empty. base_ and len_ never change, so a proof's frame is two integers.

struct ptn_reader {
    const uint8_t *base_;
    size_t len_;
    size_t pos_;
    bool failed_;
};

static inline struct ptn_reader ptn_reader_of(patina_span s)
{
    return (struct ptn_reader){.base_ = s.ptr, .len_ = s.len};
}

static inline size_t ptn_reader_left(const struct ptn_reader *r)
{
    return r->len_ - r->pos_;
}

static inline bool ptn_reader_is_empty(const struct ptn_reader *r)
{
    return r->len_ == r->pos_;
}

// What is left, without moving; empty when poisoned.
patina_span ptn_reader_rest(const struct ptn_reader *r);

// Where the reader stands, counted from its start; for "the bytes parsed so far".
static inline size_t ptn_reader_position(const struct ptn_reader *r)
{
    return r->pos_;
}

PTN_MUST bool ptn_read_u8(struct ptn_reader *r, uint8_t *out);
PTN_MUST bool ptn_read_u16(struct ptn_reader *r, uint16_t *out);
PTN_MUST bool ptn_read_u24(struct ptn_reader *r, uint32_t *out);
PTN_MUST bool ptn_read_u32(struct ptn_reader *r, uint32_t *out);
PTN_MUST bool ptn_read_bytes(struct ptn_reader *r, size_t len, patina_span *out);

// A vector with a length of one, two or three bytes in front, as a reader of its own.
PTN_MUST bool ptn_read_vec8(struct ptn_reader *r, struct ptn_reader *out);
PTN_MUST bool ptn_read_vec16(struct ptn_reader *r, struct ptn_reader *out);
PTN_MUST bool ptn_read_vec24(struct ptn_reader *r, struct ptn_reader *out);

// The whole of a (sub-)reader just made.
static inline patina_span ptn_reader_whole(const struct ptn_reader *r)
{
    return (patina_span){r->base_, r->len_};
}

// True when everything was read and nothing failed: the last line of every parser.
static inline PTN_MUST bool ptn_read_end(const struct ptn_reader *r)
{
    return !r->failed_ && r->pos_ == r->len_;
}

// ---- Writer over fixed memory. Overflow is sticky; the bytes come out through ptn_writer_finish alone.

struct ptn_writer {
    uint8_t *base_;
    size_t cap_;
    size_t pos_;
    bool failed_;
};

struct ptn_mark {
    size_t at;
    uint8_t width;
};

static inline struct ptn_writer ptn_writer_of(patina_mspan s)
{
    return (struct ptn_writer){.base_ = s.ptr, .cap_ = s.len};
}

static inline size_t ptn_writer_len(const struct ptn_writer *w)
{
    return w->pos_;
}

void ptn_write_u8(struct ptn_writer *w, uint8_t v);
void ptn_write_u16(struct ptn_writer *w, uint16_t v);
void ptn_write_u24(struct ptn_writer *w, uint32_t v); // v >= 2^24 fails
void ptn_write_u32(struct ptn_writer *w, uint32_t v);
void ptn_write_u64(struct ptn_writer *w, uint64_t v);
void ptn_write_span(struct ptn_writer *w, patina_span s);
void ptn_write_zeros(struct ptn_writer *w, size_t len);

// Reserves `len` bytes to be filled by someone else; empty span and sticky failure when they do not fit.
patina_mspan ptn_write_reserve(struct ptn_writer *w, size_t len);

// Opens a vector with a length of `width` (1 to 3) bytes; ptn_close writes the length into it.
struct ptn_mark ptn_open(struct ptn_writer *w, uint8_t width);
void ptn_close(struct ptn_writer *w, struct ptn_mark m);

// The bytes written; false (and an empty span) when anything failed.
PTN_MUST bool ptn_writer_finish(const struct ptn_writer *w, patina_span *out);

#endif
