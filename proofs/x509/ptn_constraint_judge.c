// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_constraint_judge
// REPLACE: is_dns_inside is_host_inside uri_host is_mailbox_inside is_ip_inside
// REPLACE: ptn_dn_match_prefix
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: judge_directory
// MUTANT: src/x509/constraint_forms.c s/inside = is_ip_inside(name, base);/inside = is_ip_inside((patina_span){name.ptr, name.len + 1}, base);/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (ptn_constraint_judge(any_u8(), any_span(), any_span(), any_bool()) == PTN_INSIDE) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("outside");
    }
}
