// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Hash, HMAC and AEAD over AWS-LC. Every context lies whole in the core's memory; nothing here
// allocates.
#include "rows.h"

#include <openssl/aead.h>
#include <openssl/digest.h>
#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/mem.h>
#include <openssl/sha.h>

// ---- Hash

struct hash_ctx {
    uint16_t id; // of struct patina_hash
    union {
        SHA256_CTX sha256;
        SHA512_CTX sha512; // SHA-384 too
    } state;
};

static patina_err hash_init(const struct patina_hash *h, void *ctx)
{
    struct hash_ctx *c = ctx;
    c->id = h->id;
    if (h == &ptn_awslc_sha256) {
        (void)SHA256_Init(&c->state.sha256);
    } else if (h == &ptn_awslc_sha384) {
        (void)SHA384_Init(&c->state.sha512);
    } else {
        (void)SHA512_Init(&c->state.sha512);
    }
    return PATINA_OK;
}

static patina_err hash_update(void *ctx, patina_span bytes)
{
    struct hash_ctx *c = ctx;
    if (bytes.len == 0) {
        return PATINA_OK;
    }
    int ok = c->id == ptn_awslc_sha256.id ? SHA256_Update(&c->state.sha256, bytes.ptr, bytes.len)
                                          : SHA512_Update(&c->state.sha512, bytes.ptr, bytes.len);
    return ok == 1 ? PATINA_OK : PATINA_ERR_PROVIDER;
}

// Ends the hash; the context is used up.
static patina_err hash_final(struct hash_ctx *c, struct patina_digest *out)
{
    int ok;
    *out = (struct patina_digest){.len = 0};
    if (c->id == ptn_awslc_sha256.id) {
        ok = SHA256_Final(out->bytes, &c->state.sha256);
        out->len = SHA256_DIGEST_LENGTH;
    } else if (c->id == ptn_awslc_sha384.id) {
        ok = SHA384_Final(out->bytes, &c->state.sha512);
        out->len = SHA384_DIGEST_LENGTH;
    } else {
        ok = SHA512_Final(out->bytes, &c->state.sha512);
        out->len = SHA512_DIGEST_LENGTH;
    }
    if (ok != 1) {
        *out = (struct patina_digest){.len = 0};
        return PATINA_ERR_PROVIDER;
    }
    return PATINA_OK;
}

static patina_err hash_fork(const struct patina_hash *h, void *dst, void *src)
{
    (void)h;
    *(struct hash_ctx *)dst = *(const struct hash_ctx *)src;
    return PATINA_OK;
}

static patina_err hash_peek(void *ctx, struct patina_digest *out)
{
    struct hash_ctx copy = *(const struct hash_ctx *)ctx;
    patina_err err = hash_final(&copy, out);
    OPENSSL_cleanse(&copy, sizeof(copy));
    return err;
}

static patina_err hash_once(const struct patina_hash *h, const patina_span *parts,
                            size_t parts_count, struct patina_digest *out)
{
    struct hash_ctx c;
    patina_err err = hash_init(h, &c);
    for (size_t i = 0; err == PATINA_OK && i < parts_count; i++) {
        err = hash_update(&c, ITEM(parts, parts_count, i));
    }
    if (err == PATINA_OK) {
        err = hash_final(&c, out);
    } else {
        *out = (struct patina_digest){.len = 0};
    }
    OPENSSL_cleanse(&c, sizeof(c));
    return err;
}

patina_err ptn_awslc_certid_sha1(const struct patina_provider *p, patina_span bytes,
                                 struct patina_digest *out)
{
    static const uint8_t nothing = 0;
    (void)p;
    *out = (struct patina_digest){.len = SHA_DIGEST_LENGTH};
    (void)SHA1(bytes.len != 0 ? bytes.ptr : &nothing, bytes.len, out->bytes); // cannot fail
    return PATINA_OK;
}

static void hash_clear(void *ctx)
{
    OPENSSL_cleanse(ctx, sizeof(struct hash_ctx));
}

#define HASH(hash_name, hash_id, out, block)    \
    {.struct_size = sizeof(struct patina_hash), \
     .name = hash_name,                         \
     .id = hash_id,                             \
     .out_len = out,                            \
     .block_len = block,                        \
     .ctx_size = sizeof(struct hash_ctx),       \
     .init = hash_init,                         \
     .update = hash_update,                     \
     .fork = hash_fork,                         \
     .peek = hash_peek,                         \
     .once = hash_once,                         \
     .clear = hash_clear}
