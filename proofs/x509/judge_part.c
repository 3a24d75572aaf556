// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_part
// REPLACE: ptn_dn_read_attribute ptn_span_equal judge_common_name
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: worst
// MUTANT: src/x509/profile_read.c s/judge_common_name(san, a.value))/judge_common_name(san, (patina_span){a.value.ptr, a.value.len + 1}))/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    if (judge_part(any_span(), any_span()) == PTN_COMMON_NAME_REPEATED) {
        PTN_REACH("repeated");
    } else {
        PTN_REACH("not repeated");
    }
}
