// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: serves_purpose
// REPLACE: ptn_has_purpose ptn_has_any_purpose
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/path_judge.c s/ptn_has_any_purpose(cert->ext.eku)/ptn_has_any_purpose((patina_span){cert->ext.eku.ptr, cert->ext.eku.len + 1})/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_judge.c"

void harness(void)
{
    struct ptn_cert cert = {.ext.eku = any_span()};
    struct ptn_path_request q = any_request(NULL);
    if (serves_purpose(&cert, &q)) {
        PTN_REACH("made for it");
    } else {
        PTN_REACH("made for others");
    }
}
