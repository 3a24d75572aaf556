// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Hash, HMAC and AEAD over libcrypto. A context holds pointers to libcrypto's own, which free with
// wiping; nothing here allocates per record.
//
// Implementation notes: a new EVP_MAC_CTX costs 0.7 us and 12 allocations, a pooled one 0.3 us,
// hence the pools. It has its digest set once, by name, when it is made. Before it goes back it is
// keyed with zeros, so that no secret waits in a pool.
#include "lib.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>

#include <limits.h>

// ---- Hash: one context that runs and one to look without disturbing it.

struct hash_ctx {
    EVP_MD_CTX *run, *scratch;
};

static bool hash_make(struct hash_ctx *c)
{
    if (c->run == NULL) {
        c->run = EVP_MD_CTX_new();
    }
    if (c->scratch == NULL) {
        c->scratch = EVP_MD_CTX_new();
    }
    return c->run != NULL && c->scratch != NULL;
}

static patina_err hash_init(const struct patina_hash *h, void *ctx)
{
    struct hash_ctx *c = ctx;
    const struct hash_self *self = h->self;
    patina_err err = PATINA_OK;

    (void)ERR_set_mark();
    if (!hash_make(c) || EVP_DigestInit_ex2(c->run, self->md, NULL) != 1) {
        err = PATINA_ERR_NO_MEMORY;
    }
    (void)ERR_pop_to_mark();
    return err;
}

static patina_err hash_update(void *ctx, patina_span bytes)
{
    struct hash_ctx *c = ctx;
    if (bytes.len == 0) {
        return PATINA_OK;
    }
    (void)ERR_set_mark();
    int ok = EVP_DigestUpdate(c->run, bytes.ptr, bytes.len);
    (void)ERR_pop_to_mark();
    return ok == 1 ? PATINA_OK : PATINA_ERR_PROVIDER;
}

static patina_err hash_fork(const struct patina_hash *h, void *dst, void *src)
{
    struct hash_ctx *to = dst;
    const struct hash_ctx *from = src;
    patina_err err = PATINA_OK;
    (void)h;

    (void)ERR_set_mark();
    if (!hash_make(to) || EVP_MD_CTX_copy_ex(to->run, from->run) != 1) {
        err = PATINA_ERR_NO_MEMORY;
    }
    (void)ERR_pop_to_mark();
    return err;
}

static patina_err hash_peek(void *ctx, struct patina_digest *out)
{
    struct hash_ctx *c = ctx;
    unsigned len = 0;
    patina_err err = PATINA_OK;

    (void)ERR_set_mark();
    *out = (struct patina_digest){.len = 0};
    if (EVP_MD_CTX_copy_ex(c->scratch, c->run) != 1 ||
        EVP_DigestFinal_ex(c->scratch, out->bytes, &len) != 1) {
        *out = (struct patina_digest){.len = 0};
        err = PATINA_ERR_NO_MEMORY;
    } else {
        out->len = len;
    }
    (void)ERR_pop_to_mark();
    return err;
}

patina_err ptn_openssl_digest(EVP_MD *md, const patina_span *parts, size_t parts_count,
                              struct patina_digest *out)
{
    unsigned len = 0;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool ok = c != NULL && EVP_DigestInit_ex2(c, md, NULL) == 1;

    *out = (struct patina_digest){.len = 0};
    for (size_t i = 0; ok && i < parts_count; i++) {
        patina_span part = ITEM(parts, parts_count, i);
        ok = part.len == 0 || EVP_DigestUpdate(c, part.ptr, part.len) == 1;
    }
    ok = ok && EVP_DigestFinal_ex(c, out->bytes, &len) == 1;
    EVP_MD_CTX_free(c);
    if (!ok) {
        *out = (struct patina_digest){.len = 0};
        return PATINA_ERR_NO_MEMORY;
    }
    out->len = len;
    return PATINA_OK;
}

static patina_err hash_once(const struct patina_hash *h, const patina_span *parts,
                            size_t parts_count, struct patina_digest *out)
{
    const struct hash_self *self = h->self;
    (void)ERR_set_mark();
    patina_err err = ptn_openssl_digest(self->md, parts, parts_count, out);
    (void)ERR_pop_to_mark();
    return err;
}

patina_err ptn_openssl_certid_sha1(const struct patina_provider *p, patina_span bytes,
                                   struct patina_digest *out)
{
    const struct ossl_lib *lib = p->self;
    (void)ERR_set_mark();
    patina_err err = ptn_openssl_digest(lib->sha1, &bytes, 1, out);
    (void)ERR_pop_to_mark();
    return err;
}

