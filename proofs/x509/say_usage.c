// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_usage
// REPLACE: say_which say_purpose ptn_text_add ptn_text_number ptn_revocation_say
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: words_of
// MUTANT: src/x509/path_text.c s/ptn_revocation_say(f->err, &f->status, t)/ptn_revocation_say(f->err, NULL, t)/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    const struct ptn_path_request q = any_request(NULL);
    struct ptn_cert cert = any_words();
    const struct ptn_path_failure f = any_failure(any_bool() ? &cert : NULL, NULL);
    struct ptn_text t = any_text();
    say_usage(&q, &f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
