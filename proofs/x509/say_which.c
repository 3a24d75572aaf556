// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_which
// REPLACE: quote_subject ptn_text_add
// OBJECT_BITS: 9
// MUTANT: src/x509/path_text.c s/f->index == 0 || f->cert == NULL/f->index == 0/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    const struct ptn_path_failure f = any_failure(any_bool() ? &cert : NULL, NULL);
    struct ptn_text t = any_text();
    say_which(&t, &f);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
