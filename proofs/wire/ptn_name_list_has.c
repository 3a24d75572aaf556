// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_name_list_has
// SOURCES: src/wire/lists.c
// REPLACE: ptn_read_vec8 ptn_span_equal ptn_span_part
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/lists.c /^bool ptn_name_list_has/,/^}/s/ptn_reader_whole(&one), name/ptn_span_skip(ptn_reader_whole(\&names), 1), (patina_span){name.ptr, name.len + 1}/
#include "proof.h"

#include "wire/lists.h"

void harness(void)
{
    struct ptn_name_list list = {.bytes = any_span(), .count = any_size()};
    if (ptn_name_list_has(list, any_span())) {
        PTN_REACH("there");
    } else {
        PTN_REACH("not there");
    }
}
