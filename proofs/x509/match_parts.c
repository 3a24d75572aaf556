// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: match_parts
// SOURCES: src/base/bytes.c
// REPLACE: ptn_dn_read_attribute ptn_span_equal match_values
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// UNWIND: 12
// MUTANT: src/x509/dn_match.c s/        count++;/        count += 3;/
#include "proof.h"

#include "x509/dn_match.c"

void harness(void)
{
    if (match_parts(any_span(), any_span()) == PTN_SAME) {
        PTN_REACH("the same");
    } else {
        PTN_REACH("another");
    }
}
