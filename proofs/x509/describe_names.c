// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: describe_names
// SOURCES: src/base/bytes.c
// REPLACE: describe_name ptn_der_read_any ptn_text_add ptn_text_mark_cut
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// MUTANT: src/x509/describe.c s/describe_name(tag, name, t);/describe_name(tag, (patina_span){name.ptr, name.len + 1}, t);/
#include "x509/any.h"

#include "x509/describe.c"

void harness(void)
{
    struct ptn_text t = any_text();
    describe_names(any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
