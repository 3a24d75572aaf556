// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_rule
// REPLACE: say_which ptn_text_add
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/    ptn_text_add(t, f->words);/    ptn_text_add(t, (const char *)f->other);/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    struct ptn_path_failure f = any_failure(any_bool() ? &cert : NULL, NULL);
    f.words = "is not as the rule says";
    struct ptn_text t = any_text();
    say_rule(&f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
