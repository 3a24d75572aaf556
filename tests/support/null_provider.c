// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider without cryptography: see null_provider.h. Every algorithm is a checksum of its
// input, stretched.
#include "null_provider.h"

#include "common/algids.h"

#include <stdatomic.h>

#define START UINT64_C(0x9e3779b97f4a7c15)

// Products and sums modulo 2^64, said in a way that the overflow sanitizer takes.
static uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t product;
    (void)__builtin_mul_overflow(a, b, &product);
    return product;
}

static uint64_t plus(uint64_t a, uint64_t b)
{
    uint64_t sum;
    (void)__builtin_add_overflow(a, b, &sum);
    return sum;
}

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x = times(x, UINT64_C(0xbf58476d1ce4e5b9));
    x ^= x >> 27;
    x = times(x, UINT64_C(0x94d049bb133111eb));
    return x ^ x >> 31;
}

// A place to start for each use, so that no two algorithms give the same bytes.
static uint64_t start_of(uint64_t use, uint64_t id)
{
    return mix(plus(times(START, use), id));
}

static uint64_t absorb(uint64_t state, patina_span bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        state = plus(mix(state ^ bytes.ptr[i]), START);
    }
    return state;
}

static void stretch(uint64_t state, uint8_t *out, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (i % 8 == 0) {
            state = plus(state, START);
        }
        out[i] = (uint8_t)(mix(state) >> (8 * (i % 8)));
    }
}

// ---- Hash and HMAC

struct sum {
    uint64_t state;
    size_t out_len;
};

static patina_err hash_init(const struct patina_hash *h, void *ctx)
{
    *(struct sum *)ctx = (struct sum){start_of(1, h->id), h->out_len};
    return PATINA_OK;
}

static patina_err hash_update(void *ctx, patina_span bytes)
{
    struct sum *s = ctx;
    s->state = absorb(s->state, bytes);
    return PATINA_OK;
}

static patina_err hash_fork(const struct patina_hash *h, void *dst, void *src)
{
    (void)h;
    *(struct sum *)dst = *(const struct sum *)src;
    return PATINA_OK;
}

static patina_err hash_peek(void *ctx, struct patina_digest *out)
{
    const struct sum *s = ctx;
    *out = (struct patina_digest){.len = s->out_len};
    stretch(s->state, out->bytes, s->out_len);
    return PATINA_OK;
}

static patina_err hash_once(const struct patina_hash *h, const patina_span *parts,
                            size_t parts_count, struct patina_digest *out)
{
    struct sum s;
    (void)hash_init(h, &s);
    for (size_t i = 0; i < parts_count; i++) {
        (void)hash_update(&s, parts[i]);
    }
    return hash_peek(&s, out);
}

static patina_err certid_sha1(const struct patina_provider *p, patina_span bytes,
                              struct patina_digest *out)
{
    (void)p;
    *out = (struct patina_digest){.len = 20};
    stretch(absorb(start_of(1, 2), bytes), out->bytes, out->len);
    return PATINA_OK;
}

static void sum_clear(void *ctx)
{
    *(struct sum *)ctx = (struct sum){0, 0};
}

static patina_err hmac_key(const struct patina_hmac *m, void *ctx, patina_span key)
{
    *(struct sum *)ctx = (struct sum){absorb(start_of(3, m->hash->id), key), m->hash->out_len};
    return PATINA_OK;
}

static patina_err hmac_mac(void *ctx, const patina_span *parts, size_t parts_count,
                           struct patina_digest *out)
{
    struct sum s = *(const struct sum *)ctx;
    for (size_t i = 0; i < parts_count; i++) {
        (void)hash_update(&s, parts[i]);
    }
    return hash_peek(&s, out);
}

