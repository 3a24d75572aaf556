// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_link_cache_has
// OBJECT_BITS: 9
// COVERS: set_of find is_at load
// MUTANT: src/x509/link_cache.c s/while (way < WAYS /while (way <= WAYS /
#include "proof.h"

#include "base/limits.h"
#define PTN_CACHED_LINKS 8 // two sets: proofs/SOUNDNESS.md
#include "x509/link_cache.c"

void harness(void)
{
    struct ptn_link_cache *cache = malloc(sizeof *cache);
    ASSUME(cache != NULL);
    const struct ptn_link_key key = {{any_u64(), any_u64(), any_u64(), any_u64()}};
    if (ptn_link_cache_has(cache, &key)) {
        PTN_REACH("there");
    } else {
        PTN_REACH("not there");
    }
}
