// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The extensions of a certificate, RFC 5280 §4.2, RFC 6962 §3.3, RFC 7633 §4. Those that are not
// read here are remembered when they are critical, and refused when a path is judged.
#include "x509/cert_ext.h"
#include "x509/der.h"
#include "x509/extension.h"

// ---- Which extension it is: a bit of enum ptn_cert_ext; 0: not read here

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

static uint32_t bit_of(patina_span oid) PTN_CONTRACT(REQUIRES(SPAN(oid)) ASSIGNS())
{
    uint8_t arc = ptn_id_ce_arc(oid);
    if (arc != 0) {
        return bit_below_id_ce(arc);
    }
    if (oid.len == 8 && ptn_span_equal(ptn_span_first(oid, 7), PTN_SPAN_OF(id_pe))) {
        arc = ptn_span_at(oid, 7);
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
    PTN_CONTRACT(REQUIRES(SPAN(contents) && WRITABLE(out))
                     ASSIGNS(out->must_staple, out->has_ocsp_responder))
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
    case PTN_CERT_EXT_SUBJECT_ALT_NAME:
    case PTN_CERT_EXT_ISSUER_ALT_NAME:
        return ptn_is_general_name(tag);
    case PTN_CERT_EXT_TLS_FEATURE: // INTEGER, a TLS extension's number
        if (tag != PTN_DER_INTEGER || !ptn_der_u32(contents, &feature) || feature > UINT16_MAX) {
            return false;
        }
        out->must_staple = out->must_staple || feature == STATUS_REQUEST;
        return true;
    case PTN_CERT_EXT_AUTHORITY_INFO: // accessMethod OBJECT IDENTIFIER, accessLocation GeneralName
        if (tag != PTN_DER_SEQUENCE || !ptn_der_read(&fields, PTN_DER_OID, &oid) ||
            !ptn_der_read_any(&fields, &name, &other) || !ptn_read_end(&fields) ||
            !ptn_is_general_name(name)) {
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
    PTN_CONTRACT(REQUIRES(CERT_BYTES(list) && WRITABLE(out))
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
static patina_err read_sequence(struct ptn_reader r, patina_span *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, out) && ptn_read_end(&r) && out->len != 0,
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

static patina_err read_list(uint32_t bit, struct ptn_reader r, patina_span *out_list,
                            struct ptn_cert_extensions *out)
{
    PTN_TRY(read_sequence(r, out_list));
    return check_list(bit, *out_list, out);
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
static patina_err read_authority_key_id(struct ptn_reader r, patina_span *out_id,
                                        struct ptn_cert_extensions *out)
{
    struct ptn_reader fields;
    patina_span ignored;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    if (ptn_der_is_next(&fields, PTN_DER_CONTEXT(0))) {
        PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_CONTEXT(0), out_id), PATINA_ERR_CERT_ENCODING);
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

static patina_err read_octets(struct ptn_reader r, patina_span *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_OCTET_STRING, out) && ptn_read_end(&r),
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
static patina_err read_features(struct ptn_reader r, patina_span *out_features,
                                struct ptn_cert_extensions *out)
{
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, out_features) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    return check_list(PTN_CERT_EXT_TLS_FEATURE, *out_features, out);
}

// SignedCertificateTimestampList ::= OCTET STRING of a TLS vector<1..2^16-1>, RFC 6962 §3.3.
static patina_err read_scts(struct ptn_reader r, patina_span *out)
{
    PTN_TRY(read_octets(r, out));
    struct ptn_reader list = ptn_reader_of(*out);
    struct ptn_reader scts;
    PTN_REQUIRE(ptn_read_vec16(&list, &scts) && ptn_read_end(&list) && !ptn_reader_is_empty(&scts),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// ---- All of them

// Reads what is kept as numbers into `out`, and gives what is kept as bytes.
static patina_err read_value(uint32_t bit, patina_span value, patina_span *out_kept,
                             struct ptn_cert_extensions *out)
    PTN_CONTRACT(REQUIRES(CERT_BYTES(value) && WRITABLE(out_kept) && WRITABLE(out))
                     ASSIGNS(*out_kept, *out) ENSURES(WITHIN(*out_kept, value))
                         EACH_EXTENSION(ENSURES_SAME, *out, 0))
{
    struct ptn_reader r = ptn_reader_of(value);
    *out_kept = (patina_span){0};
    switch (bit) {
    case 0: // not read here
        return PATINA_OK;
    case PTN_CERT_EXT_OCSP_NO_CHECK: // says all by being there
        return PATINA_OK;
    case PTN_CERT_EXT_AUTHORITY_KEY_ID:
        return read_authority_key_id(r, out_kept, out);
    case PTN_CERT_EXT_SUBJECT_KEY_ID:
        return read_octets(r, out_kept);
    case PTN_CERT_EXT_KEY_USAGE:
        return read_key_usage(r, out);
    case PTN_CERT_EXT_BASIC_CONSTRAINTS:
        return read_basic_constraints(r, out);
    case PTN_CERT_EXT_NAME_CONSTRAINTS: // "MUST NOT be an empty sequence", RFC 5280 §4.2.1.10
        return read_sequence(r, out_kept);
    case PTN_CERT_EXT_POLICY_CONSTRAINTS:
        return read_policy_constraints(r, out);
    case PTN_CERT_EXT_INHIBIT_ANY_POLICY:
        return read_inhibit_any_policy(r, out);
    case PTN_CERT_EXT_TLS_FEATURE:
        return read_features(r, out_kept, out);
    case PTN_CERT_EXT_SCTS:
        return read_scts(r, out_kept);
    default:
        return read_list(bit, r, out_kept, out);
    }
}

static void keep(uint32_t bit, patina_span kept, struct ptn_cert_extensions *out)
{
    switch (bit) {
    case PTN_CERT_EXT_AUTHORITY_KEY_ID:
        out->authority_key_id = kept;
        return;
    case PTN_CERT_EXT_SUBJECT_KEY_ID:
        out->subject_key_id = kept;
        return;
    case PTN_CERT_EXT_POLICIES:
        out->policies = kept;
        return;
    case PTN_CERT_EXT_POLICY_MAPPINGS:
        out->policy_mappings = kept;
        return;
    case PTN_CERT_EXT_SUBJECT_ALT_NAME:
        out->san = kept;
        return;
    case PTN_CERT_EXT_ISSUER_ALT_NAME:
        out->issuer_alt_name = kept;
        return;
    case PTN_CERT_EXT_NAME_CONSTRAINTS:
        out->name_constraints = kept;
        return;
    case PTN_CERT_EXT_EXTENDED_KEY_USAGE:
        out->eku = kept;
        return;
    case PTN_CERT_EXT_CRL_POINTS:
        out->crl_points = kept;
        return;
    case PTN_CERT_EXT_FRESHEST_CRL:
        out->freshest_crl = kept;
        return;
    case PTN_CERT_EXT_AUTHORITY_INFO:
        out->authority_info = kept;
        return;
    case PTN_CERT_EXT_TLS_FEATURE:
        out->tls_feature = kept;
        return;
    case PTN_CERT_EXT_SCTS:
        out->scts = kept;
        return;
    default:
        return;
    }
}

// Whether one of these extensions, which have been read before, has this OID.
static bool is_among(patina_span extensions, patina_span oid)
    PTN_CONTRACT(REQUIRES(SPAN(extensions) && SPAN(oid)) ASSIGNS())
{
    struct ptn_reader r = ptn_reader_of(extensions);
    struct ptn_extension e;
    while (ptn_extension_read(&r, &e))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), e) INVARIANT(READING(r)) DECREASES(READER_LEFT(r)))
    {
        if (ptn_span_equal(e.oid, oid)) {
            return true;
        }
    }
    return false;
}

static patina_err read_contents(patina_span contents, struct ptn_cert_extensions *out)
    PTN_CONTRACT(REQUIRES(CERT_BYTES(contents) && WRITABLE(out))
                     EACH_EXTENSION(REQUIRES_EMPTY, *out, 0) ASSIGNS(*out)
                         EACH_EXTENSION(ENSURES_WITHIN, *out, contents))
{
    struct ptn_reader list = ptn_reader_of(contents);
    size_t count = 0;
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), count,
                         *out) INVARIANT(READING(list) && count <= PTN_MAX_CERT_EXTENSIONS)
                     EACH_EXTENSION(INVARIANT_WITHIN, *out, contents) DECREASES(READER_LEFT(list)))
    {
        struct ptn_extension e;
        patina_span kept;
        patina_span before = ptn_span_first(contents, ptn_reader_position(&list));
        PTN_REQUIRE(ptn_extension_read(&list, &e), PATINA_ERR_CERT_ENCODING);
        PTN_REQUIRE(count < PTN_MAX_CERT_EXTENSIONS, PATINA_ERR_CERT_BUDGET);
        count++;
        uint32_t bit = bit_of(e.oid);
        // RFC 5280 §4.2: "MUST NOT include more than one instance of a particular extension".
        PTN_REQUIRE(bit == 0 ? !is_among(before, e.oid) : (out->present & bit) == 0,
                    PATINA_ERR_CERT_DUPLICATE_EXTENSION);
        out->present |= bit;
        out->critical |= e.critical ? bit : 0;
        if (bit == 0 && e.critical && out->unknown_critical.len == 0) {
            out->unknown_critical = e.oid;
        }
        PTN_TRY(read_value(bit, e.value, &kept, out));
        keep(bit, kept, out);
    }
    return PATINA_OK;
}

patina_err ptn_cert_parse_extensions(patina_span box, struct ptn_cert_extensions *out)
{
    struct ptn_reader r = ptn_reader_of(box);
    patina_span contents;
    PTN_REQUIRE(ptn_der_read(&r, PTN_DER_SEQUENCE, &contents) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(contents.len != 0, PATINA_ERR_CERT_ENCODING); // SIZE (1..MAX)
    return read_contents(contents, out);
}

bool ptn_has_purpose(patina_span eku, patina_span purpose)
{
    struct ptn_reader list = ptn_reader_of(eku);
    patina_span oid;
    while (ptn_der_read(&list, PTN_DER_OID, &oid))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), oid) INVARIANT(READER_STATE(list))
                     DECREASES(READER_LEFT(list)))
    {
        if (ptn_span_equal(oid, purpose)) {
            return true;
        }
    }
    return false;
}
