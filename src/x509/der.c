// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The DER reader: see der.h. X.690 §8.1, §10.1 (lengths), §11 (restrictions), RFC 5280 §4.1.2.5.
#include "x509/der.h"

// Length octets behind the first, which counts them, X.690 §8.1.3.5 and §10.1: one way to write
// every length.
static bool read_long_length(struct ptn_reader *r, uint8_t first, uint32_t *out)
{
    uint8_t one = 0;
    uint16_t pair = 0;
    bool good = false;

    switch (first) {
    case 0x81:
        good = ptn_read_u8(r, &one) && one >= 0x80;
        *out = one;
        break;
    case 0x82:
        good = ptn_read_u16(r, &pair) && pair >= 0x100;
        *out = pair;
        break;
    case 0x83:
        good = ptn_read_u24(r, out) && *out >= 0x10000;
        break;
    case 0x84:
        good = ptn_read_u32(r, out) && *out >= 0x1000000;
        break;
    default:
        break;
    }
    return good;
}

// Identifier and length octets, X.690 §8.1.2 and §8.1.3.
bool ptn_der_read_header(struct ptn_reader *r, uint8_t *out_tag, size_t *out_len)
{
    uint16_t two = 0;
    *out_tag = 0;
    *out_len = 0;
    if (!ptn_read_u16(r, &two)) {
        return false;
    }
    uint8_t tag = (uint8_t)(two >> 8);
    uint8_t first = (uint8_t)(two & 0xff);
    uint32_t len = first;
    // A tag number of 31 or more takes further octets, X.690 §8.1.2.4; X.509 has none.
    if ((first >= 0x80 && !read_long_length(r, first, &len)) || (tag & 0x1f) == 0x1f) {
        return false;
    }
    *out_tag = tag;
    *out_len = len;
    return true;
}

PTN_FLAT bool ptn_der_read_any(struct ptn_reader *r, uint8_t *out_tag, patina_span *out_contents)
{
    size_t len = 0;
    *out_contents = (patina_span){0};
    if (!ptn_der_read_header(r, out_tag, &len) || !ptn_read_bytes(r, len, out_contents)) {
        *out_tag = 0;
        return false;
    }
    return true;
}

PTN_FLAT bool ptn_der_read(struct ptn_reader *r, uint8_t tag, patina_span *out_contents)
{
    uint8_t have = 0;
    if (!ptn_der_read_any(r, &have, out_contents) || have != tag) {
        *out_contents = (patina_span){0};
        return false;
    }
    return true;
}

PTN_FLAT bool ptn_der_read_whole(struct ptn_reader *r, uint8_t tag, patina_span *out_whole,
                                 patina_span *out_contents)
{
    size_t start = ptn_reader_position(r);
    *out_whole = (patina_span){0};
    if (!ptn_der_read(r, tag, out_contents)) {
        return false;
    }
    *out_whole = ptn_span_part(ptn_reader_whole(r), start, ptn_reader_position(r) - start);
    return true;
}

PTN_FLAT bool ptn_der_enter(struct ptn_reader *r, uint8_t tag, struct ptn_reader *out)
{
    patina_span contents;
    bool good = ptn_der_read(r, tag, &contents);
    *out = ptn_reader_of(contents);
    return good;
}

bool ptn_der_is_next(const struct ptn_reader *r, uint8_t tag)
{
    patina_span rest = ptn_reader_rest(r);
    return rest.len != 0 && ptn_span_at(rest, 0) == tag;
}

PTN_FLAT bool ptn_der_read_bool(struct ptn_reader *r, bool *out)
{
    patina_span contents;
    *out = false;
    if (!ptn_der_read(r, PTN_DER_BOOLEAN, &contents) || contents.len != 1) {
        return false;
    }
    uint8_t value = ptn_span_at(contents, 0);
    *out = value == 0xff;
    return value == 0x00 || value == 0xff; // X.690 §11.1
}

// The first nine bits of an INTEGER are neither all zero nor all one, X.690 §8.3.2.
static bool is_minimal(patina_span octets)
{
    if (octets.len < 2) {
        return octets.len == 1;
    }
    uint8_t first = ptn_span_at(octets, 0);
    bool second_high = (ptn_span_at(octets, 1) & 0x80) != 0;
    return !(first == 0x00 && !second_high) && !(first == 0xff && second_high);
}

PTN_FLAT bool ptn_der_read_integer(struct ptn_reader *r, patina_span *out_octets)
{
    if (!ptn_der_read(r, PTN_DER_INTEGER, out_octets) || !is_minimal(*out_octets)) {
        *out_octets = (patina_span){0};
        return false;
    }
    return true;
}

PTN_FLAT bool ptn_der_read_u32(struct ptn_reader *r, uint32_t *out)
{
    patina_span octets;
    *out = 0;
    return ptn_der_read(r, PTN_DER_INTEGER, &octets) && ptn_der_u32(octets, out);
}

