// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_revocation_check
// REPLACE: ptn_ocsp_check
// OBJECT_BITS: 10
// SOLVER: cadical
// COVERS: has_flag refuse check_presence leaves_open
// MUTANT: src/x509/revocation.c s/q->revocation->crls != NULL \&\& (q->is_leaf/(q->is_leaf/
#include "x509/any_status.h"
#include "x509/revocation.c"

// The lists, judged by themselves: they are asked with a whole question.
patina_err ptn_crls_check(struct ptn_status_query *q, struct ptn_status *out)
{
    CLAIM(READABLE(q) && READABLE(q->provider) && READABLE(q->revocation), "a question");
    CLAIM(q->revocation->crls != NULL && READABLE(q->cert) && READABLE(q->issuer), "of lists");
    EACH_CERT_SPAN(CLAIM_SPAN, *q->cert, 0)
    CLAIM(SPAN(q->issuer->subject) && SPKI(q->issuer->spki) && WRITABLE(out), "about a key");
    q->signatures_left = any_size();
    q->comparisons_left = any_size();
    *out = any_status();
    return (patina_err)any_int();
}

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_cert cert = uniform_cert();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, &cert, &issuer);
    struct ptn_status status;
    if (ptn_revocation_check(&q, &status) == PATINA_OK) {
        PTN_REACH("not revoked as far as is asked");
    } else {
        PTN_REACH("refused");
    }
}
