// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: next_line
// SOURCES: src/base/mem.c
// REPLACE: ptn_span_at ptn_span_part len_without_blanks
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/pem.c s/end < text.len ? end + 1 : end;/end + 1;/
#include "proof.h"

#include "x509/pem.c"

void harness(void)
{
    patina_span text = any_span();
    size_t position = any_size();
    ASSUME(position <= text.len);
    patina_span line;
    if (next_line(text, &position, &line)) {
        PTN_REACH("a line");
    } else {
        PTN_REACH("the end");
    }
}