#define HASH(hash_name, hash_id, out, block)    \
    {.struct_size = sizeof(struct patina_hash), \
     .name = hash_name,                         \
     .id = hash_id,                             \
     .out_len = out,                            \
     .block_len = block,                        \
     .ctx_size = sizeof(struct sum),            \
     .init = hash_init,                         \
     .update = hash_update,                     \
     .fork = hash_fork,                         \
     .peek = hash_peek,                         \
     .once = hash_once,                         \
     .clear = sum_clear}
static const struct patina_hash sha256 = HASH("null SHA-256", 4, 32, 64);
static const struct patina_hash sha384 = HASH("null SHA-384", 5, 48, 128);

#define HMAC(mac_name, mac_hash)                \
    {.struct_size = sizeof(struct patina_hmac), \
     .name = mac_name,                          \
     .hash = &mac_hash,                         \
     .ctx_size = sizeof(struct sum),            \
     .key = hmac_key,                           \
     .mac = hmac_mac,                           \
     .clear = sum_clear}
static const struct patina_hmac hmac_sha256 = HMAC("null HMAC-SHA-256", sha256);
static const struct patina_hmac hmac_sha384 = HMAC("null HMAC-SHA-384", sha384);

// ---- AEAD

struct aead_ctx {
    bool ready;
};

void null_aead_tag(patina_span aad, patina_span text, uint8_t out_tag[NULL_TAG_LEN])
{
    stretch(absorb(plus(absorb(start_of(5, 0), aad), 1), text), out_tag, NULL_TAG_LEN);
}

static patina_err aead_init(const struct patina_aead *a, void *ctx, patina_span key, bool seal)
{
    (void)seal;
    if (key.len != a->key_len) {
        return PATINA_ERR_MISUSE;
    }
    ((struct aead_ctx *)ctx)->ready = true;
    return PATINA_OK;
}

static patina_err aead_seal(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            const patina_span *in, size_t in_count, patina_span extra,
                            patina_mspan out)
{
    size_t total = 0;
    (void)nonce;
    if (!((struct aead_ctx *)ctx)->ready || !spans_total(in, in_count, &total) ||
        total + extra.len + NULL_TAG_LEN != out.len) {
        mspan_zero(out);
        return PATINA_ERR_SEAL_FAILED;
    }
    size_t at = 0;
    for (size_t i = 0; i < in_count; i++) {
        if (in[i].len != 0) {
            memmove(out.ptr + at, in[i].ptr, in[i].len);
        }
        at += in[i].len;
    }
    (void)mspan_put(mspan_part(out, at, SIZE_MAX), extra);
    null_aead_tag(aad, (patina_span){out.ptr, at + extra.len}, out.ptr + at + extra.len);
    return PATINA_OK;
}

static patina_err aead_open(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                            patina_span in, patina_mspan out)
{
    uint8_t tag[NULL_TAG_LEN];
    (void)nonce;
    if (!((struct aead_ctx *)ctx)->ready || in.len < NULL_TAG_LEN ||
        out.len != in.len - NULL_TAG_LEN) {
        mspan_zero(out);
        return PATINA_ERR_BAD_RECORD_MAC;
    }
    null_aead_tag(aad, (patina_span){in.ptr, out.len}, tag);
    if (memcmp(tag, in.ptr + out.len, sizeof(tag)) != 0) {
        mspan_zero(out);
        return PATINA_ERR_BAD_RECORD_MAC;
    }
    if (out.len != 0) {
        memmove(out.ptr, in.ptr, out.len);
    }
    return PATINA_OK;
}

static void aead_clear(void *ctx)
{
    *(struct aead_ctx *)ctx = (struct aead_ctx){false};
}

#define AEAD(aead_name, aead_id, key, seals)    \
    {.struct_size = sizeof(struct patina_aead), \
     .flags = PATINA_ALG_SHARED_CTX,            \
     .name = aead_name,                         \
     .id = aead_id,                             \
     .key_len = key,                            \
     .nonce_len = 12,                           \
     .tag_len = NULL_TAG_LEN,                   \
     .ctx_size = sizeof(struct aead_ctx),       \
     .seal_limit = seals,                       \
     .open_limit = UINT64_C(1) << 36,           \
     .init = aead_init,                         \
     .seal = aead_seal,                         \
     .open = aead_open,                         \
     .clear = aead_clear}
