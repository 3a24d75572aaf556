// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_answer
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: judge_dates refuse
// MUTANT: src/x509/ocsp_judge.c s/a->this_update_s - PTN_STATUS_SKEW_S <= q->now_s/a->this_update_s <= q->now_s + PTN_STATUS_SKEW_S/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_status_query q = any_query(NULL, &revocation, NULL, NULL);
    const struct ptn_ocsp_answer answer = any_answer();
    struct ptn_status status;
    if (judge_answer(&q, &answer, &status) == PATINA_OK) {
        PTN_REACH("good");
    } else {
        PTN_REACH("not good");
    }
}
