// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_delegate
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read_whole try_delegate
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/ocsp_judge.c s/ptn_reader_of(ocsp->certs)/ptn_reader_of((patina_span){ocsp->certs.ptr, ocsp->certs.len + 1})/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, NULL, &issuer);
    const struct ptn_ocsp ocsp = any_ocsp();
    struct ptn_spki key;
    if (find_delegate(&q, &ocsp, &key) == PATINA_OK) {
        PTN_REACH("one that signs");
    } else {
        PTN_REACH("none");
    }
}