static const struct patina_aead aes128 = AEAD("null AES-128-GCM", 1, 16, 23726566);
static const struct patina_aead aes256 = AEAD("null AES-256-GCM", 2, 32, 23726566);
static const struct patina_aead chacha = AEAD("null ChaCha20-Poly1305", 29, 32, UINT64_MAX);

#define SUITE(suite_name, suite_id, suite_aead, suite_hmac) \
    {.struct_size = sizeof(struct patina_suite),            \
     .name = suite_name,                                    \
     .id = suite_id,                                        \
     .version = 0x0304,                                     \
     .aead = &suite_aead,                                   \
     .hmac = &suite_hmac}
static const struct patina_suite suite_aes128 =
    SUITE("TLS_AES_128_GCM_SHA256", 0x1301, aes128, hmac_sha256);
static const struct patina_suite suite_aes256 =
    SUITE("TLS_AES_256_GCM_SHA384", 0x1302, aes256, hmac_sha384);
static const struct patina_suite suite_chacha =
    SUITE("TLS_CHACHA20_POLY1305_SHA256", 0x1303, chacha, hmac_sha256);
static const struct patina_suite *const suites[] = {&suite_aes128, &suite_aes256, &suite_chacha};

// ---- Groups: every share of a group is the same, and so is every secret. A share of zeros is
// refused, so that what follows a bad share can be reached.

struct kx_ctx {
    bool started;
};

static void write_share(const struct patina_group *g, patina_mspan out)
{
    stretch(start_of(7, g->id), out.ptr, out.len);
    if (g->id == 0x0017 || g->id == 0x0018) {
        out.ptr[0] = 0x04; // uncompressed
    }
}

static bool share_is_good(patina_span share, size_t len)
{
    uint8_t any = 0;
    for (size_t i = 0; i < share.len; i++) {
        any |= share.ptr[i];
    }
    return share.len == len && any != 0;
}

static void write_secret(const struct patina_group *g, struct patina_kx_secret *out)
{
    *out = (struct patina_kx_secret){.len = g->secret_len};
    stretch(start_of(11, g->id), out->bytes, g->secret_len);
}

static patina_err kx_start(const struct patina_group *g, void *ctx, patina_mspan out_share)
{
    if (out_share.len != g->share_len) {
        mspan_zero(out_share);
        return PATINA_ERR_MISUSE;
    }
    ((struct kx_ctx *)ctx)->started = true;
    write_share(g, out_share);
    return PATINA_OK;
}

static patina_err kx_respond(const struct patina_group *g, patina_span share,
                             patina_mspan out_reply, struct patina_kx_secret *out)
{
    *out = (struct patina_kx_secret){.len = 0};
    mspan_zero(out_reply);
    if (!share_is_good(share, g->share_len)) {
        return PATINA_ERR_INVALID_SHARE;
    }
    if (out_reply.len != g->reply_len) {
        return PATINA_ERR_MISUSE;
    }
    write_share(g, out_reply);
    write_secret(g, out);
    return PATINA_OK;
}

static patina_err kx_finish(const struct patina_group *g, void *ctx, patina_span reply,
                            struct patina_kx_secret *out)
{
    *out = (struct patina_kx_secret){.len = 0};
    if (!((struct kx_ctx *)ctx)->started) {
        return PATINA_ERR_MISUSE;
    }
    if (!share_is_good(reply, g->reply_len)) {
        return PATINA_ERR_INVALID_SHARE;
    }
    write_secret(g, out);
    return PATINA_OK;
}

