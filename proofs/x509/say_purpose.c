// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_purpose
// REPLACE: ptn_oid_text ptn_text_add
// OBJECT_BITS: 9
// MUTANT: src/x509/path_text.c s/ptn_oid_text(q->own_eku, t)/ptn_oid_text((patina_span){q->own_eku.ptr, q->own_eku.len + 1}, t)/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    const struct ptn_path_request q = any_request(NULL);
    struct ptn_text t = any_text();
    say_purpose(&q, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
