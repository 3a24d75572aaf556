// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_profile_refuses
// REPLACE: ptn_rules_broken
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 20
// MUTANT: src/x509/profile.c /^bool ptn_profile_refuses/,/^}/s/i < RULES_COUNT \&\& broken != 0; i++/i <= RULES_COUNT; i++/
#include "proof.h"

#include "x509/any.h"
#include "x509/profile.c"

void harness(void)
{
    struct ptn_cert cert = any_cert();
    struct ptn_rule rule;
    if (ptn_profile_refuses(&cert, PTN_ROLE_SERVER, &rule)) {
        PTN_REACH("refused");
    } else {
        PTN_REACH("accepted");
    }
}