static patina_err kx_import(const struct patina_group *g, void *ctx, patina_span private_key,
                            patina_mspan out_share)
{
    (void)private_key;
    return kx_start(g, ctx, out_share);
}

static void kx_clear(void *ctx)
{
    *(struct kx_ctx *)ctx = (struct kx_ctx){false};
}

#define GROUP(group_name, group_id, group_flags, share, reply, secret) \
    {.struct_size = sizeof(struct patina_group),                       \
     .flags = group_flags,                                             \
     .name = group_name,                                               \
     .id = group_id,                                                   \
     .share_len = share,                                               \
     .reply_len = reply,                                               \
     .secret_len = secret,                                             \
     .ctx_size = sizeof(struct kx_ctx),                                \
     .start = kx_start,                                                \
     .respond = kx_respond,                                            \
     .finish = kx_finish,                                              \
     .import = kx_import,                                              \
     .clear = kx_clear}
static const struct patina_group mlkem768 =
    GROUP("null ML-KEM-768", 0x0201, PATINA_ALG_KEM, 1184, 1088, 32);
static const struct patina_group x25519 = GROUP("null X25519", 0x001d, 0, 32, 32, 32);
static const struct patina_group p256 = GROUP("null P-256", 0x0017, 0, 65, 65, 32);
static const struct patina_group p384 = GROUP("null P-384", 0x0018, 0, 97, 97, 48);
static const struct patina_group *const groups[] = {&mlkem768, &x25519, &p256, &p384};

// ---- Signatures: any holds, unless it is empty.

struct patina_public_key {
    uint8_t unused;
};

static patina_err load(const struct patina_verify_alg *a, patina_span public_key,
                       struct patina_public_key **out)
{
    (void)a;
    *out = NULL;
    if (public_key.len == 0) {
        return PATINA_ERR_BAD_KEY;
    }
    *out = calloc(1, sizeof(**out));
    return *out != NULL ? PATINA_OK : PATINA_ERR_NO_MEMORY;
}

static patina_err verify(const struct patina_verify_alg *a, const struct patina_public_key *k,
                         const patina_span *message, size_t message_count, patina_span signature)
{
    (void)a;
    (void)k;
    (void)message;
    (void)message_count;
    return signature.len != 0 ? PATINA_OK : PATINA_ERR_BAD_SIGNATURE;
}

static void drop(const struct patina_verify_alg *a, struct patina_public_key *k)
{
    (void)a;
    free(k);
}

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
static const struct patina_verify_alg verify_rows[ALG_PAIRS] = {ALG_PAIR_LIST(ROW)};

// ---- Private keys

struct null_key {
    struct patina_key base;
    size_t scheme_count;
    uint16_t schemes[SCHEMES_PER_KEY];
    patina_mspan spki;
};

static const uint16_t *key_schemes(const struct patina_key *base, size_t *out_count)
{
    const struct null_key *k = (const struct null_key *)base;
    *out_count = k->scheme_count;
    return k->schemes;
}

static patina_err key_sign(struct patina_key *base, struct patina_op *op)
{
    const struct null_key *k = (const struct null_key *)base;
    uint8_t signature[64];
    memset(signature, 0x5a, sizeof(signature));
    for (size_t i = 0; i < k->scheme_count; i++) {
        if (k->schemes[i] == patina_sign_op_scheme(op)) {
            return patina_sign_op_complete(op, SPAN_OF(signature));
        }
    }
    return PATINA_ERR_SIGN_FAILED;
}

static patina_err key_spki(const struct patina_key *base, patina_span *out)
{
    const struct null_key *k = (const struct null_key *)base;
    *out = (patina_span){k->spki.ptr, k->spki.len};
    return PATINA_OK;
}

static void key_drop(struct patina_key *base)
{
    struct null_key *k = (struct null_key *)base;
    if (k != NULL) {
        free(k->spki.ptr);
        free(k);
    }
}

