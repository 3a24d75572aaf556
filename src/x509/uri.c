// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// URIs, RFC 3986 §3: see uri.h.
//
//     URI = scheme ":" "//" authority path-abempty [ "?" query ] [ "#" fragment ]
//     authority = [ userinfo "@" ] host [ ":" port ]
#include "x509/uri.h"

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(uint8_t c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// unreserved and reserved, RFC 3986 §2.2 and §2.3.
static bool is_uri_byte(uint8_t c)
{
    switch (c) {
    case '"':
    case '<':
    case '>':
    case '\\':
    case '^':
    case '`':
    case '{':
    case '|':
    case '}':
    case '%': // stands with two digits alone
        return false;
    default:
        return c > ' ' && c < 0x7f;
    }
}

// RFC 3986 §2: nothing but its characters, and pct-encoded ones.
static bool is_uri_text(patina_span text) PTN_CONTRACT(REQUIRES(SPAN(text)) ASSIGNS())
{
    struct ptn_reader r = ptn_reader_of(text);
    uint8_t c = 0;
    uint16_t two = 0;
    while (ptn_read_u8(&r, &c))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), c, two) INVARIANT(READING(r)) DECREASES(READER_LEFT(r)))
    {
        if (c == '%') {
            if (!ptn_read_u16(&r, &two) || !is_hex((uint8_t)(two >> 8)) ||
                !is_hex((uint8_t)(two & 0xff))) {
                return false;
            }
        } else if (!is_uri_byte(c)) {
            return false;
        }
    }
    return true;
}

// Where a byte stands first; the length when nowhere.
static size_t find_byte(patina_span s, uint8_t byte)
    PTN_CONTRACT(REQUIRES(SPAN(s)) ASSIGNS() ENSURES(RESULT <= s.len))
{
    size_t at = 0;
    while (at < s.len && ptn_span_at(s, at) != byte)
        PTN_LOOP(COUNTS_TO(at, s.len))
    {
        at++;
    }
    return at;
}

// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
static bool is_scheme(patina_span s) PTN_CONTRACT(REQUIRES(SPAN(s)) ASSIGNS())
{
    struct ptn_reader r = ptn_reader_of(s);
    uint8_t c = 0;
    while (ptn_read_u8(&r, &c))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), c) INVARIANT(READING(r)) DECREASES(READER_LEFT(r)))
    {
        if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') {
            return false;
        }
    }
    return s.len != 0 && is_letter(ptn_span_at(s, 0));
}

static bool is_number(patina_span s) PTN_CONTRACT(REQUIRES(SPAN(s)) ASSIGNS())
{
    for (size_t i = 0; i < s.len; i++)
        PTN_LOOP(COUNTS_TO(i, s.len))
    {
        if (!is_digit(ptn_span_at(s, i))) {
            return false;
        }
    }
    return true;
}

// The host of an authority, which is empty when there is none or its port is no number. A second
// "@" stays in it, and makes it no name.
static patina_span host_of(patina_span authority)
    PTN_CONTRACT(REQUIRES(SPAN(authority)) ASSIGNS() ENSURES(WITHIN(RESULT, authority)))
{
    size_t at = find_byte(authority, '@');
    patina_span host = ptn_span_skip(authority, at == authority.len ? 0 : at + 1);
    if (host.len != 0 && ptn_span_at(host, 0) == '[') {
        return host;
    }
    size_t colon = find_byte(host, ':');
    return is_number(ptn_span_skip(host, colon + 1)) ? ptn_span_first(host, colon)
                                                     : (patina_span){0};
}

bool ptn_uri_parse(patina_span text, struct ptn_uri *out)
{
    *out = (struct ptn_uri){0};
    if (text.len > PTN_MAX_URI_BYTES || !is_uri_text(text)) {
        return false;
    }
    size_t colon = find_byte(text, ':');
    patina_span scheme = ptn_span_first(text, colon);
    patina_span behind = ptn_span_skip(text, colon + 1);
    if (!is_scheme(scheme) || behind.len < 2 || ptn_span_at(behind, 0) != '/' ||
        ptn_span_at(behind, 1) != '/') {
        return false;
    }
    behind = ptn_span_skip(behind, 2);
    size_t end = ptn_min_size(find_byte(behind, '/'),
                              ptn_min_size(find_byte(behind, '?'), find_byte(behind, '#')));
    patina_span authority = ptn_span_first(behind, end);
    patina_span host = host_of(authority);
    if (host.len == 0) {
        return false;
    }
    *out = (struct ptn_uri){
        .scheme = scheme, .authority = authority, .host = host, .rest = ptn_span_skip(behind, end)};
    return true;
}

bool ptn_uri_is_spiffe(const struct ptn_uri *uri)
{
    return ptn_span_equal_nocase(uri->scheme, PTN_SPAN_LITERAL("spiffe"));
}

static bool is_trust_domain(patina_span s) PTN_CONTRACT(REQUIRES(SPAN(s)) ASSIGNS())
{
    for (size_t i = 0; i < s.len; i++)
        PTN_LOOP(COUNTS_TO(i, s.len))
    {
        uint8_t c = ptn_span_at(s, i);
        if (!is_digit(c) && !(c >= 'a' && c <= 'z') && c != '.' && c != '-' && c != '_') {
            return false;
        }
    }
    return s.len <= 255;
}

// Segments, each behind a slash.
static bool is_spiffe_path(patina_span path) PTN_CONTRACT(REQUIRES(SPAN(path)) ASSIGNS())
{
    struct ptn_reader r = ptn_reader_of(path);
    uint8_t c = 0;
    bool good = true; // the segment so far would do
    bool slash = false;
    while (ptn_read_u8(&r, &c))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), c, good, slash) INVARIANT(READING(r))
                     DECREASES(READER_LEFT(r)))
    {
        if (c == '/') {
            if (!good) {
                return false;
            }
            good = false;
            slash = true;
        } else if (!slash || (!is_letter(c) && !is_digit(c) && c != '.' && c != '-' && c != '_')) {
            return false;
        } else {
            // "." and ".." are no segments; "..." is, but nobody needs it.
            good = good || c != '.';
        }
    }
    return good;
}

bool ptn_uri_is_spiffe_id(const struct ptn_uri *uri)
{
    return ptn_span_equal(uri->scheme, PTN_SPAN_LITERAL("spiffe")) &&
           is_trust_domain(uri->authority) && is_spiffe_path(uri->rest);
}
