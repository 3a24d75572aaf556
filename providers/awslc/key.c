// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Private keys over AWS-LC: reads PKCS#8 (RFC 5958), SEC 1 (RFC 5915) and PKCS#1 (RFC 8017 appendix
// A.1.2), signs TLS's schemes (RFC 9846 §4.3.3). RSA is blinded in AWS-LC and checked against the
// public exponent before it leaves; keys whose halves do not belong together are refused as they
// are read.
#include "rows.h"

#include <openssl/bytestring.h>
#include <openssl/curve25519.h>
#include <openssl/ec.h>
#include <openssl/ec_key.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/mem.h>
#include <openssl/nid.h>
#include <openssl/rsa.h>

struct key {
    struct patina_key base;
    enum key_kind kind;
    EVP_PKEY *pkey; // owns the EC and RSA keys
    uint8_t ed25519[ED25519_PRIVATE_KEY_LEN];
    size_t scheme_count;
    uint16_t scheme_ids[SCHEMES_PER_KEY];
    const struct sign_scheme *scheme_rows[SCHEMES_PER_KEY];
    uint8_t *spki;
    size_t spki_len;
};

static const uint16_t *key_schemes(const struct patina_key *base, size_t *out_count)
{
    const struct key *k = (const struct key *)base;
    *out_count = k->scheme_count;
    return k->scheme_ids;
}

static patina_err key_spki(const struct patina_key *base, patina_span *out)
{
    const struct key *k = (const struct key *)base;
    *out = (patina_span){k->spki, k->spki_len};
    return PATINA_OK;
}

static void key_drop(struct patina_key *base)
{
    struct key *k = (struct key *)base;
    if (k != NULL) {
        EVP_PKEY_free(k->pkey);
        OPENSSL_free(k->spki);
        OPENSSL_free(k); // wipes
    }
}

// ---- Signing

static bool sign_rsa(RSA *rsa, const struct sign_scheme *s, const struct patina_digest *digest,
                     patina_mspan out, size_t *len)
{
    static const int nids[] = {
        [SIG_SHA256] = NID_sha256, [SIG_SHA384] = NID_sha384, [SIG_SHA512] = NID_sha512};
    unsigned pkcs1_len = 0;

    if (RSA_size(rsa) > out.len) {
        return false;
    }
    if (s->pss) {
        const EVP_MD *md = s->hash == SIG_SHA256   ? EVP_sha256()
                           : s->hash == SIG_SHA384 ? EVP_sha384()
                                                   : EVP_sha512();
        return RSA_sign_pss_mgf1(rsa, len, out.ptr, out.len, digest->bytes, digest->len, md, md,
                                 RSA_PSS_SALTLEN_DIGEST) == 1;
    }
    bool ok =
        RSA_sign(AT(nids, s->hash), digest->bytes, digest->len, out.ptr, &pkcs1_len, rsa) == 1;
    *len = pkcs1_len;
    return ok;
}

static bool sign_ec(const EC_KEY *ec, const struct patina_digest *digest, patina_mspan out,
                    size_t *len)
{
    unsigned ec_len = 0;
    bool ok = ECDSA_size(ec) <= out.len &&
              ECDSA_sign(0, digest->bytes, digest->len, out.ptr, &ec_len, ec) == 1;
    *len = ec_len;
    return ok;
}

static bool sign_message(const struct key *k, const struct sign_scheme *s, patina_span message,
                         patina_mspan out, size_t *len)
{
    struct patina_digest digest;
    if (k->kind == KEY_ED25519) {
        *len = ED25519_SIGNATURE_LEN;
        return out.len >= ED25519_SIGNATURE_LEN &&
               ED25519_sign(out.ptr, message.ptr, message.len, k->ed25519) == 1;
    }
    if (ptn_awslc_digest(s->hash, &message, 1, &digest) != PATINA_OK) {
        return false;
    }
    if (k->kind == KEY_RSA) {
        return sign_rsa(EVP_PKEY_get0_RSA(k->pkey), s, &digest, out, len);
    }
    return sign_ec(EVP_PKEY_get0_EC_KEY(k->pkey), &digest, out, len);
}

static patina_err key_sign(struct patina_key *base, struct patina_op *op)
{
    const struct key *k = (const struct key *)base;
    uint16_t id = patina_sign_op_scheme(op);
    uint8_t signature[PATINA_SIGNATURE_MAX];
    size_t len = 0;
    bool ok = false;

    (void)ERR_set_mark();
    for (size_t i = 0; i < k->scheme_count; i++) {
        if (AT(k->scheme_ids, i) == id) {
            ok = sign_message(k, AT(k->scheme_rows, i), patina_sign_op_message(op),
                              MSPAN_OF(signature), &len);
            break;
        }
    }
    (void)ERR_pop_to_mark();
    if (!ok) {
        return PATINA_ERR_SIGN_FAILED;
    }
    return patina_sign_op_complete(op, (patina_span){signature, len});
}

static const struct patina_key_vtable key_vtable = {
    .struct_size = sizeof(struct patina_key_vtable),
    .schemes = key_schemes,
    .sign = key_sign,
    .spki = key_spki,
    .drop = key_drop,
};

// ---- Reading

