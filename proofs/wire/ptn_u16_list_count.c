// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_u16_list_count
// SOURCES: src/wire/lists.c
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/lists.c s|return list.bytes.len / 2;|return list.bytes.len;|
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_u16_list list = {any_span()};
    if (ptn_u16_list_count(list) == 0) {
        PTN_REACH("none");
    } else {
        PTN_REACH("some");
    }
}
