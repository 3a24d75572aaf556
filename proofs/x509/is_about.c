// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_about
// REPLACE: ptn_span_equal is_digest
// UNWIND: 26
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/ocsp_judge.c s/q->cert->issuer, a->name_hash, out/q->cert->issuer, (patina_span){a->name_hash.ptr, a->name_hash.len + 1}, out/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_cert cert = {.serial = any_span(), .issuer = any_span()};
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, &cert, &issuer);
    const struct ptn_ocsp_answer answer = any_answer();
    bool same;
    patina_err err = is_about(&q, &answer, &same);
    if (err == PATINA_OK && same) {
        PTN_REACH("about this one");
    } else {
        PTN_REACH("about another");
    }
}
