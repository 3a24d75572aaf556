// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: add
// OBJECT_BITS: 10
// COVERS: set_of find is_at load put way_for
// MUTANT: src/x509/link_cache.c s/size_t way = (first + i) % WAYS;/size_t way = first + i;/
#include "proof.h"

#include "base/limits.h"
#define PTN_CACHED_LINKS 8 // two sets: proofs/SOUNDNESS.md
#include "x509/link_cache.c"

void harness(void)
{
    struct ptn_link_cache *cache = malloc(sizeof *cache);
    ASSUME(cache != NULL);
    const struct ptn_link_key key = {{any_u64(), any_u64(), any_u64(), any_u64()}};
    add(cache, &key);
    PTN_REACH("added, or there already");
}
