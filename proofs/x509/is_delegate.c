// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_delegate
// REPLACE: ptn_span_equal may_sign_answers ptn_status_signature
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/ocsp_judge.c s/may_sign_answers(cert) \&\& signs/may_sign_answers(q->cert) \&\& signs/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

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

int patina_err_class(patina_err e)
{
    (void)e;
    return any_int();
}

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_cert cert = uniform_cert();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, NULL, &issuer);
    bool is_it;
    patina_err err = is_delegate(&q, &cert, &is_it);
    if (err == PATINA_OK && is_it) {
        PTN_REACH("it is");
    } else {
        PTN_REACH("it is not");
    }
}
