// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_signature_alg_name
// SOURCES: src/x509/spki.c
// REPLACE: ptn_span_equal
// UNWIND: 12
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/spki.c s/return PTN_AT(signatures, i).name;/return PTN_AT(signatures, i + 1).name;/
#include "proof.h"

#include "x509/cert.h"

void harness(void)
{
    if (ptn_signature_alg_name(any_span()) != NULL) {
        PTN_REACH("known");
    } else {
        PTN_REACH("unknown");
    }
}
