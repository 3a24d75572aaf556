// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Distinguished names compared, RFC 5280 §7.1, for directoryName constraints: see dn.h. What would
// take tables of Unicode is told apart as UNSURE, and whoever asks fails closed.
#include "x509/der.h"
#include "x509/dn.h"

static bool is_simple_text(uint8_t tag)
{
    return tag == PTN_DER_UTF8_STRING || tag == PTN_DER_PRINTABLE_STRING ||
           tag == PTN_DER_IA5_STRING;
}

static bool is_text(uint8_t tag)
{
    return is_simple_text(tag) || tag == PTN_DER_T61_STRING || tag == PTN_DER_BMP_STRING ||
           tag == PTN_DER_UNIVERSAL_STRING;
}

static bool is_ascii(patina_span s) PTN_CONTRACT(REQUIRES(SPAN(s)) ASSIGNS())
{
    for (size_t i = 0; i < s.len; i++)
        PTN_LOOP(COUNTS_TO(i, s.len))
    {
        if (ptn_span_at(s, i) >= 0x80) {
            return false;
        }
    }
    return true;
}

// ---- Text, folded as it is read: spaces around it go, several are one, letters are small.

enum { END = 0x100 };

static bool skip_spaces(struct ptn_reader *r)
    PTN_CONTRACT(REQUIRES(READER(r) && READING(*r)) ASSIGNS(READER_FIELDS(*r))
                     ENSURES(READING(*r) && READER_DONE(*r) >= OLD(READER_DONE(*r)) &&
                             IFF(RESULT, READER_DONE(*r) > OLD(READER_DONE(*r)))))
{
    bool any = false;
    while (!ptn_reader_is_empty(r) && ptn_span_at(ptn_reader_rest(r), 0) == ' ')
        PTN_LOOP(ASSIGNS(READER_FIELDS(*r), any) INVARIANT(
            READING(*r) && READER_DONE(*r) >= LOOP_OLD(READER_DONE(*r)) &&
            IFF(any, READER_DONE(*r) > LOOP_OLD(READER_DONE(*r)))) DECREASES(READER_LEFT(*r)))
    {
        uint8_t c = 0;
        any = ptn_read_u8(r, &c);
    }
    return any;
}

// The next character, or END.
static uint32_t next_folded(struct ptn_reader *r, bool is_first)
    PTN_CONTRACT(REQUIRES(READER(r) && READING(*r)) ASSIGNS(READER_FIELDS(*r))
                     ENSURES(READING(*r) && READER_DONE(*r) >= OLD(READER_DONE(*r)) &&
                             RESULT <= END &&
                             IMPLIES(RESULT != END, READER_DONE(*r) > OLD(READER_DONE(*r)))))
{
    bool spaces = skip_spaces(r);
    uint8_t c = 0;
    if (ptn_reader_is_empty(r)) {
        return END;
    }
    if (spaces && !is_first) {
        return ' ';
    }
    if (!ptn_read_u8(r, &c)) {
        return END;
    }
    return c >= 'A' && c <= 'Z' ? (uint32_t)c + ('a' - 'A') : c;
}

static bool is_same_text(patina_span a, patina_span b)
    PTN_CONTRACT(REQUIRES(SPAN(a) && SPAN(b)) ASSIGNS())
{
    struct ptn_reader left = ptn_reader_of(a);
    struct ptn_reader right = ptn_reader_of(b);
    bool is_first = true;
    uint32_t c = 0;
    uint32_t d = 0;
    while (c == d && c != END)
        PTN_LOOP(ASSIGNS(READER_FIELDS(left), READER_FIELDS(right), is_first, c, d)
                     INVARIANT(READING(left) && READING(right) && c <= END)
                         DECREASES(READER_LEFT(left) + (c == END ? 0 : 1)))
    {
        c = next_folded(&left, is_first);
        d = next_folded(&right, is_first);
        is_first = false;
    }
    return c == d;
}

// ---- Attributes, parts, names

static enum ptn_match match_values(const struct ptn_dn_attribute *a,
                                   const struct ptn_dn_attribute *b)
{
    bool simple = is_simple_text(a->tag) && is_simple_text(b->tag);
    if ((simple || a->tag == b->tag) && ptn_span_equal(a->value, b->value)) {
        return PTN_SAME;
    }
    if (simple && is_ascii(a->value) && is_ascii(b->value)) {
        return is_same_text(a->value, b->value) ? PTN_SAME : PTN_OTHER;
    }
    return is_text(a->tag) || is_text(b->tag) ? PTN_UNSURE : PTN_OTHER;
}

// Two sets of attributes: equal when they are in the order they stand in, which DER fixes for equal
// bytes.
static enum ptn_match match_parts(patina_span a, patina_span b)
    PTN_CONTRACT(REQUIRES(SPAN(a) && SPAN(b)) ASSIGNS())
{
    struct ptn_reader left = ptn_reader_of(a);
    struct ptn_reader right = ptn_reader_of(b);
    struct ptn_dn_attribute x;
    struct ptn_dn_attribute y;
    size_t count = 0;
    enum ptn_match match = PTN_SAME;
    while (!ptn_reader_is_empty(&left) && !ptn_reader_is_empty(&right))
        PTN_LOOP(ASSIGNS(READER_FIELDS(left), READER_FIELDS(right), x, y, count, match)
                     INVARIANT(READING(left) && READING(right) && count <= READER_DONE(left))
                         DECREASES(READER_LEFT(left)))
    {
        if (!ptn_dn_read_attribute(&left, &x) || !ptn_dn_read_attribute(&right, &y)) {
            return PTN_UNSURE;
        }
        count++;
        enum ptn_match one = ptn_span_equal(x.type, y.type) ? match_values(&x, &y) : PTN_OTHER;
        match = match == PTN_OTHER || one == PTN_SAME ? match : one;
    }
    if (!ptn_reader_is_empty(&left) || !ptn_reader_is_empty(&right)) {
        return PTN_OTHER; // one has more
    }
    return match == PTN_OTHER && count > 1 ? PTN_UNSURE : match;
}

enum ptn_match ptn_dn_match_prefix(patina_span name, patina_span prefix)
{
    patina_span whole;
    patina_span start;
    if (!ptn_dn_contents(name, &whole) || !ptn_dn_contents(prefix, &start)) {
        return PTN_UNSURE;
    }
    struct ptn_reader parts = ptn_reader_of(whole);
    struct ptn_reader wanted = ptn_reader_of(start);
    enum ptn_match match = PTN_SAME;
    while (!ptn_reader_is_empty(&wanted))
        PTN_LOOP(ASSIGNS(READER_FIELDS(parts), READER_FIELDS(wanted), match)
                     INVARIANT(READING(parts) && READING(wanted)) DECREASES(READER_LEFT(wanted)))
    {
        patina_span part;
        patina_span want;
        if (ptn_reader_is_empty(&parts)) {
            return PTN_OTHER; // shorter
        }
        if (!ptn_der_read(&parts, PTN_DER_SET, &part) ||
            !ptn_der_read(&wanted, PTN_DER_SET, &want)) {
            return PTN_UNSURE;
        }
        enum ptn_match one = match_parts(part, want);
        if (one == PTN_OTHER) {
            return PTN_OTHER;
        }
        match = one == PTN_UNSURE ? PTN_UNSURE : match;
    }
    return match;
}
