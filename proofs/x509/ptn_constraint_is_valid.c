// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_constraint_is_valid
// REPLACE: ptn_is_dns_name is_mailbox is_mask ptn_dn_contents ptn_dn_is_well_formed
// REPLACE: ptn_span_at ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: is_host_base is_network is_directory_name has_dot
// MUTANT: src/x509/constraint_forms.c s/return base.len == 0 || ptn_is_dns_name(ptn_span_skip(base, has_dot(base) ? 1 : 0));/return ptn_is_dns_name((patina_span){base.ptr, base.len + 1});/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (ptn_constraint_is_valid(any_u8(), any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
