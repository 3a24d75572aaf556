// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_dates
// REPLACE: say_which ptn_text_add ptn_text_date say_span
// OBJECT_BITS: 10
// SOLVER: cadical
// COVERS: seconds_between
// MUTANT: src/x509/path_text.c s/from < 0 \&\& to > INT64_MAX + from/from > 0/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    const struct ptn_path_request q = any_request(NULL);
    struct ptn_cert cert = any_words();
    const struct ptn_path_failure f = any_failure(&cert, NULL);
    struct ptn_text t = any_text();
    say_dates(&q, &f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
