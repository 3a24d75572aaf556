// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite: the tables, then hash and HMAC with known answers.
#include "provider_suite.h"

#include <stdlib.h>
#include <string.h>

// ---- Tables

static void head_is_whole(uint32_t struct_size, size_t want, const char *name)
{
    assert_int_equal(struct_size, want);
    assert_non_null(name);
    assert_true(name[0] != '\0');
}

static void suites_are_whole(const struct row *r)
{
    const struct patina_provider *p = r->lib->p;
    uint16_t last = 0;
    assert_int_equal(p->abi, PATINA_PROVIDER_ABI);
    assert_int_equal(p->struct_size, sizeof(*p));
    assert_string_equal(p->name, r->lib->name);
    assert_true(strlen(p->version) > 0);
    assert_int_equal(p->suites_count, 3);
    for (size_t i = 0; i < p->suites_count; i++) {
        const struct patina_suite *s = p->suites[i];
        head_is_whole(s->struct_size, sizeof(*s), s->name);
        head_is_whole(s->aead->struct_size, sizeof(*s->aead), s->aead->name);
        head_is_whole(s->hmac->struct_size, sizeof(*s->hmac), s->hmac->name);
        head_is_whole(s->hmac->hash->struct_size, sizeof(*s->hmac->hash), s->hmac->hash->name);
        assert_true(s->id > last); // 0x1301, 0x1302, 0x1303
        last = s->id;
        assert_int_equal(s->version, 0x0304);
        assert_in_range(s->aead->ctx_size, 1, PATINA_CTX_MAX);
        assert_in_range(s->hmac->ctx_size, 1, PATINA_CTX_MAX);
        assert_in_range(s->hmac->hash->ctx_size, 1, PATINA_CTX_MAX);
        assert_int_equal(s->aead->nonce_len, 12);
        assert_int_equal(s->aead->tag_len, 16);
    }
    assert_int_equal(p->suites[0]->aead->key_len, 16);
    assert_int_equal(p->suites[1]->aead->key_len, 32);
    assert_int_equal(p->suites[2]->aead->key_len, 32);
    assert_int_equal(p->suites[0]->aead->id, 1);
    assert_int_equal(p->suites[1]->aead->id, 2);
    assert_int_equal(p->suites[2]->aead->id, 29);
    assert_int_equal(p->suites[0]->hmac->hash->id, 4);
    assert_int_equal(p->suites[1]->hmac->hash->id, 5);
    assert_int_equal(p->suites[2]->hmac->hash->id, 4);
    // RFC 9846 §5.5: 2^24.5 records for AES-GCM.
    assert_true(p->suites[0]->aead->seal_limit == 23726566);
    assert_true(p->suites[1]->aead->seal_limit == 23726566);
    assert_true(p->suites[2]->aead->seal_limit == UINT64_MAX);
    assert_int_equal(p->ticket_aead->id, 2);
    assert_int_equal(p->hmac_sha256->hash->id, 4);
    assert_non_null(p->random);
    assert_non_null(p->load_key);
    assert_non_null(p->fips);
    assert_false(p->fips(p));
    assert_non_null(p->certid_sha1);
}

static void groups_are_whole(const struct row *r)
{
    static const struct {
        uint16_t id, share, reply, secret;
        bool kem;
    } want[] = {{0x0201, 1184, 1088, 32, true},
                {0x001d, 32, 32, 32, false},
                {0x0017, 65, 65, 32, false},
                {0x0018, 97, 97, 48, false}};
    const struct patina_provider *p = r->lib->p;
    size_t at = p->groups_count == 3 ? 1 : 0; // libcrypto before 3.5 has no ML-KEM
    assert_int_equal(p->groups_count, 4 - at);
    for (size_t i = 0; i < p->groups_count; i++) {
        const struct patina_group *g = p->groups[i];
        head_is_whole(g->struct_size, sizeof(*g), g->name);
        assert_int_equal(g->id, want[at + i].id);
        assert_int_equal(g->share_len, want[at + i].share);
        assert_int_equal(g->reply_len, want[at + i].reply);
        assert_int_equal(g->secret_len, want[at + i].secret);
        assert_in_range(g->ctx_size, 1, PATINA_CTX_MAX);
        assert_int_equal((g->flags & PATINA_ALG_KEM) != 0, want[at + i].kem);
        assert_true(g->start != NULL && g->respond != NULL && g->finish != NULL &&
                    g->clear != NULL);
    }
}

