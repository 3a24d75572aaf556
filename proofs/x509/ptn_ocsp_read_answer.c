// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_ocsp_read_answer
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_read_integer ptn_der_is_next ptn_der_read_time
// REPLACE: ptn_crl_read_reason check_extensions
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 14
// COVERS: read_cert_id read_status read_revoked_info read_generalized_time read_next_update
// COVERS: read_extensions
// MUTANT: src/x509/ocsp.c s/out->this_update_s + PTN_OCSP_DEFAULT_AGE_S/out->this_update_s * 2/
#include "proof.h"

#include "x509/ocsp.c"

void harness(void)
{
    struct ptn_reader answers = any_reader();
    struct ptn_ocsp_answer answer;
    if (ptn_ocsp_read_answer(&answers, &answer) == PATINA_OK) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}
