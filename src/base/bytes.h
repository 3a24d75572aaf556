// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Spans, the reader, the writer, checked arithmetic. bytes.c, bytes_inline.h and this header are
// the only place where pointers are added to. A reader's cursor is an integer: a proof over a
// moving pointer can be silently empty.
#ifndef PTN_BYTES_H
#define PTN_BYTES_H

#include "base/check.h"
#include "base/compiler.h"
#include "patina/base.h"

// Inline in the library, a function with a contract in a proof: bytes_inline.h.
#ifdef PTN_CBMC
#define PTN_HOT
#else
#define PTN_HOT static inline
#endif

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
patina_span
ptn_span_of_string(const char *s) PTN_CONTRACT(REQUIRES(s == NULL || READABLE(s)) ASSIGNS() ENSURES(
    SPAN(RESULT) && (RESULT.len == 0 || __CPROVER_pointer_equals((void *)RESULT.ptr, (void *)s))));

// [from, from + len) of `s`, cut to what there is.
PTN_HOT patina_span ptn_span_part(patina_span s, size_t from, size_t len)
    PTN_CONTRACT(REQUIRES(SPAN(s)) ASSIGNS()
                     ENSURES(SPAN_IS(RESULT, s.ptr, from, PART_LEN(s, from, len))));
patina_mspan ptn_mspan_part(patina_mspan s, size_t from, size_t len)
    PTN_CONTRACT(REQUIRES(MSPAN(s)) ASSIGNS()
                     ENSURES(SPAN_IS(RESULT, s.ptr, from, PART_LEN(s, from, len))));

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
PTN_HOT uint8_t ptn_span_at(patina_span s, size_t i)
    PTN_CONTRACT(REQUIRES(SPAN(s) && i < s.len) ASSIGNS());
void ptn_mspan_set(patina_mspan s, size_t i, uint8_t value)
    PTN_CONTRACT(REQUIRES(MSPAN(s) && i < s.len) ASSIGNS(__CPROVER_object_whole(s.ptr)));

// Equal bytes, in time that depends on them: for public data only (secrets: ptn_ct_eq in mem.h).
bool ptn_span_equal(patina_span a, patina_span b)
    PTN_CONTRACT(REQUIRES(SPAN(a) && SPAN(b)) ASSIGNS() ENSURES(IMPLIES(RESULT, a.len == b.len)));

// -1, 0, 1 by bytes, then by length.
int ptn_span_compare(patina_span a, patina_span b)
    PTN_CONTRACT(REQUIRES(SPAN(a) && SPAN(b)) ASSIGNS()
                     ENSURES(-1 <= RESULT && RESULT <= 1 && IMPLIES(RESULT == 0, a.len == b.len)));

// Equal but for ASCII case.
bool ptn_span_equal_nocase(patina_span a, patina_span b)
    PTN_CONTRACT(REQUIRES(SPAN(a) && SPAN(b)) ASSIGNS() ENSURES(IMPLIES(RESULT, a.len == b.len)));

// Copies all of `from` to the front of `to`; panics when it does not fit. The spans may overlap.
void ptn_span_copy(patina_mspan to, patina_span from)
    PTN_CONTRACT(REQUIRES(MSPAN(to) && SPAN(from) && from.len <= to.len)
                     ASSIGNS(to.len != 0 : __CPROVER_object_whole(to.ptr)));

void ptn_mspan_fill(patina_mspan s, uint8_t value)
    PTN_CONTRACT(REQUIRES(MSPAN(s)) ASSIGNS(s.len != 0 : __CPROVER_object_whole(s.ptr)));

// Both begin at the same byte (in-place operation).
bool ptn_span_is_same_start(patina_span a, patina_mspan b)
    PTN_CONTRACT(ASSIGNS() ENSURES(RESULT == (a.len != 0 && a.ptr == b.ptr)));

// The bytes of `s` up to, not including, its trailing zero bytes (record padding, RFC 9846 §5.4).
size_t ptn_span_len_without_trailing_zeros(patina_span s)
    PTN_CONTRACT(REQUIRES(SPAN(s)) ASSIGNS()
                     ENSURES(RESULT <= s.len && (RESULT == 0 || s.ptr[RESULT - 1] != 0)));

// ---- Reader. Every read must be checked; a failed one poisons the reader: later reads fail,
// ptn_read_end is false, and the output is zero or empty. base_ and len_ never change, so a proof's
// frame is two integers.

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
PTN_HOT patina_span ptn_reader_rest(const struct ptn_reader *r)
    PTN_CONTRACT(REQUIRES(READABLE(r) && READER_VALUE(*r)) ASSIGNS()
                     ENSURES(SPAN_IS(RESULT, r->base_, r->pos_, READER_LEFT(*r))));

// Where the reader stands, counted from its start; for "the bytes parsed so far".
static inline size_t ptn_reader_position(const struct ptn_reader *r)
{
    return r->pos_;
}

