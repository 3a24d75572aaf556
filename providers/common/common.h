// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the providers share: parts of spans, copies, checked element access, a strict DER reader for
// the few frames that are read by hand. Header only, so that a provider stays one library. The
// pointer lint's regions are all in this file.
#ifndef PATINA_PROVIDERS_COMMON_H
#define PATINA_PROVIDERS_COMMON_H

#include "patina/provider.h"

#include <stdlib.h>
#include <string.h>

#if defined(__clang_major__) && __clang_major__ >= 16
#define PROVIDER_UNSAFE_BEGIN _Pragma("clang unsafe_buffer_usage begin")
#define PROVIDER_UNSAFE_END _Pragma("clang unsafe_buffer_usage end")
#else
#define PROVIDER_UNSAFE_BEGIN
#define PROVIDER_UNSAFE_END
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SPAN_OF(array) ((patina_span){(array), COUNT(array)})
#define MSPAN_OF(array) ((patina_mspan){(array), COUNT(array)})

// Ends the process: an index past its array is a defect of ours, and going on could be exploited.
static inline size_t checked_index(size_t i, size_t count)
{
    if (i >= count) {
        abort();
    }
    return i;
}

// The i-th element of an array, and the i-th of `count` behind a pointer; lvalues, checked. The
// region covers one parenthesis, so that the arguments stay under the lint.
#define AT(array, i) \
    (PROVIDER_UNSAFE_BEGIN(PROVIDER_UNSAFE_END array)[checked_index((i), COUNT(array))])
#define ITEM(ptr, count, i) \
    (PROVIDER_UNSAFE_BEGIN(PROVIDER_UNSAFE_END ptr)[checked_index((i), (count))])

// [from, from + len) of `s`, cut to what there is.
static inline patina_span span_part(patina_span s, size_t from, size_t len)
{
    if (from >= s.len) {
        return (patina_span){NULL, 0};
    }
    PROVIDER_UNSAFE_BEGIN
    return (patina_span){s.ptr + from, len < s.len - from ? len : s.len - from};
    PROVIDER_UNSAFE_END
}

static inline patina_mspan mspan_part(patina_mspan s, size_t from, size_t len)
{
    if (from >= s.len) {
        return (patina_mspan){NULL, 0};
    }
    PROVIDER_UNSAFE_BEGIN
    return (patina_mspan){s.ptr + from, len < s.len - from ? len : s.len - from};
    PROVIDER_UNSAFE_END
}

// Copies `from` to the front of `to` and returns what is left of `to`; the caller has checked the
// lengths.
static inline patina_mspan mspan_put(patina_mspan to, patina_span from)
{
    if (from.len > to.len) {
        abort();
    }
    if (from.len != 0) {
        memcpy(to.ptr, from.ptr, from.len);
    }
    return mspan_part(to, from.len, SIZE_MAX);
}

static inline void mspan_zero(patina_mspan s)
{
    if (s.len != 0) {
        memset(s.ptr, 0, s.len);
    }
}

// Big-endian to little-endian, the order OSSL_PARAM wants on the machines patina runs on. `to` is
// at least as long.
static inline void copy_reversed(patina_mspan to, patina_span from)
{
    for (size_t i = 0; i < from.len; i++) {
        ITEM(to.ptr, to.len, i) = ITEM(from.ptr, from.len, from.len - 1 - i);
    }
}

// The sum of the spans' lengths; false on overflow.
static inline bool spans_total(const patina_span *spans, size_t count, size_t *out)
{
    size_t sum = 0;
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (__builtin_add_overflow(sum, ITEM(spans, count, i).len, &sum)) {
            return false;
        }
    }
    *out = sum;
    return true;
}

// ---- DER (X.690): definite, minimal lengths below 2^24, one-byte tags.

