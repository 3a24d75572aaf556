// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Server names: reading what the caller asks for (RFC 6066 §3, RFC 4291 §2.2, RFC 3986 §3) and
// matching it with the subjectAltName (RFC 9525 §6). The common name is never looked at.
#include "x509/name.h"
#include "x509/cert.h"
#include "x509/der.h"
#include "x509/extension.h"
#include "x509/uri.h"

enum { MAX_LABEL_BYTES = 63 }; // RFC 1035 §2.3.4

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_label_byte(uint8_t c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

// Labels of letters, digits, hyphens inside, and underscores; the last not all digits, so that no
// mistyped IPv4 address passes for a name.
bool ptn_is_dns_name(patina_span text)
{
    struct ptn_reader r = ptn_reader_of(text);
    size_t label_len = 0;
    bool all_digits = true;
    uint8_t previous = '.';
    uint8_t c = 0;

    if (text.len == 0 || text.len > PTN_MAX_SERVER_NAME_BYTES) {
        return false;
    }
    while (ptn_read_u8(&r, &c))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), c, label_len, all_digits, previous) INVARIANT(
            READING(r) && label_len <= MAX_LABEL_BYTES) DECREASES(READER_LEFT(r)))
    {
        if (c == '.') {
            if (label_len == 0 || previous == '-') {
                return false;
            }
            label_len = 0;
            all_digits = true;
        } else {
            if (!is_label_byte(c) || (c == '-' && label_len == 0) || label_len == MAX_LABEL_BYTES) {
                return false;
            }
            all_digits = all_digits && is_digit(c);
            label_len++;
        }
        previous = c;
    }
    return label_len != 0 && previous != '-' && !all_digits;
}

// ---- IP addresses in text

// One to three digits up to 255, without a leading zero.
static bool read_octet(struct ptn_reader *r, uint8_t *out)
    PTN_CONTRACT(REQUIRES(READER(r) && READING(*r) && WRITABLE(out))
                     ASSIGNS(READER_FIELDS(*r), *out)
                         ENSURES(READER_STATE(*r) && IMPLIES(RESULT, READING(*r))))
{
    uint32_t value = 0;
    size_t digits = 0;
    *out = 0;
    while (digits < 3 && !ptn_reader_is_empty(r) && is_digit(ptn_span_at(ptn_reader_rest(r), 0)))
        PTN_LOOP(ASSIGNS(READER_FIELDS(*r), value, digits) INVARIANT(READING(*r) && digits <= 3 &&
                                                                     value <= (digits == 0   ? 0
                                                                               : digits == 1 ? 9
                                                                               : digits == 2 ? 99
                                                                                             : 999))
                     DECREASES(3 - digits))
    {
        uint8_t c = 0;
        if (!ptn_read_u8(r, &c) || (digits != 0 && value == 0)) {
            return false;
        }
        value = value * 10 + (uint32_t)(c - '0');
        digits++;
    }
    *out = (uint8_t)(value & 0xff);
    return digits != 0 && value <= 255;
}

static bool parse_ipv4(patina_span text, struct ptn_writer *w)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITER(w)) ENCODES(w))
{
    struct ptn_reader r = ptn_reader_of(text);
    for (size_t i = 0; i < 4; i++)
        PTN_LOOP(ASSIGNS(i, READER_FIELDS(r), WRITER_FIELDS(w)) INVARIANT(
            i <= 4 && READING(r) && WRITER_STATE(*w) && w->pos_ >= LOOP_OLD(w->pos_) &&
            IMPLIES(LOOP_OLD(w->failed_), w->failed_)) DECREASES(4 - i))
    {
        uint8_t octet = 0;
        uint8_t dot = 0;
        if ((i != 0 && (!ptn_read_u8(&r, &dot) || dot != '.')) || !read_octet(&r, &octet)) {
            return false;
        }
        ptn_write_u8(w, octet);
    }
    return ptn_read_end(&r);
}

static int hex_value(uint8_t c)
{
    if (is_digit(c)) {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// One to four hexadecimal digits.
static bool parse_group(patina_span text, uint16_t *out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITABLE(out)) ASSIGNS(*out))
{
    struct ptn_reader r = ptn_reader_of(text);
    uint32_t value = 0;
    uint8_t c = 0;
    *out = 0;
    if (text.len == 0 || text.len > 4) {
        return false;
    }
    while (ptn_read_u8(&r, &c))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), c, value) INVARIANT(
            READING(r) && value < (uint32_t)1 << 4 * READER_DONE(r)) DECREASES(READER_LEFT(r)))
    {
        int digit = hex_value(c);
        if (digit < 0) {
            return false;
        }
        value = value * 16 + (uint32_t)digit;
    }
    *out = (uint16_t)(value & 0xffff);
    return true;
}

