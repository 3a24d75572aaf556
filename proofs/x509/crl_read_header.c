// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_header
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read_header ptn_span_part ptn_span_at
// SOLVER: cadical
// COVERS: box_end
// MUTANT: src/x509/crl_scan.c s/ && end <= box_end(s)//
#include "proof.h"

#include "x509/any_scan.h"
#include "x509/crl_scan.c"

void harness(void)
{
    struct ptn_crl_scan s = any_scan();
    patina_span bytes = any_span();
    struct element e;
    bool have = false;
    ASSUME(s.at <= bytes.len);
    if (read_header(&s, bytes, &e, &have) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (have) {
        PTN_REACH("a header");
    } else {
        PTN_REACH("more bytes are needed");
    }
}
