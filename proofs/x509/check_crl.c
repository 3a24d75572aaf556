// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_list
// REPLACE: ptn_status_signature
// OBJECT_BITS: 10
// SOLVER: cadical
// COVERS: check_signature key_digest refuse
// MUTANT: src/x509/crl_judge.c s/    return hmac != NULL \&\&/    return/
#include "x509/any_status.h"
#include "x509/crl_judge.c"

// The keys that were seen to hold: another answer at each look.
bool ptn_crl_is_known_good(const struct ptn_listed_crl *list, const struct patina_digest *key)
{
    CLAIM(READABLE(list) && READABLE(key), "a list and a key");
    return any_bool();
}

void ptn_crl_note_good(struct ptn_listed_crl *list, const struct patina_digest *key)
{
    CLAIM(WRITABLE(list) && READABLE(key), "a list and a key");
}

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, NULL, &issuer);
    struct ptn_status status;
    if (check_list(&q, any_list(), &status) == PATINA_OK) {
        PTN_REACH("one to be used");
    } else {
        PTN_REACH("one that is not");
    }
}
