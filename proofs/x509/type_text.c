// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: type_text
// SOURCES: src/base/bytes.c
// REPLACE: ptn_text_add ptn_oid_text ptn_span_equal ptn_span_at
// LOOP_CONTRACTS: yes
// COVERS: id_at_arc
// MUTANT: src/x509/dn.c s/type.len != 3/type.len < 2/
#include "proof.h"

#include "x509/any.h"
#include "x509/dn.c"

void harness(void)
{
    struct ptn_text t = any_text();
    type_text(any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
