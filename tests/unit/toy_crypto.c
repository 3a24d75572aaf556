// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See toy_crypto.h.
#include "toy_crypto.h"

#include "wire/codepoints.h"

#include <string.h>

struct toy_state toy;

void toy_reset(void)
{
    toy = (struct toy_state){.failure = PATINA_ERR_PROVIDER};
}

static bool fails(void)
{
    toy.calls++;
    return toy.calls == toy.fail_at;
}

// ---- A hash that is none: FNV-1a, stretched.

__extension__ typedef unsigned __int128 wide;

struct toy_mix {
    uint64_t h;
};

static void mix(struct toy_mix *m, const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        m->h ^= p[i];
        // The product modulo 2^64, without overflow: the sanitizer takes it for a mistake
        // elsewhere.
        m->h = (uint64_t)(((wide)m->h * 0x100000001b3u) & UINT64_MAX);
    }
}

static void squeeze(struct toy_mix m, uint8_t *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint8_t counter = (uint8_t)(i & 0xff);
        mix(&m, &counter, 1);
        out[i] = (uint8_t)((m.h >> 32) & 0xff);
    }
}

static const struct toy_mix mix_start = {0xcbf29ce484222325u};

struct ctx { // every toy's context
    bool live;
    bool seal;
    struct toy_mix mix;
    uint8_t key[64];
    size_t key_len;
    const struct patina_group *group;
};

static void revive(struct ctx *c)
{
    toy.live += !c->live;
    *c = (struct ctx){.live = true, .mix = mix_start};
}

static void clear(void *ctx)
{
    struct ctx *c = ctx;
    toy.live -= c->live;
    *c = (struct ctx){0};
}

// ---- AEAD

static patina_err aead_init(const struct patina_aead *a, void *ctx, patina_span key, bool seal)
{
    struct ctx *c = ctx;
    revive(c);
    if (fails()) {
        return toy.failure;
    }
    memcpy(c->key, key.ptr, key.len);
    c->key_len = a->key_len;
    c->seal = seal;
    return PATINA_OK;
}

static uint8_t stream_byte(const struct ctx *c, const struct patina_nonce *nonce, size_t i)
{
    return (uint8_t)(c->key[i % c->key_len] ^ nonce->bytes[i % 12] ^ (i & 0xff));
}

static void tag_of(const struct ctx *c, const struct patina_nonce *nonce, patina_span aad,
                   const uint8_t *sealed, size_t len, uint8_t tag[16])
{
    struct toy_mix m = mix_start;
    mix(&m, c->key, c->key_len);
    mix(&m, nonce->bytes, sizeof nonce->bytes);
    mix(&m, aad.ptr, aad.len);
    mix(&m, sealed, len);
    squeeze(m, tag, 16);
}

static void note(const struct patina_nonce *nonce, patina_span aad)
{
    toy.nonce = *nonce;
    toy.aad_len = aad.len;
    memcpy(toy.aad, aad.ptr, aad.len < sizeof toy.aad ? aad.len : sizeof toy.aad);
}

static patina_err aead_seal(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            const patina_span *in, size_t in_count, patina_span extra,
                            patina_mspan out)
{
    const struct ctx *c = ctx;
    size_t at = 0;
    note(nonce, aad);
    for (size_t i = 0; i <= in_count; i++) {
        patina_span part = i < in_count ? in[i] : extra;
        for (size_t k = 0; k < part.len; k++, at++) {
            out.ptr[at] = part.ptr[k] ^ stream_byte(c, nonce, at);
        }
    }
    tag_of(c, nonce, aad, out.ptr, at, out.ptr + at);
    if (fails() || !c->live || !c->seal || at + 16 != out.len) {
        return toy.failure; // and leaves what it wrote, which a provider must not
    }
    return PATINA_OK;
}

static patina_err aead_open(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            patina_span in, patina_mspan out)
{
    const struct ctx *c = ctx;
    uint8_t tag[16];
    note(nonce, aad);
    if (fails() || !c->live || c->seal) {
        return toy.failure;
    }
    if (in.len < 16 || out.len != in.len - 16) {
        return PATINA_ERR_BAD_RECORD_MAC;
    }
    tag_of(c, nonce, aad, in.ptr, out.len, tag);
    if (memcmp(tag, in.ptr + out.len, 16) != 0) {
        if (out.len != 0) {
            memset(out.ptr, 0, out.len);
        }
        return PATINA_ERR_BAD_RECORD_MAC;
    }
    for (size_t i = 0; i < out.len; i++) {
        out.ptr[i] = in.ptr[i] ^ stream_byte(c, nonce, i);
    }
    return PATINA_OK;
}

