// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: try_delegate
// REPLACE: ptn_cert_parse is_responder is_delegate
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/ocsp_judge.c s/        \*out = cert.spki;/        *out = cert.spki; out->whole.len++;/
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
    bool is_it;
    patina_err err = try_delegate(&q, &ocsp, any_span(), &is_it, &key);
    if (err == PATINA_OK && is_it) {
        PTN_REACH("it is");
    } else {
        PTN_REACH("it is not");
    }
}
