// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_key_share_list_find
// SOURCES: src/wire/lists.c
// REPLACE: ptn_read_key_share
// LOOP_CONTRACTS: yes
// MUTANT: src/wire/lists.c /^bool ptn_key_share_list_find/,/^}/s/share.group == group/share.group != group/
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_key_share_list list = {.bytes = any_span(), .count = any_size()};
    struct ptn_key_share share;
    if (ptn_key_share_list_find(list, any_u16(), &share)) {
        PTN_REACH("found");
    } else {
        PTN_REACH("not there");
    }
}
