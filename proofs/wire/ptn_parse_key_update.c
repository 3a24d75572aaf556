// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_key_update
// SOURCES: src/wire/key_update.c
// REPLACE: ptn_read_u8
// MUTANT: src/wire/key_update.c s/ptn_read_u8(&r, &request) && ptn_read_end(&r)/ptn_read_u8(\&r, \&request)/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    bool requested;
    if (ptn_parse_key_update(any_body(), &requested) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