static void algs_are_whole(const struct row *r)
{
    static const uint16_t tls[] = {0x0403, 0x0503, 0x0603, 0x0804, 0x0805,
                                   0x0806, 0x0807, 0x0401, 0x0501, 0x0601};
    const struct patina_provider *p = r->lib->p;
    assert_int_equal(p->verify_algs_count, 16);
    for (size_t i = 0; i < p->verify_algs_count; i++) {
        const struct patina_verify_alg *a = p->verify_algs[i];
        head_is_whole(a->struct_size, sizeof(*a), a->name);
        assert_ptr_equal(alg_of_ids(p, a->key_alg_id, a->sig_alg_id), a); // no pair twice
        assert_true(a->load != NULL && a->verify != NULL && a->drop != NULL);
        assert_in_range(a->schemes_count, 0, 1);
        a->drop(a, NULL);
    }
    for (size_t i = 0; i < sizeof(tls) / sizeof(tls[0]); i++) {
        assert_non_null(alg_of_scheme(p, tls[i]));
    }
    // Keys of id-RSASSA-PSS are not offered.
    assert_null(alg_of_scheme(p, 0x0809));
}

void add_table_rows(const struct library *lib)
{
    add_row(lib, NULL, "the suites are whole and in order", suites_are_whole, NULL);
    add_row(lib, NULL, "the groups are whole and in order", groups_are_whole, NULL);
    add_row(lib, NULL, "the signature algorithms are whole", algs_are_whole, NULL);
}

// ---- Hash

struct hash_answer {
    uint16_t suite;
    const char *message, *digest;
};

