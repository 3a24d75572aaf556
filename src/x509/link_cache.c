// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See link_cache.h. A table of sets of four entries; an entry is the whole hash, as four atomic
// words. There is no lock, and no word waits for another: an entry that is half written, or written
// by two threads at once, is a mixture of hashes that were stored, and equals none that was not,
// unless 128 bits of different hashes meet. The prefix is random and secret, so nobody can aim at a
// set.
//
// A hit marks its entry, and what is marked stays while its set has an entry that is not: links
// that come once displace each other, not those that come again.
#include "x509/link_cache.h"

#include <stdatomic.h>

enum { WORDS = 4, WAYS = 4, SETS = PTN_CACHED_LINKS / WAYS, PREFIX_BYTES = 32 };

struct set {
    _Atomic uint64_t words[WAYS][WORDS];
    atomic_uint marks; // bit a way
};

struct ptn_link_cache {
    const struct patina_allocator *alloc;
    const struct patina_hash *sha256; // of a provider that outlives the cache
    uint8_t prefix[PREFIX_BYTES];
    _Atomic uint64_t generation; // of the trust under which all that is here was put here
    struct set sets[SETS];
};

patina_err ptn_link_cache_new(const struct patina_allocator *alloc,
                              const struct patina_provider *provider, struct ptn_link_cache **out)
{
    *out = NULL;
    PTN_REQUIRE(provider->hmac_sha256 != NULL && provider->hmac_sha256->hash != NULL,
                PATINA_ERR_UNSUPPORTED_BY_PROVIDER);
    struct ptn_link_cache *cache = ptn_alloc(alloc, sizeof *cache);
    PTN_REQUIRE(cache != NULL, PATINA_ERR_NO_MEMORY);
    cache->alloc = alloc;
    cache->sha256 = provider->hmac_sha256->hash;
    patina_err err = provider->random(provider, PTN_MSPAN_OF(cache->prefix));
    if (err != PATINA_OK) {
        ptn_link_cache_free(cache);
        return err;
    }
    *out = cache;
    return PATINA_OK;
}

void ptn_link_cache_free(struct ptn_link_cache *cache)
{
    if (cache != NULL) {
        ptn_free(cache->alloc, cache, sizeof *cache);
    }
}

// ---- Keys

static bool read_key(const struct patina_digest *digest, struct ptn_link_key *out)
{
    struct ptn_reader r = ptn_reader_of(ptn_span_first(PTN_SPAN_OF(digest->bytes), digest->len));
    for (size_t i = 0; i < WORDS; i++) {
        uint32_t high;
        uint32_t low;
        if (!ptn_read_u32(&r, &high) || !ptn_read_u32(&r, &low)) {
            return false;
        }
        PTN_AT(out->words, i) = (uint64_t)high << 32 | low;
    }
    return ptn_read_end(&r);
}

// All parts with their lengths, which stand in front together: no two links give the same bytes.
bool ptn_link_key_of(const struct ptn_link_view *view, const struct ptn_cert *child,
                     const struct ptn_spki *spki, bool is_leaf, struct ptn_link_key *out)
{
    enum { HEAD_MAX = PREFIX_BYTES + 8 + 1 + 5 * 8 };
    uint8_t room[HEAD_MAX];
    const struct ptn_link_cache *cache = view->cache;
    *out = (struct ptn_link_key){0};
    if (cache == NULL || (is_leaf && view->server_name.len == 0)) {
        return false;
    }
    patina_span parts[] = {{0},        child->signature_alg, spki->whole,
                           child->tbs, child->signature,     {0}};
    if (is_leaf) {
        PTN_AT(parts, PTN_COUNT(parts) - 1) = view->server_name;
    }
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(room));
    ptn_write_span(&w, PTN_SPAN_OF(cache->prefix));
    ptn_write_u64(&w, view->generation);
    ptn_write_u8(&w, is_leaf ? 1 : 0);
    for (size_t i = 1; i < PTN_COUNT(parts); i++) {
        ptn_write_u64(&w, PTN_AT(parts, i).len);
    }
    struct patina_digest digest;
    if (!ptn_writer_finish(&w, &PTN_AT(parts, 0)) ||
        cache->sha256->once(cache->sha256, parts, PTN_COUNT(parts), &digest) != PATINA_OK) {
        return false;
    }
    return read_key(&digest, out);
}

