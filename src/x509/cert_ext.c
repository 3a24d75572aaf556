// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The extensions of a certificate, RFC 5280 §4.2. Those that are not read here are remembered when
// they are critical, and refused when a path is judged.
#include "x509/cert_ext.h"
#include "x509/der.h"

// BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX)
// OPTIONAL } RFC 5280 §4.2.1.9. A FALSE written out is not DER, but some tools do, and it says the
// same.
static patina_err parse_basic_constraints(struct ptn_reader r, struct ptn_cert *out)
{
    struct ptn_reader fields;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    out->has_basic_constraints = true;
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
static patina_err parse_key_usage(struct ptn_reader r, struct ptn_cert *out)
{
    patina_span bits;
    uint8_t unused = 0;
    PTN_REQUIRE(ptn_der_read_bits(&r, &bits, &unused) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(bits.len <= 2, PATINA_ERR_CERT_ENCODING);
    out->has_key_usage = true;
    if (bits.len >= 1) {
        out->key_usage = mirrored(ptn_span_at(bits, 0));
    }
    if (bits.len == 2) {
        out->key_usage |= mirrored(ptn_span_at(bits, 1)) << 8;
    }
    return PATINA_OK;
}

// ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId, RFC 5280 §4.2.1.12.
static patina_err parse_eku(struct ptn_reader r, struct ptn_cert *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, &out->eku) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(out->eku.len != 0, PATINA_ERR_CERT_ENCODING);
    struct ptn_reader list = ptn_reader_of(out->eku);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(READS_ALL(list))
    {
        patina_span purpose;
        PTN_REQUIRE(ptn_der_read(&list, PTN_DER_OID, &purpose) && purpose.len != 0,
                    PATINA_ERR_CERT_ENCODING);
    }
    return PATINA_OK;
}

// GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName, RFC 5280 §4.2.1.6; tags [0] to [8].
static patina_err parse_san(struct ptn_reader r, struct ptn_cert *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, &out->san) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(out->san.len != 0, PATINA_ERR_CERT_ENCODING);
    struct ptn_reader list = ptn_reader_of(out->san);
    size_t count = 0;
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(READS_AND_COUNTS(list, count))
    {
        uint8_t tag = 0;
        patina_span name;
        PTN_REQUIRE(ptn_der_read_any(&list, &tag, &name) && (tag & 0xc0) == 0x80 &&
                        (tag & 0x1f) <= 8,
                    PATINA_ERR_CERT_ENCODING);
        count++;
        PTN_REQUIRE(count <= PTN_MAX_SAN_ENTRIES, PATINA_ERR_CERT_BUDGET);
    }
    return PATINA_OK;
}

// NameConstraints, RFC 5280 §4.2.1.10: "MUST NOT be an empty sequence". Read in constraints.c.
static patina_err parse_name_constraints(struct ptn_reader r, struct ptn_cert *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, &out->name_constraints) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(out->name_constraints.len != 0, PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OPTIONAL, authorityCertIssuer [1]
// OPTIONAL, authorityCertSerialNumber [2] OPTIONAL }, RFC 5280 §4.2.1.1. Only the first is used,
// for hints.
static patina_err parse_authority_key_id(struct ptn_reader r, struct ptn_cert *out)
{
    struct ptn_reader fields;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    if (ptn_der_is_next(&fields, PTN_DER_CONTEXT(0))) {
        PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_CONTEXT(0), &out->authority_key_id),
                    PATINA_ERR_CERT_ENCODING);
    }
    return PATINA_OK;
}

static patina_err parse_subject_key_id(struct ptn_reader r, struct ptn_cert *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_OCTET_STRING, &out->subject_key_id) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint, RFC 5280 §4.2.1.13. Read
// in crl_points.c.
static patina_err parse_crl_points(struct ptn_reader r, struct ptn_cert *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, &out->crl_points) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(out->crl_points.len != 0, PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

enum { STATUS_REQUEST = 5 }; // ExtensionType, RFC 6066 §8

// TLSFeature ::= SEQUENCE OF INTEGER, RFC 7633 §4.1: the TLS extensions that the holder of the
// certificate answers whenever it is asked. Those we do not ask for are passed over.
static patina_err parse_tls_feature(struct ptn_reader r, struct ptn_cert *out)
{
    struct ptn_reader list;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &list) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), out->must_staple) INVARIANT(READING(list))
                     DECREASES(READER_LEFT(list)))
    {
        uint32_t feature = 0;
        PTN_REQUIRE(ptn_der_read_u32(&list, &feature) && feature <= UINT16_MAX,
                    PATINA_ERR_CERT_ENCODING);
        out->must_staple = out->must_staple || feature == STATUS_REQUEST;
    }
    return PATINA_OK;
}

// The extensions that are read, by the last arc below id-ce (2.5.29).
enum known {
    SUBJECT_KEY_ID = 14,
    KEY_USAGE = 15,
    SUBJECT_ALT_NAME = 17,
    BASIC_CONSTRAINTS = 19,
    NAME_CONSTRAINTS = 30,
    CRL_DISTRIBUTION_POINTS = 31,
    AUTHORITY_KEY_ID = 35,
    EXTENDED_KEY_USAGE = 37,
};

// id-pe-tlsfeature, RFC 7633 §3; the only one outside id-ce.
static const uint8_t tls_feature[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x18};

