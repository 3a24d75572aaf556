// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_id_ce_arc
// SOURCES: src/x509/extension.c
// REPLACE: ptn_span_at
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/extension.c s/oid.len != 3/oid.len < 2/
#include "proof.h"

#include "x509/extension.h"

void harness(void)
{
    patina_span oid = any_span();
    if (ptn_id_ce_arc(oid) != 0) {
        PTN_REACH("below id-ce");
        CLAIM(oid.len == 3, "an OID of three octets");
    } else {
        PTN_REACH("another");
    }
}
