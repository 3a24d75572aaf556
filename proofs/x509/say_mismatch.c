// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_mismatch
// REPLACE: say_names ptn_text_over ptn_text_add ptn_text_mark_cut ptn_text_untrusted ptn_text_ip
// REPLACE: ptn_span_part
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/ptn_text_untrusted(t, q->name->text)/ptn_text_untrusted(t, (patina_span){q->name->text.ptr, q->name->text.len + 1})/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_server_name name = any_name();
    const struct ptn_path_request q = any_request(&name);
    struct ptn_cert cert = any_words();
    const struct ptn_path_failure f = any_failure(&cert, NULL);
    struct ptn_text t = any_text();
    say_mismatch(&q, &f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
