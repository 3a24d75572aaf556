// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crls_check
// REPLACE: ask_each ptn_span_equal
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/crl_judge.c s/        s.issuer = q->issuer->subject;/        s.issuer.len = q->issuer->subject.len;/
#include "x509/any_status.h"
#include "x509/crl_judge.c"

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = {
        .crls = (struct patina_crls *)&some_crls, .flags = any_u32(), .staple = any_span()};
    const struct ptn_cert cert = uniform_cert();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, &cert, &issuer);
    struct ptn_status status;
    if (ptn_crls_check(&q, &status) == PATINA_OK) {
        PTN_REACH("not revoked");
    } else {
        PTN_REACH("revoked, or not known");
    }
}
