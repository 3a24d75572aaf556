// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_answers
// SOURCES: src/base/mem.c
// REPLACE: ptn_ocsp_read_answer
// LOOP_CONTRACTS: yes
// SOLVER: cadical
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/ocsp.c s/PTN_TRY(ptn_ocsp_read_answer(&list, &answer));/(void)ptn_ocsp_read_answer(\&list, \&answer);/
#include "proof.h"

#include "x509/ocsp.c"

void harness(void)
{
    if (check_answers(any_span()) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
