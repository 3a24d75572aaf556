// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_pem_line
// SOURCES: src/x509/pem.c
// REPLACE: ptn_read_u8 ptn_span_part
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// UNWIND: 13
// MUTANT: src/x509/pem.c s/    size_t lines = 1;/    size_t lines = 3;/
#include "proof.h"

#include "x509/pem.h"

void harness(void)
{
    if (ptn_pem_line(any_span(), any_size()) == 1) {
        PTN_REACH("the first line");
    } else {
        PTN_REACH("a later one");
    }
}
