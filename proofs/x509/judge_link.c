// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_link
// REPLACE: ptn_link_key_of check_signature
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/^    s->signatures++;/    s->signatures += 2;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

bool ptn_link_cache_has(struct ptn_link_cache *cache, const struct ptn_link_key *key)
{
    (void)cache;
    CLAIM(READABLE(key), "a key");
    return any_bool();
}

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert child = any_cert();
    const struct ptn_cert issuer = any_cert();
    struct link link = {.child = &child, .issuer = &issuer};
    size_t before = s.signatures;
    judge_link(&s, any_size(), &link);
    if (s.signatures == before) {
        PTN_REACH("known to the cache");
        CLAIM(link.err == PATINA_OK && !link.is_new, "as good");
    } else {
        PTN_REACH("checked");
    }
}
