// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_u16_list
// SOURCES: src/wire/lists.c
// REPLACE: ptn_read_bytes
// MUTANT: src/wire/lists.c s/bytes.len % 2 != 0 ||/false ||/
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    struct ptn_u16_list list;
    if (ptn_read_u16_list(&r, any_size(), &list)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}