static void hash_clear(void *ctx)
{
    struct hash_ctx *c = ctx;
    EVP_MD_CTX_free(c->run);
    EVP_MD_CTX_free(c->scratch);
    *c = (struct hash_ctx){NULL, NULL};
}

// ---- HMAC

struct hmac_ctx {
    EVP_MAC_CTX *mac;
    struct pool *home;
    bool is_fresh; // keyed and not used since: needs no restart
};

static EVP_MAC_CTX *hmac_make(const struct hash_self *self)
{
    char name[16] = {0};
    if (strlen(self->md_name) >= sizeof(name)) {
        return NULL;
    }
    memcpy(name, self->md_name, strlen(self->md_name)); // OSSL_PARAM wants it not const
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                           OSSL_PARAM_construct_end(), OSSL_PARAM_construct_end()};
    if (self->lib->properties != NULL) {
        params[1] =
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_PROPERTIES, self->lib->properties, 0);
    }
    EVP_MAC_CTX *c = EVP_MAC_CTX_new(self->lib->hmac);
    if (c != NULL && EVP_MAC_CTX_set_params(c, params) != 1) {
        EVP_MAC_CTX_free(c);
        c = NULL;
    }
    return c;
}

static patina_err hmac_key(const struct patina_hmac *m, void *ctx, patina_span key)
{
    // HMAC pads keys with zeros, so an empty key equals one zero byte, which libcrypto takes
    // without question.
    static const uint8_t zero = 0;
    const struct hash_self *self = m->self;
    struct hmac_ctx *c = ctx;
    patina_err err = PATINA_OK;

    (void)ERR_set_mark();
    if (c->mac == NULL) {
        c->mac = ptn_openssl_pool_take(self->macs);
        c->home = self->macs;
    }
    if (c->mac == NULL) {
        c->mac = hmac_make(self);
    }
    if (c->mac == NULL || EVP_MAC_init(c->mac, key.len != 0 ? key.ptr : &zero,
                                       key.len != 0 ? key.len : 1, NULL) != 1) {
        err = PATINA_ERR_NO_MEMORY;
    }
    c->is_fresh = true;
    (void)ERR_pop_to_mark();
    return err;
}

static patina_err hmac_mac(void *ctx, const patina_span *parts, size_t parts_count,
                           struct patina_digest *out)
{
    struct hmac_ctx *c = ctx;
    size_t len = 0;

    (void)ERR_set_mark();
    *out = (struct patina_digest){.len = 0};
    bool ok = c->is_fresh || EVP_MAC_init(c->mac, NULL, 0, NULL) == 1; // the same key again
    c->is_fresh = false;
    for (size_t i = 0; ok && i < parts_count; i++) {
        patina_span part = ITEM(parts, parts_count, i);
        ok = part.len == 0 || EVP_MAC_update(c->mac, part.ptr, part.len) == 1;
    }
    ok = ok && EVP_MAC_final(c->mac, out->bytes, &len, sizeof(out->bytes)) == 1;
    (void)ERR_pop_to_mark();
    if (!ok) {
        OPENSSL_cleanse(out, sizeof(*out));
        return PATINA_ERR_PROVIDER;
    }
    out->len = len;
    return PATINA_OK;
}

static void hmac_clear(void *ctx)
{
    static const uint8_t zeros[32] = {0};
    struct hmac_ctx *c = ctx;

    if (c->mac != NULL) {
        (void)ERR_set_mark();
        if (EVP_MAC_init(c->mac, zeros, sizeof(zeros), NULL) != 1 ||
            !ptn_openssl_pool_give(c->home, c->mac)) {
            EVP_MAC_CTX_free(c->mac);
        }
        (void)ERR_pop_to_mark();
    }
    *c = (struct hmac_ctx){.mac = NULL};
}

