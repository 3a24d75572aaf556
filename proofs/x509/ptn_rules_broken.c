// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_rules_broken
// REPLACE: ptn_span_equal ptn_dn_is_empty ptn_judge_common_names ptn_has_dotted_constraint
// REPLACE: ptn_has_other_time_form ptn_has_odd_modulus ptn_has_any_purpose
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// UNWIND: 20
// COVERS: judge_criticality judge_key_ids judge_fields judge_authority judge_end_entity judge_server
// MUTANT: src/x509/profile.c s/begins < 0 || cert->not_after_s < begins/cert->not_after_s < begins/
#include "proof.h"

#include "x509/any.h"
#include "x509/profile.c"

void harness(void)
{
    struct ptn_cert cert = any_cert();
    enum ptn_role role = any_bool()   ? PTN_ROLE_SERVER
                         : any_bool() ? PTN_ROLE_END_ENTITY
                         : any_bool() ? PTN_ROLE_AUTHORITY
                         : any_bool() ? PTN_ROLE_ANCHOR
                                      : PTN_ROLE_ROOT;
    if (ptn_rules_broken(&cert, role) == 0) {
        PTN_REACH("keeps all");
    } else {
        PTN_REACH("breaks one");
    }
}