// Where the next colon stands, from `from` on; the length of the text when there is none.
static size_t find_colon(patina_span text, size_t from)
    PTN_CONTRACT(REQUIRES(SPAN(text)) ASSIGNS()
                     ENSURES(RESULT >= from && (RESULT <= text.len || RESULT == from)))
{
    while (from < text.len && ptn_span_at(text, from) != ':')
        PTN_LOOP(ASSIGNS(from) INVARIANT(from >= LOOP_OLD(from) &&
                                         (from <= text.len || from == LOOP_OLD(from)))
                     DECREASES(SIZE_MAX - from))
    {
        from++;
    }
    return from;
}

// Groups between single colons, up to 16 octets; the last may be an IPv4 address.
static bool parse_groups(patina_span text, bool may_end_in_ipv4, struct ptn_writer *w)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITER(w)) ENCODES(w))
{
    size_t at = 0;
    if (text.len == 0) {
        return true;
    }
    for (size_t i = 0; i < 8; i++)
        PTN_LOOP(ASSIGNS(i, at, WRITER_FIELDS(w)) INVARIANT(
            i <= 8 && at <= text.len && WRITER_STATE(*w) && w->pos_ >= LOOP_OLD(w->pos_) &&
            IMPLIES(LOOP_OLD(w->failed_), w->failed_)) DECREASES(8 - i))
    {
        size_t end = find_colon(text, at);
        patina_span group = ptn_span_part(text, at, end - at);
        uint16_t value = 0;
        if (end == text.len && may_end_in_ipv4 && group.len > 4) {
            return parse_ipv4(group, w);
        }
        if (!parse_group(group, &value)) {
            return false;
        }
        ptn_write_u16(w, value);
        if (end == text.len) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

// Where "::" stands; the length of the text when it does not.
static size_t find_gap(patina_span text)
    PTN_CONTRACT(REQUIRES(SPAN(text)) ASSIGNS()
                     ENSURES(RESULT <= text.len && (RESULT == text.len || RESULT < text.len - 1)))
{
    size_t at = find_colon(text, 0);
    while (at + 1 < text.len && ptn_span_at(text, at + 1) != ':')
        PTN_LOOP(ASSIGNS(at) INVARIANT(at <= text.len) DECREASES(text.len - at))
    {
        at = find_colon(text, at + 1);
    }
    return at + 1 < text.len ? at : text.len;
}

// RFC 4291 §2.2: eight groups, or fewer around one "::".
static bool parse_ipv6(patina_span text, patina_mspan out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && MSPAN(out) && out.len == 16)
                     ASSIGNS(__CPROVER_object_whole(out.ptr)))
{
    uint8_t front_bytes[16] = {0};
    uint8_t back_bytes[16] = {0};
    struct ptn_writer front = ptn_writer_of(PTN_MSPAN_OF(front_bytes));
    struct ptn_writer back = ptn_writer_of(PTN_MSPAN_OF(back_bytes));
    patina_span head;
    patina_span tail;
    size_t gap = find_gap(text);
    bool has_gap = gap != text.len;

    if (!parse_groups(ptn_span_first(text, gap), !has_gap, &front) ||
        !parse_groups(ptn_span_skip(text, gap + (has_gap ? 2u : 0u)), true, &back) ||
        !ptn_writer_finish(&front, &head) || !ptn_writer_finish(&back, &tail)) {
        return false;
    }
    // "::" stands for one group of zeros at least.
    if (has_gap ? head.len + tail.len > 14 : head.len != 16) {
        return false;
    }
    ptn_mspan_fill(out, 0);
    ptn_span_copy(out, head);
    ptn_span_copy(ptn_mspan_skip(out, 16 - tail.len), tail);
    return true;
}

struct ip {
    uint8_t bytes[16];
};

static struct ptn_server_name ip_name(const struct ip *ip, size_t len)
{
    struct ptn_server_name name = {.kind = PTN_NAME_IP, .ip_len = len};
    for (size_t i = 0; i < PTN_COUNT(name.ip); i++) {
        PTN_AT(name.ip, i) = PTN_AT(ip->bytes, i);
    }
    return name;
}

// "://" makes it one; an IPv6 address has no slash.
static bool is_like_uri(patina_span text) PTN_CONTRACT(REQUIRES(SPAN(text)) ASSIGNS())
{
    patina_span behind = ptn_span_skip(text, find_colon(text, 0));
    return ptn_span_equal(ptn_span_first(behind, 3), PTN_SPAN_LITERAL("://"));
}

static patina_err parse_uri(patina_span text, struct ptn_server_name *out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITABLE(out) && out->kind == PTN_NAME_NONE)
                     REQUIRES(EMPTY(out->text) && out->ip_len == 0) ASSIGNS(*out)
                         ENSURES(WITHIN(out->text, text) && out->ip_len == 0 &&
                                 out->kind == (RESULT == PATINA_OK ? PTN_NAME_URI : PTN_NAME_NONE)))
{
    struct ptn_uri uri;
    PTN_REQUIRE(ptn_uri_parse(text, &uri), PATINA_ERR_BAD_SERVER_NAME);
    bool is_spiffe = ptn_uri_is_spiffe(&uri);
    PTN_REQUIRE(!is_spiffe || ptn_uri_is_spiffe_id(&uri), PATINA_ERR_BAD_SERVER_NAME);
    *out = (struct ptn_server_name){.kind = PTN_NAME_URI, .text = text, .is_spiffe = is_spiffe};
    return PATINA_OK;
}