bool ptn_openssl_hash_row(struct ossl_lib *lib, size_t i)
{
    static const struct {
        const char *name, *md, *hmac;
        uint16_t id, out_len, block_len;
    } rows[HASHES] = {
        [HASH_SHA256] = {"SHA-256", "SHA2-256", "HMAC-SHA-256", 4, 32, 64},
        [HASH_SHA384] = {"SHA-384", "SHA2-384", "HMAC-SHA-384", 5, 48, 128},
        [HASH_SHA512] = {"SHA-512", "SHA2-512", "HMAC-SHA-512", 6, 64, 128},
    };
    struct hash_self *self = &AT(lib->hash_selves, i);
    struct patina_hash *hash = &AT(lib->hashes, i);
    uint32_t flags = lib->is_fips ? PATINA_ALG_FIPS : 0;

    *self = (struct hash_self){lib, EVP_MD_fetch(lib->ctx, AT(rows, i).md, lib->properties),
                               AT(rows, i).md, &AT(lib->macs, i)};
    if (self->md == NULL) {
        return false;
    }
    *hash = (struct patina_hash){.struct_size = sizeof(*hash),
                                 .flags = flags,
                                 .name = AT(rows, i).name,
                                 .self = self,
                                 .id = AT(rows, i).id,
                                 .out_len = AT(rows, i).out_len,
                                 .block_len = AT(rows, i).block_len,
                                 .ctx_size = sizeof(struct hash_ctx),
                                 .init = hash_init,
                                 .update = hash_update,
                                 .fork = hash_fork,
                                 .peek = hash_peek,
                                 .once = hash_once,
                                 .clear = hash_clear};
    EVP_MAC_CTX *mac = lib->hmac != NULL ? hmac_make(self) : NULL;
    if (mac == NULL) {
        return false;
    }
    if (!ptn_openssl_pool_give(self->macs, mac)) {
        EVP_MAC_CTX_free(mac);
    }
    AT(lib->hmacs, i) = (struct patina_hmac){.struct_size = sizeof(struct patina_hmac),
                                             .flags = flags,
                                             .name = AT(rows, i).hmac,
                                             .self = self,
                                             .hash = hash,
                                             .ctx_size = sizeof(struct hmac_ctx),
                                             .key = hmac_key,
                                             .mac = hmac_mac,
                                             .clear = hmac_clear};
    return true;
}

// ---- AEAD: one EVP_CIPHER_CTX a direction, re-used for every record.

#define TAG_LEN 16u

struct aead_ctx {
    EVP_CIPHER_CTX *cipher;
};

static patina_err aead_init(const struct patina_aead *a, void *ctx, patina_span key, bool seal)
{
    const struct aead_self *self = a->self;
    struct aead_ctx *c = ctx;
    patina_err err = PATINA_OK;

    if (key.len != a->key_len) {
        return PATINA_ERR_MISUSE;
    }
    (void)ERR_set_mark();
    if (c->cipher == NULL) {
        c->cipher = EVP_CIPHER_CTX_new();
    }
    if (c->cipher == NULL ||
        EVP_CipherInit_ex2(c->cipher, self->cipher, key.ptr, NULL, seal ? 1 : 0, NULL) != 1) {
        err = PATINA_ERR_NO_MEMORY;
    }
    (void)ERR_pop_to_mark();
    return err;
}

// Encrypts `in` to the front of `*out` and moves `*out` on. An empty span is nothing: to libcrypto
// it would mean the end.
static bool encrypt_part(EVP_CIPHER_CTX *c, patina_span in, patina_mspan *out)
{
    int len = 0;
    if (in.len == 0) {
        return true;
    }
    if (in.len > INT_MAX || EVP_EncryptUpdate(c, out->ptr, &len, in.ptr, (int)in.len) != 1 ||
        (size_t)len != in.len) {
        return false;
    }
    *out = mspan_part(*out, in.len, SIZE_MAX);
    return true;
}

static bool seal_parts(EVP_CIPHER_CTX *c, const struct patina_nonce *nonce, patina_span aad,
                       const patina_span *in, size_t in_count, patina_span extra, patina_mspan out)
{
    int len = 0;
    if (aad.len > INT_MAX || EVP_EncryptInit_ex2(c, NULL, NULL, nonce->bytes, NULL) != 1 ||
        (aad.len != 0 && EVP_EncryptUpdate(c, NULL, &len, aad.ptr, (int)aad.len) != 1)) {
        return false;
    }
    for (size_t i = 0; i < in_count; i++) {
        if (!encrypt_part(c, ITEM(in, in_count, i), &out)) {
            return false;
        }
    }
    // What is left of `out` is the tag's place; Final writes nothing in these modes.
    if (!encrypt_part(c, extra, &out) || out.len != TAG_LEN ||
        EVP_EncryptFinal_ex(c, out.ptr, &len) != 1) {
        return false;
    }
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, out.ptr, TAG_LEN),
        OSSL_PARAM_construct_end()};
    return EVP_CIPHER_CTX_get_params(c, params) == 1;
}

