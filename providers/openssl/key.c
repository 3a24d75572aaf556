// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Private keys over libcrypto: signs TLS's schemes (RFC 9846 §4.3.3). What a key file holds is read
// by key_read.c.
//
// Implementation notes: contexts ready to sign are pooled per scheme, which saves a fifth of an
// ECDSA signature. RSA is blinded by default in libcrypto, and its CRT result is checked against
// the public exponent before it leaves.
#include "lib.h"

#include <openssl/crypto.h>

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
    OPENSSL_free(k);
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

// ---- Loading

// SubjectPublicKeyInfo, RFC 5280 §4.1: the algorithm as the rows of verify.c name it, and the
// public key's bits.
static patina_err write_spki(struct key *k, const struct read_key *from)
{
    static const uint8_t no_unused_bits[1] = {0};
    patina_span algorithm = {NULL, 0};
    patina_span bits = span_part(SPAN_OF(from->public_bits), 0, from->public_len);

    for (size_t i = 0; i < ALG_PAIRS && algorithm.len == 0; i++) {
        if (AT(alg_pairs, i).key == k->kind) {
            algorithm = AT(alg_pairs, i).key_alg_id;
        }
    }
    size_t bits_len = 1 + bits.len;
    size_t body_len =
        der_header_len(algorithm.len) + algorithm.len + der_header_len(bits_len) + bits_len;
    k->spki_len = der_header_len(body_len) + body_len;
    k->spki = OPENSSL_malloc(k->spki_len);
    if (k->spki == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    patina_mspan left =
        der_put_header((patina_mspan){k->spki, k->spki_len}, DER_SEQUENCE, body_len);
    left = mspan_put(der_put_header(left, DER_SEQUENCE, algorithm.len), algorithm);
    left = mspan_put(der_put_header(left, DER_BIT_STRING, bits_len), SPAN_OF(no_unused_bits));
    (void)mspan_put(left, bits);
    return PATINA_OK;
}

static patina_err build_key(struct key *k, patina_span der)
{
    struct read_key from;
    patina_err err = ptn_openssl_read_key(k->lib, der, &from);
    if (err != PATINA_OK) {
        return err;
    }
    k->pkey = from.pkey;
    k->kind = from.kind;
    for (size_t i = 0; i < SIGN_SCHEMES && k->scheme_count < SCHEMES_PER_KEY; i++) {
        const struct sign_scheme *s = &AT(sign_schemes, i);
        if (s->key == k->kind && (s->hash == SIG_PURE || ptn_openssl_md(k->lib, s->hash) != NULL)) {
            AT(k->scheme_ids, k->scheme_count) = s->id;
            AT(k->scheme_rows, k->scheme_count) = s;
            k->scheme_count++;
        }
    }
    if (k->scheme_count == 0) {
        return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
    }
    return write_spki(k, &from);
}

patina_err ptn_openssl_load_key(const struct patina_provider *p, patina_span der,
                                struct patina_key **out)
{
    struct ossl_lib *lib = p->self;

    *out = NULL;
    (void)ERR_set_mark();
    struct key *k = OPENSSL_zalloc(sizeof(*k));
    if (k == NULL) {
        (void)ERR_pop_to_mark();
        return PATINA_ERR_NO_MEMORY;
    }
    k->base.vtable = &key_vtable;
    k->lib = lib;
    ptn_openssl_ref(lib);
    patina_err err = build_key(k, der);
    if (err != PATINA_OK) {
        key_drop(&k->base);
        k = NULL;
    }
    (void)ERR_pop_to_mark();
    *out = k != NULL ? &k->base : NULL;
    return err;
}
