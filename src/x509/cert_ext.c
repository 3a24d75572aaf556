// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The extensions of a certificate, RFC 5280 §4.2, RFC 6962 §3.3, RFC 7633 §4. Those that are not
// read here are remembered when they are critical, and refused when a path is judged.
#include "x509/cert_ext.h"
#include "x509/der.h"

struct extension {
    patina_span oid;
    uint32_t bit; // of enum ptn_cert_ext; 0: not read here
    bool critical;
    patina_span value;
};

// ---- Which extension it is

static const uint8_t id_ce[] = {0x55, 0x1d};                               // 2.5.29
static const uint8_t id_pe[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01}; // 1.3.6.1.5.5.7.1
static const uint8_t id_ocsp_no_check[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x05};
static const uint8_t id_scts[] = {0x2b, 0x06, 0x01, 0x04, 0x01, 0xd6, 0x79, 0x02, 0x04, 0x02};

static uint32_t bit_below_id_ce(uint8_t arc)
{
    switch (arc) {
    case 14:
        return PTN_CERT_EXT_SUBJECT_KEY_ID;
    case 15:
        return PTN_CERT_EXT_KEY_USAGE;
    case 17:
        return PTN_CERT_EXT_SUBJECT_ALT_NAME;
    case 18:
        return PTN_CERT_EXT_ISSUER_ALT_NAME;
    case 19:
        return PTN_CERT_EXT_BASIC_CONSTRAINTS;
    case 30:
        return PTN_CERT_EXT_NAME_CONSTRAINTS;
    case 31:
        return PTN_CERT_EXT_CRL_POINTS;
    case 32:
        return PTN_CERT_EXT_POLICIES;
    case 33:
        return PTN_CERT_EXT_POLICY_MAPPINGS;
    case 35:
        return PTN_CERT_EXT_AUTHORITY_KEY_ID;
    case 36:
        return PTN_CERT_EXT_POLICY_CONSTRAINTS;
    case 37:
        return PTN_CERT_EXT_EXTENDED_KEY_USAGE;
    case 46:
        return PTN_CERT_EXT_FRESHEST_CRL;
    case 54:
        return PTN_CERT_EXT_INHIBIT_ANY_POLICY;
    default:
        return 0;
    }
}

static uint32_t bit_of(patina_span oid)
{
    if (oid.len == 3 && ptn_span_equal(ptn_span_first(oid, 2), PTN_SPAN_OF(id_ce))) {
        return bit_below_id_ce(ptn_span_at(oid, 2));
    }
    if (oid.len == 8 && ptn_span_equal(ptn_span_first(oid, 7), PTN_SPAN_OF(id_pe))) {
        uint8_t arc = ptn_span_at(oid, 7);
        return arc == 1 ? PTN_CERT_EXT_AUTHORITY_INFO : arc == 24 ? PTN_CERT_EXT_TLS_FEATURE : 0;
    }
    if (ptn_span_equal(oid, PTN_SPAN_OF(id_scts))) {
        return PTN_CERT_EXT_SCTS;
    }
    return ptn_span_equal(oid, PTN_SPAN_OF(id_ocsp_no_check)) ? PTN_CERT_EXT_OCSP_NO_CHECK : 0;
}

// ---- Lists: a SEQUENCE of one or more elements of a kind

// One of the list of this extension.
static bool is_element(uint32_t bit, uint8_t tag, patina_span contents,
                       struct ptn_cert_extensions *out)
{
    static const uint8_t id_ad_ocsp[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01};
    enum { STATUS_REQUEST = 5 }; // RFC 6066 §8
    struct ptn_reader fields = ptn_reader_of(contents);
    patina_span oid;
    patina_span other;
    uint8_t name = tag;
    uint32_t feature = 0;

