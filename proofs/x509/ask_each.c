// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ask_each
// REPLACE: ask
// LOOP_CONTRACTS: yes
// UNWIND: 14
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/crl_judge.c s/s->issuer, &position)) != NULL/s->issuer, \&position)) != (void *)1/
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
    struct search s = {.issuer = any_span(), .reasons = any_u32()};
    struct ptn_status status;
    some_list = any_list();
    if (ask_each(&q, &s, &status) == PATINA_OK) {
        PTN_REACH("not revoked");
    } else {
        PTN_REACH("revoked, or out of a budget");
    }
}