#define TOY_AEAD(limit)                            \
    {                                              \
        .struct_size = sizeof(struct patina_aead), \
        .name = "toy",                             \
        .key_len = 16,                             \
        .nonce_len = 12,                           \
        .tag_len = 16,                             \
        .ctx_size = sizeof(struct ctx),            \
        .seal_limit = (limit),                     \
        .open_limit = UINT64_MAX,                  \
        .init = aead_init,                         \
        .seal = aead_seal,                         \
        .open = aead_open,                         \
        .clear = clear,                            \
    }
const struct patina_aead toy_aead = TOY_AEAD(UINT64_MAX);
const struct patina_aead toy_aead_gcm = TOY_AEAD(23726566);
const struct patina_aead toy_aead_limited = TOY_AEAD(10);

// ---- Hash and HMAC

static patina_err hash_init(const struct patina_hash *h, void *ctx)
{
    (void)h;
    revive(ctx);
    return fails() ? toy.failure : PATINA_OK;
}

static patina_err hash_update(void *ctx, patina_span bytes)
{
    struct ctx *c = ctx;
    mix(&c->mix, bytes.ptr, bytes.len);
    return fails() || !c->live ? toy.failure : PATINA_OK;
}

static patina_err hash_peek(void *ctx, struct patina_digest *out)
{
    const struct ctx *c = ctx;
    *out = (struct patina_digest){0};
    if (fails() || !c->live) {
        return toy.failure;
    }
    out->len = 32;
    squeeze(c->mix, out->bytes, out->len);
    return PATINA_OK;
}

static patina_err hash_once(const struct patina_hash *h, const patina_span *parts,
                            size_t parts_count, struct patina_digest *out)
{
    struct toy_mix m = mix_start;
    (void)h;
    *out = (struct patina_digest){0};
    if (fails()) {
        return toy.failure;
    }
    for (size_t i = 0; i < parts_count; i++) {
        mix(&m, parts[i].ptr, parts[i].len);
    }
    out->len = 32;
    squeeze(m, out->bytes, out->len);
    return PATINA_OK;
}

const struct patina_hash toy_hash = {
    .struct_size = sizeof(struct patina_hash),
    .name = "toy",
    .id = 0, // none of the registry: nothing about it is known beforehand
    .out_len = 32,
    .block_len = 64,
    .ctx_size = sizeof(struct ctx),
    .init = hash_init,
    .update = hash_update,
    .peek = hash_peek,
    .once = hash_once,
    .clear = clear,
};

static patina_err hmac_key(const struct patina_hmac *m, void *ctx, patina_span key)
{
    struct ctx *c = ctx;
    (void)m;
    toy.keyed++;
    revive(c);
    mix(&c->mix, key.ptr, key.len);
    return fails() ? toy.failure : PATINA_OK;
}

static patina_err hmac_mac(void *ctx, const patina_span *parts, size_t parts_count,
                           struct patina_digest *out)
{
    const struct ctx *c = ctx;
    struct toy_mix m = c->mix;
    *out = (struct patina_digest){0};
    if (fails() || !c->live) {
        return toy.failure;
    }
    for (size_t i = 0; i < parts_count; i++) {
        mix(&m, parts[i].ptr, parts[i].len);
    }
    out->len = 32;
    squeeze(m, out->bytes, out->len);
    return PATINA_OK;
}

static patina_err hkdf_extract(const struct patina_hmac *m, patina_span salt, patina_span ikm,
                               struct patina_digest *out_prk)
{
    struct ctx c = {0};
    patina_err err = hmac_key(m, &c, salt);
    err = err == PATINA_OK ? hmac_mac(&c, &ikm, 1, out_prk) : err;
    clear(&c);
    return err;
}

