// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_key_share_group
// SOURCES: src/wire/ext_key_share.c
// REPLACE: ptn_read_u16
// MUTANT: src/wire/ext_key_share.c s/ptn_read_u16(&r, &group) && ptn_read_end(&r)/ptn_read_u16(\&r, \&group)/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    uint16_t group;
    if (ptn_parse_ext_key_share_group(any_body(), &group) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
