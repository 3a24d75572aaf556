// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_judge_common_names
// REPLACE: ptn_dn_contents ptn_der_read judge_part
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/profile_read.c s/judge_part(cert->ext.san, part))/judge_part(cert->ext.san, (patina_span){part.ptr, part.len + 1}))/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    struct ptn_cert cert = {.subject = any_span(), .ext.san = any_span()};
    if (ptn_judge_common_names(&cert) == PTN_COMMON_NAME_REPEATED) {
        PTN_REACH("repeated");
    } else {
        PTN_REACH("not repeated");
    }
}
