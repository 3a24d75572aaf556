// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What every parser spends its time in: inline in the library, so that reading an element is a few
// instructions in place. Under the model checker they are functions of bytes.c, whose contract can
// stand for them in the proofs of others. bytes.h includes this file at its end, nobody else does.
#ifndef PTN_BYTES_INLINE_H
#define PTN_BYTES_INLINE_H

// Who opens this file alone sees what it is made of; for all others the guards end the cycle.
#include "base/bytes.h" // NOLINT(misc-header-include-cycle): as the line above says

PTN_UNSAFE_BEGIN

static inline patina_span ptn_span_from(const uint8_t *base, size_t pos, size_t len)
{
    // NULL + 0 is undefined, so an empty span never carries a pointer.
    return len == 0 ? (patina_span){0} : (patina_span){base + pos, len};
}

PTN_HOT patina_span ptn_span_part(patina_span s, size_t from, size_t len)
{
    if (from >= s.len) {
        return (patina_span){0};
    }
    return ptn_span_from(s.ptr, from, ptn_min_size(len, s.len - from));
}

PTN_HOT uint8_t ptn_span_at(patina_span s, size_t i)
{
    return s.ptr[ptn_checked_index(i, s.len)];
}

// The one place where a cursor moves: every read is made of this.
static inline bool ptn_reader_take(struct ptn_reader *r, size_t len, patina_span *out)
{
    if (r->failed_ || len > r->len_ - r->pos_) {
        r->failed_ = true;
        r->pos_ = r->len_;
        *out = (patina_span){0};
        return false;
    }
    *out = ptn_span_from(r->base_, r->pos_, len);
    r->pos_ += len;
    return true;
}

// Big-endian, of fixed widths and without a loop: nothing to unwind in a proof.
static inline uint32_t ptn_big_endian(patina_span s)
{
    switch (s.len) {
    case 1:
        return s.ptr[0];
    case 2:
        return ((uint32_t)s.ptr[0] << 8) | s.ptr[1];
    case 3:
        return ((uint32_t)s.ptr[0] << 16) | ((uint32_t)s.ptr[1] << 8) | s.ptr[2];
    case 4:
        return ((uint32_t)s.ptr[0] << 24) | ((uint32_t)s.ptr[1] << 16) | ((uint32_t)s.ptr[2] << 8) |
               s.ptr[3];
    default:
        return 0;
    }
}

PTN_HOT patina_span ptn_reader_rest(const struct ptn_reader *r)
{
    return r->failed_ ? (patina_span){0} : ptn_span_from(r->base_, r->pos_, r->len_ - r->pos_);
}

PTN_HOT bool ptn_read_u8(struct ptn_reader *r, uint8_t *out)
{
    patina_span s;
    bool ok = ptn_reader_take(r, 1, &s);
    *out = (uint8_t)(ptn_big_endian(s) & 0xff);
    return ok;
}

PTN_HOT bool ptn_read_u16(struct ptn_reader *r, uint16_t *out)
{
    patina_span s;
    bool ok = ptn_reader_take(r, 2, &s);
    *out = (uint16_t)(ptn_big_endian(s) & 0xffff);
    return ok;
}

PTN_HOT bool ptn_read_u24(struct ptn_reader *r, uint32_t *out)
{
    patina_span s;
    bool ok = ptn_reader_take(r, 3, &s);
    *out = ptn_big_endian(s);
    return ok;
}

PTN_HOT bool ptn_read_u32(struct ptn_reader *r, uint32_t *out)
{
    patina_span s;
    bool ok = ptn_reader_take(r, 4, &s);
    *out = ptn_big_endian(s);
    return ok;
}

PTN_HOT bool ptn_read_bytes(struct ptn_reader *r, size_t len, patina_span *out)
{
    return ptn_reader_take(r, len, out);
}

PTN_UNSAFE_END

#endif
