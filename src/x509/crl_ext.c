// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The extensions of a revocation list, RFC 5280 §5.2, and its entries with theirs, §5.1.2.6 and
// §5.3. What is critical and not understood makes the list unusable: who passes over it may take a
// revoked certificate for a good one.
#include "x509/crl.h"
#include "x509/crl_points.h"
#include "x509/der.h"
#include "x509/extension.h"

// ---- Of the list

enum list_extension { // the last arc below id-ce
    CRL_NUMBER = 20,
    DELTA_CRL_INDICATOR = 27,
    ISSUING_DISTRIBUTION_POINT = 28,
};

// CRLNumber ::= INTEGER (0..MAX), at most 20 octets, RFC 5280 §5.2.3: "MUST mark this extension as
// non-critical".
static patina_err parse_number(const struct ptn_extension *e, struct ptn_crl *out)
{
    struct ptn_reader r = ptn_reader_of(e->value);
    patina_span number;
    PTN_REQUIRE(!e->critical, PATINA_ERR_CRL_ENCODING);
    PTN_REQUIRE(ptn_der_read_integer(&r, &number) && ptn_read_end(&r), PATINA_ERR_CRL_ENCODING);
    // Positive: a number whose first bit is set has a zero in front, which is not counted.
    uint8_t first = ptn_span_at(number, 0);
    PTN_REQUIRE((first & 0x80) == 0 &&
                    number.len <= (size_t)PTN_MAX_SERIAL_BYTES + (first == 0 ? 1u : 0u),
                PATINA_ERR_CRL_ENCODING);
    out->number = number;
    return PATINA_OK;
}

// A BOOLEAN DEFAULT FALSE under a tag of its own. FALSE written out is not DER, but says the same.
static patina_err read_flag(struct ptn_reader *fields, uint8_t tag, bool *out)
{
    patina_span value;
    if (!ptn_der_is_next(fields, tag)) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_read(fields, tag, &value) && value.len == 1, PATINA_ERR_CRL_ENCODING);
    uint8_t octet = ptn_span_at(value, 0);
    PTN_REQUIRE(octet == 0x00 || octet == 0xff, PATINA_ERR_CRL_ENCODING);
    *out = octet == 0xff;
    return PATINA_OK;
}

static patina_err read_scope_reasons(struct ptn_reader *fields, struct ptn_crl_scope *out)
{
    patina_span reasons;
    out->reasons = PTN_ALL_REASONS;
    if (!ptn_der_is_next(fields, PTN_DER_CONTEXT(3))) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_read(fields, PTN_DER_CONTEXT(3), &reasons) &&
                    ptn_reason_flags(reasons, &out->reasons),
                PATINA_ERR_CRL_ENCODING);
    return PATINA_OK;
}

// DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1]
// RelativeDistinguishedName }: one of them, and nothing behind it.
static bool is_point_name(patina_span point) PTN_CONTRACT(REQUIRES(SPAN(point)) ASSIGNS())
{
    struct ptn_reader r = ptn_reader_of(point);
    struct ptn_reader names;
    patina_span name;
    uint8_t tag = 0;
    if (ptn_der_is_next(&r, PTN_DER_CONTEXT_OF(1))) {
        return ptn_der_read(&r, PTN_DER_CONTEXT_OF(1), &name) && name.len != 0 && ptn_read_end(&r);
    }
    if (!ptn_der_enter(&r, PTN_DER_CONTEXT_OF(0), &names) || !ptn_read_end(&r) ||
        ptn_reader_is_empty(&names)) {
        return false;
    }
    while (!ptn_reader_is_empty(&names))
        PTN_LOOP(ASSIGNS(READER_FIELDS(names), tag, name) INVARIANT(READING(names))
                     DECREASES(READER_LEFT(names)))
    {
        if (!ptn_der_read_any(&names, &tag, &name) || !ptn_is_general_name(tag)) {
            return false;
        }
    }
    return true;
}

// IssuingDistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
//     onlyContainsUserCerts [1] BOOLEAN DEFAULT FALSE, onlyContainsCACerts [2] ...,
//     onlySomeReasons [3] ReasonFlags OPTIONAL, indirectCRL [4] BOOLEAN DEFAULT FALSE,
//     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
static patina_err parse_scope(patina_span value, struct ptn_crl_scope *out)
    PTN_CONTRACT(REQUIRES(SPAN(value) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(WITHIN(out->whole, value) && WITHIN(out->point, value) &&
                             (out->reasons & ~PTN_ALL_REASONS) == 0))
{
    struct ptn_reader r = ptn_reader_of(value);
    struct ptn_reader fields;
    bool indirect = false;
    *out = (struct ptn_crl_scope){.whole = value};
    // RFC 5280 §5.2.5: the "DER encoding ... MUST NOT be an empty sequence".
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields) && ptn_read_end(&r) &&
                    !ptn_reader_is_empty(&fields),
                PATINA_ERR_CRL_ENCODING);
    if (ptn_der_is_next(&fields, PTN_DER_CONTEXT_OF(0))) {
        PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_CONTEXT_OF(0), &out->point) &&
                        is_point_name(out->point),
                    PATINA_ERR_CRL_ENCODING);
    }
    PTN_TRY(read_flag(&fields, PTN_DER_CONTEXT(1), &out->only_user));
    PTN_TRY(read_flag(&fields, PTN_DER_CONTEXT(2), &out->only_ca));
    PTN_TRY(read_scope_reasons(&fields, out));
    PTN_TRY(read_flag(&fields, PTN_DER_CONTEXT(4), &indirect));
    PTN_TRY(read_flag(&fields, PTN_DER_CONTEXT(5), &out->only_attribute));
    PTN_REQUIRE(ptn_read_end(&fields), PATINA_ERR_CRL_ENCODING);
    PTN_REQUIRE(!indirect, PATINA_ERR_CRL_INDIRECT);
    // RFC 5280 §5.2.5: at most one of the three is TRUE.
    PTN_REQUIRE((out->only_user ? 1 : 0) + (out->only_ca ? 1 : 0) + (out->only_attribute ? 1 : 0) <=
                    1,
                PATINA_ERR_CRL_ENCODING);
    return PATINA_OK;
}

static patina_err parse_list_extension(const struct ptn_extension *e, struct ptn_crl *out)
    PTN_CONTRACT(REQUIRES(READABLE(e) && SPAN(e->oid) && SPAN(e->value) && WRITABLE(out))
                     REQUIRES((out->scope.reasons & ~PTN_ALL_REASONS) == 0)
                         ASSIGNS(out->number, out->scope) GIVES_OR_KEEPS(out->number, e->value)
                             GIVES_OR_KEEPS(out->scope.whole, e->value)
                                 GIVES_OR_KEEPS(out->scope.point, e->value)
                                     ENSURES((out->scope.reasons & ~PTN_ALL_REASONS) == 0))
{
    switch (ptn_id_ce_arc(e->oid)) {
    case CRL_NUMBER:
        return parse_number(e, out);
    case ISSUING_DISTRIBUTION_POINT:
        return parse_scope(e->value, &out->scope);
    case DELTA_CRL_INDICATOR: // RFC 5280 §5.2.4
        return PATINA_ERR_CRL_DELTA;
    default: // RFC 5280 §5.2: a list with an unknown critical extension must not be used
        PTN_REQUIRE(!e->critical, PATINA_ERR_CRL_CRITICAL_EXTENSION);
        return PATINA_OK;
    }
}

patina_err ptn_crl_parse_extensions(patina_span box, struct ptn_crl *out)
{
    struct ptn_reader r = ptn_reader_of(box);
    struct ptn_reader list;
    uint64_t seen = 0;
    out->number = (patina_span){0};
    out->scope = (struct ptn_crl_scope){.reasons = PTN_ALL_REASONS};
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &list) && ptn_read_end(&r) &&
                    !ptn_reader_is_empty(&list), // SIZE (1..MAX)
                PATINA_ERR_CRL_ENCODING);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), seen, out->number, out->scope) INVARIANT(
            READING(list) && WITHIN(out->number, box) && WITHIN(out->scope.whole, box) &&
            WITHIN(out->scope.point, box) && (out->scope.reasons & ~PTN_ALL_REASONS) == 0)
                     DECREASES(READER_LEFT(list)))
    {
        struct ptn_extension e;
        PTN_REQUIRE(ptn_extension_read(&list, &e), PATINA_ERR_CRL_ENCODING);
        PTN_REQUIRE(ptn_extension_note(&seen, ptn_id_ce_arc(e.oid)), PATINA_ERR_CRL_ENCODING);
        PTN_TRY(parse_list_extension(&e, out));
    }
    return PATINA_OK;
}

// ---- Of an entry

enum entry_extension {
    REASON_CODE = 21,
    INVALIDITY_DATE = 24,
    CERTIFICATE_ISSUER = 29,
};

enum { LAST_REASON = 10, UNUSED_REASON = 7, REMOVE_FROM_CRL = 8 };

