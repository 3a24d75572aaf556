// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: len_without_blanks
// SOURCES: src/base/mem.c
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/pem.c s/ptn_span_at(line, len - 1)/ptn_span_at(line, len)/
#include "proof.h"

#include "x509/pem.c"

void harness(void)
{
    if (len_without_blanks(any_span()) != 0) {
        PTN_REACH("something is left");
    } else {
        PTN_REACH("nothing is left");
    }
}
