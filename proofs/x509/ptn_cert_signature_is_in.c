// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_cert_signature_is_in
// SOURCES: src/x509/spki.c
// REPLACE: ptn_span_equal
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// ASSIGNS_NOTHING: yes
// UNWIND: 13
// MUTANT: src/x509/spki.c s/if (found == PTN_COUNT(signatures)) {/if (found > PTN_COUNT(signatures)) {/
#include "proof.h"

#include "x509/any.h"

void harness(void)
{
    struct ptn_cert cert = any_cert();
    size_t count = any_size();
    ASSUME(count <= __CPROVER_max_malloc_size / sizeof(uint16_t));
    const uint16_t *schemes = any_object(count * sizeof(uint16_t));
    if (ptn_cert_signature_is_in(&cert, schemes, count)) {
        PTN_REACH("one of them");
    } else {
        PTN_REACH("none of them");
    }
}
