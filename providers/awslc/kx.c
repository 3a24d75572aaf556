// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Key exchange over AWS-LC: X25519, P-256, P-384 (RFC 9846 §4.3.8, §7.4) and ML-KEM-768 (FIPS 203).
#include "rows.h"

#include <openssl/bn.h>
#include <openssl/curve25519.h>
#include <openssl/ec.h>
#include <openssl/ec_key.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/experimental/kem_deterministic_api.h>
#include <openssl/mem.h>
#include <openssl/nid.h>

static patina_err refuse(patina_err err, struct patina_kx_secret *out)
{
    OPENSSL_cleanse(out, sizeof(*out));
    return err;
}

// ---- X25519: 32 bytes of state, no allocation.

struct x25519_ctx {
    uint8_t private_key[X25519_PRIVATE_KEY_LEN];
};

static patina_err x25519_start(const struct patina_group *g, void *ctx, patina_mspan out_share)
{
    struct x25519_ctx *c = ctx;
    if (out_share.len != g->share_len) {
        mspan_zero(out_share);
        return PATINA_ERR_MISUSE;
    }
    X25519_keypair(out_share.ptr, c->private_key);
    return PATINA_OK;
}

static patina_err x25519_finish(const struct patina_group *g, void *ctx, patina_span reply,
                                struct patina_kx_secret *out)
{
    const struct x25519_ctx *c = ctx;
    *out = (struct patina_kx_secret){.len = 0};
    // X25519 itself refuses the all-zero result (RFC 7748 §6.1).
    if (reply.len != g->reply_len || X25519(out->bytes, c->private_key, reply.ptr) != 1) {
        return refuse(PATINA_ERR_INVALID_SHARE, out);
    }
    out->len = X25519_SHARED_KEY_LEN;
    return PATINA_OK;
}

static patina_err x25519_respond(const struct patina_group *g, patina_span share,
                                 patina_mspan out_reply, struct patina_kx_secret *out)
{
    struct x25519_ctx own;
    *out = (struct patina_kx_secret){.len = 0};
    patina_err err =
        share.len == g->share_len ? x25519_start(g, &own, out_reply) : PATINA_ERR_INVALID_SHARE;
    if (err == PATINA_OK) {
        err = x25519_finish(g, &own, share, out);
    }
    OPENSSL_cleanse(&own, sizeof(own));
    if (err != PATINA_OK) {
        mspan_zero(out_reply);
    }
    return err;
}

static patina_err x25519_import(const struct patina_group *g, void *ctx, patina_span private_key,
                                patina_mspan out_share)
{
    struct x25519_ctx *c = ctx;
    if (private_key.len != sizeof(c->private_key) || out_share.len != g->share_len) {
        mspan_zero(out_share);
        return PATINA_ERR_BAD_KEY;
    }
    (void)mspan_put(MSPAN_OF(c->private_key), private_key);
    X25519_public_from_private(out_share.ptr, c->private_key);
    return PATINA_OK;
}

static void x25519_clear(void *ctx)
{
    OPENSSL_cleanse(ctx, sizeof(struct x25519_ctx));
}

const struct patina_group ptn_awslc_x25519 = {
    .struct_size = sizeof(struct patina_group),
    .name = "X25519",
    .id = 0x001d,
    .share_len = X25519_PUBLIC_VALUE_LEN,
    .reply_len = X25519_PUBLIC_VALUE_LEN,
    .secret_len = X25519_SHARED_KEY_LEN,
    .ctx_size = sizeof(struct x25519_ctx),
    .start = x25519_start,
    .respond = x25519_respond,
    .finish = x25519_finish,
    .import = x25519_import,
    .clear = x25519_clear,
};

// ---- P-256, P-384

struct ec_ctx {
    EC_KEY *key;
};

static const EC_GROUP *curve_of(const struct patina_group *g)
{
    return g == &ptn_awslc_p256 ? EC_group_p256() : EC_group_p384();
}

static void ec_clear(void *ctx)
{
    struct ec_ctx *c = ctx;
    EC_KEY_free(c->key);
    c->key = NULL;
}

static bool ec_write_share(const EC_KEY *key, patina_mspan out)
{
    return EC_POINT_point2oct(EC_KEY_get0_group(key), EC_KEY_get0_public_key(key),
                              POINT_CONVERSION_UNCOMPRESSED, out.ptr, out.len, NULL) == out.len;
}

