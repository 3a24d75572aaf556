// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_status_signature
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/revocation.c s/    PTN_REQUIRE(q->signatures_left != 0, PATINA_ERR_CERT_BUDGET);//
#include "x509/any_status.h"
#include "x509/revocation.c"

static const struct patina_verify_alg some_alg;

// Both are proved by themselves: they are given what can be read.
const struct patina_verify_alg *ptn_verify_alg_for_cert(const struct patina_provider *p,
                                                        patina_span key_alg, patina_span sig_alg)
{
    CLAIM(READABLE(p) && SPAN(key_alg) && SPAN(sig_alg), "a key and an algorithm");
    return any_bool() ? &some_alg : NULL;
}

patina_err ptn_verify_with_spki(const struct patina_verify_alg *alg, const struct ptn_spki *spki,
                                const patina_span *message, size_t message_count,
                                patina_span signature)
{
    CLAIM(alg == &some_alg && READABLE(spki) && SPKI(*spki), "a row and a key");
    CLAIM(message_count == 1 && SPAN(message[0]) && SPAN(signature), "what is signed");
    return (patina_err)any_int();
}

void harness(void)
{
    const struct patina_provider provider = any_provider();
    struct ptn_status_query q = any_query(&provider, NULL, NULL, NULL);
    const struct ptn_spki key = {any_span(), any_span(), any_span()};
    const size_t left = q.signatures_left;
    patina_err err = ptn_status_signature(&q, &key, any_span(), any_span(), any_span());
    CLAIM(err != PATINA_ERR_CERT_UNSUPPORTED_KEY, "the error of a signature");
    if (err == PATINA_OK) {
        PTN_REACH("good");
        CLAIM(q.signatures_left < left, "out of the budget");
    } else {
        PTN_REACH("refused");
    }
}
