// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Links of certificate paths whose signatures have been found good: a busy client pays for each
// intermediate once. A link is one signature by one key over one certificate, and nothing more:
// dates, names, purposes, constraints and revocation are judged anew every time. Shared by the
// connections of a client config; no call waits for another thread.
#ifndef PTN_X509_LINK_CACHE_H
#define PTN_X509_LINK_CACHE_H

#include "base/limits.h"
#include "base/mem.h"
#include "patina/provider.h"
#include "x509/cert.h"

struct ptn_link_cache;

// SHA-256 over all that makes a link; the whole of it is compared.
struct ptn_link_key {
    uint64_t words[4];
};

// The links of one accepted path whose signatures were checked, and under which trust.
struct ptn_link_keys {
    uint64_t generation;
    struct ptn_link_key keys[PTN_MAX_INTERMEDIATES + 1];
    size_t count;
};

// How one verification uses a cache.
struct ptn_link_view {
    struct ptn_link_cache *cache; // NULL: none
    uint64_t generation;          // of the trust: links of another one are not seen
    patina_span server_name;      // links of end entities are seen for the same name alone; empty:
                                  // never
};

// One with a random prefix from `provider`. NO_MEMORY, RANDOM; UNSUPPORTED_BY_PROVIDER without
// SHA-256.
patina_err ptn_link_cache_new(const struct patina_allocator *alloc,
                              const struct patina_provider *provider, struct ptn_link_cache **out);
void ptn_link_cache_free(struct ptn_link_cache *cache);

// The key of the link between `child` and its issuer's key `spki`. False when the link has no place
// in a cache: there is none, the hash failed, or `is_leaf` without a server name.
PTN_MUST bool ptn_link_key_of(const struct ptn_link_view *view, const struct ptn_cert *child,
                              const struct ptn_spki *spki, bool is_leaf, struct ptn_link_key *out)
    PTN_CONTRACT(REQUIRES(READABLE(view) && SPAN(view->server_name) && READABLE(child) &&
                          CERT(*child) && READABLE(spki) && SPKI(*spki) && WRITABLE(out))
                     ASSIGNS(*out));

// Whether the link was put there.
bool ptn_link_cache_has(struct ptn_link_cache *cache, const struct ptn_link_key *key)
    PTN_CONTRACT(REQUIRES(READABLE(key)) ASSIGNS(__CPROVER_object_whole(cache)));

// Puts the links of a path there. The caller has found the chain good and has seen its key in use:
// the handshake is complete.
void ptn_link_cache_add(struct ptn_link_cache *cache, const struct ptn_link_keys *keys)
    PTN_CONTRACT(REQUIRES(READABLE(keys) && keys->count <= PTN_MAX_INTERMEDIATES + 1)
                     ASSIGNS(cache != NULL : __CPROVER_object_whole(cache)));

#endif