PTN_MUST PTN_HOT bool ptn_read_u8(struct ptn_reader *r, uint8_t *out)
    PTN_CONTRACT(READS_INTEGER(r, out, 1));
PTN_MUST PTN_HOT bool ptn_read_u16(struct ptn_reader *r, uint16_t *out)
    PTN_CONTRACT(READS_INTEGER(r, out, 2));
PTN_MUST PTN_HOT bool ptn_read_u24(struct ptn_reader *r, uint32_t *out)
    PTN_CONTRACT(READS_INTEGER(r, out, 3) ENSURES(*out < 0x1000000));
PTN_MUST PTN_HOT bool ptn_read_u32(struct ptn_reader *r, uint32_t *out)
    PTN_CONTRACT(READS_INTEGER(r, out, 4));
PTN_MUST PTN_HOT bool ptn_read_bytes(struct ptn_reader *r, size_t len, patina_span *out)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*r), *out)
                     ENSURES(READ_DONE(r, len))
                         ENSURES(SPAN_IS(*out, r->base_, r->pos_ - len, RESULT ? len : 0)));

// A vector with a length of one, two or three bytes in front, as a reader of its own.
PTN_MUST bool ptn_read_vec8(struct ptn_reader *r, struct ptn_reader *out)
    PTN_CONTRACT(READS_VECTOR(r, out, 1));
PTN_MUST bool ptn_read_vec16(struct ptn_reader *r, struct ptn_reader *out)
    PTN_CONTRACT(READS_VECTOR(r, out, 2));
PTN_MUST bool ptn_read_vec24(struct ptn_reader *r, struct ptn_reader *out)
    PTN_CONTRACT(READS_VECTOR(r, out, 3));

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

// ---- Writer over fixed memory. Overflow is sticky; the bytes come out through ptn_writer_finish
// alone.

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

// How many bytes still fit.
static inline size_t ptn_writer_room(const struct ptn_writer *w)
{
    return w->cap_ - w->pos_;
}

void ptn_write_u8(struct ptn_writer *w, uint8_t v) PTN_CONTRACT(WRITES(w, 1));
void ptn_write_u16(struct ptn_writer *w, uint16_t v) PTN_CONTRACT(WRITES(w, 2));
// A `v` of 2^24 or more fails.
void ptn_write_u24(struct ptn_writer *w, uint32_t v)
    PTN_CONTRACT(REQUIRES(WRITER(w)) ENCODES(w) ENSURES(IMPLIES(v > 0xffffff, w->failed_)));
void ptn_write_u32(struct ptn_writer *w, uint32_t v) PTN_CONTRACT(WRITES(w, 4));
void ptn_write_u64(struct ptn_writer *w, uint64_t v) PTN_CONTRACT(REQUIRES(WRITER(w)) ENCODES(w));
void ptn_write_span(struct ptn_writer *w, patina_span s)
    PTN_CONTRACT(REQUIRES(SPAN(s)) WRITES(w, s.len));
void ptn_write_zeros(struct ptn_writer *w, size_t len) PTN_CONTRACT(WRITES(w, len));

// A vector: the bytes of `s` behind their number in one, two or three bytes. Fails when there are
// more than that can say.
void ptn_write_vec8(struct ptn_writer *w, patina_span s)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(s)) ENCODES(w));
void ptn_write_vec16(struct ptn_writer *w, patina_span s)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(s)) ENCODES(w));
void ptn_write_vec24(struct ptn_writer *w, patina_span s)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(s)) ENCODES(w));

// Reserves `len` bytes to be filled by someone else; empty span and sticky failure when they do not
// fit.
patina_mspan ptn_write_reserve(struct ptn_writer *w, size_t len)
    PTN_CONTRACT(WRITES(w, len)
                     ENSURES(SPAN_IS(RESULT, w->base_, w->pos_ - len, w->failed_ ? 0 : len)));

// Opens a vector with a length of `width` (1 to 3) bytes, for what is not one span; ptn_close
// writes the length into it.
struct ptn_mark ptn_open(struct ptn_writer *w, uint8_t width)
    PTN_CONTRACT(REQUIRES(WRITER(w)) ENCODES(w)
                     ENSURES(RESULT.width == width && RESULT.at == OLD(w->pos_)));
void ptn_close(struct ptn_writer *w, struct ptn_mark m)
    PTN_CONTRACT(REQUIRES(WRITER(w)) ENCODES(w));

// The bytes written; false (and an empty span) when anything failed.
PTN_MUST bool ptn_writer_finish(const struct ptn_writer *w, patina_span *out)
    PTN_CONTRACT(REQUIRES(READABLE(w) && WRITER_STATE(*w) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(RESULT == !w->failed_)
                         ENSURES(SPAN_IS(*out, w->base_, 0, RESULT ? w->pos_ : 0)));

#ifndef PTN_CBMC
#include "base/bytes_inline.h"
#endif

#endif
