// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_serial
// REPLACE: ptn_span_at
// OBJECT_BITS: 9
// COVERS: refuse
// MUTANT: src/x509/path_judge.c s/bool negative = serial.len != 0 \&\&/bool negative = serial.len != 1 \&\&/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_judge.c"

void harness(void)
{
    struct ptn_path_request q = any_request(NULL);
    struct ptn_path_failure failure = {0};
    if (judge_serial(&q, any_span(), &failure) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
