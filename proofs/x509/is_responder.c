// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_responder
// REPLACE: ptn_span_equal is_digest
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/ocsp_judge.c s/ptn_span_equal(ocsp->responder_name, cert->subject)/ptn_span_equal((patina_span){ocsp->responder_name.ptr, ocsp->responder_name.len + 1}, cert->subject)/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_status_query q = any_query(&provider, NULL, NULL, NULL);
    const struct ptn_ocsp ocsp = any_ocsp();
    const struct ptn_cert cert = any_issuer();
    bool same;
    patina_err err = is_responder(&q, &ocsp, &cert, &same);
    if (err == PATINA_OK && same) {
        PTN_REACH("it is");
    } else {
        PTN_REACH("it is not");
    }
}
