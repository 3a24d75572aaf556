// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_number
// SOURCES: src/x509/text.c
// REPLACE: ptn_mspan_part ptn_span_copy
// LOOP_CONTRACTS: yes
// SOLVER: cadical
// COVERS: append_byte
// MUTANT: src/x509/text.c s/while (unit != 0)/while (unit != 1)/
#include "proof.h"

#include "x509/any.h"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_text_number(&t, any_u64());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
