// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Private keys over libcrypto: reads PKCS#8 (RFC 5958), SEC 1 (RFC 5915) and PKCS#1 (RFC 8017
// appendix A.1.2), signs TLS's schemes (RFC 9846 §4.3.3).
//
// Implementation notes: contexts ready to sign are pooled per scheme, which saves a fifth of an
// ECDSA signature. RSA is blinded by default in libcrypto, and its CRT result is checked against
// the public exponent before it leaves.
#include "lib.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/x509.h>

#include <limits.h>

struct key {
    struct patina_key base;
    struct ossl_lib *lib; // counted
    EVP_PKEY *pkey;
    enum key_kind kind;
    size_t scheme_count;
    uint16_t scheme_ids[SCHEMES_PER_KEY];
    const struct sign_scheme *scheme_rows[SCHEMES_PER_KEY];
    struct pool signers[SCHEMES_PER_KEY]; // EVP_PKEY_CTX ready to sign by that scheme
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
    if (k == NULL) {
        return;
    }
    for (size_t i = 0; i < SCHEMES_PER_KEY; i++) {
        ptn_openssl_pool_clear_pkey(&AT(k->signers, i));
    }
    EVP_PKEY_free(k->pkey);
    OPENSSL_free(k->spki);
    ptn_openssl_unref(k->lib);
    free(k);
}

// ---- Signing

static EVP_PKEY_CTX *take_signer(struct key *k, size_t i)
{
    EVP_PKEY_CTX *c = ptn_openssl_pool_take(&AT(k->signers, i));
    const struct sign_scheme *s = AT(k->scheme_rows, i);
    if (c != NULL) {
        return c;
    }
    c = EVP_PKEY_CTX_new_from_pkey(k->lib->ctx, k->pkey, k->lib->properties);
    if (c == NULL || EVP_PKEY_sign_init(c) != 1 ||
        !ptn_openssl_set_scheme(k->lib, c, s->key, s->hash, s->pss)) {
        EVP_PKEY_CTX_free(c);
        return NULL;
    }
    return c;
}

static bool sign_digest(struct key *k, size_t i, patina_span message, uint8_t *out, size_t *len)
{
    struct patina_digest digest;
    EVP_MD *md = ptn_openssl_md(k->lib, AT(k->scheme_rows, i)->hash);
    if (ptn_openssl_digest(md, &message, 1, &digest) != PATINA_OK) {
        return false;
    }
    EVP_PKEY_CTX *c = take_signer(k, i);
    bool ok = c != NULL && EVP_PKEY_sign(c, out, len, digest.bytes, digest.len) == 1;
    ptn_openssl_pool_give_pkey(&AT(k->signers, i), c);
    return ok;
}

static bool sign_pure(struct key *k, patina_span message, uint8_t *out, size_t *len)
{
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool ok =
        c != NULL &&
        EVP_DigestSignInit_ex(c, NULL, NULL, k->lib->ctx, k->lib->properties, k->pkey, NULL) == 1 &&
        EVP_DigestSign(c, out, len, message.ptr, message.len) == 1;
    EVP_MD_CTX_free(c);
    return ok;
}

