// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_name_list_at
// SOURCES: src/wire/lists.c
// REPLACE: ptn_read_vec8
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/lists.c /^patina_span ptn_name_list_at/,/^}/s/return ptn_reader_whole(&name)/return ptn_reader_whole(\&names)/
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_name_list list = {.bytes = any_span(), .count = any_size()};
    patina_span name = ptn_name_list_at(list, any_size());
    if (name.len != 0) {
        PTN_REACH("found");
    } else {
        PTN_REACH("past the end");
    }
}
