// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Keys of certificates, the provider's rows for them, one signature checked. RFC 5280 §4.1.2.7.
#include "x509/cert.h"
#include "x509/der.h"

patina_err ptn_spki_parse(patina_span der, struct ptn_spki *out)
{
    struct ptn_reader r = ptn_reader_of(der);
    struct ptn_reader fields;
    struct ptn_spki spki = {0};
    patina_span contents;
    uint8_t unused = 0;
    *out = spki;

    PTN_REQUIRE(ptn_der_read_whole(&r, PTN_DER_SEQUENCE, &spki.whole, &contents) &&
                    ptn_read_end(&r),
                PATINA_ERR_CERT_ENCODING);
    fields = ptn_reader_of(contents);
    PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_SEQUENCE, &spki.algorithm) &&
                    ptn_der_read_bits(&fields, &spki.public_key, &unused) && ptn_read_end(&fields),
                PATINA_ERR_CERT_ENCODING);
    PTN_REQUIRE(unused == 0, PATINA_ERR_CERT_ENCODING);
    *out = spki;
    return PATINA_OK;
}

static bool has_scheme(const struct patina_verify_alg *alg, uint16_t scheme)
{
    for (size_t i = 0; i < alg->schemes_count; i++) {
        if (PTN_ITEM(alg->schemes, alg->schemes_count, i) == scheme) {
            return true;
        }
    }
    return false;
}

const struct patina_verify_alg *ptn_verify_alg_for_scheme(const struct patina_provider *p,
                                                          patina_span key_alg, uint16_t scheme)
{
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        const struct patina_verify_alg *alg = PTN_ITEM(p->verify_algs, p->verify_algs_count, i);
        if (ptn_span_equal(alg->key_alg_id, key_alg) && has_scheme(alg, scheme)) {
            return alg;
        }
    }
    return NULL;
}

const struct patina_verify_alg *ptn_verify_alg_for_cert(const struct patina_provider *p,
                                                        patina_span key_alg, patina_span sig_alg)
{
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        const struct patina_verify_alg *alg = PTN_ITEM(p->verify_algs, p->verify_algs_count, i);
        if (ptn_span_equal(alg->key_alg_id, key_alg) && ptn_span_equal(alg->sig_alg_id, sig_alg)) {
            return alg;
        }
    }
    return NULL;
}

patina_err ptn_verify_with_spki(const struct patina_verify_alg *alg, const struct ptn_spki *spki,
                                const patina_span *message, size_t message_count,
                                patina_span signature)
{
    struct patina_public_key *key = NULL;
    patina_err err = alg->load(alg, spki->public_key, &key);
    if (err != PATINA_OK) {
        return err == PATINA_ERR_BAD_KEY ? PATINA_ERR_CERT_UNSUPPORTED_KEY : err;
    }
    err = alg->verify(alg, key, message, message_count, signature);
    alg->drop(alg, key);
    return err;
}

// ---- Signature algorithms of certificates and the SignatureSchemes that stand for them, RFC 9846
// §4.3.3.

#define OID_RSA(last) 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, (last)
#define OID_SHA(last) 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, (last)
#define OID_ECDSA(last) 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, (last)
#define DER_NULL 0x05, 0x00
// RSASSA-PSS-params of RFC 4055 §3.1: hash, MGF1 with the same hash, salt as long as the hash.
#define PSS_PARAMS(sha, salt)                                                           \
    0x30, 0x34, 0xa0, 0x0f, 0x30, 0x0d, OID_SHA(sha), DER_NULL, 0xa1, 0x1c, 0x30, 0x1a, \
        OID_RSA(0x08), 0x30, 0x0d, OID_SHA(sha), DER_NULL, 0xa2, 0x03, 0x02, 0x01, (salt)