// CRLReason ::= ENUMERATED; "removeFromCRL ... may only appear in delta CRLs".
bool ptn_crl_read_reason(struct ptn_reader *r, uint8_t *out)
{
    patina_span reason;
    *out = 0;
    if (!ptn_der_read(r, PTN_DER_ENUMERATED, &reason) || reason.len != 1) {
        return false;
    }
    *out = ptn_span_at(reason, 0);
    return *out <= LAST_REASON && *out != UNUSED_REASON && *out != REMOVE_FROM_CRL;
}

// A list with that reason is a delta one, whose indicator comes behind its entries.
static patina_err parse_reason(patina_span value, uint8_t *out)
{
    struct ptn_reader r = ptn_reader_of(value);
    bool good = ptn_crl_read_reason(&r, out);
    PTN_REQUIRE(good || *out != REMOVE_FROM_CRL, PATINA_ERR_CRL_DELTA);
    PTN_REQUIRE(good && ptn_read_end(&r), PATINA_ERR_CRL_ENCODING);
    return PATINA_OK;
}

// InvalidityDate ::= GeneralizedTime, RFC 5280 §5.3.2: when the key is thought to have been lost.
// Nothing follows from it here.
static patina_err parse_invalidity_date(patina_span value)
{
    struct ptn_reader r = ptn_reader_of(value);
    int64_t ignored = 0;
    PTN_REQUIRE(ptn_der_is_next(&r, PTN_DER_GENERALIZED_TIME) && ptn_der_read_time(&r, &ignored) &&
                    ptn_read_end(&r),
                PATINA_ERR_CRL_ENCODING);
    return PATINA_OK;
}

static patina_err parse_entry_extension(const struct ptn_extension *e, struct ptn_crl_entry *out)
    PTN_CONTRACT(REQUIRES(READABLE(e) && SPAN(e->oid) && SPAN(e->value) && WRITABLE(out))
                     ASSIGNS(out->reason))
{
    switch (ptn_id_ce_arc(e->oid)) {
    case REASON_CODE:
        return parse_reason(e->value, &out->reason);
    case INVALIDITY_DATE:
        return parse_invalidity_date(e->value);
    case CERTIFICATE_ISSUER: // RFC 5280 §5.3.3
        return PATINA_ERR_CRL_INDIRECT;
    default: // RFC 5280 §5.3
        PTN_REQUIRE(!e->critical, PATINA_ERR_CRL_CRITICAL_EXTENSION);
        return PATINA_OK;
    }
}

static patina_err parse_entry_extensions(struct ptn_reader list, struct ptn_crl_entry *out)
    PTN_CONTRACT(REQUIRES(READER_VALUE(list) && !list.failed_ && WRITABLE(out))
                     ASSIGNS(out->reason))
{
    uint64_t seen = 0;
    PTN_REQUIRE(!ptn_reader_is_empty(&list), PATINA_ERR_CRL_ENCODING); // SIZE (1..MAX)
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), seen, out->reason) INVARIANT(READING(list))
                     DECREASES(READER_LEFT(list)))
    {
        struct ptn_extension e;
        PTN_REQUIRE(ptn_extension_read(&list, &e), PATINA_ERR_CRL_ENCODING);
        PTN_REQUIRE(ptn_extension_note(&seen, ptn_id_ce_arc(e.oid)), PATINA_ERR_CRL_ENCODING);
        PTN_TRY(parse_entry_extension(&e, out));
    }
    return PATINA_OK;
}

// SEQUENCE { userCertificate CertificateSerialNumber, revocationDate Time, crlEntryExtensions
// Extensions OPTIONAL }
patina_err ptn_crl_read_entry(struct ptn_reader *list, struct ptn_crl_entry *out)
{
    struct ptn_reader fields;
    struct ptn_reader extensions;
    *out = (struct ptn_crl_entry){0};
    PTN_REQUIRE(ptn_der_enter(list, PTN_DER_SEQUENCE, &fields) &&
                    ptn_der_read_integer(&fields, &out->serial) &&
                    ptn_der_read_time(&fields, &out->revoked_s),
                PATINA_ERR_CRL_ENCODING);
    if (ptn_reader_is_empty(&fields)) {
        return PATINA_OK;
    }
    out->has_extensions = true;
    PTN_REQUIRE(ptn_der_enter(&fields, PTN_DER_SEQUENCE, &extensions) && ptn_read_end(&fields),
                PATINA_ERR_CRL_ENCODING);
    return parse_entry_extensions(extensions, out);
}