    switch (bit) {
    case PTN_CERT_EXT_EXTENDED_KEY_USAGE: // KeyPurposeId
        return tag == PTN_DER_OID && contents.len != 0;
    case PTN_CERT_EXT_SUBJECT_ALT_NAME: // GeneralName: tags [0] to [8]
    case PTN_CERT_EXT_ISSUER_ALT_NAME:
        return (tag & 0xc0) == 0x80 && (tag & 0x1f) <= 8;
    case PTN_CERT_EXT_TLS_FEATURE: // INTEGER, a TLS extension's number
        if (tag != PTN_DER_INTEGER || !ptn_der_u32(contents, &feature) || feature > UINT16_MAX) {
            return false;
        }
        out->must_staple = out->must_staple || feature == STATUS_REQUEST;
        return true;
    case PTN_CERT_EXT_AUTHORITY_INFO: // accessMethod OBJECT IDENTIFIER, accessLocation GeneralName
        if (tag != PTN_DER_SEQUENCE || !ptn_der_read(&fields, PTN_DER_OID, &oid) ||
            !ptn_der_read_any(&fields, &name, &other) || !ptn_read_end(&fields) ||
            (name & 0xc0) != 0x80 || (name & 0x1f) > 8) {
            return false;
        }
        out->has_ocsp_responder =
            out->has_ocsp_responder || ptn_span_equal(oid, PTN_SPAN_OF(id_ad_ocsp));
        return true;
    case PTN_CERT_EXT_POLICIES: // OBJECT IDENTIFIER, SEQUENCE OF PolicyQualifierInfo OPTIONAL
        return tag == PTN_DER_SEQUENCE && ptn_der_read(&fields, PTN_DER_OID, &oid) &&
               (ptn_reader_is_empty(&fields) || ptn_der_read(&fields, PTN_DER_SEQUENCE, &other)) &&
               ptn_read_end(&fields);
    case PTN_CERT_EXT_POLICY_MAPPINGS: // two OBJECT IDENTIFIERs
        return tag == PTN_DER_SEQUENCE && ptn_der_read(&fields, PTN_DER_OID, &oid) &&
               ptn_der_read(&fields, PTN_DER_OID, &other) && ptn_read_end(&fields);
    default: // DistributionPoint
        return tag == PTN_DER_SEQUENCE;
    }
}

static patina_err check_list(uint32_t bit, patina_span list, struct ptn_cert_extensions *out)
    PTN_CONTRACT(REQUIRES(SPAN(list) && WRITABLE(out))
                     ASSIGNS(out->must_staple, out->has_ocsp_responder))
{
    struct ptn_reader r = ptn_reader_of(list);
    size_t count = 0;
    while (!ptn_reader_is_empty(&r))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), count, out->must_staple, out->has_ocsp_responder)
                     INVARIANT(READING(r) && count <= PTN_MAX_SAN_ENTRIES)
                         DECREASES(READER_LEFT(r)))
    {
        uint8_t tag = 0;
        patina_span contents;
        PTN_REQUIRE(ptn_der_read_any(&r, &tag, &contents), PATINA_ERR_CERT_ENCODING);
        PTN_REQUIRE(is_element(bit, tag, contents, out), PATINA_ERR_CERT_ENCODING);
        PTN_REQUIRE(count < PTN_MAX_SAN_ENTRIES, PATINA_ERR_CERT_BUDGET);
        count++;
    }
    return PATINA_OK;
}

// A SEQUENCE that is the whole value and not empty.
static patina_err read_sequence(patina_span value, patina_span *out)
    PTN_CONTRACT(REQUIRES(SPAN(value) && WRITABLE(out)) ASSIGNS(*out) GIVES_SOME(*out, value))
{
    struct ptn_reader r = ptn_reader_of(value);
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, out) && ptn_read_end(&r) && out->len != 0,
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

static patina_err read_list(const struct extension *e, patina_span *out_list,
                            struct ptn_cert_extensions *out)
{
    PTN_TRY(read_sequence(e->value, out_list));
    return check_list(e->bit, *out_list, out);
}

// ---- The others

// BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX)
// OPTIONAL } RFC 5280 §4.2.1.9. A FALSE written out is not DER, but some tools do, and it says the
// same.
static patina_err read_basic_constraints(struct ptn_reader r, struct ptn_cert_extensions *out)
{
    struct ptn_reader fields;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    if (ptn_der_is_next(&fields, PTN_DER_BOOLEAN)) {
        PTN_REQUIRE(ptn_der_read_bool(&fields, &out->is_ca), PATINA_ERR_CERT_ENCODING);
    }
    if (!ptn_reader_is_empty(&fields)) {
        PTN_REQUIRE(ptn_der_read_u32(&fields, &out->path_len), PATINA_ERR_CERT_ENCODING);
        out->has_path_len = true;
    }
    PTN_REQUIRE(ptn_read_end(&fields), PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// Bit i of a byte counted from its high end, as the bit it has in an octet read the other way
// round.
static uint32_t mirrored(uint8_t octet)
{
    uint32_t v = octet;
    v = ((v & 0xf0) >> 4) | ((v & 0x0f) << 4);
    v = ((v & 0xcc) >> 2) | ((v & 0x33) << 2);
    v = ((v & 0xaa) >> 1) | ((v & 0x55) << 1);
    return v;
}

// KeyUsage ::= BIT STRING { digitalSignature (0), ... decipherOnly (8) }, RFC 5280 §4.2.1.3.
static patina_err read_key_usage(struct ptn_reader r, struct ptn_cert_extensions *out)
{
    patina_span bits;
    uint8_t unused = 0;
    PTN_REQUIRE(ptn_der_read_bits(&r, &bits, &unused) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(bits.len <= 2, PATINA_ERR_CERT_ENCODING);
    if (bits.len >= 1) {
        out->key_usage = mirrored(ptn_span_at(bits, 0));
    }
    if (bits.len == 2) {
        out->key_usage |= mirrored(ptn_span_at(bits, 1)) << 8;
    }
    return PATINA_OK;
}

// AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OPTIONAL, authorityCertIssuer [1]
// OPTIONAL, authorityCertSerialNumber [2] OPTIONAL }, RFC 5280 §4.2.1.1. Only the first is used,
// for hints.
static patina_err read_authority_key_id(struct ptn_reader r, struct ptn_cert_extensions *out)
{
    struct ptn_reader fields;
    patina_span ignored;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    if (ptn_der_is_next(&fields, PTN_DER_CONTEXT(0))) {
        PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_CONTEXT(0), &out->authority_key_id),
                    PATINA_ERR_CERT_ENCODING);
    }
    out->has_authority_issuer = ptn_der_is_next(&fields, PTN_DER_CONTEXT_OF(1));
    if (out->has_authority_issuer) {
        PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_CONTEXT_OF(1), &ignored),
                    PATINA_ERR_CERT_ENCODING);
    }
    out->has_authority_serial = ptn_der_is_next(&fields, PTN_DER_CONTEXT(2));
    if (out->has_authority_serial) {
        PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_CONTEXT(2), &ignored), PATINA_ERR_CERT_ENCODING);
    }
    PTN_REQUIRE(ptn_read_end(&fields), PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

static patina_err read_subject_key_id(struct ptn_reader r, struct ptn_cert_extensions *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_OCTET_STRING, &out->subject_key_id) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] SkipCerts OPTIONAL,
// inhibitPolicyMapping [1] SkipCerts OPTIONAL }, RFC 5280 §4.2.1.11: "MUST NOT [be] an empty
// sequence".
static patina_err read_policy_constraints(struct ptn_reader r, struct ptn_cert_extensions *out)
{
    struct ptn_reader fields;
    patina_span skip;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    out->has_require_explicit_policy = ptn_der_is_next(&fields, PTN_DER_CONTEXT(0));
    if (out->has_require_explicit_policy) {
        PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_CONTEXT(0), &skip) &&
                        ptn_der_u32(skip, &out->require_explicit_policy),
                    PATINA_ERR_CERT_ENCODING);
    }
    out->has_inhibit_policy_mapping = ptn_der_is_next(&fields, PTN_DER_CONTEXT(1));
    if (out->has_inhibit_policy_mapping) {
        PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_CONTEXT(1), &skip) &&
                        ptn_der_u32(skip, &out->inhibit_policy_mapping),
                    PATINA_ERR_CERT_ENCODING);
    }
    PTN_REQUIRE(ptn_read_end(&fields) &&
                    (out->has_require_explicit_policy || out->has_inhibit_policy_mapping),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// InhibitAnyPolicy ::= SkipCerts, RFC 5280 §4.2.1.14.
static patina_err read_inhibit_any_policy(struct ptn_reader r, struct ptn_cert_extensions *out)
{
    PTN_REQUIRE(ptn_der_read_u32(&r, &out->inhibit_any_policy) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// Features ::= SEQUENCE OF INTEGER, RFC 7633 §4.1: the TLS extensions that the holder of the
// certificate answers whenever it is asked; empty says nothing.
static patina_err read_features(const struct extension *e, struct ptn_cert_extensions *out)
{
    struct ptn_reader r = ptn_reader_of(e->value);
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, &out->tls_feature) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    return check_list(e->bit, out->tls_feature, out);
}

// SignedCertificateTimestampList ::= OCTET STRING of a TLS vector<1..2^16-1>, RFC 6962 §3.3.
static patina_err read_scts(struct ptn_reader r, struct ptn_cert_extensions *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_OCTET_STRING, &out->scts) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    struct ptn_reader list = ptn_reader_of(out->scts);
    struct ptn_reader scts;
    PTN_REQUIRE(ptn_read_vec16(&list, &scts) && ptn_read_end(&list) && !ptn_reader_is_empty(&scts),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// ---- All of them

static patina_err read_value(const struct extension *e, struct ptn_cert_extensions *out)
    PTN_CONTRACT(REQUIRES(READABLE(e) && SPAN(e->oid) && SPAN(e->value) && WRITABLE(out))
                     ASSIGNS(*out) KEEPS_EXTENSIONS(*out, e->oid, e->value))
{
    struct ptn_reader value = ptn_reader_of(e->value);
    switch (e->bit) {
    case PTN_CERT_EXT_AUTHORITY_KEY_ID:
        return read_authority_key_id(value, out);
    case PTN_CERT_EXT_SUBJECT_KEY_ID:
        return read_subject_key_id(value, out);
    case PTN_CERT_EXT_KEY_USAGE:
        return read_key_usage(value, out);
    case PTN_CERT_EXT_POLICIES:
        return read_list(e, &out->policies, out);
    case PTN_CERT_EXT_POLICY_MAPPINGS:
        return read_list(e, &out->policy_mappings, out);
    case PTN_CERT_EXT_SUBJECT_ALT_NAME:
        return read_list(e, &out->san, out);
    case PTN_CERT_EXT_ISSUER_ALT_NAME:
        return read_list(e, &out->issuer_alt_name, out);
    case PTN_CERT_EXT_BASIC_CONSTRAINTS:
        return read_basic_constraints(value, out);
    case PTN_CERT_EXT_NAME_CONSTRAINTS: // "MUST NOT be an empty sequence", RFC 5280 §4.2.1.10
        return read_sequence(e->value, &out->name_constraints);
    case PTN_CERT_EXT_POLICY_CONSTRAINTS:
        return read_policy_constraints(value, out);
    case PTN_CERT_EXT_EXTENDED_KEY_USAGE:
        return read_list(e, &out->eku, out);
    case PTN_CERT_EXT_CRL_POINTS:
        return read_list(e, &out->crl_points, out);
    case PTN_CERT_EXT_INHIBIT_ANY_POLICY:
        return read_inhibit_any_policy(value, out);
    case PTN_CERT_EXT_FRESHEST_CRL:
        return read_list(e, &out->freshest_crl, out);
    case PTN_CERT_EXT_AUTHORITY_INFO:
        return read_list(e, &out->authority_info, out);
    case PTN_CERT_EXT_TLS_FEATURE:
        return read_features(e, out);
    case PTN_CERT_EXT_SCTS:
        return read_scts(value, out);
    default: // id-pkix-ocsp-nocheck says all by being there
        if (e->bit == 0 && e->critical && out->unknown_critical.len == 0) {
            out->unknown_critical = e->oid;
        }
        return PATINA_OK;
    }
}

// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue
// OCTET STRING }
static patina_err read_extension(struct ptn_reader *list, struct extension *out)
    PTN_CONTRACT(REQUIRES(READER(list) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*list), *out)
                     ENSURES(READER_STATE(*list) && WITHIN(out->oid, READER_WHOLE(*list)) &&
                             WITHIN(out->value, READER_WHOLE(*list)))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         READING(*list) && out->oid.len != 0 &&
                                             READER_DONE(*list) > OLD(READER_DONE(*list)))))
{
    struct ptn_reader fields;
    *out = (struct extension){0};
    PTN_REQUIRE(ptn_der_enter(list, PTN_DER_SEQUENCE, &fields) &&
                    ptn_der_read(&fields, PTN_DER_OID, &out->oid) && out->oid.len != 0,
                PATINA_ERR_CERT_ENCODING);
    if (ptn_der_is_next(&fields, PTN_DER_BOOLEAN)) {
        PTN_REQUIRE(ptn_der_read_bool(&fields, &out->critical), PATINA_ERR_CERT_ENCODING);
    }
    PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_OCTET_STRING, &out->value) && ptn_read_end(&fields),
                PATINA_ERR_CERT_ENCODING);
    out->bit = bit_of(out->oid);
    return PATINA_OK;
}

