// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_short_text
// SOURCES: src/base/bytes.c
// REPLACE: ptn_dn_text part_at count_parts ptn_dn_read_attribute value_text ptn_span_at
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// MUTANT: src/x509/dn.c s/    ptn_dn_text(name, t);/    ptn_dn_text((patina_span){name.ptr, name.len + 1}, t);/
#include "proof.h"

#include "x509/any.h"
#include "x509/dn.c"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_dn_short_text(any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
