// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// x509/link_cache.c: what a key is made of, what stays and what goes, trust by trust.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "counting.h"
#include "test_provider.h"
#include "x509/link_cache.h"

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

struct world {
    const struct patina_provider *provider;
    struct counting heap;
    struct ptn_link_cache *cache;
};
static struct world w;

static int set_up(void **state)
{
    (void)state;
    w.provider = test_provider();
    counting_init(&w.heap);
    assert_err(ptn_link_cache_new(&w.heap.alloc, w.provider, &w.cache), PATINA_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    ptn_link_cache_free(w.cache);
    assert_int_equal(w.heap.live_blocks, 0);
    assert_int_equal(w.heap.unwiped, 0);
    patina_provider_unref(w.provider);
    return 0;
}

// ---- Keys

static const struct ptn_cert child = {
    .signature_alg = {(const uint8_t *)"alg", 3},
    .tbs = {(const uint8_t *)"to be signed", 12},
    .signature = {(const uint8_t *)"signature", 9},
};
static const struct ptn_spki issuer = {.whole = {(const uint8_t *)"key of the issuer", 17}};

static struct ptn_link_view view(void)
{
    return (struct ptn_link_view){
        .cache = w.cache, .generation = 1, .server_name = PTN_SPAN_LITERAL("a.test")};
}

static struct ptn_link_key key_of(const struct ptn_link_view *v, const struct ptn_cert *cert,
                                  const struct ptn_spki *spki, bool is_leaf)
{
    struct ptn_link_key key;
    assert_true(ptn_link_key_of(v, cert, spki, is_leaf, &key));
    return key;
}

static bool same(const struct ptn_link_key *a, const struct ptn_link_key *b)
{
    for (size_t i = 0; i < PTN_COUNT(a->words); i++) {
        if (a->words[i] != b->words[i]) {
            return false;
        }
    }
    return true;
}

static void test_key(void **state)
{
    (void)state;
    struct ptn_link_view v = view();
    struct ptn_link_key leaf = key_of(&v, &child, &issuer, true);
    struct ptn_link_key link = key_of(&v, &child, &issuer, false);
    struct ptn_link_key other = key_of(&v, &child, &issuer, true);
    assert_true(same(&leaf, &other)); // of the same, the same
    assert_false(same(&leaf, &link));

    v.server_name = PTN_SPAN_LITERAL("b.test");
    other = key_of(&v, &child, &issuer, true);
    assert_false(same(&leaf, &other));
    other = key_of(&v, &child, &issuer, false);
    assert_true(same(&link, &other)); // a name binds leaves alone
    v = view();
    v.generation = 2;
    other = key_of(&v, &child, &issuer, false);
    assert_false(same(&link, &other));
}

// Every part counts, and where one part ends and the next begins.
static void test_key_parts(void **state)
{
    (void)state;
    struct ptn_link_view v = view();
    const struct ptn_link_key key = key_of(&v, &child, &issuer, false);
    struct ptn_cert certs[] = {child, child, child, child, child};
    certs[0].signature_alg = PTN_SPAN_LITERAL("ALG");
    certs[1].tbs = PTN_SPAN_LITERAL("to be signeD");
    certs[2].signature = PTN_SPAN_LITERAL("signaturE");
    certs[3].tbs = PTN_SPAN_LITERAL("to be signeds");
    certs[3].signature = PTN_SPAN_LITERAL("ignature");
    certs[4].signature = PTN_SPAN_LITERAL("");
    for (size_t i = 0; i < PTN_COUNT(certs); i++) {
        struct ptn_link_key other = key_of(&v, &certs[i], &issuer, false);
        assert_false(same(&key, &other));
    }
    const struct ptn_spki another = {.whole = PTN_SPAN_LITERAL("key of the stranger")};
    struct ptn_link_key other = key_of(&v, &child, &another, false);
    assert_false(same(&key, &other));
}

// A cache has a prefix of its own: keys of one say nothing about another.
static void test_prefix(void **state)
{
    (void)state;
    struct ptn_link_cache *second = NULL;
    assert_err(ptn_link_cache_new(&w.heap.alloc, w.provider, &second), PATINA_OK);
    struct ptn_link_view v = view();
    struct ptn_link_key a = key_of(&v, &child, &issuer, false);
    v.cache = second;
    struct ptn_link_key b = key_of(&v, &child, &issuer, false);
    assert_false(same(&a, &b));
    ptn_link_cache_free(second);
}

static patina_err no_random(const struct patina_provider *p, patina_mspan out)
{
    (void)p;
    (void)out;
    return PATINA_ERR_RANDOM;
}

static patina_err no_hash(const struct patina_hash *h, const patina_span *parts, size_t parts_count,
                          struct patina_digest *out)
{
    (void)h;
    (void)parts;
    (void)parts_count;
    *out = (struct patina_digest){{0}, 0};
    return PATINA_ERR_PROVIDER;
}

static void test_no_key(void **state)
{
    (void)state;
    struct ptn_link_key key;
    struct ptn_link_view v = view();
    v.server_name = (patina_span){0};
    assert_false(ptn_link_key_of(&v, &child, &issuer, true, &key));
    assert_true(ptn_link_key_of(&v, &child, &issuer, false, &key));
    v = view();
    v.cache = NULL;
    assert_false(ptn_link_key_of(&v, &child, &issuer, false, &key));

    struct patina_hash hash = *w.provider->hmac_sha256->hash;
    struct patina_hmac hmac = *w.provider->hmac_sha256;
    struct patina_provider provider = *w.provider;
    struct ptn_link_cache *broken = NULL;
    hash.once = no_hash;
    hmac.hash = &hash;
    provider.hmac_sha256 = &hmac;
    assert_err(ptn_link_cache_new(&w.heap.alloc, &provider, &broken), PATINA_OK);
    v = view();
    v.cache = broken;
    assert_false(ptn_link_key_of(&v, &child, &issuer, false, &key));
    ptn_link_cache_free(broken);

    provider.random = no_random;
    assert_err(ptn_link_cache_new(&w.heap.alloc, &provider, &broken), PATINA_ERR_RANDOM);
    assert_null(broken);
    w.heap.fail_at = w.heap.allocations + 1;
    assert_err(ptn_link_cache_new(&w.heap.alloc, w.provider, &broken), PATINA_ERR_NO_MEMORY);
    assert_null(broken);
    ptn_link_cache_free(NULL);
}

// ---- The table

static uint64_t draw(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static struct ptn_link_key random_key(uint64_t *seed)
{
    return (struct ptn_link_key){{draw(seed), draw(seed), draw(seed), draw(seed)}};
}

static void add_one(const struct ptn_link_key *key, uint64_t generation)
{
    const struct ptn_link_keys keys = {.generation = generation, .keys = {*key}, .count = 1};
    ptn_link_cache_add(w.cache, &keys);
}

static void test_found(void **state)
{
    (void)state;
    uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);
    struct ptn_link_keys keys = {.count = PTN_COUNT(keys.keys)};
    for (size_t i = 0; i < keys.count; i++) {
        keys.keys[i] = random_key(&seed);
        assert_false(ptn_link_cache_has(w.cache, &keys.keys[i]));
    }
    ptn_link_cache_add(w.cache, &keys);
    for (size_t i = 0; i < keys.count; i++) {
        assert_true(ptn_link_cache_has(w.cache, &keys.keys[i]));
        for (size_t k = 0; k < 256; k++) { // every bit counts
            struct ptn_link_key other = keys.keys[i];
            other.words[k / 64] ^= UINT64_C(1) << k % 64;
            assert_false(ptn_link_cache_has(w.cache, &other));
        }
    }
    ptn_link_cache_add(NULL, &keys);
}

// It holds a good part of what it has room for, each once, and never grows.
static void test_bounded(void **state)
{
    (void)state;
    enum { MANY = PTN_CACHED_LINKS * 4 };
    uint64_t seed = UINT64_C(0xD1B54A32D192ED03);
    size_t bytes = w.heap.live_bytes;
    for (size_t i = 0; i < MANY; i++) {
        struct ptn_link_key key = random_key(&seed);
        add_one(&key, 0);
        add_one(&key, 0);
        assert_true(ptn_link_cache_has(w.cache, &key) || i > 0);
    }
    seed = UINT64_C(0xD1B54A32D192ED03);
    size_t found = 0;
    for (size_t i = 0; i < MANY; i++) {
        struct ptn_link_key key = random_key(&seed);
        found += ptn_link_cache_has(w.cache, &key) ? 1 : 0;
    }
    assert_in_range(found, PTN_CACHED_LINKS / 2, PTN_CACHED_LINKS);
    assert_int_equal(w.heap.live_bytes, bytes);
    assert_in_range(bytes, 1, 20000);
}

// Links that have been of use stay, whatever comes once.
// Links of one chain may meet in a set: they do not displace each other while it has room.
static void test_one_set(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 4; i++) {
        const struct ptn_link_key key = {{0, 0, 0, i + 1}};
        add_one(&key, 0);
    }
    for (uint64_t i = 0; i < 4; i++) {
        const struct ptn_link_key key = {{0, 0, 0, i + 1}};
        assert_true(ptn_link_cache_has(w.cache, &key));
    }
}

