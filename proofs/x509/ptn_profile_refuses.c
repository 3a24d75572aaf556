// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_profile_refuses ptn_rule_at
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
    size_t bit = 0;
    if (ptn_profile_refuses(&cert, PTN_ROLE_SERVER, &bit)) {
        PTN_REACH("refused");
        CLAIM(ptn_rule_at(bit) != NULL && ptn_rule_at(bit)->err != PATINA_OK, "by a rule");
    } else {
        PTN_REACH("accepted");
    }
}
