// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crls_check
// REPLACE: ask
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/crl_judge.c s/q->cert->issuer, &position)) != NULL/q->cert->issuer, \&position)) != (void *)1/
#include "x509/any_status.h"
#include "x509/crl_judge.c"

// The set, proved by itself: it gives some list, or none. The loop forgets what it gave before.
static struct ptn_listed_crl *some_list;

struct ptn_listed_crl *ptn_crls_next(const struct patina_crls *crls, patina_span issuer,
                                     size_t *position)
{
    CLAIM(crls == (struct patina_crls *)&some_crls && SPAN(issuer), "a set and a name");
    *position = any_size();
    return any_bool() ? some_list : NULL;
}

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = {
        .crls = (struct patina_crls *)&some_crls, .flags = any_u32(), .staple = any_span()};
    const struct ptn_cert cert = uniform_cert();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, &cert, &issuer);
    struct ptn_status status;
    some_list = any_list();
    if (ptn_crls_check(&q, &status) == PATINA_OK) {
        PTN_REACH("not revoked");
    } else {
        PTN_REACH("revoked, or not known");
    }
}