enum der_tag {
    DER_INTEGER = 0x02,
    DER_BIT_STRING = 0x03,
    DER_OCTET_STRING = 0x04,
    DER_OID = 0x06,
    DER_CONTEXT_1 = 0x81, // [1] IMPLICIT of a primitive
    DER_SEQUENCE = 0x30,
    DER_EXPLICIT_0 = 0xa0,
    DER_EXPLICIT_1 = 0xa1
};

// Takes one element with `tag` from the front of `*in`; `*out_body` is its contents. False leaves
// `*in` alone.
static inline bool der_take(patina_span *in, uint8_t tag, patina_span *out_body)
{
    *out_body = (patina_span){NULL, 0};
    if (in->len < 2 || ITEM(in->ptr, in->len, 0) != tag) {
        return false;
    }
    size_t len = ITEM(in->ptr, in->len, 1);
    size_t head = 2;
    if (len >= 0x80) {
        size_t octets = len - 0x80;
        if (octets == 0 || octets > 3 || in->len < 2 + octets) {
            return false;
        }
        len = 0;
        for (size_t i = 0; i < octets; i++) {
            len = len << 8 | ITEM(in->ptr, in->len, 2 + i);
        }
        head += octets;
        // The shortest form only: no long form below 128, no leading zero.
        if (len < 0x80 || len >> (8 * (octets - 1)) == 0) {
            return false;
        }
    }
    if (len > in->len - head) {
        return false;
    }
    *out_body = span_part(*in, head, len);
    *in = span_part(*in, head + len, SIZE_MAX);
    return true;
}

// A positive INTEGER as big-endian bytes without the sign byte.
static inline bool der_take_unsigned(patina_span *in, patina_span *out)
{
    patina_span body;
    *out = (patina_span){NULL, 0};
    if (!der_take(in, DER_INTEGER, &body) || body.len == 0) {
        return false;
    }
    uint8_t first = ITEM(body.ptr, body.len, 0);
    if (first >= 0x80) {
        return false;
    }
    if (first == 0 && body.len > 1) {
        if (ITEM(body.ptr, body.len, 1) < 0x80) {
            return false;
        }
        body = span_part(body, 1, SIZE_MAX);
    }
    *out = body;
    return true;
}

// Room for the header of any element der_take reads.
#define DER_HEADER_MAX 5u

// Appends a header; the caller then appends `len` bytes. Returns what is left of `out`, which must
// have room.
static inline patina_mspan der_put_header(patina_mspan out, uint8_t tag, size_t len)
{
    const uint8_t bytes[3] = {(uint8_t)(len >> 16 & 0xff), (uint8_t)(len >> 8 & 0xff),
                              (uint8_t)(len & 0xff)};
    const size_t octets = len < 0x80 ? 0 : len < 0x100 ? 1 : len < 0x10000 ? 2 : 3;
    const uint8_t head[2] = {tag, octets == 0 ? bytes[2] : (uint8_t)(0x80 + octets)};
    out = mspan_put(out, SPAN_OF(head));
    return mspan_put(out, span_part(SPAN_OF(bytes), 3 - octets, octets));
}

// Bytes of a header for `len` bytes of contents.
static inline size_t der_header_len(size_t len)
{
    return len < 0x80 ? 2 : len < 0x100 ? 3 : len < 0x10000 ? 4 : 5;
}

// A positive INTEGER from big-endian bytes without leading zeros.
static inline size_t der_unsigned_len(patina_span number)
{
    size_t len = number.len + (ITEM(number.ptr, number.len, 0) >= 0x80 ? 1 : 0);
    return der_header_len(len) + len;
}

static inline patina_mspan der_put_unsigned(patina_mspan out, patina_span number)
{
    static const uint8_t sign[1] = {0};
    bool padded = ITEM(number.ptr, number.len, 0) >= 0x80;
    out = der_put_header(out, DER_INTEGER, number.len + (padded ? 1 : 0));
    if (padded) {
        out = mspan_put(out, SPAN_OF(sign));
    }
    return mspan_put(out, number);
}