static void test_flood(void **state)
{
    (void)state;
    enum { GOOD = 40, FLOOD = 200000 };
    static struct ptn_link_key good[GOOD];
    uint64_t seed = UINT64_C(0x8CB92BA72F3D8DD7);
    for (size_t i = 0; i < GOOD; i++) {
        good[i] = random_key(&seed);
        add_one(&good[i], 0);
        assert_true(ptn_link_cache_has(w.cache, &good[i]));
    }
    for (size_t i = 0; i < FLOOD; i++) {
        struct ptn_link_key key = random_key(&seed);
        add_one(&key, 0);
    }
    for (size_t i = 0; i < GOOD; i++) {
        assert_true(ptn_link_cache_has(w.cache, &good[i]));
    }
}

// When all in a set have been of use, the marks go, and the new one gets its place.
static void test_all_marked(void **state)
{
    (void)state;
    size_t found = 0;
    struct ptn_link_key key = {{0, 0, 0, 0}};
    for (uint64_t i = 1; i <= 5; i++) { // one set, chosen by the first word
        key.words[3] = i;
        add_one(&key, 0);
        assert_true(ptn_link_cache_has(w.cache, &key));
    }
    for (uint64_t i = 1; i <= 5; i++) {
        key.words[3] = i;
        found += ptn_link_cache_has(w.cache, &key) ? 1 : 0;
    }
    assert_int_equal(found, 4);
}

