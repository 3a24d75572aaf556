// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// DER (X.690 §10 and §11) over the reader of base: definite, minimal lengths and one-byte tags
// only. No function here has a loop or calls itself; who needs depth enters a SEQUENCE by name.
#ifndef PTN_X509_DER_H
#define PTN_X509_DER_H

#include "base/bytes.h"

enum ptn_der_tag {
    PTN_DER_BOOLEAN = 0x01,
    PTN_DER_INTEGER = 0x02,
    PTN_DER_BIT_STRING = 0x03,
    PTN_DER_OCTET_STRING = 0x04,
    PTN_DER_OID = 0x06,
    PTN_DER_ENUMERATED = 0x0a,
    PTN_DER_UTF8_STRING = 0x0c,
    PTN_DER_PRINTABLE_STRING = 0x13,
    PTN_DER_T61_STRING = 0x14,
    PTN_DER_IA5_STRING = 0x16,
    PTN_DER_UTC_TIME = 0x17,
    PTN_DER_GENERALIZED_TIME = 0x18,
    PTN_DER_UNIVERSAL_STRING = 0x1c,
    PTN_DER_BMP_STRING = 0x1e,
    PTN_DER_SEQUENCE = 0x30,
    PTN_DER_SET = 0x31,
};

// A context-specific tag, primitive or constructed.
#define PTN_DER_CONTEXT(n) ((uint8_t)(0x80 | (n)))
#define PTN_DER_CONTEXT_OF(n) ((uint8_t)(0xa0 | (n)))

// Every function is false, with zeroed outputs, when the next element is not what was asked for.

// The header of the next element alone, where the contents may not have come yet.
PTN_MUST bool ptn_der_read_header(struct ptn_reader *r, uint8_t *out_tag, size_t *out_len)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out_tag) && WRITABLE(out_len))
                     ASSIGNS(READER_FIELDS(*r), *out_tag, *out_len) ENSURES(DER_READ(r))
                         ENSURES(*out_len <= UINT32_MAX &&
                                 IMPLIES(RESULT, READER_DONE(*r) - OLD(READER_DONE(*r)) <= 6)));

// The next element, whatever it is.
PTN_MUST bool ptn_der_read_any(struct ptn_reader *r, uint8_t *out_tag, patina_span *out_contents)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out_tag) && WRITABLE(out_contents))
                     ASSIGNS(READER_FIELDS(*r), *out_tag, *out_contents) ENSURES(DER_READ(r))
                         ENSURES(WITHIN_READER(*out_contents, *r) &&
                                 IMPLIES(!RESULT, out_contents->len == 0)));

// The contents of the next element, which has this tag; the second form also gives it with header.
PTN_MUST bool ptn_der_read(struct ptn_reader *r, uint8_t tag, patina_span *out_contents)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out_contents))
                     ASSIGNS(READER_FIELDS(*r), *out_contents) ENSURES(DER_READ(r))
                         ENSURES(WITHIN_READER(*out_contents, *r) &&
                                 IMPLIES(!RESULT, out_contents->len == 0)));
PTN_MUST bool ptn_der_read_whole(struct ptn_reader *r, uint8_t tag, patina_span *out_whole,
                                 patina_span *out_contents)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out_whole) && WRITABLE(out_contents))
                     ASSIGNS(READER_FIELDS(*r), *out_whole, *out_contents) ENSURES(DER_READ(r))
                         ENSURES(WITHIN_READER(*out_contents, *r) &&
                                 IMPLIES(!RESULT, out_contents->len == 0))
                             ENSURES(WITHIN_READER(*out_whole, *r) &&
                                     IMPLIES(!RESULT, out_whole->len == 0))
                                 ENSURES(IMPLIES(RESULT, out_whole->len >= 2)));

// The contents as a reader of their own.
PTN_MUST bool ptn_der_enter(struct ptn_reader *r, uint8_t tag, struct ptn_reader *out)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*r), *out)
                     ENSURES(DER_READ(r)) ENSURES(READER_STATE(*out) && AT_START(*out) &&
                                                  !READER_FAILED(*out) && READER_WITHIN(*out, *r)));

// Whether an element with this tag comes next; the reader does not move.
bool ptn_der_is_next(const struct ptn_reader *r, uint8_t tag)
    PTN_CONTRACT(REQUIRES(READABLE(r) && READER_VALUE(*r)) ASSIGNS()
                     ENSURES(IMPLIES(RESULT, READER_LEFT(*r) != 0)));

PTN_MUST bool ptn_der_read_bool(struct ptn_reader *r, bool *out)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*r), *out)
                     ENSURES(DER_READ(r)) ENSURES(IMPLIES(*out, RESULT)));

// A minimal INTEGER, as its octets; any sign.
PTN_MUST bool ptn_der_read_integer(struct ptn_reader *r, patina_span *out_octets)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out_octets)) ASSIGNS(READER_FIELDS(*r), *out_octets)
                     ENSURES(DER_READ(r)) ENSURES(WITHIN_READER(*out_octets, *r) &&
                                                  IFF(RESULT, out_octets->len != 0)));
// One of 0 to 2^32 - 1; the second form reads the octets of an INTEGER.
PTN_MUST bool ptn_der_read_u32(struct ptn_reader *r, uint32_t *out)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*r), *out)
                     ENSURES(DER_READ(r)));

PTN_MUST bool ptn_der_u32(patina_span octets, uint32_t *out)
    PTN_CONTRACT(REQUIRES(SPAN(octets) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(IMPLIES(RESULT, octets.len >= 1 && octets.len <= 5)));

// The octets of a BIT STRING and how many of the last one's low bits do not count; those are zero.
PTN_MUST bool ptn_der_read_bits(struct ptn_reader *r, patina_span *out_bits, uint8_t *out_unused)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out_bits) && WRITABLE(out_unused))
                     ASSIGNS(READER_FIELDS(*r), *out_bits, *out_unused) ENSURES(DER_READ(r))
                         ENSURES(WITHIN_READER(*out_bits, *r) &&
                                 IMPLIES(!RESULT, out_bits->len == 0)) ENSURES(*out_unused <= 7));

// UTCTime or GeneralizedTime in the forms of RFC 5280 §4.1.2.5, as seconds since 1970: of the years
// 0 to 9999.
PTN_MUST bool ptn_der_read_time(struct ptn_reader *r, int64_t *out_s)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out_s)) ASSIGNS(READER_FIELDS(*r), *out_s)
                     ENSURES(DER_READ(r) && DER_TIME(*out_s)));

#endif