patina_err ptn_server_name_parse(patina_span text, struct ptn_server_name *out)
{
    struct ip ip = {{0}};
    *out = (struct ptn_server_name){0};
    PTN_REQUIRE(text.len != 0, PATINA_ERR_BAD_SERVER_NAME);
    if (is_like_uri(text)) {
        return parse_uri(text, out);
    }
    if (find_colon(text, 0) != text.len) {
        PTN_REQUIRE(parse_ipv6(text, PTN_MSPAN_OF(ip.bytes)), PATINA_ERR_BAD_SERVER_NAME);
        *out = ip_name(&ip, 16);
        return PATINA_OK;
    }
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(ip.bytes));
    if (parse_ipv4(text, &w)) {
        *out = ip_name(&ip, 4);
        return PATINA_OK;
    }
    if (ptn_span_at(text, text.len - 1) == '.') {
        text = ptn_span_first(text, text.len - 1);
    }
    PTN_REQUIRE(ptn_is_dns_name(text), PATINA_ERR_BAD_SERVER_NAME);
    *out = (struct ptn_server_name){.kind = PTN_NAME_DNS, .text = text};
    return PATINA_OK;
}

// ---- Matching

// RFC 9525 §6.3: a wildcard is the whole left-most label of the presented name and stands for
// exactly one label. What is no DNS name at all equals none.
static bool dns_matches(patina_span presented, const struct ptn_server_name *name,
                        patina_span parent)
{
    if (presented.len > 2 && ptn_span_at(presented, 0) == '*') {
        return ptn_span_at(presented, 1) == '.' &&
               ptn_span_equal_nocase(ptn_span_skip(presented, 2), parent);
    }
    return ptn_span_equal_nocase(presented, name->text);
}

// The name without its first label; empty when it has but one.
static patina_span parent_of(patina_span dns)
{
    size_t at = 0;
    while (at < dns.len && ptn_span_at(dns, at) != '.')
        PTN_LOOP(COUNTS_TO(at, dns.len))
    {
        at++;
    }
    return ptn_span_skip(dns, at == dns.len ? at : at + 1);
}

static bool matches(uint8_t tag, patina_span presented, const struct ptn_server_name *name,
                    patina_span parent)
    PTN_CONTRACT(REQUIRES(SPAN(presented) && READABLE(name) && SPAN(name->text) &&
                          name->ip_len <= 16 && SPAN(parent)) ASSIGNS())
{
    switch (name->kind) {
    case PTN_NAME_DNS:
        return tag == PTN_NAME_OF_DNS && dns_matches(presented, name, parent);
    case PTN_NAME_IP:
        return tag == PTN_NAME_OF_IP &&
               ptn_span_equal(presented, ptn_span_first(PTN_SPAN_OF(name->ip), name->ip_len));
    case PTN_NAME_URI:
        return tag == PTN_NAME_OF_URI && ptn_span_equal(presented, name->text);
    case PTN_NAME_NONE:
    default:
        return false;
    }
}

patina_err ptn_cert_match_name(const struct ptn_cert *cert, const struct ptn_server_name *name,
                               size_t *budget)
{
    struct ptn_reader list = ptn_reader_of(cert->ext.san);
    patina_span parent = parent_of(name->text);
    bool found = false;
    bool has_uri = false;
    bool has_two = false;

    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), *budget, found, has_uri, has_two) INVARIANT(
            READING(list) && *budget <= LOOP_OLD(*budget)) DECREASES(READER_LEFT(list)))
    {
        uint8_t tag = 0;
        patina_span presented;
        PTN_REQUIRE(ptn_der_read_any(&list, &tag, &presented), PATINA_ERR_CERT_ENCODING);
        PTN_REQUIRE(*budget != 0, PATINA_ERR_CERT_BUDGET);
        (*budget)--;
        has_two = has_two || (has_uri && tag == PTN_NAME_OF_URI);
        has_uri = has_uri || tag == PTN_NAME_OF_URI;
        found = found || matches(tag, presented, name, parent);
        if (found && !name->is_spiffe) {
            return PATINA_OK;
        }
    }
    // A SPIFFE ID stands alone: whose certificate has two URIs could be taken for either.
    PTN_REQUIRE(found && !has_two, PATINA_ERR_CERT_NAME_MISMATCH);
    return PATINA_OK;
}
