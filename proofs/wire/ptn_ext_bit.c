// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_ext_bit
// SOURCES: src/wire/ext_table.c
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/ext_table.c s/i < PTN_COUNT(rows)/i <= PTN_COUNT(rows)/
#include "proof.h"

#include "wire/ext_table.h"

void harness(void)
{
    if (ptn_ext_bit(any_u16()) == 0) {
        PTN_REACH("unknown");
    } else {
        PTN_REACH("known");
    }
}
