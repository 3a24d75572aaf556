// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_signature
// REPLACE: is_responder find_delegate ptn_status_signature
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/ocsp_judge.c s/ocsp->signature_alg, ocsp->tbs, ocsp->signature);/ocsp->signature_alg, ocsp->tbs, (patina_span){ocsp->signature.ptr, ocsp->signature.len + 1});/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, NULL, &issuer);
    const struct ptn_ocsp ocsp = any_ocsp();
    if (check_signature(&q, &ocsp) == PATINA_OK) {
        PTN_REACH("good");
    } else {
        PTN_REACH("not good");
    }
}
