// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_constraint
// REPLACE: quote_subject ptn_text_add ptn_text_ip ptn_text_untrusted ptn_span_part
// UNWIND: 26
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/ptn_text_ip(t, ptn_span_first(f->name, 16))/ptn_text_ip(t, f->name)/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    const struct ptn_path_failure f = any_failure(NULL, &cert);
    struct ptn_text t = any_text();
    say_constraint(&f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
