// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Public keys and signature checks over libcrypto (RFC 9846 §4.3.3, RFC 5280 §4.1.1.2).
//
// Implementation note: keys are built from the bits of subjectPublicKey, never by d2i_PUBKEY, which
// costs 85 us on 3.0.
#include "lib.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <openssl/rsa.h>

struct patina_public_key {
    EVP_PKEY *pkey;
};

bool ptn_openssl_set_scheme(const struct ossl_lib *lib, EVP_PKEY_CTX *c, enum key_kind key,
                            enum sig_hash hash, bool pss)
{
    const EVP_MD *md = ptn_openssl_md(lib, hash);
    if (key == KEY_RSA &&
        EVP_PKEY_CTX_set_rsa_padding(c, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) != 1) {
        return false;
    }
    if (EVP_PKEY_CTX_set_signature_md(c, md) != 1) {
        return false;
    }
    return !pss || (EVP_PKEY_CTX_set_rsa_mgf1_md(c, md) == 1 &&
                    EVP_PKEY_CTX_set_rsa_pss_saltlen(c, RSA_PSS_SALTLEN_DIGEST) == 1);
}

// ---- Loading

static EVP_PKEY *load_point(const struct ossl_lib *lib, enum key_kind kind, patina_span point)
{
    EVP_PKEY *key = point_has_form(point, ptn_openssl_field_len(kind)) ? EVP_PKEY_new() : NULL;

    if (key == NULL || EVP_PKEY_copy_parameters(key, AT(lib->curves, kind)) != 1 ||
        EVP_PKEY_set1_encoded_public_key(key, point.ptr, point.len) != 1) {
        EVP_PKEY_free(key);
        return NULL;
    }
    return key;
}

static EVP_PKEY_CTX *take_rsa_importer(struct ossl_lib *lib)
{
    EVP_PKEY_CTX *c = ptn_openssl_pool_take(&lib->rsa_importers);
    if (c != NULL) {
        return c;
    }
    c = EVP_PKEY_CTX_new_from_name(lib->ctx, "RSA", lib->properties);
    if (c != NULL && EVP_PKEY_fromdata_init(c) != 1) {
        EVP_PKEY_CTX_free(c);
        c = NULL;
    }
    return c;
}

static EVP_PKEY *load_rsa(struct ossl_lib *lib, patina_span der)
{
    uint8_t n_native[RSA_BYTES_MAX];
    uint8_t e_native[8];
    patina_span n;
    patina_span e;
    EVP_PKEY *key = NULL;

    if (!rsa_public_key_is_allowed(der, &n, &e)) {
        return NULL;
    }
    copy_reversed(MSPAN_OF(n_native), n);
    copy_reversed(MSPAN_OF(e_native), e);
    OSSL_PARAM params[] = {OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, n_native, n.len),
                           OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, e_native, e.len),
                           OSSL_PARAM_construct_end()};
    EVP_PKEY_CTX *c = take_rsa_importer(lib);
    if (c != NULL && EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params) != 1) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    ptn_openssl_pool_give_pkey(&lib->rsa_importers, c);
    return key;
}

static patina_err load(const struct patina_verify_alg *a, patina_span public_key,
                       struct patina_public_key **out)
{
    const struct verify_self *self = a->self;
    struct ossl_lib *lib = self->lib;
    patina_err err = PATINA_ERR_BAD_KEY;

    *out = NULL;
    (void)ERR_set_mark();
    struct patina_public_key *k = OPENSSL_zalloc(sizeof(*k));
    if (k == NULL) {
        (void)ERR_pop_to_mark();
        return PATINA_ERR_NO_MEMORY;
    }
    switch (self->pair->key) {
    case KEY_P256:
    case KEY_P384:
    case KEY_P521:
        k->pkey = load_point(lib, self->pair->key, public_key);
        break;
    case KEY_RSA:
        k->pkey = load_rsa(lib, public_key);
        break;
    case KEY_ED25519:
        if (public_key.len == 32) {
            k->pkey = EVP_PKEY_new_raw_public_key_ex(lib->ctx, "ED25519", lib->properties,
                                                     public_key.ptr, public_key.len);
        }
        break;
    case KEY_KINDS:
        err = PATINA_ERR_INTERNAL;
        break;
    }
    (void)ERR_pop_to_mark();
    if (k->pkey == NULL) {
        OPENSSL_free(k);
        return err;
    }
    *out = k;
    return PATINA_OK;
}

static void drop(const struct patina_verify_alg *a, struct patina_public_key *k)
{
    (void)a;
    if (k != NULL) {
        EVP_PKEY_free(k->pkey);
        OPENSSL_free(k);
    }
}

// ---- Checking