// The OIDs that are not read here and have been seen.
struct others {
    patina_span at[PTN_MAX_CERT_EXTENSIONS];
    size_t count;
};

static bool is_among(const struct others *others, patina_span oid)
    PTN_CONTRACT(REQUIRES(READABLE(others) && SPAN(oid) &&
                          SPANS(others->at, others->count, PTN_MAX_CERT_EXTENSIONS)) ASSIGNS())
{
    for (size_t i = 0; i < others->count; i++)
        PTN_LOOP(COUNTS_TO(i, others->count))
    {
        if (ptn_span_equal(PTN_AT(others->at, i), oid)) {
            return true;
        }
    }
    return false;
}

patina_err ptn_cert_parse_extensions(patina_span box, struct ptn_cert_extensions *out)
{
    struct ptn_reader r = ptn_reader_of(box);
    struct ptn_reader list;
    struct others others;
    struct extension e;
    size_t count = 0;

    others.count = 0;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &list) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(!ptn_reader_is_empty(&list), PATINA_ERR_CERT_ENCODING); // SIZE (1..MAX)
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), count, e, others, *out) INVARIANT(
            READING(list) && count <= PTN_MAX_CERT_EXTENSIONS && others.count <= count &&
            SPANS_WITHIN(others.at, others.count, PTN_MAX_CERT_EXTENSIONS, box) &&
            EXTENSIONS_WITHIN(*out, box)) DECREASES(READER_LEFT(list)))
    {
        PTN_TRY(read_extension(&list, &e));
        PTN_REQUIRE(count < PTN_MAX_CERT_EXTENSIONS, PATINA_ERR_CERT_BUDGET);
        count++;
        // RFC 5280 §4.2: "MUST NOT include more than one instance of a particular extension".
        PTN_REQUIRE((out->present & e.bit) == 0, PATINA_ERR_CERT_DUPLICATE_EXTENSION);
        if (e.bit == 0) {
            PTN_REQUIRE(!is_among(&others, e.oid), PATINA_ERR_CERT_DUPLICATE_EXTENSION);
            PTN_AT(others.at, others.count) = e.oid;
            others.count++;
        }
        out->present |= e.bit;
        out->critical |= e.critical ? e.bit : 0;
        PTN_TRY(read_value(&e, out));
    }
    return PATINA_OK;
}
