// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Public keys and signature checks over AWS-LC (RFC 9846 §4.3.3, RFC 5280 §4.1.1.2).
#include "rows.h"

#include <openssl/curve25519.h>
#include <openssl/ec.h>
#include <openssl/ec_key.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/mem.h>
#include <openssl/nid.h>
#include <openssl/rsa.h>

struct patina_public_key {
    EC_KEY *ec; // one of the three
    RSA *rsa;
    uint8_t ed25519[ED25519_PUBLIC_KEY_LEN];
};

static const struct alg_pair *pair_of(const struct patina_verify_alg *a)
{
    return a->self;
}

// ---- Loading

static EC_KEY *load_point(enum key_kind kind, patina_span point)
{
    const EC_GROUP *group = kind == KEY_P256   ? EC_group_p256()
                            : kind == KEY_P384 ? EC_group_p384()
                                               : EC_group_p521();
    const size_t field_len = kind == KEY_P256 ? 32 : kind == KEY_P384 ? 48 : 66;
    EC_KEY *key = point_has_form(point, field_len) ? EC_KEY_new() : NULL;
    EC_POINT *p = key != NULL ? EC_POINT_new(group) : NULL;

    bool ok = p != NULL && EC_POINT_oct2point(group, p, point.ptr, point.len, NULL) == 1 &&
              EC_KEY_set_group(key, group) == 1 && EC_KEY_set_public_key(key, p) == 1;
    EC_POINT_free(p);
    if (!ok) {
        EC_KEY_free(key);
        return NULL;
    }
    return key;
}

static RSA *load_rsa(patina_span der)
{
    patina_span n;
    patina_span e;
    if (!rsa_public_key_is_allowed(der, &n, &e)) {
        return NULL;
    }
    return RSA_public_key_from_bytes(der.ptr, der.len);
}

static patina_err load(const struct patina_verify_alg *a, patina_span public_key,
                       struct patina_public_key **out)
{
    bool ok = false;
    *out = NULL;
    (void)ERR_set_mark();
    struct patina_public_key *k = OPENSSL_zalloc(sizeof(*k));
    if (k == NULL) {
        (void)ERR_pop_to_mark();
        return PATINA_ERR_NO_MEMORY;
    }
    enum key_kind kind = pair_of(a)->key;
    if (kind == KEY_RSA) {
        k->rsa = load_rsa(public_key);
        ok = k->rsa != NULL;
    } else if (kind == KEY_ED25519) {
        ok = public_key.len == sizeof(k->ed25519);
        if (ok) {
            (void)mspan_put(MSPAN_OF(k->ed25519), public_key);
        }
    } else {
        k->ec = load_point(kind, public_key);
        ok = k->ec != NULL;
    }
    (void)ERR_pop_to_mark();
    if (!ok) {
        OPENSSL_free(k);
        return PATINA_ERR_BAD_KEY;
    }
    *out = k;
    return PATINA_OK;
}

static void drop(const struct patina_verify_alg *a, struct patina_public_key *k)
{
    (void)a;
    if (k != NULL) {
        EC_KEY_free(k->ec);
        RSA_free(k->rsa);
        OPENSSL_free(k);
    }
}

// ---- Checking

static bool rsa_holds(const struct alg_pair *pair, const struct patina_public_key *k,
                      const struct patina_digest *digest, patina_span signature)
{
    static const int nids[] = {
        [SIG_SHA256] = NID_sha256, [SIG_SHA384] = NID_sha384, [SIG_SHA512] = NID_sha512};
    const EVP_MD *md = pair->hash == SIG_SHA256   ? EVP_sha256()
                       : pair->hash == SIG_SHA384 ? EVP_sha384()
                                                  : EVP_sha512();
    if (pair->pss) {
        return RSA_verify_pss_mgf1(k->rsa, digest->bytes, digest->len, md, md,
                                   RSA_PSS_SALTLEN_DIGEST, signature.ptr, signature.len) == 1;
    }
    return RSA_verify(AT(nids, pair->hash), digest->bytes, digest->len, signature.ptr,
                      signature.len, k->rsa) == 1;
}

// Ed25519 hashes the message with what it takes from the signature, and so needs it in one piece.
static patina_err verify_ed25519(const struct patina_public_key *k, const patina_span *message,
                                 size_t message_count, patina_span signature)
{
    patina_span whole = {NULL, 0};
    patina_mspan copy = {NULL, 0};

    if (signature.len != ED25519_SIGNATURE_LEN) {
        return PATINA_ERR_BAD_SIGNATURE;
    }
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
    bool holds = ED25519_verify(whole.ptr, whole.len, signature.ptr, k->ed25519) == 1;
    OPENSSL_free(copy.ptr);
    return holds ? PATINA_OK : PATINA_ERR_BAD_SIGNATURE;
}

static patina_err verify(const struct patina_verify_alg *a, const struct patina_public_key *k,
                         const patina_span *message, size_t message_count, patina_span signature)
{
    const struct alg_pair *pair = pair_of(a);
    struct patina_digest digest;

    if (signature.len == 0) {
        return PATINA_ERR_BAD_SIGNATURE;
    }
    (void)ERR_set_mark();
    patina_err err = PATINA_OK;
    if (pair->key == KEY_ED25519) {
        err = verify_ed25519(k, message, message_count, signature);
    } else {
        err = ptn_awslc_digest(pair->hash, message, message_count, &digest);
        if (err == PATINA_OK) {
            bool holds = pair->key == KEY_RSA
                             ? rsa_holds(pair, k, &digest, signature)
                             : ECDSA_verify(0, digest.bytes, digest.len, signature.ptr,
                                            signature.len, k->ec) == 1;
            err = holds ? PATINA_OK : PATINA_ERR_BAD_SIGNATURE;
        }
    }
    (void)ERR_pop_to_mark();
    return err;
}

// ---- Rows

#define ROW(index, alg_name, kind, hash_id, is_pss, tls_id, key_id, sig_id) \
    [index] = {.struct_size = sizeof(struct patina_verify_alg),             \
               .name = alg_name,                                            \
               .self = &alg_pairs[index],                                   \
               .key_alg_id = {(key_id), sizeof(key_id)},                    \
               .sig_alg_id = {(sig_id), sizeof(sig_id)},                    \
               .schemes = (tls_id) != 0 ? &alg_pairs[index].scheme : NULL,  \
               .schemes_count = (tls_id) != 0 ? 1 : 0,                      \
               .load = load,                                                \
               .verify = verify,                                            \
               .drop = drop},
const struct patina_verify_alg ptn_awslc_verify_algs[ALG_PAIRS] = {ALG_PAIR_LIST(ROW)};
