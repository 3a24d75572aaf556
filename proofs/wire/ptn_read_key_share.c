// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_key_share
// SOURCES: src/wire/lists.c
// REPLACE: ptn_read_u16 ptn_read_vec16
// MUTANT: src/wire/lists.c s/        ptn_reader_is_empty(&key_exchange)) {/        false) {/
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    struct ptn_key_share share;
    if (ptn_read_key_share(&r, &share)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}
