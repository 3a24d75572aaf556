// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_key_share_list_at
// SOURCES: src/wire/lists.c
// REPLACE: ptn_read_key_share
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/lists.c /^struct ptn_key_share ptn_key_share_list_at/,/^}/s/k == i/k != i + 1/;/^struct ptn_key_share ptn_key_share_list_at/,/^}/s/return share;/share.key_exchange.len++;\n            return share;/
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_key_share_list list = {.bytes = any_span(), .count = any_size()};
    struct ptn_key_share share = ptn_key_share_list_at(list, any_size());
    if (share.key_exchange.len != 0) {
        PTN_REACH("found");
    } else {
        PTN_REACH("past the end");
    }
}
