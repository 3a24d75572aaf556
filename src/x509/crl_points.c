// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Distribution points: see crl_points.h.
//
//     DistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
//         reasons [1] ReasonFlags OPTIONAL, cRLIssuer [2] GeneralNames OPTIONAL }
//     DistributionPointName ::= CHOICE { fullName [0] GeneralNames,
//         nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
#include "x509/crl_points.h"
#include "x509/der.h"

enum {
    FULL_NAME = PTN_DER_CONTEXT_OF(0),
    RELATIVE_NAME = PTN_DER_CONTEXT_OF(1),
    DIRECTORY_NAME = PTN_DER_CONTEXT_OF(4), // GeneralName
};

bool ptn_reason_flags(patina_span contents, uint32_t *out)
{
    struct ptn_reader r = ptn_reader_of(contents);
    uint8_t unused = 0;
    uint8_t first = 0;
    uint8_t second = 0;
    *out = 0;
    if (!ptn_read_u8(&r, &unused) || unused > 7 || ptn_reader_left(&r) > 2) {
        return false;
    }
    bool has_first = ptn_read_u8(&r, &first);
    bool has_second = has_first && ptn_read_u8(&r, &second);
    uint8_t last = has_second ? second : first;
    // Unused bits are zero, and there are none without an octet to hold them, X.690 §11.2.1.
    if ((last & ((1u << unused) - 1u)) != 0 || (!has_first && unused != 0)) {
        return false;
    }
    for (uint32_t i = 1; i < 8; i++)
        PTN_LOOP(ASSIGNS(i, *out) INVARIANT(1 <= i && i <= 8 && (*out & ~PTN_ALL_REASONS) == 0)
                     DECREASES(8 - i))
    {
        *out |= (first & (0x80u >> i)) != 0 ? 1u << i : 0;
    }
    *out |= (second & 0x80u) != 0 ? 1u << 8 : 0;
    return true;
}

// ---- Names

// One name of a distribution point: a GeneralName, or a part to be put behind the issuer's name.
struct name {
    uint8_t tag; // RELATIVE_NAME, or that of the GeneralName
    patina_span contents;
};

// "CRL issuer's name + part" against a directoryName ([4] EXPLICIT Name).
static bool relative_is(patina_span part, patina_span issuer, patina_span directory_name)
    PTN_CONTRACT(REQUIRES(SPAN(part) && SPAN(issuer) && SPAN(directory_name)) ASSIGNS())
{
    struct ptn_reader box = ptn_reader_of(directory_name);
    struct ptn_reader issuer_box = ptn_reader_of(issuer);
    patina_span parts;
    patina_span issuer_parts;
    patina_span last;
    if (!ptn_der_read(&box, PTN_DER_SEQUENCE, &parts) || !ptn_read_end(&box) ||
        !ptn_der_read(&issuer_box, PTN_DER_SEQUENCE, &issuer_parts)) {
        return false;
    }
    struct ptn_reader rest = ptn_reader_of(ptn_span_skip(parts, issuer_parts.len));
    return ptn_span_equal(ptn_span_first(parts, issuer_parts.len), issuer_parts) &&
           ptn_der_read(&rest, PTN_DER_SET, &last) && ptn_read_end(&rest) &&
           ptn_span_equal(last, part);
}

static bool is_same_name(const struct name *a, const struct name *b, patina_span issuer)
    PTN_CONTRACT(REQUIRES(READABLE(a) && READABLE(b) && SPAN(a->contents) && SPAN(b->contents) &&
                          SPAN(issuer)) ASSIGNS())
{
    if (a->tag == b->tag) {
        return ptn_span_equal(a->contents, b->contents);
    }
    if (a->tag == RELATIVE_NAME && b->tag == DIRECTORY_NAME) {
        return relative_is(a->contents, issuer, b->contents);
    }
    if (a->tag == DIRECTORY_NAME && b->tag == RELATIVE_NAME) {
        return relative_is(b->contents, issuer, a->contents);
    }
    return false;
}

// The next name of a DistributionPointName's contents; the reader stands before the CHOICE, or
// within its GeneralNames.
static bool next_name(struct ptn_reader *names, struct name *out)
    PTN_CONTRACT(REQUIRES(READER(names) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*names), *out)
                     ENSURES(DER_READ(names)) ENSURES(WITHIN(out->contents, READER_WHOLE(*names))))
{
    *out = (struct name){0};
    return ptn_der_read_any(names, &out->tag, &out->contents);
}

// The names of a point: for a relative one the point itself is the list of one.
static struct ptn_reader names_of(patina_span point)
    PTN_CONTRACT(REQUIRES(SPAN(point)) ASSIGNS()
                     ENSURES(READER_STATE(RESULT) && !RESULT.failed_ && AT_START(RESULT) &&
                             WITHIN(READER_WHOLE(RESULT), point)))
{
    struct ptn_reader box = ptn_reader_of(point);
    struct ptn_reader list;
    if (ptn_der_is_next(&box, FULL_NAME)) {
        return ptn_der_enter(&box, FULL_NAME, &list) ? list : ptn_reader_of((patina_span){0});
    }
    return box;
}