// ---- The table

static struct set *set_of(struct ptn_link_cache *cache, const struct ptn_link_key *key)
{
    return &PTN_AT(cache->sets, (size_t)(PTN_AT(key->words, 0) % SETS));
}

static uint64_t load(struct set *set, size_t way, size_t i)
{
    return atomic_load_explicit(&PTN_AT(PTN_AT(set->words, way), i), memory_order_relaxed);
}

static bool is_at(struct set *set, size_t way, const struct ptn_link_key *key)
{
    bool same = true;
    for (size_t i = 0; i < WORDS; i++) {
        same = same && load(set, way, i) == PTN_AT(key->words, i);
    }
    return same;
}

static size_t find(struct set *set, const struct ptn_link_key *key)
{
    size_t way = 0;
    while (way < WAYS && !is_at(set, way, key)) {
        way++;
    }
    return way;
}

static void put(struct set *set, size_t way, const struct ptn_link_key *key)
{
    for (size_t i = 0; i < WORDS; i++) {
        atomic_store_explicit(&PTN_AT(PTN_AT(set->words, way), i), PTN_AT(key->words, i),
                              memory_order_relaxed);
    }
}

bool ptn_link_cache_has(struct ptn_link_cache *cache, const struct ptn_link_key *key)
{
    struct set *set = set_of(cache, key);
    size_t way = find(set, key);
    if (way == WAYS) {
        return false;
    }
    unsigned mark = 1u << way;
    if ((atomic_load_explicit(&set->marks, memory_order_relaxed) & mark) == 0) {
        (void)atomic_fetch_or_explicit(&set->marks, mark, memory_order_relaxed);
    }
    return true;
}

static const struct ptn_link_key none; // what an entry is that holds nothing

// The way to give up: one that is empty, else one without a mark, beginning where the key says;
// when all are marked they all lose it.
static size_t way_for(struct set *set, const struct ptn_link_key *key)
{
    size_t empty = find(set, &none);
    if (empty != WAYS) {
        return empty;
    }
    unsigned marks = atomic_load_explicit(&set->marks, memory_order_relaxed);
    size_t first = (size_t)(PTN_AT(key->words, 1) % WAYS);
    for (size_t i = 0; i < WAYS; i++) {
        size_t way = (first + i) % WAYS;
        if ((marks >> way & 1u) == 0) {
            return way;
        }
    }
    atomic_store_explicit(&set->marks, 0, memory_order_relaxed);
    return first;
}

static void add(struct ptn_link_cache *cache, const struct ptn_link_key *key)
    PTN_CONTRACT(REQUIRES(WRITABLE(cache) && READABLE(key)) ASSIGNS(cache->sets))
{
    struct set *set = set_of(cache, key);
    if (find(set, key) == WAYS) {
        put(set, way_for(set, key), key);
    }
}

// What was learned under an older trust goes; false for those that come too late themselves.
static bool enter_generation(struct ptn_link_cache *cache, uint64_t generation)
{
    uint64_t have = atomic_load_explicit(&cache->generation, memory_order_relaxed);
    while (have < generation) {
        if (atomic_compare_exchange_weak_explicit(&cache->generation, &have, generation,
                                                  memory_order_relaxed, memory_order_relaxed)) {
            for (size_t i = 0; i < SETS; i++) {
                struct set *set = &PTN_AT(cache->sets, i);
                for (size_t way = 0; way < WAYS; way++) {
                    put(set, way, &none);
                }
                atomic_store_explicit(&set->marks, 0, memory_order_relaxed);
            }
            return true;
        }
    }
    return have == generation;
}

void ptn_link_cache_add(struct ptn_link_cache *cache, const struct ptn_link_keys *keys)
{
    if (cache == NULL || keys->count == 0 || !enter_generation(cache, keys->generation)) {
        return;
    }
    for (size_t i = 0; i < keys->count; i++) {
        add(cache, &PTN_AT(keys->keys, i));
    }
}
