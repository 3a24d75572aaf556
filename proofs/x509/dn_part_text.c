// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: part_text
// SOURCES: src/base/bytes.c
// REPLACE: ptn_text_add type_text value_text ptn_dn_read_attribute
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/dn.c s/if (!ptn_dn_read_attribute(&set, &a)) {/if (!ptn_dn_read_attribute(\&set, \&a) \&\& first) {/
#include "proof.h"

#include "x509/any.h"
#include "x509/dn.c"

void harness(void)
{
    struct ptn_text t = any_text();
    part_text(any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
