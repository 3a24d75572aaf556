// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Whose certificate is meant by the name of an issuer, RFC 5280 §6.1.3 (a)(4) and §7.1. Authorities
// that were renewed by another program have their name in other kinds of strings, with other spaces
// and letters. For those of the web the rule is stricter: BR 7.1.4.1, byte for byte.
#include "x509/dn.h"
#include "x509/path_int.h"

// Most names differ in how they end, which is told without reading them: the last byte of a Name is
// the last one of its last value. Spaces there do not count, so they tell nothing.
static bool ends_otherwise(patina_span a, patina_span b)
    PTN_CONTRACT(REQUIRES(SPAN(a) && SPAN(b)) ASSIGNS())
{
    if (a.len == 0 || b.len == 0) {
        return a.len != b.len;
    }
    uint8_t x = ptn_span_at(a, a.len - 1);
    uint8_t y = ptn_span_at(b, b.len - 1);
    return x != ' ' && y != ' ' && ((x ^ y) & ~0x20u) != 0;
}

// Comparing costs as much as the names are long: a comparison, and one for every 256 bytes.
static bool is_same_issuer(patina_span a, patina_span b, size_t *comparisons)
    PTN_CONTRACT(REQUIRES(SPAN(a) && SPAN(b) && WRITABLE(comparisons)) ASSIGNS(*comparisons)
                     ENSURES(*comparisons <= OLD(*comparisons)))
{
    if (ends_otherwise(a, b)) {
        return false;
    }
    size_t cost = a.len / 256 + b.len / 256 + 1;
    if (*comparisons < cost) {
        *comparisons = 0;
        return false;
    }
    *comparisons -= cost;
    return ptn_dn_match_prefix(a, b) == PTN_SAME && ptn_dn_match_prefix(b, a) == PTN_SAME;
}

bool ptn_path_is_issuer(const struct ptn_path_request *q, patina_span subject, patina_span issuer,
                        size_t *comparisons)
{
    return ptn_span_equal(subject, issuer) ||
           (q->profile == PATINA_PROFILE_PRIVATE && is_same_issuer(subject, issuer, comparisons));
}

// Roots of one subject stand side by side.
static bool is_first_of_its_name(const struct patina_roots *roots, size_t place)
{
    return place == 0 ||
           !ptn_span_equal(ptn_roots_subject(roots, place - 1), ptn_roots_subject(roots, place));
}

bool ptn_path_other_name(const struct ptn_path_request *q, patina_span issuer, size_t *place,
                         size_t *comparisons)
{
    size_t count = q->profile == PATINA_PROFILE_PRIVATE ? patina_roots_count(q->roots) : 0;
    while (*place < count && *comparisons != 0)
        PTN_LOOP(ASSIGNS(*place, *comparisons) INVARIANT(*comparisons <= LOOP_OLD(*comparisons))
                     DECREASES(SIZE_MAX - *place))
    {
        patina_span subject = ptn_roots_subject(q->roots, *place);
        bool is_first = is_first_of_its_name(q->roots, *place);
        ++*place;
        if (is_first && !ptn_span_equal(subject, issuer) &&
            is_same_issuer(subject, issuer, comparisons)) {
            return true;
        }
    }
    return false;
}
