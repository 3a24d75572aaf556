// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_constrained_name_is_valid
// REPLACE: ptn_is_dns_name is_mailbox uri_host ptn_dn_contents ptn_dn_is_well_formed
// REPLACE: ptn_span_at ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: is_wildcard is_directory_name
// MUTANT: src/x509/constraint_forms.c s/return name.len > 2 \&\& ptn_span_at(name, 0)/return name.len > 0 \&\& ptn_span_at(name, 0)/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (ptn_constrained_name_is_valid(any_u8(), any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
