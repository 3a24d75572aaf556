// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// With bytes_inline.h the only file with pointer arithmetic. Every function of both has a proof in
// proofs/base.
#include "base/bytes.h"
#ifdef PTN_CBMC
#include "base/bytes_inline.h"
#endif

#include <string.h>

patina_span ptn_span_of_string(const char *s)
{
    return s == NULL ? (patina_span){0} : (patina_span){(const uint8_t *)s, strlen(s)};
}

patina_mspan ptn_mspan_part(patina_mspan s, size_t from, size_t len)
{
    if (from >= s.len) {
        return (patina_mspan){0};
    }
    size_t n = ptn_min_size(len, s.len - from);
    return n == 0 ? (patina_mspan){0} : (patina_mspan){s.ptr + from, n};
}

void ptn_mspan_set(patina_mspan s, size_t i, uint8_t value)
{
    s.ptr[ptn_checked_index(i, s.len)] = value;
}

bool ptn_span_equal(patina_span a, patina_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

int ptn_span_compare(patina_span a, patina_span b)
{
    size_t n = ptn_min_size(a.len, b.len);
    int order = n == 0 ? 0 : memcmp(a.ptr, b.ptr, n);
    if (order == 0) {
        order = a.len < b.len ? -1 : a.len > b.len;
    }
    return order < 0 ? -1 : order > 0;
}

static uint8_t lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

bool ptn_span_equal_nocase(patina_span a, patina_span b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++)
        PTN_LOOP(ASSIGNS(i) INVARIANT(i <= a.len) DECREASES(a.len - i))
    {
        if (lower(a.ptr[i]) != lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

void ptn_span_copy(patina_mspan to, patina_span from)
{
    PTN_CHECK(from.len <= to.len);
    if (from.len != 0) {
        memmove(to.ptr, from.ptr, from.len);
    }
}

void ptn_mspan_fill(patina_mspan s, uint8_t value)
{
    if (s.len != 0) {
        memset(s.ptr, value, s.len);
    }
}

bool ptn_span_is_same_start(patina_span a, patina_mspan b)
{
    return a.len != 0 && a.ptr == b.ptr;
}

size_t ptn_span_len_without_trailing_zeros(patina_span s)
{
    size_t len = s.len;
    while (len != 0 && s.ptr[len - 1] == 0)
        PTN_LOOP(ASSIGNS(len) INVARIANT(len <= s.len) DECREASES(len))
    {
        len--;
    }
    return len;
}

// ---- Reader

static bool take_vec(struct ptn_reader *r, size_t width, struct ptn_reader *out)
{
    patina_span len;
    patina_span body = {0};
    bool ok = ptn_reader_take(r, width, &len) && ptn_reader_take(r, ptn_big_endian(len), &body);
    *out = ptn_reader_of(body);
    out->failed_ = !ok;
    return ok;
}

bool ptn_read_vec8(struct ptn_reader *r, struct ptn_reader *out)
{
    return take_vec(r, 1, out);
}

bool ptn_read_vec16(struct ptn_reader *r, struct ptn_reader *out)
{
    return take_vec(r, 2, out);
}

bool ptn_read_vec24(struct ptn_reader *r, struct ptn_reader *out)
{
    return take_vec(r, 3, out);
}

// ---- Writer

static uint8_t *reserve(struct ptn_writer *w, size_t len)
{
    if (w->failed_ || len > w->cap_ - w->pos_) {
        w->failed_ = true;
        return NULL;
    }
    uint8_t *at = len == 0 ? w->base_ : w->base_ + w->pos_;
    w->pos_ += len;
    return at;
}

static void put(uint8_t *at, uint8_t width, uint64_t v)
{
    switch (width) {
    case 1:
        at[0] = (uint8_t)(v & 0xff);
        break;
    case 2:
        at[0] = (uint8_t)((v >> 8) & 0xff);
        at[1] = (uint8_t)(v & 0xff);
        break;
    case 3:
        at[0] = (uint8_t)((v >> 16) & 0xff);
        at[1] = (uint8_t)((v >> 8) & 0xff);
        at[2] = (uint8_t)(v & 0xff);
        break;
    default:
        at[0] = (uint8_t)((v >> 24) & 0xff);
        at[1] = (uint8_t)((v >> 16) & 0xff);
        at[2] = (uint8_t)((v >> 8) & 0xff);
        at[3] = (uint8_t)(v & 0xff);
        break;
    }
}

static void write_uint(struct ptn_writer *w, uint8_t width, uint64_t v)
{
    uint8_t *at = reserve(w, width);
    if (at != NULL) {
        put(at, width, v);
    }
}

void ptn_write_u8(struct ptn_writer *w, uint8_t v)
{
    write_uint(w, 1, v);
}

void ptn_write_u16(struct ptn_writer *w, uint16_t v)
{
    write_uint(w, 2, v);
}

void ptn_write_u24(struct ptn_writer *w, uint32_t v)
{
    if (v > 0xffffff) {
        w->failed_ = true;
    }
    write_uint(w, 3, v);
}

void ptn_write_u32(struct ptn_writer *w, uint32_t v)
{
    write_uint(w, 4, v);
}

void ptn_write_u64(struct ptn_writer *w, uint64_t v)
{
    write_uint(w, 4, v >> 32);
    write_uint(w, 4, v & 0xffffffff);
}

void ptn_write_span(struct ptn_writer *w, patina_span s)
{
    uint8_t *at = reserve(w, s.len);
    if (at != NULL && s.len != 0) {
        memmove(at, s.ptr, s.len);
    }
}

static void write_vec(struct ptn_writer *w, uint8_t width, size_t most, patina_span s)
{
    if (s.len > most) {
        w->failed_ = true;
    }
    write_uint(w, width, s.len);
    ptn_write_span(w, s);
}

void ptn_write_vec8(struct ptn_writer *w, patina_span s)
{
    write_vec(w, 1, 0xff, s);
}

void ptn_write_vec16(struct ptn_writer *w, patina_span s)
{
    write_vec(w, 2, 0xffff, s);
}

void ptn_write_vec24(struct ptn_writer *w, patina_span s)
{
    write_vec(w, 3, 0xffffff, s);
}

void ptn_write_zeros(struct ptn_writer *w, size_t len)
{
    uint8_t *at = reserve(w, len);
    if (at != NULL && len != 0) {
        memset(at, 0, len);
    }
}

patina_mspan ptn_write_reserve(struct ptn_writer *w, size_t len)
{
    uint8_t *at = reserve(w, len);
    return at == NULL || len == 0 ? (patina_mspan){0} : (patina_mspan){at, len};
}

struct ptn_mark ptn_open(struct ptn_writer *w, uint8_t width)
{
    struct ptn_mark m = {.at = w->pos_, .width = width};
    if (width < 1 || width > 3) {
        w->failed_ = true;
    }
    ptn_write_zeros(w, width);
    return m;
}

void ptn_close(struct ptn_writer *w, struct ptn_mark m)
{
    if (w->failed_ || m.width > w->pos_ || m.at > w->pos_ - m.width) {
        w->failed_ = true;
        return;
    }
    size_t len = w->pos_ - m.at - m.width;
    size_t most = m.width == 1 ? 0xff : m.width == 2 ? 0xffff : 0xffffff;
    if (len > most) {
        w->failed_ = true;
        return;
    }
    put(w->base_ + m.at, m.width, len);
}

bool ptn_writer_finish(const struct ptn_writer *w, patina_span *out)
{
    *out = w->failed_ ? (patina_span){0} : ptn_span_from(w->base_, 0, w->pos_);
    return !w->failed_;
}
