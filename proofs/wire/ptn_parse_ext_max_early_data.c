// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_max_early_data
// SOURCES: src/wire/ext_early_data.c
// REPLACE: ptn_read_u32
// MUTANT: src/wire/ext_early_data.c s/ptn_read_u32(&r, &bytes) && ptn_read_end(&r)/ptn_read_u32(\&r, \&bytes)/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    uint32_t bytes;
    if (ptn_parse_ext_max_early_data(any_body(), &bytes) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
