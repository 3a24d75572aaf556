// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_oid_text
// SOURCES: src/x509/dn.c
// REPLACE: ptn_read_u8 ptn_text_add ptn_text_number
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// UNWIND: 13
// SOLVER: cadical
// MUTANT: src/x509/dn.c s/arc < 80 ? arc \/ 40 : 2;/arc < 80 ? arc \/ 20 : 2;/
#include "proof.h"

#include "x509/any.h"
#include "x509/dn.h"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_oid_text(any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
