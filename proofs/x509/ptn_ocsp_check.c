// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_ocsp_check
// REPLACE: ptn_ocsp_parse judge_answers check_signature
// OBJECT_BITS: 10
// SOLVER: cadical
// COVERS: section_of refuse weight
// MUTANT: src/x509/ocsp_judge.c s/ptn_ocsp_parse(q->revocation->staple, /ptn_ocsp_parse((patina_span){q->revocation->staple.ptr, q->revocation->staple.len + 1}, /
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct patina_provider provider = any_provider();
    const struct ptn_revocation revocation = any_revocation();
    const struct ptn_cert cert = any_cert();
    const struct ptn_cert issuer = any_issuer();
    struct ptn_status_query q = any_query(&provider, &revocation, &cert, &issuer);
    struct ptn_status status;
    if (ptn_ocsp_check(&q, &status) == PATINA_OK) {
        PTN_REACH("good");
    } else {
        PTN_REACH("not good");
    }
}
