// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_malformed
// REPLACE: ptn_pem_next
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/bundle.c s/err != PATINA_OK || position <= before/err != PATINA_OK/
#include "proof.h"

#include "x509/buffer.h"
#include "x509/bundle.c"

void harness(void)
{
    struct ptn_buf der = any_buf();
    size_t start;
    if (find_malformed(any_span(), &der, &start)) {
        PTN_REACH("found");
    } else {
        PTN_REACH("none");
    }
}
