// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Key exchange over libcrypto: X25519, P-256, P-384 (RFC 9846 §4.3.8, §7.4) and ML-KEM-768 by name,
// where the library has it (3.5). A context holds one EVP_PKEY.
//
// Implementation notes: generators are ready contexts from a pool, because naming the curve anew
// costs P-256 more than the key itself; a peer's point is a copy of the curve's parameters with the
// encoded point set, which libcrypto checks to be on the curve, so that the derivation need not
// validate it again.
#include "lib.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/params.h>

struct kx_ctx {
    EVP_PKEY *key;
};

// A context ready to generate, new or from the pool; NULL when the library has not got the
// algorithm.
static EVP_PKEY_CTX *generator_take(const struct group_self *self)
{
    EVP_PKEY_CTX *c = ptn_openssl_pool_take(self->generators);
    if (c != NULL) {
        return c;
    }
    c = EVP_PKEY_CTX_new_from_name(self->lib->ctx, self->algorithm, self->lib->properties);
    if (c == NULL || EVP_PKEY_keygen_init(c) != 1 ||
        (self->curve != NULL && EVP_PKEY_CTX_set_group_name(c, self->curve) != 1)) {
        EVP_PKEY_CTX_free(c);
        return NULL;
    }
    return c;
}

static bool write_share(const struct group_self *self, const EVP_PKEY *key, patina_mspan out)
{
    size_t len = out.len;
    if (self->curve == NULL) {
        return EVP_PKEY_get_raw_public_key(key, out.ptr, &len) == 1 && len == out.len;
    }
    return EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, out.ptr,
                                           out.len, &len) == 1 &&
           len == out.len && point_has_form((patina_span){out.ptr, len}, self->field_len);
}

static patina_err generate(const struct group_self *self, EVP_PKEY **out, patina_mspan out_share)
{
    EVP_PKEY_CTX *c = generator_take(self);
    EVP_PKEY *key = NULL;
    *out = NULL;
    bool ok = c != NULL && EVP_PKEY_generate(c, &key) == 1 && write_share(self, key, out_share);

    ptn_openssl_pool_give_pkey(self->generators, c);
    if (!ok) {
        EVP_PKEY_free(key);
        return PATINA_ERR_PROVIDER;
    }
    *out = key;
    return PATINA_OK;
}

static patina_err kx_start(const struct patina_group *g, void *ctx, patina_mspan out_share)
{
    const struct group_self *self = g->self;
    struct kx_ctx *c = ctx;
    patina_err err = PATINA_ERR_MISUSE;

    (void)ERR_set_mark();
    EVP_PKEY_free(c->key);
    c->key = NULL;
    if (out_share.len == g->share_len) {
        err = generate(self, &c->key, out_share);
    }
    (void)ERR_pop_to_mark();
    if (err != PATINA_OK) {
        mspan_zero(out_share);
    }
    return err;
}

// The peer's share as a key, checked by libcrypto; NULL when it is not a valid one.
static EVP_PKEY *import_public(const struct group_self *self, patina_span share)
{
    if (self->curve == NULL) {
        return EVP_PKEY_new_raw_public_key_ex(self->lib->ctx, self->algorithm,
                                              self->lib->properties, share.ptr, share.len);
    }
    EVP_PKEY *key = point_has_form(share, self->field_len) ? EVP_PKEY_new() : NULL;
    if (key == NULL || EVP_PKEY_copy_parameters(key, self->parameters) != 1 ||
        EVP_PKEY_set1_encoded_public_key(key, share.ptr, share.len) != 1) {
        EVP_PKEY_free(key);
        return NULL;
    }
    return key;
}

// The shared secret of an ECDH group. libcrypto refuses X25519's all-zero result itself (RFC 7748
// §6.1).
static patina_err derive(const struct patina_group *g, EVP_PKEY *own, EVP_PKEY *peer,
                         struct patina_kx_secret *out)
{
    const struct group_self *self = g->self;
    patina_err err = PATINA_ERR_NO_MEMORY;
    size_t len = g->secret_len;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_pkey(self->lib->ctx, own, self->lib->properties);

    if (c != NULL && EVP_PKEY_derive_init(c) == 1 && EVP_PKEY_derive_set_peer_ex(c, peer, 0) == 1) {
        bool ok = EVP_PKEY_derive(c, out->bytes, &len) == 1 && len == g->secret_len;
        err = ok ? PATINA_OK : PATINA_ERR_INVALID_SHARE;
    }
    EVP_PKEY_CTX_free(c);
    if (err != PATINA_OK) {
        OPENSSL_cleanse(out, sizeof(*out));
        return err;
    }
    out->len = len;
    return PATINA_OK;
}

