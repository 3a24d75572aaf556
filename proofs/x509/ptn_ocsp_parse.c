// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_ocsp_parse
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_der_read ptn_span_at ptn_span_equal parse_basic
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 20
// COVERS: parse read_response_status
// MUTANT: src/x509/ocsp.c s/ && status.len == 1,/,/
#include "proof.h"

#include "x509/ocsp.c"

void harness(void)
{
    struct ptn_ocsp ocsp;
    if (ptn_ocsp_parse(any_span(), &ocsp) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