struct extension {
    patina_span oid;
    bool critical;
    patina_span value;
};

// The last arc of an OID directly below id-ce, else 0.
static uint8_t id_ce_arc(patina_span oid)
{
    if (oid.len != 3 || ptn_span_at(oid, 0) != 0x55 || ptn_span_at(oid, 1) != 0x1d) {
        return 0;
    }
    return ptn_span_at(oid, 2);
}

static patina_err parse_one(const struct extension *e, struct ptn_cert *out)
    PTN_CONTRACT(REQUIRES(READABLE(e) && SPAN(e->oid) && SPAN(e->value) && WRITABLE(out))
                     ASSIGNS(CERT_EXTENSION_FIELDS(*out)) GIVES_OR_KEEPS(out->eku, e->value)
                         GIVES_OR_KEEPS(out->san, e->value)
                             GIVES_OR_KEEPS(out->name_constraints, e->value)
                                 GIVES_OR_KEEPS(out->authority_key_id, e->value)
                                     GIVES_OR_KEEPS(out->subject_key_id, e->value)
                                         GIVES_OR_KEEPS(out->crl_points, e->value))
{
    struct ptn_reader value = ptn_reader_of(e->value);
    switch (id_ce_arc(e->oid)) {
    case SUBJECT_KEY_ID:
        return parse_subject_key_id(value, out);
    case KEY_USAGE:
        return parse_key_usage(value, out);
    case SUBJECT_ALT_NAME:
        out->san_critical = e->critical;
        return parse_san(value, out);
    case BASIC_CONSTRAINTS:
        return parse_basic_constraints(value, out);
    case NAME_CONSTRAINTS:
        return parse_name_constraints(value, out);
    case AUTHORITY_KEY_ID:
        return parse_authority_key_id(value, out);
    case EXTENDED_KEY_USAGE:
        return parse_eku(value, out);
    case CRL_DISTRIBUTION_POINTS:
        return parse_crl_points(value, out);
    default:
        if (ptn_span_equal(e->oid, PTN_SPAN_OF(tls_feature))) {
            return parse_tls_feature(value, out);
        }
        out->has_unknown_critical = out->has_unknown_critical || e->critical;
        return PATINA_OK;
    }
}

// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue
// OCTET STRING }
static patina_err read_extension(struct ptn_reader *list, struct extension *out)
{
    struct ptn_reader fields;
    PTN_REQUIRE(ptn_der_enter(list, PTN_DER_SEQUENCE, &fields) &&
                    ptn_der_read(&fields, PTN_DER_OID, &out->oid) && out->oid.len != 0,
                PATINA_ERR_CERT_ENCODING);
    if (ptn_der_is_next(&fields, PTN_DER_BOOLEAN)) {
        PTN_REQUIRE(ptn_der_read_bool(&fields, &out->critical), PATINA_ERR_CERT_ENCODING);
    }
    PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_OCTET_STRING, &out->value) && ptn_read_end(&fields),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// What has been seen: arcs below id-ce as bits, since nearly all are; any other OID as it stands.
struct seen {
    uint64_t arcs;
    patina_span others[PTN_MAX_CERT_EXTENSIONS];
    size_t others_count;
};

// RFC 5280 §4.2: "MUST NOT include more than one instance of a particular extension".
static patina_err note_extension(struct seen *seen, patina_span oid)
{
    uint8_t arc = id_ce_arc(oid);
    if (arc > 0 && arc < 64) {
        uint64_t bit = UINT64_C(1) << arc;
        PTN_REQUIRE((seen->arcs & bit) == 0, PATINA_ERR_CERT_DUPLICATE_EXTENSION);
        seen->arcs |= bit;
        return PATINA_OK;
    }
    for (size_t i = 0; i < seen->others_count; i++)
        PTN_LOOP(COUNTS_TO(i, seen->others_count))
    {
        PTN_REQUIRE(!ptn_span_equal(PTN_AT(seen->others, i), oid),
                    PATINA_ERR_CERT_DUPLICATE_EXTENSION);
    }
    PTN_AT(seen->others, seen->others_count) = oid;
    seen->others_count++;
    return PATINA_OK;
}

patina_err ptn_cert_parse_extensions(patina_span box, struct ptn_cert *out)
{
    struct ptn_reader r = ptn_reader_of(box);
    struct ptn_reader list;
    struct seen seen;
    size_t count = 0;

    seen.arcs = 0;
    seen.others_count = 0;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &list) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(!ptn_reader_is_empty(&list), PATINA_ERR_CERT_ENCODING); // SIZE (1..MAX)
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), count, seen, CERT_EXTENSION_FIELDS(*out)) INVARIANT(
            READING(list) && count <= PTN_MAX_CERT_EXTENSIONS && seen.others_count <= count &&
            SPANS_WITHIN(seen.others, seen.others_count, PTN_MAX_CERT_EXTENSIONS, box) &&
            CERT_EXTENSIONS_WITHIN(*out, box)) DECREASES(READER_LEFT(list)))
    {
        struct extension e = {0};
        PTN_TRY(read_extension(&list, &e));
        count++;
        PTN_REQUIRE(count <= PTN_MAX_CERT_EXTENSIONS, PATINA_ERR_CERT_BUDGET);
        PTN_TRY(note_extension(&seen, e.oid));
        PTN_TRY(parse_one(&e, out));
    }
    return PATINA_OK;
}