static EVP_PKEY *read_sec1(CBS *cbs)
{
    EC_KEY *ec = EC_KEY_parse_private_key(cbs, NULL);
    EVP_PKEY *pkey = ec != NULL ? EVP_PKEY_new() : NULL;
    if (pkey == NULL || EVP_PKEY_assign_EC_KEY(pkey, ec) != 1) {
        EC_KEY_free(ec);
        EVP_PKEY_free(pkey);
        return NULL;
    }
    return pkey;
}

static EVP_PKEY *read_pkcs1(CBS *cbs)
{
    RSA *rsa = RSA_parse_private_key(cbs);
    EVP_PKEY *pkey = rsa != NULL ? EVP_PKEY_new() : NULL;
    if (pkey == NULL || EVP_PKEY_assign_RSA(pkey, rsa) != 1) {
        RSA_free(rsa);
        EVP_PKEY_free(pkey);
        return NULL;
    }
    return pkey;
}

static EVP_PKEY *read_key(enum key_form form, patina_span der)
{
    CBS cbs;
    EVP_PKEY *pkey;
    CBS_init(&cbs, der.ptr, der.len);
    if (form == KEY_FORM_PKCS8) {
        pkey = EVP_parse_private_key(&cbs);
    } else {
        pkey = form == KEY_FORM_SEC1 ? read_sec1(&cbs) : read_pkcs1(&cbs);
    }
    if (pkey != NULL && CBS_len(&cbs) != 0) {
        EVP_PKEY_free(pkey);
        return NULL;
    }
    return pkey;
}

static enum key_kind ec_kind(const EVP_PKEY *pkey)
{
    switch (EC_GROUP_get_curve_name(EC_KEY_get0_group(EVP_PKEY_get0_EC_KEY(pkey)))) {
    case NID_X9_62_prime256v1:
        return KEY_P256;
    case NID_secp384r1:
        return KEY_P384;
    case NID_secp521r1:
        return KEY_P521;
    default:
        return KEY_KINDS;
    }
}

// What kind of key it is, and whether it may be used.
static patina_err classify(struct key *k)
{
    uint8_t seed[ED25519_SEED_LEN];
    uint8_t public_key[ED25519_PUBLIC_KEY_LEN];
    size_t seed_len = sizeof(seed);
    unsigned bits;
    bool ok;

    switch (EVP_PKEY_id(k->pkey)) {
    case EVP_PKEY_EC:
        k->kind = ec_kind(k->pkey);
        return k->kind != KEY_KINDS ? PATINA_OK : PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
    case EVP_PKEY_RSA:
        k->kind = KEY_RSA;
        bits = RSA_bits(EVP_PKEY_get0_RSA(k->pkey));
        return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX ? PATINA_OK : PATINA_ERR_BAD_KEY;
    case EVP_PKEY_ED25519:
        k->kind = KEY_ED25519;
        ok =
            EVP_PKEY_get_raw_private_key(k->pkey, seed, &seed_len) == 1 && seed_len == sizeof(seed);
        ED25519_keypair_from_seed(public_key, k->ed25519, seed);
        OPENSSL_cleanse(seed, sizeof(seed));
        return ok ? PATINA_OK : PATINA_ERR_BAD_KEY;
    default:
        return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
    }
}

static patina_err write_spki(struct key *k)
{
    CBB cbb;
    if (CBB_init(&cbb, 512) != 1) {
        return PATINA_ERR_NO_MEMORY;
    }
    if (EVP_marshal_public_key(&cbb, k->pkey) != 1 ||
        CBB_finish(&cbb, &k->spki, &k->spki_len) != 1) {
        CBB_cleanup(&cbb);
        return PATINA_ERR_NO_MEMORY;
    }
    return PATINA_OK;
}

static patina_err build_key(struct key *k, enum key_form form, patina_span der)
{
    k->pkey = read_key(form, der);
    if (k->pkey == NULL) {
        return PATINA_ERR_BAD_KEY;
    }
    patina_err err = classify(k);
    if (err != PATINA_OK) {
        return err;
    }
    for (size_t i = 0; i < SIGN_SCHEMES && k->scheme_count < SCHEMES_PER_KEY; i++) {
        const struct sign_scheme *s = &AT(sign_schemes, i);
        if (s->key == k->kind) {
            AT(k->scheme_ids, k->scheme_count) = s->id;
            AT(k->scheme_rows, k->scheme_count) = s;
            k->scheme_count++;
        }
    }
    return write_spki(k);
}

patina_err ptn_awslc_load_key(const struct patina_provider *p, patina_span der,
                              struct patina_key **out)
{
    enum key_form form = key_form_of(der);
    (void)p;

    *out = NULL;
    if (form == KEY_FORM_NONE) {
        return PATINA_ERR_BAD_KEY;
    }
    if (form == KEY_FORM_UNSUPPORTED) {
        return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
    }
    (void)ERR_set_mark();
    struct key *k = OPENSSL_zalloc(sizeof(*k));
    if (k == NULL) {
        (void)ERR_pop_to_mark();
        return PATINA_ERR_NO_MEMORY;
    }
    k->base.vtable = &key_vtable;
    patina_err err = build_key(k, form, der);
    (void)ERR_pop_to_mark();
    if (err != PATINA_OK) {
        key_drop(&k->base);
        return err;
    }
    *out = &k->base;
    return PATINA_OK;
}
