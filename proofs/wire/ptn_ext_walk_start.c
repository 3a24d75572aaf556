// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_ext_walk_start
// SOURCES: src/wire/ext_table.c
// REPLACE: ptn_read_extension
// LOOP_CONTRACTS: yes
// COVERS: check_form check_duplicates is_among filter_add filter_set
// MUTANT: src/wire/ext_table.c s/uint32_t at = hash % FILTER_BITS;/uint32_t at = hash % (FILTER_BITS + 1);/
#include "proof.h"

#include "wire/ext_table.h"

void harness(void)
{
    enum ptn_ext_place place = any_int();
    struct ptn_reader block = any_reader();
    struct ptn_ext_walk walk;
    if (ptn_ext_walk_start(&walk, block, place, any_u32()) == PATINA_OK) {
        PTN_REACH("in form");
    } else {
        PTN_REACH("refused");
    }
}
