// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: gather
// REPLACE: gather_block ptn_pem_next
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/        if (!have) {/        if (false) {/
#include "proof.h"

#include "x509/roots.c"

#include "x509/buffer.h"

void harness(void)
{
    struct gathering g = {.block = any_buf(), .all = any_buf(), .count = any_size()};
    ASSUME(g.count <= PTN_MAX_ROOTS);
    if (gather(&g, any_span()) == PATINA_OK) {
        PTN_REACH("to the end");
    } else {
        PTN_REACH("no memory");
    }
}
