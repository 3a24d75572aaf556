// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_algorithm
// SOURCES: src/x509/spki.c
// REPLACE: say_which quote_subject ptn_text_add ptn_span_equal ptn_span_part ptn_der_read
// REPLACE: ptn_oid_text
// UNWIND: 12
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/path_text.c s/    if (name != NULL) {/    if (name == NULL) {/
#include "x509/any_path.h"
#include "x509/path_text.c"

void harness(void)
{
    struct ptn_cert cert = any_words();
    struct ptn_cert other = any_words();
    const struct ptn_path_failure f = any_failure(&cert, any_bool() ? &other : NULL);
    struct ptn_text t = any_text();
    say_algorithm(&f, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