static patina_err ec_finish(const struct patina_group *g, void *ctx, patina_span reply,
                            struct patina_kx_secret *out)
{
    struct kx_ctx *c = ctx;
    *out = (struct patina_kx_secret){.len = 0};
    if (c->key == NULL) {
        return PATINA_ERR_MISUSE;
    }
    (void)ERR_set_mark();
    EVP_PKEY *peer = reply.len == g->reply_len ? import_public(g->self, reply) : NULL;
    patina_err err = peer != NULL ? derive(g, c->key, peer, out) : PATINA_ERR_INVALID_SHARE;
    EVP_PKEY_free(peer);
    (void)ERR_pop_to_mark();
    return err;
}

// The share is read before a key is made, so that a bad one costs little.
static patina_err ec_respond(const struct patina_group *g, patina_span share,
                             patina_mspan out_reply, struct patina_kx_secret *out)
{
    EVP_PKEY *own = NULL;
    patina_err err = PATINA_ERR_INVALID_SHARE;

    (void)ERR_set_mark();
    *out = (struct patina_kx_secret){.len = 0};
    EVP_PKEY *peer = share.len == g->share_len ? import_public(g->self, share) : NULL;
    if (peer != NULL) {
        err =
            out_reply.len == g->reply_len ? generate(g->self, &own, out_reply) : PATINA_ERR_MISUSE;
    }
    if (err == PATINA_OK) {
        err = derive(g, own, peer, out);
    }
    EVP_PKEY_free(own);
    EVP_PKEY_free(peer);
    (void)ERR_pop_to_mark();
    if (err != PATINA_OK) {
        mspan_zero(out_reply);
    }
    return err;
}

static void kx_clear(void *ctx)
{
    struct kx_ctx *c = ctx;
    EVP_PKEY_free(c->key);
    c->key = NULL;
}

// ---- Import of a given private key, for test vectors and deterministic peers.

// The 64 bytes d || z of FIPS 203 §7.1, or the whole decapsulation key.
#define MLKEM_SEED_LEN 64u

static EVP_PKEY *import_mlkem(const struct group_self *self, patina_span private_key)
{
    uint8_t seed[MLKEM_SEED_LEN];
    char seed_name[] = "seed"; // OSSL_PKEY_PARAM_ML_KEM_SEED of 3.5
    EVP_PKEY *out = NULL;
    if (private_key.len != MLKEM_SEED_LEN) {
        return EVP_PKEY_new_raw_private_key_ex(self->lib->ctx, self->algorithm,
                                               self->lib->properties, private_key.ptr,
                                               private_key.len);
    }
    (void)mspan_put(MSPAN_OF(seed), private_key);
    OSSL_PARAM params[] = {OSSL_PARAM_construct_octet_string(seed_name, seed, sizeof(seed)),
                           OSSL_PARAM_construct_end()};
    EVP_PKEY_CTX *c =
        EVP_PKEY_CTX_new_from_name(self->lib->ctx, self->algorithm, self->lib->properties);
    if (c == NULL || EVP_PKEY_fromdata_init(c) != 1 ||
        EVP_PKEY_fromdata(c, &out, EVP_PKEY_KEYPAIR, params) != 1) {
        EVP_PKEY_free(out);
        out = NULL;
    }
    EVP_PKEY_CTX_free(c);
    OPENSSL_cleanse(seed, sizeof(seed));
    return out;
}

static patina_err kx_import(const struct patina_group *g, void *ctx, patina_span private_key,
                            patina_mspan out_share)
{
    const struct group_self *self = g->self;
    struct kx_ctx *c = ctx;
    bool ok = out_share.len == g->share_len;

    (void)ERR_set_mark();
    EVP_PKEY_free(c->key);
    c->key = NULL;
    if (!ok) {
        // Nothing to import into.
    } else if (self->curve != NULL) {
        c->key = private_key.len == self->field_len
                     ? ptn_openssl_ec_private(self->lib, self->kind, private_key, out_share)
                     : NULL;
    } else if ((g->flags & PATINA_ALG_KEM) != 0) {
        c->key = import_mlkem(self, private_key);
    } else {
        c->key =
            EVP_PKEY_new_raw_private_key_ex(self->lib->ctx, self->algorithm, self->lib->properties,
                                            private_key.ptr, private_key.len);
    }
    ok = c->key != NULL && write_share(self, c->key, out_share);
    if (!ok) {
        kx_clear(ctx);
        mspan_zero(out_share);
    }
    (void)ERR_pop_to_mark();
    return ok ? PATINA_OK : PATINA_ERR_BAD_KEY;
}

// ---- ML-KEM

