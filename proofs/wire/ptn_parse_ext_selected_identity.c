// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_selected_identity
// SOURCES: src/wire/ext_pre_shared_key.c
// REPLACE: ptn_read_u16
// MUTANT: src/wire/ext_pre_shared_key.c s/ptn_read_u16(&r, &identity) && ptn_read_end(&r)/ptn_read_u16(\&r, \&identity)/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    uint16_t identity;
    if (ptn_parse_ext_selected_identity(any_body(), &identity) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
