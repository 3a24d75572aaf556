// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_u16_list_at
// SOURCES: src/wire/lists.c
// REPLACE: ptn_read_u16 ptn_span_part
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/lists.c s/return ptn_read_u16(&r, &value) ? value : 0/return ptn_read_u16(\&r + 1, \&value) ? value : 0/
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_u16_list list = {any_span()};
    if (ptn_u16_list_at(list, any_size()) == 0) {
        PTN_REACH("zero, or past the end");
    } else {
        PTN_REACH("a number");
    }
}