// A share that fails the check of FIPS 203 §7.2 is refused when it is read.
static patina_err kem_respond(const struct patina_group *g, patina_span share,
                              patina_mspan out_reply, struct patina_kx_secret *out)
{
    const struct group_self *self = g->self;
    size_t reply_len = out_reply.len;
    size_t len = g->secret_len;
    patina_err err = PATINA_ERR_INVALID_SHARE;

    *out = (struct patina_kx_secret){.len = 0};
    if (out_reply.len != g->reply_len) {
        mspan_zero(out_reply);
        return PATINA_ERR_MISUSE;
    }
    (void)ERR_set_mark();
    EVP_PKEY *peer = share.len == g->share_len ? import_public(self, share) : NULL;
    if (peer != NULL) {
        EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_pkey(self->lib->ctx, peer, self->lib->properties);
        bool ok = c != NULL && EVP_PKEY_encapsulate_init(c, NULL) == 1 &&
                  EVP_PKEY_encapsulate(c, out_reply.ptr, &reply_len, out->bytes, &len) == 1 &&
                  reply_len == g->reply_len && len == g->secret_len;
        err = ok ? PATINA_OK : PATINA_ERR_PROVIDER;
        EVP_PKEY_CTX_free(c);
    }
    EVP_PKEY_free(peer);
    (void)ERR_pop_to_mark();
    if (err != PATINA_OK) {
        OPENSSL_cleanse(out, sizeof(*out));
        mspan_zero(out_reply);
        return err;
    }
    out->len = len;
    return PATINA_OK;
}

// A ciphertext of the right length always gives a secret: a wrong one a random-looking one (FIPS
// 203 §6.3).
static patina_err kem_finish(const struct patina_group *g, void *ctx, patina_span reply,
                             struct patina_kx_secret *out)
{
    const struct group_self *self = g->self;
    struct kx_ctx *c = ctx;
    size_t len = g->secret_len;

    *out = (struct patina_kx_secret){.len = 0};
    if (c->key == NULL) {
        return PATINA_ERR_MISUSE;
    }
    if (reply.len != g->reply_len) {
        return PATINA_ERR_INVALID_SHARE;
    }
    (void)ERR_set_mark();
    EVP_PKEY_CTX *d = EVP_PKEY_CTX_new_from_pkey(self->lib->ctx, c->key, self->lib->properties);
    bool ok = d != NULL && EVP_PKEY_decapsulate_init(d, NULL) == 1 &&
              EVP_PKEY_decapsulate(d, out->bytes, &len, reply.ptr, reply.len) == 1 &&
              len == g->secret_len;
    EVP_PKEY_CTX_free(d);
    (void)ERR_pop_to_mark();
    if (!ok) {
        OPENSSL_cleanse(out, sizeof(*out));
        return PATINA_ERR_PROVIDER;
    }
    out->len = len;
    return PATINA_OK;
}

// ---- Rows

bool ptn_openssl_group_row(struct ossl_lib *lib, size_t i)
{
    static const struct {
        const char *name, *algorithm, *curve;
        uint16_t id, share_len, reply_len, secret_len;
        enum key_kind kind; // of a curve
    } rows[GROUPS] = {
        [GROUP_MLKEM768] = {"ML-KEM-768", "ML-KEM-768", NULL, 0x0201, 1184, 1088, 32, KEY_KINDS},
        [GROUP_X25519] = {"X25519", "X25519", NULL, 0x001d, 32, 32, 32, KEY_KINDS},
        [GROUP_P256] = {"P-256", "EC", "P-256", 0x0017, 65, 65, 32, KEY_P256},
        [GROUP_P384] = {"P-384", "EC", "P-384", 0x0018, 97, 97, 48, KEY_P384},
    };
    struct group_self *self = &AT(lib->group_selves, i);
    bool is_kem = i == GROUP_MLKEM768;

    *self = (struct group_self){.lib = lib,
                                .algorithm = AT(rows, i).algorithm,
                                .curve = AT(rows, i).curve,
                                .kind = AT(rows, i).kind,
                                .generators = &AT(lib->generators, i)};
    if (self->curve != NULL) {
        self->field_len = ptn_openssl_field_len(self->kind);
        self->parameters = AT(lib->curves, self->kind);
        if (self->parameters == NULL) {
            return false;
        }
    }
    // A generator that can be made stands for the whole algorithm.
    EVP_PKEY_CTX *c = generator_take(self);
    if (c == NULL) {
        return false;
    }
    ptn_openssl_pool_give_pkey(self->generators, c);
    AT(lib->groups, i) = (struct patina_group){.struct_size = sizeof(struct patina_group),
                                               .flags = (is_kem ? PATINA_ALG_KEM : 0u) |
                                                        (lib->is_fips ? PATINA_ALG_FIPS : 0u),
                                               .name = AT(rows, i).name,
                                               .self = self,
                                               .id = AT(rows, i).id,
                                               .share_len = AT(rows, i).share_len,
                                               .reply_len = AT(rows, i).reply_len,
                                               .secret_len = AT(rows, i).secret_len,
                                               .ctx_size = sizeof(struct kx_ctx),
                                               .start = kx_start,
                                               .respond = is_kem ? kem_respond : ec_respond,
                                               .finish = is_kem ? kem_finish : ec_finish,
                                               .import = kx_import,
                                               .clear = kx_clear};
    return true;
}