static patina_err key_sign(struct patina_key *base, struct patina_op *op)
{
    struct key *k = (struct key *)base;
    uint16_t id = patina_sign_op_scheme(op);
    uint8_t signature[PATINA_SIGNATURE_MAX];
    size_t len = sizeof(signature);
    bool ok = false;

    (void)ERR_set_mark();
    for (size_t i = 0; i < k->scheme_count; i++) {
        if (AT(k->scheme_ids, i) == id) {
            patina_span message = patina_sign_op_message(op);
            ok = k->kind == KEY_ED25519 ? sign_pure(k, message, signature, &len)
                                        : sign_digest(k, i, message, signature, &len);
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

// The curve of an EC key, as a kind; KEY_KINDS for another one.
static enum key_kind ec_kind(const EVP_PKEY *pkey)
{
    char name[32] = {0};
    size_t len = 0;
    if (EVP_PKEY_get_group_name(pkey, name, sizeof(name), &len) != 1) {
        return KEY_KINDS;
    }
    if (strcmp(name, "prime256v1") == 0 || strcmp(name, "P-256") == 0) {
        return KEY_P256;
    }
    if (strcmp(name, "secp384r1") == 0 || strcmp(name, "P-384") == 0) {
        return KEY_P384;
    }
    if (strcmp(name, "secp521r1") == 0 || strcmp(name, "P-521") == 0) {
        return KEY_P521;
    }
    return KEY_KINDS;
}

// What kind of key it is, and whether it may be used.
static patina_err classify(const struct ossl_lib *lib, EVP_PKEY *pkey, enum key_kind *out)
{
    *out = KEY_KINDS;
    if (EVP_PKEY_is_a(pkey, "EC") == 1) {
        *out = ec_kind(pkey);
    } else if (EVP_PKEY_is_a(pkey, "RSA") == 1) {
        *out = KEY_RSA;
    } else if (EVP_PKEY_is_a(pkey, "ED25519") == 1) {
        *out = KEY_ED25519;
    }
    if (*out == KEY_KINDS) {
        return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
    }
    if (*out == KEY_RSA) {
        int bits = EVP_PKEY_get_bits(pkey);
        return bits >= (int)RSA_BITS_MIN && bits <= (int)RSA_BITS_MAX ? PATINA_OK
                                                                      : PATINA_ERR_BAD_KEY;
    }
    // A key whose halves do not belong together would sign what nobody can verify. (RSA: too slow
    // to check here.)
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_pkey(lib->ctx, pkey, lib->properties);
    bool ok = c != NULL && EVP_PKEY_pairwise_check(c) == 1;
    EVP_PKEY_CTX_free(c);
    return ok ? PATINA_OK : PATINA_ERR_BAD_KEY;
}

static patina_err finish_key(struct key *k)
{
    patina_err err = classify(k->lib, k->pkey, &k->kind);
    if (err != PATINA_OK) {
        return err;
    }
    for (size_t i = 0; i < SIGN_SCHEMES && k->scheme_count < SCHEMES_PER_KEY; i++) {
        const struct sign_scheme *s = &AT(sign_schemes, i);
        if (s->key == k->kind && (s->hash == SIG_PURE || ptn_openssl_md(k->lib, s->hash) != NULL)) {
            AT(k->scheme_ids, k->scheme_count) = s->id;
            AT(k->scheme_rows, k->scheme_count) = s;
            k->scheme_count++;
        }
    }
    int len = i2d_PUBKEY(k->pkey, &k->spki);
    if (len <= 0) {
        return PATINA_ERR_BAD_KEY;
    }
    k->spki_len = (size_t)len;
    // Set up now what the first handshake would otherwise wait for; this also proves that the key
    // can sign.
    if (k->kind != KEY_ED25519) {
        EVP_PKEY_CTX *c = take_signer(k, 0);
        if (c == NULL) {
            return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
        }
        ptn_openssl_pool_give_pkey(&k->signers[0], c);
    }
    return PATINA_OK;
}

patina_err ptn_openssl_load_key(const struct patina_provider *p, patina_span der,
                                struct patina_key **out)
{
    struct ossl_lib *lib = p->self;
    // The outer frame first: libcrypto's reader would take trailing bytes.
    enum key_form form = key_form_of(der);

    *out = NULL;
    if (form == KEY_FORM_NONE || der.len > LONG_MAX) {
        return PATINA_ERR_BAD_KEY;
    }
    if (form == KEY_FORM_UNSUPPORTED) {
        return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
    }
    struct key *k = calloc(1, sizeof(*k));
    if (k == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    k->base.vtable = &key_vtable;
    k->lib = lib;
    ptn_openssl_ref(lib);

    (void)ERR_set_mark();
    const uint8_t *at = der.ptr;
    k->pkey = d2i_AutoPrivateKey_ex(NULL, &at, (long)der.len, lib->ctx, lib->properties);
    patina_err err = k->pkey != NULL ? finish_key(k) : PATINA_ERR_BAD_KEY;
    if (err != PATINA_OK) {
        key_drop(&k->base);
        k = NULL;
    }
    (void)ERR_pop_to_mark();
    *out = k != NULL ? &k->base : NULL;
    return err;
}
