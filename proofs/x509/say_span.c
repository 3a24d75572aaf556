// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_span
// REPLACE: ptn_text_add ptn_text_number
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/    uint64_t n = .*/    uint64_t n = s \/ (s - DAY_S);/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_text t = any_text();
    say_span(&t, any_u64());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