const struct patina_hash ptn_awslc_sha256 = HASH("SHA-256", 4, SHA256_DIGEST_LENGTH, SHA256_CBLOCK);
const struct patina_hash ptn_awslc_sha384 = HASH("SHA-384", 5, SHA384_DIGEST_LENGTH, SHA384_CBLOCK);
const struct patina_hash ptn_awslc_sha512 = HASH("SHA-512", 6, SHA512_DIGEST_LENGTH, SHA512_CBLOCK);

patina_err ptn_awslc_digest(enum sig_hash hash, const patina_span *parts, size_t parts_count,
                            struct patina_digest *out)
{
    switch (hash) {
    case SIG_SHA256:
        return hash_once(&ptn_awslc_sha256, parts, parts_count, out);
    case SIG_SHA384:
        return hash_once(&ptn_awslc_sha384, parts, parts_count, out);
    case SIG_SHA512:
        return hash_once(&ptn_awslc_sha512, parts, parts_count, out);
    case SIG_PURE:
        break;
    }
    *out = (struct patina_digest){.len = 0};
    return PATINA_ERR_INTERNAL;
}

// ---- HMAC: 1,224 bytes, with inner and outer state computed once per key.

static patina_err hmac_key(const struct patina_hmac *m, void *ctx, patina_span key)
{
    static const uint8_t none = 0; // a NULL key would mean "the same again"
    const EVP_MD *md = m == &ptn_awslc_hmac_sha256 ? EVP_sha256() : EVP_sha384();
    HMAC_CTX *c = ctx;

    (void)ERR_set_mark();
    HMAC_CTX_init(c);
    int ok = HMAC_Init_ex(c, key.len != 0 ? key.ptr : &none, key.len, md, NULL);
    (void)ERR_pop_to_mark();
    return ok == 1 ? PATINA_OK : PATINA_ERR_PROVIDER;
}

static patina_err hmac_mac(void *ctx, const patina_span *parts, size_t parts_count,
                           struct patina_digest *out)
{
    HMAC_CTX *c = ctx;
    unsigned len = 0;

    (void)ERR_set_mark();
    *out = (struct patina_digest){.len = 0};
    bool ok = HMAC_Init_ex(c, NULL, 0, NULL, NULL) == 1; // the same key again
    for (size_t i = 0; ok && i < parts_count; i++) {
        patina_span part = ITEM(parts, parts_count, i);
        ok = part.len == 0 || HMAC_Update(c, part.ptr, part.len) == 1;
    }
    ok = ok && HMAC_Final(c, out->bytes, &len) == 1;
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
    OPENSSL_cleanse(ctx, sizeof(HMAC_CTX));
}

#define HMAC_ROW(mac_name, mac_hash)            \
    {.struct_size = sizeof(struct patina_hmac), \
     .name = mac_name,                          \
     .hash = &mac_hash,                         \
     .ctx_size = sizeof(HMAC_CTX),              \
     .key = hmac_key,                           \
     .mac = hmac_mac,                           \
     .clear = hmac_clear}
const struct patina_hmac ptn_awslc_hmac_sha256 = HMAC_ROW("HMAC-SHA-256", ptn_awslc_sha256);
const struct patina_hmac ptn_awslc_hmac_sha384 = HMAC_ROW("HMAC-SHA-384", ptn_awslc_sha384);

// ---- AEAD: the context by value, some 580 bytes.

#define TAG_LEN 16u

static const EVP_AEAD *cipher_of(const struct patina_aead *a)
{
    if (a == &ptn_awslc_aes128) {
        return EVP_aead_aes_128_gcm();
    }
    return a == &ptn_awslc_aes256 ? EVP_aead_aes_256_gcm() : EVP_aead_chacha20_poly1305();
}

static void aead_clear(void *ctx)
{
    EVP_AEAD_CTX_cleanup(ctx);
    OPENSSL_cleanse(ctx, sizeof(EVP_AEAD_CTX)); // the clean-up leaves the key schedule
}

