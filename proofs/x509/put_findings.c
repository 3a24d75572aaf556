// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: put_findings
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 20
// MUTANT: src/x509/profile.c s/        if (count < cap) {/        if (count <= cap) {/
#include "proof.h"

#include "x509/profile.c"

void harness(void)
{
    size_t cap = any_size();
    ASSUME(cap <= PATINA_LINT_MAX);
    struct patina_lint_finding *out = any_object(cap * sizeof(*out));
    if (put_findings(any_u64(), out, cap) == 0) {
        PTN_REACH("none");
    } else {
        PTN_REACH("some");
    }
}
