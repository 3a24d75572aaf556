// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: describe_signature
// SOURCES: src/x509/spki.c
// REPLACE: ptn_span_equal ptn_der_read ptn_text_add ptn_oid_text
// UNWIND: 12
// OBJECT_BITS: 9
// MUTANT: src/x509/describe.c s/    if (name != NULL) {/    if (name == NULL) {/
#include "x509/any.h"

#include "x509/describe.c"

void harness(void)
{
    struct ptn_text t = any_text();
    describe_signature(any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
