// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A certificate taken apart, RFC 5280 §4.1. Its extensions are read in cert_ext.c.
//
//     Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm
//     AlgorithmIdentifier,
//                                signatureValue BIT STRING }
//     TBSCertificate ::= SEQUENCE { version [0] EXPLICIT Version DEFAULT v1, serialNumber INTEGER,
//         signature AlgorithmIdentifier, issuer Name, validity Validity, subject Name,
//         subjectPublicKeyInfo SubjectPublicKeyInfo, issuerUniqueID [1] IMPLICIT BIT STRING
//         OPTIONAL, subjectUniqueID [2] IMPLICIT BIT STRING OPTIONAL, extensions [3] EXPLICIT
//         Extensions OPTIONAL }
#include "x509/cert.h"
#include "x509/cert_ext.h"
#include "x509/der.h"
#include "x509/dn.h"

enum { V1 = 1, V3 = 3 };

// Version, RFC 5280 §4.1.2.1: absent means v1, and DER never writes the default. v2 is not in use.
static patina_err read_version(struct ptn_reader *tbs, bool is_anchor, struct ptn_cert *out)
{
    if (!ptn_der_is_next(tbs, PTN_DER_CONTEXT_OF(0))) {
        PTN_REQUIRE(is_anchor, PATINA_ERR_CERT_ENCODING);
        out->version = V1;
        return PATINA_OK;
    }
    struct ptn_reader box;
    uint32_t number = 0;
    PTN_REQUIRE(ptn_der_enter(tbs, PTN_DER_CONTEXT_OF(0), &box) &&
                    ptn_der_read_u32(&box, &number) && ptn_read_end(&box),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(number == V3 - 1, PATINA_ERR_CERT_ENCODING);
    out->version = V3;
    return PATINA_OK;
}

// Serial number, RFC 5280 §4.1.2.2: at most 20 octets, beside a zero that keeps it positive.
static patina_err read_serial(struct ptn_reader *tbs, struct ptn_cert *out)
{
    PTN_REQUIRE(ptn_der_read_integer(tbs, &out->serial), PATINA_ERR_CERT_ENCODING);
    bool padded = out->serial.len > 1 && ptn_span_at(out->serial, 0) == 0;
    PTN_REQUIRE(out->serial.len <= PTN_MAX_SERIAL_BYTES + (padded ? 1u : 0u),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// Name, RFC 5280 §4.1.2.4 and §4.1.2.6, every byte of it. That an issuer's may not be empty is for
// who judges the certificate: devices with a certificate of their own leave it out.
static patina_err read_name(struct ptn_reader *tbs, patina_span *out)
{
    patina_span contents;
    PTN_REQUIRE(ptn_der_read_whole(tbs, PTN_DER_SEQUENCE, out, &contents),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(contents.len <= PTN_MAX_NAME_BYTES, PATINA_ERR_CERT_BUDGET);
    PTN_REQUIRE(ptn_dn_is_well_formed(contents), PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// Validity, RFC 5280 §4.1.2.5.
static patina_err read_validity(struct ptn_reader *tbs, struct ptn_cert *out)
{
    struct ptn_reader validity;
    PTN_REQUIRE(ptn_der_enter(tbs, PTN_DER_SEQUENCE, &validity) &&
                    ptn_der_read_time(&validity, &out->not_before_s) &&
                    ptn_der_read_time(&validity, &out->not_after_s) && ptn_read_end(&validity),
                PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// The contents of a BIT STRING that has another tag, X.690 §8.6.2 and §11.2.
static bool are_bits(patina_span contents) PTN_CONTRACT(REQUIRES(SPAN(contents)) ASSIGNS())
{
    if (contents.len == 0) {
        return false;
    }
    uint8_t unused = ptn_span_at(contents, 0);
    return unused <= 7 && (contents.len > 1 || unused == 0) &&
           (ptn_span_at(contents, contents.len - 1) & ((1u << unused) - 1u)) == 0;
}

// The unique identifiers, RFC 5280 §4.1.2.8, mean nothing to anyone; the extensions, §4.1.2.9.
static patina_err read_optional_fields(struct ptn_reader *tbs, struct ptn_cert *out)
{
    patina_span id;
    patina_span box;
    if (ptn_reader_is_empty(tbs)) {
        return PATINA_OK;
    }
    bool good = out->version == V3;
    if (ptn_der_is_next(tbs, PTN_DER_CONTEXT(1))) {
        good = good && ptn_der_read(tbs, PTN_DER_CONTEXT(1), &id) && are_bits(id);
    }
    if (ptn_der_is_next(tbs, PTN_DER_CONTEXT(2))) {
        good = good && ptn_der_read(tbs, PTN_DER_CONTEXT(2), &id) && are_bits(id);
    }
    PTN_REQUIRE(good, PATINA_ERR_CERT_ENCODING);
    if (ptn_reader_is_empty(tbs)) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_read(tbs, PTN_DER_CONTEXT_OF(3), &box) && ptn_read_end(tbs),
                PATINA_ERR_CERT_ENCODING);
    return ptn_cert_parse_extensions(box, &out->ext);
}

static patina_err read_tbs(patina_span contents, bool is_anchor, struct ptn_cert *out) PTN_CONTRACT(
    REQUIRES(CERT_BYTES(contents) && WRITABLE(out) && SPAN(out->signature_alg))
        REQUIRES(EMPTY(out->serial) && EMPTY(out->issuer) && EMPTY(out->subject))
            REQUIRES(EMPTY(out->spki.whole) && EMPTY(out->spki.algorithm) &&
                     EMPTY(out->spki.public_key)) EACH_EXTENSION(REQUIRES_EMPTY, out->ext, 0)
                ASSIGNS(out->version, out->serial, out->issuer, out->subject, out->not_before_s,
                        out->not_after_s, out->spki,
                        out->ext) ENSURES(WITHIN(out->serial, contents))
                    ENSURES(WITHIN(out->issuer, contents)) ENSURES(WITHIN(out->subject, contents))
                        ENSURES(SPKI_WITHIN(out->spki, contents)) EACH_EXTENSION(ENSURES_WITHIN,
                                                                                 out->ext, contents)
                            ENSURES(IMPLIES(RESULT == PATINA_OK,
                                            out->version == 3 || (is_anchor && out->version == 1))))
{
    struct ptn_reader tbs = ptn_reader_of(contents);
    patina_span inner_alg;
    patina_span key;
    patina_span ignored;
    PTN_TRY(read_version(&tbs, is_anchor, out));
    PTN_TRY(read_serial(&tbs, out));
    // RFC 5280 §4.1.1.2: the signed field "MUST contain the same algorithm identifier".
    PTN_REQUIRE(ptn_der_read(&tbs, PTN_DER_SEQUENCE, &inner_alg) &&
                    ptn_span_equal(inner_alg, out->signature_alg),
                PATINA_ERR_CERT_ENCODING);
    PTN_TRY(read_name(&tbs, &out->issuer));
    PTN_TRY(read_validity(&tbs, out));
    PTN_TRY(read_name(&tbs, &out->subject));
    // Empty when there is none, which is no key.
    bool has_key = ptn_der_read_whole(&tbs, PTN_DER_SEQUENCE, &key, &ignored);
    PTN_TRY(ptn_spki_parse(has_key ? key : (patina_span){0}, &out->spki));
    return read_optional_fields(&tbs, out);
}

static patina_err parse(patina_span der, bool is_anchor, struct ptn_cert *out)
{
    PTN_REQUIRE(der.len <= PTN_MAX_CERT_BYTES, PATINA_ERR_CERT_BUDGET);
    struct ptn_reader r = ptn_reader_of(der);
    struct ptn_reader cert;
    patina_span tbs;
    uint8_t unused = 0;

    out->der = der;
    PTN_REQUIRE(ptn_der_enter(&r, PTN_DER_SEQUENCE, &cert) && ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(ptn_der_read_whole(&cert, PTN_DER_SEQUENCE, &out->tbs, &tbs) &&
                    ptn_der_read(&cert, PTN_DER_SEQUENCE, &out->signature_alg) &&
                    ptn_der_read_bits(&cert, &out->signature, &unused) && ptn_read_end(&cert),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(unused == 0, PATINA_ERR_CERT_ENCODING);
    return read_tbs(tbs, is_anchor, out);
}

static patina_err parse_or_zero(patina_span der, bool is_anchor, struct ptn_cert *out)
{
    *out = (struct ptn_cert){0};
    patina_err err = parse(der, is_anchor, out);
    if (err != PATINA_OK) {
        *out = (struct ptn_cert){0};
    }
    return err;
}

patina_err ptn_cert_parse(patina_span der, struct ptn_cert *out)
{
    return parse_or_zero(der, false, out);
}

patina_err ptn_cert_parse_anchor(patina_span der, struct ptn_cert *out)
{
    return parse_or_zero(der, true, out);
}
