// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: lint_parsed
// REPLACE: ptn_rules_broken role_of put_findings
// OBJECT_BITS: 9
// UNWIND: 28
// MUTANT: src/x509/profile.c s/role_of(cert)), out, cap);/role_of(cert)), out, cap + 1);/
#include "proof.h"

#include "x509/any.h"
#include "x509/profile.c"

void harness(void)
{
    struct ptn_cert cert = any_cert();
    size_t cap = any_size();
    ASSUME(cap <= PATINA_LINT_MAX);
    struct patina_lint_finding *out = any_object(cap * sizeof(*out));
    if (lint_parsed(&cert, out, cap) == 0) {
        PTN_REACH("none");
    } else {
        PTN_REACH("some");
    }
}
