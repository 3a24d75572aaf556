// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_body
// SOURCES: src/base/mem.c
// REPLACE: next_line judge_line ptn_span_part
// SOLVER: cadical
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/pem.c s/ \*position = at;/ *position = at + 1;/
#include "proof.h"

#include "x509/pem.c"

void harness(void)
{
    patina_span text = any_span();
    size_t position = any_size();
    ASSUME(position <= text.len);
    patina_span body;
    if (find_body(text, &position, any_span(), &body) == PATINA_OK) {
        PTN_REACH("a block");
    } else {
        PTN_REACH("no end of it");
    }
}
