// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_begin
// SOURCES: src/base/mem.c
// REPLACE: next_line boundary_label
// SOLVER: cadical
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/pem.c s/\.label = label, \.start = start}/.label = {line.ptr, line.len + 1}, .start = start}/
#include "proof.h"

#include "x509/pem.c"

void harness(void)
{
    patina_span text = any_span();
    size_t position = any_size();
    ASSUME(position <= text.len);
    struct ptn_pem_block block;
    if (find_begin(text, &position, &block)) {
        PTN_REACH("a block");
        CLAIM(block.start < position, "that starts before");
    } else {
        PTN_REACH("none");
    }
}
