// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_of_one
// REPLACE: say_dates say_mismatch say_unknown_issuer say_self_signed
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/        say_unknown_issuer(q, f, t);/        say_unknown_issuer(q, f, t); say_mismatch(q, f, t);/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_server_name name = any_name();
    const struct ptn_path_request q = any_request(any_bool() ? &name : NULL);
    struct ptn_cert cert = any_words();
    const struct ptn_path_failure f = any_failure(&cert, NULL);
    struct ptn_text t = any_text();
    say_of_one(&q, &f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
