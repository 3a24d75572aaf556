// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_signature
// REPLACE: say_which quote_subject ptn_text_add ptn_span_equal
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/ptn_span_equal(f->cert->ext.authority_key_id, /ptn_span_equal((patina_span){f->cert->ext.authority_key_id.ptr, f->cert->ext.authority_key_id.len + 1}, /
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    struct ptn_cert other = any_words();
    const struct ptn_path_failure f = any_failure(&cert, &other);
    struct ptn_text t = any_text();
    say_signature(&f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
