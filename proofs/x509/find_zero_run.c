// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_zero_run
// SOURCES: src/base/bytes.c
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// COVERS: group_at
// MUTANT: src/x509/text.c s/i < 8; i++/i < 9; i++/
#include "proof.h"

#include "x509/text.c"

void harness(void)
{
    size_t start;
    size_t len;
    find_zero_run(any_span(), &start, &len);
    if (len == 0) {
        PTN_REACH("none");
    } else {
        PTN_REACH("one");
    }
}