static patina_err aead_seal(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            const patina_span *in, size_t in_count, patina_span extra,
                            patina_mspan out)
{
    struct aead_ctx *c = ctx;
    size_t total = 0;
    bool ok =
        spans_total(in, in_count, &total) && !__builtin_add_overflow(total, extra.len, &total) &&
        !__builtin_add_overflow(total, TAG_LEN, &total) && total == out.len && c->cipher != NULL;

    if (ok) {
        (void)ERR_set_mark();
        ok = seal_parts(c->cipher, nonce, aad, in, in_count, extra, out);
        (void)ERR_pop_to_mark();
    }
    if (!ok) {
        mspan_zero(out);
        return PATINA_ERR_SEAL_FAILED;
    }
    return PATINA_OK;
}

static bool open_parts(EVP_CIPHER_CTX *c, const struct patina_nonce *nonce, patina_span aad,
                       patina_span in, patina_mspan out)
{
    uint8_t tag[TAG_LEN];
    uint8_t none[1] = {0}; // libcrypto wants somewhere to write nothing
    int len = 0;

    (void)mspan_put(MSPAN_OF(tag), span_part(in, out.len, TAG_LEN)); // OSSL_PARAM wants it not
                                                                     // const
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag, TAG_LEN),
        OSSL_PARAM_construct_end()};
    return aad.len <= INT_MAX && out.len <= INT_MAX &&
           EVP_DecryptInit_ex2(c, NULL, NULL, nonce->bytes, params) == 1 &&
           (aad.len == 0 || EVP_DecryptUpdate(c, NULL, &len, aad.ptr, (int)aad.len) == 1) &&
           (out.len == 0 || EVP_DecryptUpdate(c, out.ptr, &len, in.ptr, (int)out.len) == 1) &&
           EVP_DecryptFinal_ex(c, none, &len) == 1;
}

static patina_err aead_open(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            patina_span in, patina_mspan out)
{
    struct aead_ctx *c = ctx;
    bool ok = in.len >= TAG_LEN && out.len == in.len - TAG_LEN && c->cipher != NULL;

    if (ok) {
        (void)ERR_set_mark();
        ok = open_parts(c->cipher, nonce, aad, in, out);
        (void)ERR_pop_to_mark();
    }
    if (!ok) {
        mspan_zero(out); // plaintext stands there before the tag is known to be wrong
        return PATINA_ERR_BAD_RECORD_MAC;
    }
    return PATINA_OK;
}

static void aead_clear(void *ctx)
{
    struct aead_ctx *c = ctx;
    EVP_CIPHER_CTX_free(c->cipher);
    c->cipher = NULL;
}

bool ptn_openssl_aead_row(struct ossl_lib *lib, size_t i)
{
    // Records under one AES-GCM key: 2^24.5, RFC 9846 §5.5. Failed opens: RFC 9001 §6.6.
    static const struct {
        const char *name, *cipher;
        uint16_t id;
        uint8_t key_len;
        uint64_t seal_limit, open_limit;
    } rows[AEADS] = {
        [AEAD_AES128] = {"AES-128-GCM", "AES-128-GCM", 1, 16, 23726566, UINT64_C(1) << 52},
        [AEAD_AES256] = {"AES-256-GCM", "AES-256-GCM", 2, 32, 23726566, UINT64_C(1) << 52},
        [AEAD_CHACHA] = {"ChaCha20-Poly1305", "ChaCha20-Poly1305", 29, 32, UINT64_MAX,
                         UINT64_C(1) << 36},
    };
    struct aead_self *self = &AT(lib->aead_selves, i);

    *self =
        (struct aead_self){lib, EVP_CIPHER_fetch(lib->ctx, AT(rows, i).cipher, lib->properties)};
    if (self->cipher == NULL) {
        return false;
    }
    AT(lib->aeads, i) = (struct patina_aead){.struct_size = sizeof(struct patina_aead),
                                             .flags = lib->is_fips ? PATINA_ALG_FIPS : 0,
                                             .name = AT(rows, i).name,
                                             .self = self,
                                             .id = AT(rows, i).id,
                                             .key_len = AT(rows, i).key_len,
                                             .nonce_len = sizeof(struct patina_nonce),
                                             .tag_len = TAG_LEN,
                                             .ctx_size = sizeof(struct aead_ctx),
                                             .seal_limit = AT(rows, i).seal_limit,
                                             .open_limit = AT(rows, i).open_limit,
                                             .init = aead_init,
                                             .seal = aead_seal,
                                             .open = aead_open,
                                             .clear = aead_clear};
    return true;
}
