// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_common_name
// REPLACE: compare_with_san looks_like_address looks_like_host
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/profile_read.c s/struct common_name cn = {.value = value};/struct common_name cn; (void)value;/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    enum ptn_common_name found = judge_common_name(any_span(), any_span());
    if (found == PTN_COMMON_NAME_REPEATED) {
        PTN_REACH("repeated");
    } else if (found == PTN_COMMON_NAME_CONTRARY) {
        PTN_REACH("contrary");
    } else {
        PTN_REACH("another");
    }
}