static patina_err aead_init(const struct patina_aead *a, void *ctx, patina_span key, bool seal)
{
    (void)seal;
    if (key.len != a->key_len) {
        return PATINA_ERR_MISUSE;
    }
    (void)ERR_set_mark();
    EVP_AEAD_CTX_cleanup(ctx); // of an earlier key; nothing for a zeroed context
    EVP_AEAD_CTX_zero(ctx);
    int ok = EVP_AEAD_CTX_init(ctx, cipher_of(a), key.ptr, key.len, TAG_LEN, NULL);
    (void)ERR_pop_to_mark();
    if (ok != 1) {
        aead_clear(ctx);
        return PATINA_ERR_NO_MEMORY;
    }
    return PATINA_OK;
}

// AWS-LC seals one span; `extra` is encrypted with the tag, so the common record of one span is not
// copied. Several spans are first put together in `out` and sealed there.
static bool seal_parts(const EVP_AEAD_CTX *c, const struct patina_nonce *nonce, patina_span aad,
                       const patina_span *in, size_t in_count, patina_span extra, patina_mspan out)
{
    patina_span text = {out.ptr, out.len - extra.len - TAG_LEN};
    patina_mspan last = mspan_part(out, text.len, SIZE_MAX);
    size_t last_len = 0;

    if (in_count == 1) {
        text = ITEM(in, in_count, 0);
    } else {
        patina_mspan left = out;
        for (size_t i = 0; i < in_count; i++) {
            left = mspan_put(left, ITEM(in, in_count, i));
        }
    }
    return EVP_AEAD_CTX_seal_scatter(c, out.ptr, last.ptr, &last_len, last.len, nonce->bytes,
                                     sizeof(nonce->bytes), text.ptr, text.len, extra.ptr, extra.len,
                                     aad.ptr, aad.len) == 1 &&
           last_len == last.len;
}

static patina_err aead_seal(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            const patina_span *in, size_t in_count, patina_span extra,
                            patina_mspan out)
{
    size_t total = 0;
    bool ok = spans_total(in, in_count, &total) &&
              !__builtin_add_overflow(total, extra.len, &total) &&
              !__builtin_add_overflow(total, TAG_LEN, &total) && total == out.len;

    if (ok) {
        (void)ERR_set_mark();
        ok = seal_parts(ctx, nonce, aad, in, in_count, extra, out);
        (void)ERR_pop_to_mark();
    }
    if (!ok) {
        mspan_zero(out);
        return PATINA_ERR_SEAL_FAILED;
    }
    return PATINA_OK;
}

static patina_err aead_open(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            patina_span in, patina_mspan out)
{
    bool ok = in.len >= TAG_LEN && out.len == in.len - TAG_LEN;

    if (ok) {
        patina_span tag = span_part(in, out.len, TAG_LEN);
        (void)ERR_set_mark();
        ok = EVP_AEAD_CTX_open_gather(ctx, out.ptr, nonce->bytes, sizeof(nonce->bytes), in.ptr,
                                      out.len, tag.ptr, tag.len, aad.ptr, aad.len) == 1;
        (void)ERR_pop_to_mark();
    }
    if (!ok) {
        mspan_zero(out);
        return PATINA_ERR_BAD_RECORD_MAC;
    }
    return PATINA_OK;
}

// Records under one AES-GCM key: 2^24.5, RFC 9846 §5.5. Failed opens: RFC 9001 §6.6.
#define AEAD(aead_name, aead_id, key, seals, opens) \
    {.struct_size = sizeof(struct patina_aead),     \
     .flags = PATINA_ALG_SHARED_CTX,                \
     .name = aead_name,                             \
     .id = aead_id,                                 \
     .key_len = key,                                \
     .nonce_len = 12,                               \
     .tag_len = TAG_LEN,                            \
     .ctx_size = sizeof(EVP_AEAD_CTX),              \
     .seal_limit = seals,                           \
     .open_limit = opens,                           \
     .init = aead_init,                             \
     .seal = aead_seal,                             \
     .open = aead_open,                             \
     .clear = aead_clear}
const struct patina_aead ptn_awslc_aes128 = AEAD("AES-128-GCM", 1, 16, 23726566, UINT64_C(1) << 52);
const struct patina_aead ptn_awslc_aes256 = AEAD("AES-256-GCM", 2, 32, 23726566, UINT64_C(1) << 52);
const struct patina_aead ptn_awslc_chacha =
    AEAD("ChaCha20-Poly1305", 29, 32, UINT64_MAX, UINT64_C(1) << 36);