static void test_generations(void **state)
{
    (void)state;
    uint64_t seed = UINT64_C(0xABC98388FB8FAC03);
    struct ptn_link_key old = random_key(&seed);
    struct ptn_link_key late = random_key(&seed);
    struct ptn_link_key fresh = random_key(&seed);
    add_one(&old, 1);
    assert_true(ptn_link_cache_has(w.cache, &old));
    add_one(&fresh, 2);
    assert_false(ptn_link_cache_has(w.cache, &old)); // dropped with its trust
    assert_true(ptn_link_cache_has(w.cache, &fresh));
    add_one(&late, 1); // a handshake that began under the older trust
    assert_false(ptn_link_cache_has(w.cache, &late));
    assert_true(ptn_link_cache_has(w.cache, &fresh));
    const struct ptn_link_keys none = {.generation = 9};
    ptn_link_cache_add(w.cache, &none);
    assert_true(ptn_link_cache_has(w.cache, &fresh));
}

#define ROW(name, test) {name, test, set_up, tear_down, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("a key: leaf or not, name, trust", test_key),
        ROW("a key: every part and its length", test_key_parts),
        ROW("a key: the prefix of its cache", test_prefix),
        ROW("no key without name, cache or hash", test_no_key),
        ROW("found by all 256 bits", test_found),
        ROW("bounded", test_bounded),
        ROW("links that meet in a set", test_one_set),
        ROW("a flood of links displaces none that were of use", test_flood),
        ROW("a set full of links of use takes a new one", test_all_marked),
        ROW("an older trust's links are dropped and not taken", test_generations),
    };
    return cmocka_run_group_tests_name("x509_link_cache", tests, NULL, NULL) != 0;
}