static patina_err hkdf_expand(const struct patina_hmac *m, patina_span prk, patina_span info,
                              patina_mspan out)
{
    struct ctx c = {0};
    struct patina_digest block = {0};
    patina_err err = hmac_key(m, &c, prk);
    uint8_t counter = 0;
    for (size_t at = 0; at < out.len && err == PATINA_OK; at += 32) {
        counter++;
        patina_span parts[] = {{block.bytes, block.len}, info, {&counter, 1}};
        struct patina_digest nextblock;
        err = hmac_mac(&c, parts, 3, &nextblock);
        block = nextblock;
        memcpy(out.ptr + at, block.bytes, out.len - at < 32 ? out.len - at : 32);
    }
    clear(&c);
    return err;
}

#define TOY_HMAC                                                                 \
    .struct_size = sizeof(struct patina_hmac), .name = "toy", .hash = &toy_hash, \
    .ctx_size = sizeof(struct ctx), .key = hmac_key, .mac = hmac_mac, .clear = clear
const struct patina_hmac toy_hmac = {TOY_HMAC};
const struct patina_hmac toy_hmac_with_hkdf = {
    TOY_HMAC,
    .hkdf_extract = hkdf_extract,
    .hkdf_expand = hkdf_expand,
};

// ---- Groups. The secret is the group's own byte, with both sides' bytes mixed in.

static void secret_of(const struct patina_group *g, uint8_t own, uint8_t peer,
                      struct patina_kx_secret *out)
{
    out->len = g->secret_len;
    memset(out->bytes, own ^ peer ^ (g->id & 0xff), out->len);
}

static patina_err kx_start(const struct patina_group *g, void *ctx, patina_mspan out_share)
{
    struct ctx *c = ctx;
    revive(c);
    c->group = g;
    c->key[0] = (uint8_t)(0x10 + (g->id & 0x0f));
    memset(out_share.ptr, c->key[0], out_share.len);
    return fails() || out_share.len != g->share_len ? toy.failure : PATINA_OK;
}

static patina_err kx_respond(const struct patina_group *g, patina_span share,
                             patina_mspan out_reply, struct patina_kx_secret *out)
{
    uint8_t own = (uint8_t)(0x20 + (g->id & 0x0f));
    *out = (struct patina_kx_secret){0};
    if (share.len != g->share_len || share.ptr[0] == 0xff) {
        return PATINA_ERR_INVALID_SHARE;
    }
    memset(out_reply.ptr, own, out_reply.len);
    secret_of(g, own, share.ptr[0], out);
    return fails() || out_reply.len != g->reply_len ? toy.failure : PATINA_OK; // and leaves its
                                                                               // output
}

static patina_err kx_finish(const struct patina_group *g, void *ctx, patina_span reply,
                            struct patina_kx_secret *out)
{
    const struct ctx *c = ctx;
    *out = (struct patina_kx_secret){0};
    if (reply.len != g->reply_len || reply.ptr[0] == 0xff) {
        return PATINA_ERR_INVALID_SHARE;
    }
    secret_of(g, c->key[0], reply.ptr[0], out);
    return fails() || !c->live || c->group != g ? toy.failure : PATINA_OK;
}

#define TOY_GROUP(group, share, reply, secret)      \
    {                                               \
        .struct_size = sizeof(struct patina_group), \
        .name = "toy",                              \
        .id = (group),                              \
        .share_len = (share),                       \
        .reply_len = (reply),                       \
        .secret_len = (secret),                     \
        .ctx_size = sizeof(struct ctx),             \
        .start = kx_start,                          \
        .respond = kx_respond,                      \
        .finish = kx_finish,                        \
        .clear = clear,                             \
    }
const struct patina_group toy_x25519 = TOY_GROUP(PTN_GROUP_X25519, 32, 32, 32);
const struct patina_group toy_p256 = TOY_GROUP(PTN_GROUP_SECP256R1, 65, 65, 32);
const struct patina_group toy_p384 = TOY_GROUP(PTN_GROUP_SECP384R1, 97, 97, 48);
const struct patina_group toy_mlkem768 = TOY_GROUP(PTN_GROUP_MLKEM768, 1184, 1088, 32);
const struct patina_group toy_mlkem1024 = TOY_GROUP(PTN_GROUP_MLKEM1024, 1568, 1568, 32);