static const struct patina_key_vtable key_vtable = {
    .struct_size = sizeof(struct patina_key_vtable),
    .schemes = key_schemes,
    .sign = key_sign,
    .spki = key_spki,
    .drop = key_drop,
};

patina_err null_key_new(patina_span spki, struct patina_key **out)
{
    patina_span rest = spki;
    patina_span body;
    patina_span algorithm;

    *out = NULL;
    if (!der_take(&rest, DER_SEQUENCE, &body) || !der_take(&body, DER_SEQUENCE, &algorithm)) {
        return PATINA_ERR_BAD_KEY;
    }
    struct null_key *k = calloc(1, sizeof(*k));
    if (k == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    k->base.vtable = &key_vtable;
    for (size_t i = 0; i < ALG_PAIRS && k->scheme_count < SCHEMES_PER_KEY; i++) {
        const struct alg_pair *pair = &alg_pairs[i];
        if (pair->scheme != 0 && pair->key_alg_id.len == algorithm.len &&
            memcmp(pair->key_alg_id.ptr, algorithm.ptr, algorithm.len) == 0) {
            k->schemes[k->scheme_count++] = pair->scheme;
        }
    }
    k->spki = (patina_mspan){malloc(spki.len), spki.len};
    if (k->spki.ptr == NULL || k->scheme_count == 0) {
        patina_err err =
            k->spki.ptr == NULL ? PATINA_ERR_NO_MEMORY : PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
        key_drop(&k->base);
        return err;
    }
    (void)mspan_put(k->spki, spki);
    *out = &k->base;
    return PATINA_OK;
}

static patina_err load_key(const struct patina_provider *p, patina_span der,
                           struct patina_key **out)
{
    (void)p;
    return null_key_new(der, out);
}

// ---- The provider

struct null_provider {
    struct patina_provider table;
    atomic_size_t references;
    uint64_t random;
    const struct patina_verify_alg *verify_algs[ALG_PAIRS];
};

static void ref(const struct patina_provider *p)
{
    struct null_provider *n = p->self;
    (void)atomic_fetch_add_explicit(&n->references, 1, memory_order_relaxed);
}

static void unref(const struct patina_provider *p)
{
    struct null_provider *n = p->self;
    if (atomic_fetch_sub_explicit(&n->references, 1, memory_order_acq_rel) == 1) {
        free(n);
    }
}

static patina_err random_bytes(const struct patina_provider *p, patina_mspan out)
{
    struct null_provider *n = p->self;
    n->random = mix(plus(n->random, START));
    stretch(n->random, out.ptr, out.len);
    return PATINA_OK;
}

static bool is_fips(const struct patina_provider *p)
{
    (void)p;
    return false;
}

const struct patina_provider *null_provider_new(uint64_t seed)
{
    struct null_provider *n = calloc(1, sizeof(*n));
    if (n == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < ALG_PAIRS; i++) {
        n->verify_algs[i] = &verify_rows[i];
    }
    atomic_init(&n->references, 1);
    n->random = seed;
    n->table = (struct patina_provider){.abi = PATINA_PROVIDER_ABI,
                                        .struct_size = sizeof(struct patina_provider),
                                        .name = "null",
                                        .version = "1",
                                        .self = n,
                                        .ref = ref,
                                        .unref = unref,
                                        .suites = suites,
                                        .suites_count = COUNT(suites),
                                        .groups = groups,
                                        .groups_count = COUNT(groups),
                                        .verify_algs = n->verify_algs,
                                        .verify_algs_count = ALG_PAIRS,
                                        .random = random_bytes,
                                        .load_key = load_key,
                                        .ticket_aead = &aes256,
                                        .hmac_sha256 = &hmac_sha256,
                                        .fips = is_fips,
                                        .certid_sha1 = certid_sha1};
    return &n->table;
}

void null_provider_reseed(const struct patina_provider *p, uint64_t seed)
{
    ((struct null_provider *)p->self)->random = seed;
}
