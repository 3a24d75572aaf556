// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_cert_lint
// REPLACE: ptn_cert_parse_anchor lint_parsed
// OBJECT_BITS: 9
// UNWIND: 28
// SOLVER: cadical
// MUTANT: src/x509/profile.c s/    \*out_count = lint_parsed(/    cert.ext.policy_mappings.len++; *out_count = lint_parsed(/
#include "proof.h"

#include "x509/profile.c"

void harness(void)
{
    size_t cap = any_size();
    size_t count;
    struct patina_lint_finding *out = NULL;
    if (any_bool()) {
        ASSUME(cap <= __CPROVER_max_malloc_size / sizeof(*out));
        out = any_object(cap * sizeof(*out));
    }
    switch ((int)patina_cert_lint(any_span(), out, cap, any_bool() ? &count : NULL)) {
    case PATINA_OK:
        PTN_REACH("judged");
        return;
    case PATINA_ERR_MISUSE:
        PTN_REACH("nowhere to put it");
        return;
    default:
        PTN_REACH("none that parses");
        return;
    }
}