static const struct hash_answer hash_answers[] = {
    {0x1301, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {0x1301, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {0x1301, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {0x1302, "",
     "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b"
     "95b"},
    {0x1302, "abc",
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c82"
     "5a7"},
    {0x1302,
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnop"
     "qrsmnopqrstnopqrstu",
     "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746"
     "039"},
};

static const struct patina_hash *hash_of(const struct row *r, uint16_t suite)
{
    return suite_of(r->lib->p, suite)->hmac->hash;
}

static void same_digest(const struct patina_digest *have, const struct patina_digest *want)
{
    assert_int_equal(have->len, want->len);
    assert_memory_equal(have->bytes, want->bytes, sizeof(have->bytes));
}

static void hash_known_answers(const struct row *r)
{
    for (size_t i = 0; i < sizeof(hash_answers) / sizeof(hash_answers[0]); i++) {
        const struct hash_answer *a = &hash_answers[i];
        const struct patina_hash *h = hash_of(r, a->suite);
        patina_span message = {(const uint8_t *)a->message, strlen(a->message)};
        struct patina_digest want = {.len = 0};
        struct patina_digest have;
        want.len = from_hex(a->digest, MSPAN(want.bytes)).len;

        assert_err(h->once(h, &message, 1, &have), PATINA_OK);
        same_digest(&have, &want);
        void *ctx = context_new(h->ctx_size);
        assert_err(h->init(h, ctx), PATINA_OK);
        assert_err(h->update(ctx, message), PATINA_OK);
        assert_err(h->peek(ctx, &have), PATINA_OK);
        same_digest(&have, &want);
        context_free(ctx, h->ctx_size, h->clear);
    }
}

// SHA-1 of OCSP's CertID; FIPS 180 examples.
static void certid_known_answers(const struct row *r)
{
    static const struct {
        const char *message, *digest;
    } answers[] = {
        {"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
        {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
    };
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        patina_span message = {(const uint8_t *)answers[i].message, strlen(answers[i].message)};
        struct patina_digest want = {.len = 0};
        struct patina_digest have;
        want.len = from_hex(answers[i].digest, MSPAN(want.bytes)).len;
        assert_err(r->lib->p->certid_sha1(r->lib->p, message, &have), PATINA_OK);
        same_digest(&have, &want);
    }
    patina_span empty = {NULL, 0};
    struct patina_digest have;
    assert_err(r->lib->p->certid_sha1(r->lib->p, empty, &have), PATINA_OK);
    assert_int_equal(have.len, 20);
    assert_int_equal(have.bytes[0], 0xda);
}

// Every way to cut 300 bytes into two gives the digest of the whole, in parts and in updates.
static void hash_any_split(const struct row *r)
{
    const struct patina_hash *h = hash_of(r, *(const uint16_t *)r->data);
    uint8_t message[300];
    struct patina_digest want;
    struct patina_digest have;
    fill(MSPAN(message), 1);
    patina_span whole = SPAN(message);
    assert_err(h->once(h, &whole, 1, &want), PATINA_OK);
    void *ctx = context_new(h->ctx_size);
    for (size_t cut = 0; cut <= sizeof(message); cut++) {
        patina_span parts[3] = {{message, cut}, {NULL, 0}, {message + cut, sizeof(message) - cut}};
        assert_err(h->once(h, parts, 3, &have), PATINA_OK);
        same_digest(&have, &want);
        assert_err(h->init(h, ctx), PATINA_OK); // on a used context: starts anew
        for (size_t i = 0; i < 3; i++) {
            assert_err(h->update(ctx, parts[i]), PATINA_OK);
        }
        assert_err(h->peek(ctx, &have), PATINA_OK);
        same_digest(&have, &want);
    }
    context_free(ctx, h->ctx_size, h->clear);
}

// A peek after every byte, and a fork that goes another way, change nothing.
static void hash_peek_and_fork_do_not_disturb(const struct row *r)
{
    const struct patina_hash *h = hash_of(r, *(const uint16_t *)r->data);
    uint8_t message[200];
    struct patina_digest want;
    struct patina_digest have;
    fill(MSPAN(message), 2);
    void *ctx = context_new(h->ctx_size);
    void *other = context_new(h->ctx_size);
    assert_err(h->init(h, ctx), PATINA_OK);
    for (size_t i = 0; i < sizeof(message); i++) {
        patina_span so_far = {message, i + 1};
        assert_err(h->update(ctx, (patina_span){message + i, 1}), PATINA_OK);
        assert_err(h->once(h, &so_far, 1, &want), PATINA_OK);
        assert_err(h->peek(ctx, &have), PATINA_OK);
        same_digest(&have, &want);

        assert_err(h->fork(h, other, ctx), PATINA_OK);
        assert_err(h->peek(other, &have), PATINA_OK);
        same_digest(&have, &want);
        assert_err(h->update(other, TEXT("another way")), PATINA_OK);
        assert_err(h->peek(other, &have), PATINA_OK);
        assert_memory_not_equal(have.bytes, want.bytes, h->out_len);
        h->clear(other);
    }
    context_free(other, h->ctx_size, h->clear);
    context_free(ctx, h->ctx_size, h->clear);
}

static void hash_clear_takes_a_zeroed_context(const struct row *r)
{
    const struct patina_hash *h = hash_of(r, *(const uint16_t *)r->data);
    void *ctx = context_new(h->ctx_size);
    struct patina_digest digest;
    h->clear(ctx);
    assert_err(h->init(h, ctx), PATINA_OK); // a cleared one can be used again
    assert_err(h->peek(ctx, &digest), PATINA_OK);
    assert_int_equal(digest.len, h->out_len);
    context_free(ctx, h->ctx_size, h->clear);
}

// ---- HMAC, RFC 4231 §4, and HKDF over it, RFC 5869 appendix A.

struct hmac_answer {
    const char *key, *message, *sha256, *sha384;
};

static const struct hmac_answer hmac_answers[] = {
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
     "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9"
     "cb6"},
    {"4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
     "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21"
     "649"},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
     "ddddddd",
     "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
     "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34"
     "f27"},
    {"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
     "6c1f2ee938fad2e24bd91298474382ca218c75db3d83e114b3d4367776d14d3551289e75e8209cd4b792302840234"
     "adc"},
};

static void hmac_known_answers(const struct row *r)
{
    const struct patina_hmac *macs[2] = {suite_of(r->lib->p, 0x1301)->hmac,
                                         suite_of(r->lib->p, 0x1302)->hmac};
    for (size_t m = 0; m < 2; m++) {
        void *ctx = context_new(macs[m]->ctx_size);
        for (size_t i = 0; i < sizeof(hmac_answers) / sizeof(hmac_answers[0]); i++) {
            const struct hmac_answer *a = &hmac_answers[i];
            uint8_t key_bytes[64];
            uint8_t message_bytes[64];
            patina_mspan key = from_hex(a->key, MSPAN(key_bytes));
            patina_mspan message = from_hex(a->message, MSPAN(message_bytes));
            struct patina_digest want = {.len = 0};
            struct patina_digest have;
            want.len = from_hex(m == 0 ? a->sha256 : a->sha384, MSPAN(want.bytes)).len;
            assert_err(macs[m]->key(macs[m], ctx, (patina_span){key.ptr, key.len}), PATINA_OK);
            for (size_t again = 0; again < 3; again++) { // keyed once, used many times, in any
                                                         // parts
                patina_span parts[3] = {
                    {message.ptr, message.len / 2},
                    {NULL, 0},
                    {message.ptr + message.len / 2, message.len - message.len / 2}};
                assert_err(macs[m]->mac(ctx, parts, 3, &have), PATINA_OK);
                same_digest(&have, &want);
            }
        }
        context_free(ctx, macs[m]->ctx_size, macs[m]->clear);
    }
}

// Keys of every length from 0 to 300, the block's included, against the definition (RFC 2104 §2).
static void hmac_keys_of_any_length(const struct row *r)
{
    const struct patina_hmac *m = suite_of(r->lib->p, *(const uint16_t *)r->data)->hmac;
    const struct patina_hash *h = m->hash;
    uint8_t key[300];
    void *ctx = context_new(m->ctx_size);
    fill(MSPAN(key), 3);
    for (size_t len = 0; len <= sizeof(key); len++) {
        uint8_t block[128] = {0};
        uint8_t inner_pad[128];
        uint8_t outer_pad[128];
        patina_span key_span = {key, len};
        struct patina_digest d;
        struct patina_digest have;
        if (len > h->block_len) {
            assert_err(h->once(h, &key_span, 1, &d), PATINA_OK);
            memcpy(block, d.bytes, d.len);
        } else {
            memcpy(block, key, len);
        }
        for (size_t i = 0; i < h->block_len; i++) {
            inner_pad[i] = block[i] ^ 0x36;
            outer_pad[i] = block[i] ^ 0x5c;
        }
        patina_span inner[2] = {{inner_pad, h->block_len}, TEXT("message")};
        assert_err(h->once(h, inner, 2, &d), PATINA_OK);
        patina_span outer[2] = {{outer_pad, h->block_len}, {d.bytes, d.len}};
        struct patina_digest want;
        assert_err(h->once(h, outer, 2, &want), PATINA_OK);

        patina_span message = TEXT("message");
        assert_err(m->key(m, ctx, key_span), PATINA_OK);
        assert_err(m->mac(ctx, &message, 1, &have), PATINA_OK);
        same_digest(&have, &want);
    }
    context_free(ctx, m->ctx_size, m->clear);
}

static void hkdf(const struct patina_hmac *m, patina_span salt, patina_span ikm, patina_span info,
                 patina_mspan okm)
{
    void *ctx = context_new(m->ctx_size);
    struct patina_digest prk;
    struct patina_digest t = {.len = 0};
    assert_err(m->key(m, ctx, salt), PATINA_OK);
    assert_err(m->mac(ctx, &ikm, 1, &prk), PATINA_OK);
    assert_err(m->key(m, ctx, (patina_span){prk.bytes, prk.len}), PATINA_OK);
    size_t at = 0;
    for (uint8_t i = 1; at < okm.len; i++) {
        struct patina_digest previous = t;
        patina_span parts[3] = {{previous.bytes, previous.len}, info, {&i, 1}};
        assert_err(m->mac(ctx, parts, 3, &t), PATINA_OK);
        for (size_t k = 0; k < t.len && at < okm.len; k++) {
            okm.ptr[at++] = t.bytes[k];
        }
    }
    context_free(ctx, m->ctx_size, m->clear);
}

static void hkdf_rfc5869(const struct row *r)
{
    static const struct {
        const char *ikm, *salt, *info, *okm;
    } answers[] = {
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c",
         "f0f1f2f3f4f5f6f7f8f9",
         "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
         "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
    };
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        uint8_t bytes[4][64];
        patina_mspan ikm = from_hex(answers[i].ikm, MSPAN(bytes[0]));
        patina_mspan salt = from_hex(answers[i].salt, MSPAN(bytes[1]));
        patina_mspan info = from_hex(answers[i].info, MSPAN(bytes[2]));
        patina_mspan want = from_hex(answers[i].okm, MSPAN(bytes[3]));
        uint8_t have[42];
        assert_int_equal(want.len, sizeof(have));
        hkdf(r->lib->p->hmac_sha256, (patina_span){salt.ptr, salt.len},
             (patina_span){ikm.ptr, ikm.len}, (patina_span){info.ptr, info.len}, MSPAN(have));
        assert_memory_equal(have, want.ptr, sizeof(have));
    }
}

// Two contexts alive at once do not know of each other, and cleared ones may come back from a pool
// without the old key.
static void hmac_contexts_are_apart(const struct row *r)
{
    const struct patina_hmac *m = suite_of(r->lib->p, *(const uint16_t *)r->data)->hmac;
    patina_span message = TEXT("m");
    struct patina_digest first;
    struct patina_digest second;
    struct patina_digest have;
    void *a = context_new(m->ctx_size);
    void *b = context_new(m->ctx_size);
    m->clear(a); // zeroed
    for (size_t i = 0; i < 50; i++) {
        assert_err(m->key(m, a, TEXT("first key")), PATINA_OK);
        assert_err(m->key(m, b, TEXT("second key")), PATINA_OK);
        assert_err(m->mac(a, &message, 1, &first), PATINA_OK);
        assert_err(m->mac(b, &message, 1, &second), PATINA_OK);
        assert_memory_not_equal(first.bytes, second.bytes, m->hash->out_len);
        assert_err(m->mac(a, &message, 1, &have), PATINA_OK);
        same_digest(&have, &first);
        m->clear(a);
        m->clear(b);
    }
    context_free(a, m->ctx_size, m->clear);
    context_free(b, m->ctx_size, m->clear);
}

void add_hash_rows(const struct library *lib)
{
    static const uint16_t suites[2] = {0x1301, 0x1302};
    add_row(lib, NULL, "hash: known answers", hash_known_answers, NULL);
    add_row(lib, NULL, "certid_sha1: known answers", certid_known_answers, NULL);
    add_row(lib, NULL, "HMAC: known answers, RFC 4231 §4", hmac_known_answers, NULL);
    add_row(lib, NULL, "HKDF: known answers, RFC 5869 appendix A", hkdf_rfc5869, NULL);
    for (size_t i = 0; i < 2; i++) {
        char name[100];
        const char *hash = i == 0 ? "SHA-256" : "SHA-384";
        (void)snprintf(name, sizeof(name), "%s: any split gives the same", hash);
        add_row(lib, NULL, name, hash_any_split, &suites[i]);
        (void)snprintf(name, sizeof(name), "%s: peek and fork do not disturb", hash);
        add_row(lib, NULL, name, hash_peek_and_fork_do_not_disturb, &suites[i]);
        (void)snprintf(name, sizeof(name), "%s: clear takes a zeroed context", hash);
        add_row(lib, NULL, name, hash_clear_takes_a_zeroed_context, &suites[i]);
        (void)snprintf(name, sizeof(name), "HMAC-%s: keys of any length", hash);
        add_row(lib, NULL, name, hmac_keys_of_any_length, &suites[i]);
        (void)snprintf(name, sizeof(name), "HMAC-%s: contexts are apart", hash);
        add_row(lib, NULL, name, hmac_contexts_are_apart, &suites[i]);
    }
}
