// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// patina_cert_describe: what a certificate says, for people.
#include "patina/cert.h"
#include "x509/cert.h"
#include "x509/der.h"
#include "x509/dn.h"
#include "x509/extension.h"
#include "x509/key.h"

// ---- The key

static const uint8_t oid_rsa[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01};
static const uint8_t oid_ec[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};
static const uint8_t oid_p256[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
static const uint8_t oid_p384[] = {0x2b, 0x81, 0x04, 0x00, 0x22};
static const uint8_t oid_p521[] = {0x2b, 0x81, 0x04, 0x00, 0x23};
static const uint8_t oid_ed25519[] = {0x2b, 0x65, 0x70};
static const uint8_t oid_ed448[] = {0x2b, 0x65, 0x71};
static const uint8_t oid_ml_dsa_44[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x11};
static const uint8_t oid_ml_dsa_65[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x12};
static const uint8_t oid_ml_dsa_87[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x13};

#define KEY(oid, name, bits) {{(oid), sizeof(oid)}, (name), (bits)}

// A curve stands for its key, all others for themselves.
static const struct {
    patina_span oid;
    const char *name;
    uint32_t bits;
} keys[] = {
    KEY(oid_p256, "EC P-256", 256),     KEY(oid_p384, "EC P-384", 384),
    KEY(oid_p521, "EC P-521", 521),     KEY(oid_ed25519, "Ed25519", 256),
    KEY(oid_ed448, "Ed448", 456),       KEY(oid_ml_dsa_44, "ML-DSA-44", 0),
    KEY(oid_ml_dsa_65, "ML-DSA-65", 0), KEY(oid_ml_dsa_87, "ML-DSA-87", 0),
};

// Gives the key's bits, 0 when not known.
static uint32_t describe_key(const struct ptn_spki *spki, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(spki) && SPAN(spki->algorithm) && CERT_BYTES(spki->public_key))
                     SAYS(t))
{
    struct ptn_reader r = ptn_reader_of(spki->algorithm);
    patina_span oid;
    patina_span curve;
    if (!ptn_der_read(&r, PTN_DER_OID, &oid)) {
        return 0;
    }
    if (ptn_span_equal(oid, PTN_SPAN_OF(oid_rsa))) {
        struct ptn_rsa_key key;
        bool read = ptn_rsa_key_read(spki->public_key, &key);
        ptn_text_add(t, "RSA ");
        ptn_text_number(t, read ? key.modulus_bits : 0);
        return key.modulus_bits;
    }
    if (ptn_span_equal(oid, PTN_SPAN_OF(oid_ec)) && ptn_der_read(&r, PTN_DER_OID, &curve)) {
        oid = curve;
    }
    for (size_t i = 0; i < PTN_COUNT(keys); i++)
        PTN_LOOP(SAYS_EACH(t, i <= PTN_COUNT(keys), i) DECREASES(PTN_COUNT(keys) - i))
    {
        if (ptn_span_equal(PTN_AT(keys, i).oid, oid)) {
            ptn_text_add(t, PTN_AT(keys, i).name);
            return PTN_AT(keys, i).bits;
        }
    }
    ptn_oid_text(oid, t);
    return 0;
}

static void describe_signature(patina_span algorithm, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(algorithm)) SAYS(t))
{
    const char *name = ptn_signature_alg_name(algorithm);
    struct ptn_reader r = ptn_reader_of(algorithm);
    patina_span oid;
    if (name != NULL) {
        ptn_text_add(t, name);
    } else if (ptn_der_read(&r, PTN_DER_OID, &oid)) {
        ptn_oid_text(oid, t);
    }
}

// ---- Names, RFC 5280 §4.2.1.6

static void describe_name(uint8_t tag, patina_span name, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(name)) SAYS(t))
{
    switch (tag) {
    case PTN_NAME_OF_DNS:
    case PTN_NAME_OF_URI:
        ptn_text_untrusted(t, name);
        return;
    case PTN_NAME_OF_EMAIL:
        ptn_text_add(t, "email:");
        ptn_text_untrusted(t, name);
        return;
    case PTN_NAME_OF_IP:
        if (name.len == 4 || name.len == 16) {
            ptn_text_ip(t, name);
        } else {
            ptn_text_add(t, "?");
        }
        return;
    case PTN_NAME_OF_DIRECTORY:
        ptn_dn_text(name, t);
        return;
    default:
        ptn_text_add(t, "(other)");
        return;
    }
}

static void describe_names(patina_span san, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(san)) SAYS(t))
{
    struct ptn_reader list = ptn_reader_of(san);
    bool first = true;
    while (!ptn_reader_is_empty(&list) && !ptn_text_is_cut(t))
        PTN_LOOP(READS_AND_SAYS(list, t, first))
    {
        uint8_t tag = 0;
        patina_span name;
        if (!ptn_der_read_any(&list, &tag, &name)) {
            break;
        }
        ptn_text_add(t, first ? "" : ", ");
        first = false;
        describe_name(tag, name, t);
    }
    ptn_text_mark_cut(t);
}

patina_err patina_cert_describe(patina_span der, struct patina_cert_info *out)
{
    struct ptn_cert cert;
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = (struct patina_cert_info){0};
    PTN_REQUIRE(ptn_cert_parse_anchor(der, &cert) == PATINA_OK, PATINA_ERR_CERT_ENCODING);

    out->not_before_s = cert.not_before_s;
    out->not_after_s = cert.not_after_s;
    out->is_ca = cert.ext.is_ca ? 1 : 0;
    struct ptn_text subject = PTN_TEXT_OF(out->subject);
    ptn_dn_text(cert.subject, &subject);
    struct ptn_text issuer = PTN_TEXT_OF(out->issuer);
    ptn_dn_text(cert.issuer, &issuer);
    struct ptn_text key = PTN_TEXT_OF(out->key);
    out->key_bits = describe_key(&cert.spki, &key);
    struct ptn_text signature = PTN_TEXT_OF(out->signature);
    describe_signature(cert.signature_alg, &signature);
    struct ptn_text names = PTN_TEXT_OF(out->names);
    describe_names(cert.ext.san, &names);
    return PATINA_OK;
}
