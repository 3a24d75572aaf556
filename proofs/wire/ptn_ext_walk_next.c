// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_ext_walk_next
// SOURCES: src/wire/ext_table.c
// REPLACE: ptn_read_extension
// LOOP_CONTRACTS: yes
// COVERS: places_of is_response
// MUTANT: src/wire/ext_table.c s/\*out_have = false;/*out_have = true;/
#include "proof.h"

#include "wire/ext_table.h"

void harness(void)
{
    struct ptn_ext_walk walk = {.reader = any_reader(), .asked = any_u32(), .place = any_int()};
    struct ptn_extension extension;
    bool have;
    if (ptn_ext_walk_next(&walk, &extension, &have) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (have) {
        PTN_REACH("an extension");
    } else {
        PTN_REACH("the end");
    }
}
