// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_link_cache_add
// REPLACE: add
// OBJECT_BITS: 10
// COVERS: put enter_generation
// MUTANT: src/x509/link_cache.c s|for (size_t i = 0; i < SETS; i++)|for (size_t i = 0; i <= SETS; i++)|
#include "proof.h"

#include "base/limits.h"
#define PTN_CACHED_LINKS 8 // two sets: proofs/SOUNDNESS.md
#include "x509/link_cache.c"

void harness(void)
{
    struct ptn_link_cache *cache = malloc(sizeof *cache);
    ASSUME(cache != NULL);
    struct ptn_link_keys keys; // any
    ASSUME(keys.count <= PTN_COUNT(keys.keys));
    uint64_t before = cache->generation;
    ptn_link_cache_add(any_bool() ? cache : NULL, &keys);
    if (cache->generation == before) {
        PTN_REACH("under the trust it had");
    } else {
        PTN_REACH("under a newer trust");
        CLAIM(cache->generation > before, "never an older one");
    }
}