static EC_KEY *ec_generate(const struct patina_group *g, patina_mspan out_share)
{
    EC_KEY *key = out_share.len == g->share_len ? EC_KEY_new() : NULL;
    if (key == NULL || EC_KEY_set_group(key, curve_of(g)) != 1 || EC_KEY_generate_key(key) != 1 ||
        !ec_write_share(key, out_share)) {
        EC_KEY_free(key);
        return NULL;
    }
    return key;
}

static patina_err ec_start(const struct patina_group *g, void *ctx, patina_mspan out_share)
{
    struct ec_ctx *c = ctx;
    (void)ERR_set_mark();
    ec_clear(ctx);
    c->key = ec_generate(g, out_share);
    (void)ERR_pop_to_mark();
    if (c->key == NULL) {
        mspan_zero(out_share);
        return out_share.len == g->share_len ? PATINA_ERR_NO_MEMORY : PATINA_ERR_MISUSE;
    }
    return PATINA_OK;
}

// The peer's point, on the curve; NULL when it is not.
static EC_POINT *ec_read_share(const struct patina_group *g, patina_span share)
{
    EC_POINT *point = point_has_form(share, g->secret_len) ? EC_POINT_new(curve_of(g)) : NULL;
    if (point != NULL && EC_POINT_oct2point(curve_of(g), point, share.ptr, share.len, NULL) != 1) {
        EC_POINT_free(point);
        point = NULL;
    }
    return point;
}

// Not by ECDH_compute_key: AWS-LC 5.12 reads through a null pointer there when memory runs out, and
// checks the point on the curve a second time.
static patina_err ec_derive(const struct patina_group *g, const EC_KEY *own, const EC_POINT *peer,
                            struct patina_kx_secret *out)
{
    const EC_GROUP *group = curve_of(g);
    EC_POINT *shared = EC_POINT_new(group);
    BIGNUM *x = BN_new();
    patina_err err = shared != NULL && x != NULL ? PATINA_OK : PATINA_ERR_NO_MEMORY;

    if (err == PATINA_OK &&
        (EC_POINT_mul(group, shared, NULL, peer, EC_KEY_get0_private_key(own), NULL) != 1 ||
         EC_POINT_get_affine_coordinates_GFp(group, shared, x, NULL, NULL) != 1 ||
         BN_bn2bin_padded(out->bytes, g->secret_len, x) != 1)) {
        err = PATINA_ERR_INVALID_SHARE;
    }
    BN_clear_free(x);
    EC_POINT_clear_free(shared);
    if (err != PATINA_OK) {
        return refuse(err, out);
    }
    out->len = g->secret_len;
    return PATINA_OK;
}

static patina_err ec_finish(const struct patina_group *g, void *ctx, patina_span reply,
                            struct patina_kx_secret *out)
{
    const struct ec_ctx *c = ctx;
    *out = (struct patina_kx_secret){.len = 0};
    if (c->key == NULL) {
        return PATINA_ERR_MISUSE;
    }
    (void)ERR_set_mark();
    EC_POINT *peer = ec_read_share(g, reply);
    patina_err err = peer != NULL ? ec_derive(g, c->key, peer, out) : PATINA_ERR_INVALID_SHARE;
    EC_POINT_free(peer);
    (void)ERR_pop_to_mark();
    return err;
}

// The share is read before a key is made, so that a bad one costs little.
static patina_err ec_respond(const struct patina_group *g, patina_span share,
                             patina_mspan out_reply, struct patina_kx_secret *out)
{
    patina_err err = PATINA_ERR_INVALID_SHARE;
    EC_KEY *own = NULL;

    (void)ERR_set_mark();
    *out = (struct patina_kx_secret){.len = 0};
    EC_POINT *peer = ec_read_share(g, share);
    if (peer != NULL) {
        err = out_reply.len == g->reply_len ? PATINA_ERR_NO_MEMORY : PATINA_ERR_MISUSE;
        own = ec_generate(g, out_reply);
    }
    if (own != NULL) {
        err = ec_derive(g, own, peer, out);
    }
    EC_KEY_free(own);
    EC_POINT_free(peer);
    (void)ERR_pop_to_mark();
    if (err != PATINA_OK) {
        mspan_zero(out_reply);
    }
    return err;
}

