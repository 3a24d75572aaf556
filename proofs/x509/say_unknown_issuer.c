// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_unknown_issuer
// REPLACE: quote_issuer ptn_text_add
// OBJECT_BITS: 9
// MUTANT: src/x509/path_text.c s/quote_issuer(t, f->cert)/quote_issuer(t, f->other)/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    const struct ptn_path_request q = any_request(NULL);
    struct ptn_cert cert = any_words();
    const struct ptn_path_failure f = any_failure(&cert, NULL);
    struct ptn_text t = any_text();
    say_unknown_issuer(&q, &f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