static bool has_name(patina_span point, const struct name *wanted, patina_span issuer,
                     size_t *budget)
    PTN_CONTRACT(REQUIRES(SPAN(point) && READABLE(wanted) && SPAN(wanted->contents) &&
                          SPAN(issuer) && WRITABLE(budget)) ASSIGNS(*budget)
                     ENSURES(*budget <= OLD(*budget)))
{
    struct ptn_reader names = names_of(point);
    while (*budget != 0 && !ptn_reader_is_empty(&names))
        PTN_LOOP(ASSIGNS(READER_FIELDS(names), *budget) INVARIANT(
            READING(names) && *budget <= LOOP_OLD(*budget)) DECREASES(READER_LEFT(names)))
    {
        struct name name;
        (*budget)--;
        if (!next_name(&names, &name)) {
            return false;
        }
        if (is_same_name(&name, wanted, issuer)) {
            return true;
        }
    }
    return false;
}

// RFC 5280 §6.3.3 (b)(2)(i): one of the list's names is one of the point's.
static bool has_common_name(patina_span point, patina_span crl_point, patina_span issuer,
                            size_t *budget)
    PTN_CONTRACT(REQUIRES(SPAN(point) && SPAN(crl_point) && SPAN(issuer) && WRITABLE(budget))
                     ASSIGNS(*budget) ENSURES(*budget <= OLD(*budget)))
{
    struct ptn_reader names = names_of(crl_point);
    while (*budget != 0 && !ptn_reader_is_empty(&names))
        PTN_LOOP(ASSIGNS(READER_FIELDS(names), *budget) INVARIANT(
            READING(names) && *budget <= LOOP_OLD(*budget)) DECREASES(READER_LEFT(names)))
    {
        struct name name;
        if (!next_name(&names, &name)) {
            return false;
        }
        if (has_name(point, &name, issuer, budget)) {
            return true;
        }
    }
    return false;
}

// ---- Points

struct point {
    patina_span name; // contents of DistributionPointName; empty: none
    uint32_t reasons;
    bool has_issuer; // cRLIssuer: an indirect list's
};

static bool read_point(struct ptn_reader *points, struct point *out)
    PTN_CONTRACT(REQUIRES(READER(points) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*points), *out)
                     ENSURES(DER_READ(points)) ENSURES(WITHIN(out->name, READER_WHOLE(*points)) &&
                                                       (out->reasons & ~PTN_ALL_REASONS) == 0))
{
    struct ptn_reader fields;
    patina_span reasons;
    patina_span issuer;
    *out = (struct point){.reasons = PTN_ALL_REASONS};
    if (!ptn_der_enter(points, PTN_DER_SEQUENCE, &fields)) {
        return false;
    }
    if (ptn_der_is_next(&fields, PTN_DER_CONTEXT_OF(0)) &&
        !ptn_der_read(&fields, PTN_DER_CONTEXT_OF(0), &out->name)) {
        return false;
    }
    if (ptn_der_is_next(&fields, PTN_DER_CONTEXT(1)) &&
        (!ptn_der_read(&fields, PTN_DER_CONTEXT(1), &reasons) ||
         !ptn_reason_flags(reasons, &out->reasons))) {
        return false;
    }
    if (ptn_der_is_next(&fields, PTN_DER_CONTEXT_OF(2))) {
        out->has_issuer = true;
        if (!ptn_der_read(&fields, PTN_DER_CONTEXT_OF(2), &issuer)) {
            return false;
        }
    }
    return ptn_read_end(&fields);
}

// RFC 5280 §6.3.3 (b)(2)(ii) to (iv).
static bool is_of_the_kind(const struct ptn_crl_scope *scope, const struct ptn_cert *cert)
{
    return !scope->only_attribute && !(scope->only_user && cert->ext.is_ca) &&
           !(scope->only_ca && !cert->ext.is_ca);
}

// The reasons for which the certificate's own points lead to a list at `crl_point`.
static uint32_t reasons_of_points(patina_span crl_point, const struct ptn_cert *cert,
                                  size_t *budget)
    PTN_CONTRACT(REQUIRES(SPAN(crl_point) && READABLE(cert) && CERT(*cert) && WRITABLE(budget))
                     ASSIGNS(*budget)
                         ENSURES((RESULT & ~PTN_ALL_REASONS) == 0 && *budget <= OLD(*budget)))
{
    struct ptn_reader points = ptn_reader_of(cert->ext.crl_points);
    uint32_t reasons = 0;
    while (*budget != 0 && !ptn_reader_is_empty(&points))
        PTN_LOOP(ASSIGNS(READER_FIELDS(points), reasons, *budget)
                     INVARIANT(READING(points) && (reasons & ~PTN_ALL_REASONS) == 0 &&
                               *budget <= LOOP_OLD(*budget)) DECREASES(READER_LEFT(points)))
    {
        struct point point;
        (*budget)--;
        if (!read_point(&points, &point)) {
            break; // what cannot be read leads nowhere
        }
        if (!point.has_issuer && has_common_name(point.name, crl_point, cert->issuer, budget)) {
            reasons |= point.reasons;
        }
    }
    return reasons;
}

uint32_t ptn_crl_reasons_for(const struct ptn_crl *crl, const struct ptn_cert *cert, size_t *budget)
{
    if (!is_of_the_kind(&crl->scope, cert)) {
        return 0;
    }
    // A list without a point of its own, or with one that bears the issuer's name, is what is found
    // where nothing is said: RFC 5280 §6.3.3, last paragraph.
    struct name implied = {.tag = DIRECTORY_NAME, .contents = cert->issuer};
    if (crl->scope.point.len == 0 || has_name(crl->scope.point, &implied, cert->issuer, budget)) {
        return crl->scope.reasons;
    }
    return reasons_of_points(crl->scope.point, cert, budget) & crl->scope.reasons;
}
