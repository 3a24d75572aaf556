// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_bases
// SOURCES: src/base/bytes.c
// REPLACE: read_base ptn_constraint_is_valid
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 12
// MUTANT: src/x509/constraints.c s/\*count < PTN_MAX_NAME_CONSTRAINTS, PATINA_ERR_CERT_BUDGET/*count <= PTN_MAX_NAME_CONSTRAINTS, PATINA_ERR_CERT_BUDGET/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    size_t count = any_size();
    uint32_t kinds;
    ASSUME(count <= PTN_MAX_NAME_CONSTRAINTS);
    patina_err err = check_bases(any_span(), &count, &kinds);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}
