// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_older
// REPLACE: ptn_span_equal
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/crl_judge.c s/return last != NULL \&\& /return /
#include "x509/any_status.h"
#include "x509/crl_judge.c"

// The set, proved by itself: it gives some list, or none.
struct ptn_listed_crl *ptn_crls_next(const struct patina_crls *crls, patina_span issuer,
                                     size_t *position)
{
    CLAIM(crls == (struct patina_crls *)&some_crls && SPAN(issuer), "a set and a name");
    *position = any_size();
    return any_bool() ? any_list() : NULL;
}

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = {
        .crls = (struct patina_crls *)&some_crls, .flags = any_u32(), .staple = any_span()};
    const struct ptn_cert cert = {.issuer = any_span()};
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, &cert, &issuer);
    const struct search s = {.issuer = any_span(), .spoke = any_size()};
    const struct ptn_listed_crl *list = any_list();
    if (is_older(&q, &s, &list->crl)) {
        PTN_REACH("older");
    } else {
        PTN_REACH("of another scope, or the first");
    }
}
