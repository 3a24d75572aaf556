// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_text
// SOURCES: src/base/bytes.c
// REPLACE: ptn_text_add part_text part_at count_parts
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/dn.c s/part_text(part_at(name, count - 1 - i), t)/part_text((patina_span){name.ptr, name.len + 1}, t)/
#include "proof.h"

#include "x509/any.h"
#include "x509/dn.c"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_dn_text(any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