static const uint8_t ecdsa_sha256[] = {OID_ECDSA(0x02)};
static const uint8_t ecdsa_sha384[] = {OID_ECDSA(0x03)};
static const uint8_t ecdsa_sha512[] = {OID_ECDSA(0x04)};
static const uint8_t rsa_sha256[] = {OID_RSA(0x0b), DER_NULL};
static const uint8_t rsa_sha384[] = {OID_RSA(0x0c), DER_NULL};
static const uint8_t rsa_sha512[] = {OID_RSA(0x0d), DER_NULL};
static const uint8_t pss_sha256[] = {OID_RSA(0x0a), PSS_PARAMS(0x01, 0x20)};
static const uint8_t pss_sha384[] = {OID_RSA(0x0a), PSS_PARAMS(0x02, 0x30)};
static const uint8_t pss_sha512[] = {OID_RSA(0x0a), PSS_PARAMS(0x03, 0x40)};
static const uint8_t ed25519[] = {0x06, 0x03, 0x2b, 0x65, 0x70};
static const uint8_t ed448[] = {0x06, 0x03, 0x2b, 0x65, 0x71};

#define NAMED(name, id, scheme, other) {(name), {(id), sizeof(id)}, (scheme), (other)}

// A certificate does not say the curve of its issuer's key, so ECDSA is told apart by hash alone.
static const struct {
    const char *name;
    patina_span id;
    uint16_t scheme;
    uint16_t other; // rsa_pss_pss_*: the same signature by a key bound to PSS
} signatures[] = {
    NAMED("ecdsa-with-SHA256", ecdsa_sha256, 0x0403, 0x0403),
    NAMED("RSA-SHA256", rsa_sha256, 0x0401, 0x0401),
    NAMED("ecdsa-with-SHA384", ecdsa_sha384, 0x0503, 0x0503),
    NAMED("RSA-SHA384", rsa_sha384, 0x0501, 0x0501),
    NAMED("ecdsa-with-SHA512", ecdsa_sha512, 0x0603, 0x0603),
    NAMED("RSA-SHA512", rsa_sha512, 0x0601, 0x0601),
    NAMED("RSA-PSS-SHA256", pss_sha256, 0x0804, 0x0809),
    NAMED("RSA-PSS-SHA384", pss_sha384, 0x0805, 0x080a),
    NAMED("RSA-PSS-SHA512", pss_sha512, 0x0806, 0x080b),
    NAMED("Ed25519", ed25519, 0x0807, 0x0807),
    NAMED("Ed448", ed448, 0x0808, 0x0808),
};

const char *ptn_signature_alg_name(patina_span sig_alg)
{
    for (size_t i = 0; i < PTN_COUNT(signatures); i++) {
        if (ptn_span_equal(PTN_AT(signatures, i).id, sig_alg)) {
            return PTN_AT(signatures, i).name;
        }
    }
    return NULL;
}

bool ptn_cert_signature_is_in(const struct ptn_cert *cert, const uint16_t *schemes,
                              size_t schemes_count)
{
    if (ptn_span_equal(cert->issuer, cert->subject)) {
        return true;
    }
    size_t found = PTN_COUNT(signatures);
    for (size_t i = 0; i < PTN_COUNT(signatures); i++)
        PTN_LOOP(ASSIGNS(i, found)
                     INVARIANT(i <= PTN_COUNT(signatures) && found == PTN_COUNT(signatures))
                         DECREASES(PTN_COUNT(signatures) - i))
    {
        if (ptn_span_equal(PTN_AT(signatures, i).id, cert->signature_alg)) {
            found = i;
            break;
        }
    }
    if (found == PTN_COUNT(signatures)) {
        return false;
    }
    for (size_t i = 0; i < schemes_count; i++)
        PTN_LOOP(COUNTS_TO(i, schemes_count))
    {
        uint16_t scheme = PTN_ITEM(schemes, schemes_count, i);
        if (scheme == PTN_AT(signatures, found).scheme ||
            scheme == PTN_AT(signatures, found).other) {
            return true;
        }
    }
    return false;
}
