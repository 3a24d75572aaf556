// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_extension
// SOURCES: src/wire/ext_table.c
// REPLACE: ptn_read_u16 ptn_read_vec16 ptn_ext_bit
// MUTANT: src/wire/ext_table.c s/ptn_read_u16(block, &type) && ptn_read_vec16(block, &body)/(ptn_read_u16(block, \&type) || ptn_read_vec16(block, \&body))/
#include "proof.h"

#include "wire/ext_table.h"

void harness(void)
{
    struct ptn_reader block = any_reader();
    struct ptn_extension extension;
    if (ptn_read_extension(&block, &extension) == PATINA_OK) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}