static inline size_t bit_length(patina_span big_endian)
{
    size_t bits = 8 * big_endian.len;
    if (bits == 0) {
        return 0;
    }
    for (uint8_t top = ITEM(big_endian.ptr, big_endian.len, 0), mask = 0x80;
         mask != 0 && (top & mask) == 0; mask = (uint8_t)(mask >> 1)) {
        bits--;
    }
    return bits;
}

// What a private key's outer frame says: PKCS#8 (RFC 5958), SEC 1 (RFC 5915) or PKCS#1 (RFC 8017).
enum key_form {
    KEY_FORM_NONE,
    KEY_FORM_UNSUPPORTED,
    KEY_FORM_PKCS8,
    KEY_FORM_SEC1,
    KEY_FORM_PKCS1
};

// KEY_FORM_UNSUPPORTED: PKCS#8 of an algorithm other than EC, RSA and Ed25519. The contents are for
// the library to read.
static inline enum key_form key_form_of(patina_span der)
{
    static const uint8_t ec[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};
    static const uint8_t rsa[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01};
    static const uint8_t ed25519[] = {0x2b, 0x65, 0x70};
    patina_span body;
    patina_span part;

    if (!der_take(&der, DER_SEQUENCE, &body) || der.len != 0 ||
        !der_take(&body, DER_INTEGER, &part)) {
        return KEY_FORM_NONE;
    }
    if (der_take(&body, DER_OCTET_STRING, &part)) {
        return KEY_FORM_SEC1;
    }
    if (der_take(&body, DER_INTEGER, &part)) {
        return KEY_FORM_PKCS1;
    }
    patina_span oid;
    if (!der_take(&body, DER_SEQUENCE, &part) || !der_take(&part, DER_OID, &oid)) {
        return KEY_FORM_NONE;
    }
    bool known = (oid.len == sizeof(ec) && memcmp(oid.ptr, ec, oid.len) == 0) ||
                 (oid.len == sizeof(rsa) && memcmp(oid.ptr, rsa, oid.len) == 0) ||
                 (oid.len == sizeof(ed25519) && memcmp(oid.ptr, ed25519, oid.len) == 0);
    return known ? KEY_FORM_PKCS8 : KEY_FORM_UNSUPPORTED;
}

#define RSA_BITS_MIN 2048u
#define RSA_BITS_MAX 8192u
#define RSA_BYTES_MAX (RSA_BITS_MAX / 8)

// The bounds of `struct patina_verify_alg`, for public and private keys alike.
static inline bool rsa_numbers_are_allowed(patina_span n, patina_span e)
{
    size_t n_bits = bit_length(n);
    size_t e_bits = bit_length(e);
    return n_bits >= RSA_BITS_MIN && n_bits <= RSA_BITS_MAX && e_bits >= 2 && e_bits <= 33 &&
           (ITEM(n.ptr, n.len, n.len - 1) & 1) != 0 && (ITEM(e.ptr, e.len, e.len - 1) & 1) != 0;
}

// RSAPublicKey, RFC 8017 appendix A.1.1, held to those bounds.
static inline bool rsa_public_key_is_allowed(patina_span der, patina_span *out_n,
                                             patina_span *out_e)
{
    patina_span body;
    *out_n = *out_e = (patina_span){NULL, 0};
    return der_take(&der, DER_SEQUENCE, &body) && der.len == 0 && der_take_unsigned(&body, out_n) &&
           der_take_unsigned(&body, out_e) && body.len == 0 &&
           rsa_numbers_are_allowed(*out_n, *out_e);
}

// An uncompressed point of a curve with coordinates of `field_len` bytes: 0x04, x, y (RFC 9846
// §4.3.8.2). Whether it is on the curve is for the library to say.
static inline bool point_has_form(patina_span point, size_t field_len)
{
    return point.len == 1 + 2 * field_len && ITEM(point.ptr, point.len, 0) == 0x04;
}

#endif
