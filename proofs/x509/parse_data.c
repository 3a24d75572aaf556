// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_data
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_read_whole ptn_der_is_next ptn_der_read_time
// REPLACE: check_answers check_extensions
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 14
// COVERS: read_responder_id read_generalized_time read_extensions
// MUTANT: src/x509/ocsp.c s/PTN_TRY(check_answers(out->answers));/PTN_TRY(check_answers((patina_span){out->answers.ptr, out->answers.len + 1}));/
#include "proof.h"

#include "x509/ocsp.c"

void harness(void)
{
    struct ptn_ocsp ocsp = {0};
    if (parse_data(any_span(), &ocsp) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
