// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: bits_of
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/key.c s/(uint32_t)(magnitude.len - 1) \* 8/(uint32_t)magnitude.len * 8/
#include "proof.h"

#include "x509/key.c"

void harness(void)
{
    patina_span magnitude = any_span();
    ASSUME(CERT_BYTES(magnitude));
    if (bits_of(magnitude) != 0) {
        PTN_REACH("counted");
    } else {
        PTN_REACH("nothing");
    }
}
