// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_self_signed
// REPLACE: quote_subject ptn_text_add
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/    quote_subject(t, f->cert);/    quote_subject(t, f->other);/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    struct ptn_cert root = {.version = 1};
    const struct ptn_path_failure f = any_failure(&cert, any_bool() ? &root : NULL);
    struct ptn_text t = any_text();
    say_self_signed(&f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