static EC_KEY *ec_import_scalar(const struct patina_group *g, patina_span scalar)
{
    const EC_GROUP *group = curve_of(g);
    EC_KEY *key = EC_KEY_new();
    EC_POINT *point = EC_POINT_new(group);
    BIGNUM *d = BN_bin2bn(scalar.ptr, scalar.len, NULL);

    bool ok = key != NULL && point != NULL && d != NULL && EC_KEY_set_group(key, group) == 1 &&
              EC_KEY_set_private_key(key, d) == 1 &&
              EC_POINT_mul(group, point, d, NULL, NULL, NULL) == 1 &&
              EC_KEY_set_public_key(key, point) == 1;
    BN_clear_free(d);
    EC_POINT_free(point);
    if (!ok) {
        EC_KEY_free(key);
        return NULL;
    }
    return key;
}

static patina_err ec_import(const struct patina_group *g, void *ctx, patina_span private_key,
                            patina_mspan out_share)
{
    struct ec_ctx *c = ctx;
    (void)ERR_set_mark();
    ec_clear(ctx);
    if (private_key.len == g->secret_len && out_share.len == g->share_len) {
        c->key = ec_import_scalar(g, private_key);
    }
    if (c->key != NULL && !ec_write_share(c->key, out_share)) {
        ec_clear(ctx);
    }
    (void)ERR_pop_to_mark();
    if (c->key == NULL) {
        mspan_zero(out_share);
        return PATINA_ERR_BAD_KEY;
    }
    return PATINA_OK;
}

#define EC_GROUP_ROW(group_name, group_id, field) \
    {.struct_size = sizeof(struct patina_group),  \
     .name = group_name,                          \
     .id = group_id,                              \
     .share_len = 1 + 2 * (field),                \
     .reply_len = 1 + 2 * (field),                \
     .secret_len = (field),                       \
     .ctx_size = sizeof(struct ec_ctx),           \
     .start = ec_start,                           \
     .respond = ec_respond,                       \
     .finish = ec_finish,                         \
     .import = ec_import,                         \
     .clear = ec_clear}
const struct patina_group ptn_awslc_p256 = EC_GROUP_ROW("P-256", 0x0017, 32);
const struct patina_group ptn_awslc_p384 = EC_GROUP_ROW("P-384", 0x0018, 48);

// ---- ML-KEM-768

struct kem_ctx {
    EVP_PKEY *key;
};

static void kem_clear(void *ctx)
{
    struct kem_ctx *c = ctx;
    EVP_PKEY_free(c->key);
    c->key = NULL;
}

// A new key pair, or the one of a 64-byte seed (d || z, FIPS 203 §7.1).
static EVP_PKEY *kem_generate(const struct patina_group *g, patina_span seed,
                              patina_mspan out_share)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_id(EVP_PKEY_KEM, NULL);
    size_t seed_len = seed.len;
    size_t share_len = out_share.len;

    bool ok = c != NULL && out_share.len == g->share_len &&
              EVP_PKEY_CTX_kem_set_params(c, NID_MLKEM768) == 1 && EVP_PKEY_keygen_init(c) == 1 &&
              (seed.len == 0 ? EVP_PKEY_keygen(c, &key)
                             : EVP_PKEY_keygen_deterministic(c, &key, seed.ptr, &seed_len)) == 1 &&
              EVP_PKEY_get_raw_public_key(key, out_share.ptr, &share_len) == 1 &&
              share_len == out_share.len;
    EVP_PKEY_CTX_free(c);
    if (!ok) {
        EVP_PKEY_free(key);
        return NULL;
    }
    return key;
}

static patina_err kem_start(const struct patina_group *g, void *ctx, patina_mspan out_share)
{
    struct kem_ctx *c = ctx;
    (void)ERR_set_mark();
    kem_clear(ctx);
    c->key = kem_generate(g, (patina_span){NULL, 0}, out_share);
    (void)ERR_pop_to_mark();
    if (c->key == NULL) {
        mspan_zero(out_share);
        return out_share.len == g->share_len ? PATINA_ERR_NO_MEMORY : PATINA_ERR_MISUSE;
    }
    return PATINA_OK;
}

