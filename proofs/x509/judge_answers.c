// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_answers
// SOURCES: src/base/bytes.c
// REPLACE: ptn_ocsp_read_answer is_about judge_answer
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// SOLVER: cadical
// COVERS: weight refuse
// MUTANT: src/x509/ocsp_judge.c s/ptn_reader_of(ocsp->answers)/ptn_reader_of((patina_span){ocsp->answers.ptr, ocsp->answers.len + 1})/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_cert cert = {.serial = any_span(), .issuer = any_span()};
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, &cert, &issuer);
    const struct ptn_ocsp ocsp = {.answers = any_span()};
    struct ptn_status status;
    if (judge_answers(&q, &ocsp, &status) == PATINA_OK) {
        PTN_REACH("good");
    } else {
        PTN_REACH("not good");
    }
}