static patina_err verify_digest(const struct verify_self *self, const struct patina_public_key *k,
                                const struct patina_digest *digest, patina_span signature)
{
    const struct alg_pair *pair = self->pair;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_pkey(self->lib->ctx, k->pkey, self->lib->properties);
    patina_err err = PATINA_ERR_NO_MEMORY;

    if (c != NULL && EVP_PKEY_verify_init(c) == 1 &&
        ptn_openssl_set_scheme(self->lib, c, pair->key, pair->hash, pair->pss)) {
        bool holds =
            EVP_PKEY_verify(c, signature.ptr, signature.len, digest->bytes, digest->len) == 1;
        err = holds ? PATINA_OK : PATINA_ERR_BAD_SIGNATURE;
    }
    EVP_PKEY_CTX_free(c);
    return err;
}

// Ed25519 hashes the message with what it takes from the signature, and so needs it in one piece.
static patina_err verify_pure(const struct verify_self *self, const struct patina_public_key *k,
                              const patina_span *message, size_t message_count,
                              patina_span signature)
{
    patina_span whole = {NULL, 0};
    patina_mspan copy = {NULL, 0};
    patina_err err = PATINA_ERR_NO_MEMORY;

    if (message_count == 1) {
        whole = ITEM(message, message_count, 0);
    } else if (message_count > 1) {
        if (!spans_total(message, message_count, &copy.len)) {
            return PATINA_ERR_NO_MEMORY;
        }
        copy.ptr = OPENSSL_malloc(copy.len + 1);
        if (copy.ptr == NULL) {
            return PATINA_ERR_NO_MEMORY;
        }
        patina_mspan left = copy;
        for (size_t i = 0; i < message_count; i++) {
            left = mspan_put(left, ITEM(message, message_count, i));
        }
        whole = (patina_span){copy.ptr, copy.len};
    }
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    if (c != NULL && EVP_DigestVerifyInit_ex(c, NULL, NULL, self->lib->ctx, self->lib->properties,
                                             k->pkey, NULL) == 1) {
        bool holds = EVP_DigestVerify(c, signature.ptr, signature.len, whole.ptr, whole.len) == 1;
        err = holds ? PATINA_OK : PATINA_ERR_BAD_SIGNATURE;
    }
    EVP_MD_CTX_free(c);
    OPENSSL_free(copy.ptr);
    return err;
}

static patina_err verify(const struct patina_verify_alg *a, const struct patina_public_key *k,
                         const patina_span *message, size_t message_count, patina_span signature)
{
    const struct verify_self *self = a->self;
    struct patina_digest digest;
    patina_err err;

    if (signature.len == 0) {
        return PATINA_ERR_BAD_SIGNATURE;
    }
    (void)ERR_set_mark();
    if (self->pair->hash == SIG_PURE) {
        err = verify_pure(self, k, message, message_count, signature);
    } else {
        err = ptn_openssl_digest(ptn_openssl_md(self->lib, self->pair->hash), message,
                                 message_count, &digest);
        if (err == PATINA_OK) {
            err = verify_digest(self, k, &digest, signature);
        }
    }
    (void)ERR_pop_to_mark();
    return err;
}

// ---- Rows

// Whether the library has the key's algorithm: its key management and its signature.
static bool has_algorithm(const struct ossl_lib *lib, enum key_kind kind)
{
    static const struct {
        const char *key, *signature;
    } names[KEY_KINDS] = {
        [KEY_P256] = {"EC", "ECDSA"},           [KEY_P384] = {"EC", "ECDSA"},
        [KEY_P521] = {"EC", "ECDSA"},           [KEY_RSA] = {"RSA", "RSA"},
        [KEY_ED25519] = {"ED25519", "ED25519"},
    };
    EVP_KEYMGMT *keys = EVP_KEYMGMT_fetch(lib->ctx, AT(names, kind).key, lib->properties);
    EVP_SIGNATURE *signature =
        EVP_SIGNATURE_fetch(lib->ctx, AT(names, kind).signature, lib->properties);
    bool has =
        keys != NULL && signature != NULL && (kind > KEY_P521 || AT(lib->curves, kind) != NULL);
    EVP_KEYMGMT_free(keys);
    EVP_SIGNATURE_free(signature);
    return has;
}

bool ptn_openssl_verify_row(struct ossl_lib *lib, size_t i)
{
    const struct alg_pair *pair = &AT(alg_pairs, i);
    struct verify_self *self = &AT(lib->verify_selves, i);

    *self = (struct verify_self){lib, pair};
    if ((pair->hash != SIG_PURE && ptn_openssl_md(lib, pair->hash) == NULL) ||
        !has_algorithm(lib, pair->key)) {
        return false;
    }
    AT(lib->verify_algs, i) =
        (struct patina_verify_alg){.struct_size = sizeof(struct patina_verify_alg),
                                   .flags = lib->is_fips ? PATINA_ALG_FIPS : 0,
                                   .name = pair->name,
                                   .self = self,
                                   .key_alg_id = pair->key_alg_id,
                                   .sig_alg_id = pair->sig_alg_id,
                                   .schemes = pair->scheme != 0 ? &pair->scheme : NULL,
                                   .schemes_count = pair->scheme != 0 ? 1 : 0,
                                   .load = load,
                                   .verify = verify,
                                   .drop = drop};
    return true;
}
