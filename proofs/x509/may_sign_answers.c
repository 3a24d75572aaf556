// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: may_sign_answers
// REPLACE: ptn_has_purpose
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/ocsp_judge.c s/ptn_has_purpose(cert->ext.eku, /ptn_has_purpose((patina_span){cert->ext.eku.ptr, cert->ext.eku.len + 1}, /
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct ptn_cert cert = {.ext = {.eku = any_span()}};
    if (may_sign_answers(&cert)) {
        PTN_REACH("it may");
    } else {
        PTN_REACH("it may not");
    }
}
