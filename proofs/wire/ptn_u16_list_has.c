// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_u16_list_has
// SOURCES: src/wire/lists.c
// REPLACE: ptn_u16_list_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/lists.c /bool ptn_u16_list_has/,/^}/s/i < count; i++/i < count; i += 2/
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_u16_list list = {any_span()};
    if (ptn_u16_list_has(list, any_u16())) {
        PTN_REACH("there");
    } else {
        PTN_REACH("not there");
    }
}
