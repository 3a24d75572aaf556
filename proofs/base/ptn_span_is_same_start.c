// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_is_same_start
// SOURCES: src/base/bytes.c
// ASSIGNS_NOTHING: yes
// MUTANT: src/base/bytes.c s/return a.len != 0 \&\& a.ptr == b.ptr/return a.ptr == b.ptr/
#include "proof.h"

void harness(void)
{
    patina_mspan a;
    patina_mspan b;
    any_overlap(&a, &b);
    if (ptn_span_is_same_start(ptn_span(a), b)) {
        PTN_REACH("in place");
    } else {
        PTN_REACH("apart");
    }
}
