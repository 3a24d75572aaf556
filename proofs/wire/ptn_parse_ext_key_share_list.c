// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_key_share_list
// SOURCES: src/wire/ext_key_share.c
// REPLACE: ptn_read_vec16 ptn_read_key_share ptn_key_share_list_find
// LOOP_CONTRACTS: yes
// MUTANT: src/wire/ext_key_share.c s/list.count < PTN_MAX_KEY_SHARES/list.count <= PTN_MAX_KEY_SHARES/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    struct ptn_key_share_list list;
    if (ptn_parse_ext_key_share_list(any_body(), &list) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