// The public key stands inside the decapsulation key: dk_PKE || ek || H(ek) || z (FIPS 203 §7.1).
#define MLKEM768_DK_LEN 2400u
#define MLKEM768_EK_AT 1152u

static patina_err kem_import(const struct patina_group *g, void *ctx, patina_span private_key,
                             patina_mspan out_share)
{
    struct kem_ctx *c = ctx;
    (void)ERR_set_mark();
    kem_clear(ctx);
    if (private_key.len == MLKEM768_DK_LEN && out_share.len == g->share_len) {
        patina_span public_key = span_part(private_key, MLKEM768_EK_AT, g->share_len);
        c->key = EVP_PKEY_kem_new_raw_key(NID_MLKEM768, public_key.ptr, public_key.len,
                                          private_key.ptr, private_key.len);
        if (c->key != NULL && EVP_PKEY_kem_check_key(c->key) != 1) {
            kem_clear(ctx);
        }
        (void)mspan_put(out_share, public_key);
    } else if (private_key.len != 0) {
        c->key = kem_generate(g, private_key, out_share);
    }
    (void)ERR_pop_to_mark();
    if (c->key == NULL) {
        mspan_zero(out_share);
        return PATINA_ERR_BAD_KEY;
    }
    return PATINA_OK;
}

// AWS-LC makes the check of FIPS 203 §7.2 as it encapsulates.
static patina_err kem_respond(const struct patina_group *g, patina_span share,
                              patina_mspan out_reply, struct patina_kx_secret *out)
{
    size_t reply_len = out_reply.len;
    size_t secret_len = g->secret_len;
    bool ok = share.len == g->share_len;

    *out = (struct patina_kx_secret){.len = 0};
    if (out_reply.len != g->reply_len) {
        mspan_zero(out_reply);
        return PATINA_ERR_MISUSE;
    }
    (void)ERR_set_mark();
    EVP_PKEY *peer =
        ok ? EVP_PKEY_kem_new_raw_public_key(NID_MLKEM768, share.ptr, share.len) : NULL;
    EVP_PKEY_CTX *c = peer != NULL ? EVP_PKEY_CTX_new(peer, NULL) : NULL;
    ok = c != NULL &&
         EVP_PKEY_encapsulate(c, out_reply.ptr, &reply_len, out->bytes, &secret_len) == 1 &&
         reply_len == g->reply_len && secret_len == g->secret_len;
    EVP_PKEY_CTX_free(c);
    EVP_PKEY_free(peer);
    (void)ERR_pop_to_mark();
    if (!ok) {
        mspan_zero(out_reply);
        return refuse(PATINA_ERR_INVALID_SHARE, out);
    }
    out->len = secret_len;
    return PATINA_OK;
}

// A ciphertext of the right length always gives a secret: a wrong one a random-looking one (FIPS
// 203 §6.3).
static patina_err kem_finish(const struct patina_group *g, void *ctx, patina_span reply,
                             struct patina_kx_secret *out)
{
    const struct kem_ctx *c = ctx;
    size_t len = g->secret_len;

    *out = (struct patina_kx_secret){.len = 0};
    if (c->key == NULL) {
        return PATINA_ERR_MISUSE;
    }
    if (reply.len != g->reply_len) {
        return PATINA_ERR_INVALID_SHARE;
    }
    (void)ERR_set_mark();
    EVP_PKEY_CTX *d = EVP_PKEY_CTX_new(c->key, NULL);
    bool ok = d != NULL && EVP_PKEY_decapsulate(d, out->bytes, &len, reply.ptr, reply.len) == 1 &&
              len == g->secret_len;
    EVP_PKEY_CTX_free(d);
    (void)ERR_pop_to_mark();
    if (!ok) {
        return refuse(PATINA_ERR_PROVIDER, out);
    }
    out->len = len;
    return PATINA_OK;
}

const struct patina_group ptn_awslc_mlkem768 = {
    .struct_size = sizeof(struct patina_group),
    .flags = PATINA_ALG_KEM,
    .name = "ML-KEM-768",
    .id = 0x0201,
    .share_len = 1184,
    .reply_len = 1088,
    .secret_len = 32,
    .ctx_size = sizeof(struct kem_ctx),
    .start = kem_start,
    .respond = kem_respond,
    .finish = kem_finish,
    .import = kem_import,
    .clear = kem_clear,
};
