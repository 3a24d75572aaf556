// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_has_purpose
// REPLACE: ptn_der_read ptn_span_equal
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/cert_ext.c s/if (ptn_span_equal(oid, purpose)) {/if (ptn_span_equal((patina_span){oid.ptr, oid.len + 1}, purpose)) {/
#include "proof.h"

#include "x509/cert_ext.c"

void harness(void)
{
    if (ptn_has_purpose(any_span(), any_span())) {
        PTN_REACH("has it");
    } else {
        PTN_REACH("has it not");
    }
}