bool ptn_der_u32(patina_span octets, uint32_t *out)
{
    *out = 0;
    if (!is_minimal(octets) || (ptn_span_at(octets, 0) & 0x80) != 0) {
        return false;
    }
    struct ptn_reader value = ptn_reader_of(octets);
    uint8_t one = 0;
    uint16_t two = 0;
    switch (octets.len) {
    case 1:
        if (!ptn_read_u8(&value, &one)) {
            return false;
        }
        *out = one;
        return true;
    case 2:
        if (!ptn_read_u16(&value, &two)) {
            return false;
        }
        *out = two;
        return true;
    case 3:
        return ptn_read_u24(&value, out);
    case 4:
        return ptn_read_u32(&value, out);
    case 5: // a zero in front of a high bit
        return ptn_read_u8(&value, &one) && one == 0 && ptn_read_u32(&value, out);
    default:
        return false;
    }
}

PTN_FLAT bool ptn_der_read_bits(struct ptn_reader *r, patina_span *out_bits, uint8_t *out_unused)
{
    struct ptn_reader contents;
    *out_bits = (patina_span){0};
    *out_unused = 0;
    uint8_t unused = 0;
    if (!ptn_der_enter(r, PTN_DER_BIT_STRING, &contents) || !ptn_read_u8(&contents, &unused) ||
        unused > 7) {
        return false;
    }
    patina_span bits = ptn_reader_rest(&contents);
    if (unused != 0) {
        if (bits.len == 0) {
            return false;
        }
        // Unused bits are zero, X.690 §11.2.1.
        uint8_t last = ptn_span_at(bits, bits.len - 1);
        if ((last & ((1u << unused) - 1u)) != 0) {
            return false;
        }
    }
    *out_bits = bits;
    *out_unused = unused;
    return true;
}

// Two decimal digits up to `most`.
static bool read_two_digits(struct ptn_reader *r, uint32_t most, uint32_t *out)
{
    uint16_t two = 0;
    *out = 0;
    if (!ptn_read_u16(r, &two)) {
        return false;
    }
    uint32_t high = (uint32_t)(two >> 8);
    uint32_t low = (uint32_t)(two & 0xff);
    if (high < '0' || high > '9' || low < '0' || low > '9') {
        return false;
    }
    uint32_t value = (high - '0') * 10 + (low - '0');
    if (value > most) {
        return false;
    }
    *out = value;
    return true;
}

static uint32_t days_in_month(uint32_t year, uint32_t month)
{
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    switch (month) {
    case 2:
        return leap ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    default:
        return 31;
    }
}

// Days from 1970-01-01 to a date of the Gregorian calendar, year 0 to 9999. A year is counted from
// March, so that the leap day is its last and months have a regular length before it.
static int64_t days_since_1970(uint32_t year, uint32_t month, uint32_t day)
{
    uint32_t shifted_year = month > 2 ? year : year + 399; // 400 years later is the same calendar
    uint32_t shifted_month = month > 2 ? month - 3 : month + 9;
    uint32_t era_days = shifted_year * 365 + shifted_year / 4 - shifted_year / 100 +
                        shifted_year / 400 + (shifted_month * 153 + 2) / 5 + (day - 1);
    int64_t days = (int64_t)era_days - 719468;
    return month > 2 ? days : days - 146097;
}

PTN_FLAT bool ptn_der_read_time(struct ptn_reader *r, int64_t *out_s)
{
    uint8_t tag = 0;
    patina_span contents;
    *out_s = 0;
    if (!ptn_der_read_any(r, &tag, &contents)) {
        return false;
    }
    struct ptn_reader text = ptn_reader_of(contents);
    uint32_t century = 0;
    uint32_t year = 0;
    uint32_t month = 0;
    uint32_t day = 0;
    uint32_t hour = 0;
    uint32_t minute = 0;
    uint32_t second = 0;
    uint8_t zone = 0;

    if (tag == PTN_DER_GENERALIZED_TIME) {
        if (!read_two_digits(&text, 99, &century)) {
            return false;
        }
    } else if (tag != PTN_DER_UTC_TIME) {
        return false;
    }
    if (!read_two_digits(&text, 99, &year) || !read_two_digits(&text, 12, &month) ||
        !read_two_digits(&text, 31, &day) || !read_two_digits(&text, 23, &hour) ||
        !read_two_digits(&text, 59, &minute) || !read_two_digits(&text, 59, &second) ||
        !ptn_read_u8(&text, &zone) || zone != 'Z' || !ptn_read_end(&text)) {
        return false;
    }
    if (tag == PTN_DER_UTC_TIME) {
        century = year >= 50 ? 19 : 20; // RFC 5280 §4.1.2.5.1
    }
    year += century * 100;
    if (month < 1 || day < 1 || day > days_in_month(year, month)) {
        return false;
    }
    *out_s =
        days_since_1970(year, month, day) * 86400 + (int64_t)(hour * 3600 + minute * 60 + second);
    return true;
}
