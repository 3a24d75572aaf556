// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ask
// REPLACE: check_list is_older ptn_crl_reasons_for ptn_crl_index_find
// OBJECT_BITS: 10
// SOLVER: cadical
// COVERS: refuse
// MUTANT: src/x509/crl_judge.c s/    q->comparisons_left--;//
#include "x509/any_status.h"
#include "x509/crl_judge.c"

int patina_err_class(patina_err e)
{
    (void)e;
    return any_int();
}

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = {
        .crls = (struct patina_crls *)&some_crls, .flags = any_u32(), .staple = any_span()};
    const struct ptn_cert cert = uniform_cert();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, &cert, &issuer);
    struct search s = {.issuer = any_span(),
                       .reasons = any_u32(),
                       .spoke = any_size(),
                       .why = (patina_err)any_int(),
                       .status = any_status()};
    struct ptn_status status;
    switch ((int)ask(&q, any_list(), any_size(), &s, &status)) {
    case PATINA_OK:
        PTN_REACH("not revoked");
        return;
    case PATINA_ERR_CERT_REVOKED:
        PTN_REACH("revoked");
        return;
    default:
        PTN_REACH("out of a budget");
        return;
    }
}
