// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: count_parts
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/dn.c s/        count++;/        count += 3;/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    size_t count;
    if (count_parts(any_span(), &count)) {
        PTN_REACH("counted");
    } else {
        PTN_REACH("malformed");
    }
}
