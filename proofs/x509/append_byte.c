// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: append_byte
// SOURCES: src/base/bytes.c
// REPLACE: ptn_mspan_part ptn_span_copy
// COVERS: append
// MUTANT: src/x509/text.c s/s.len > t->room_.len - t->len_/s.len > t->room_.len/
#include "proof.h"

#include "x509/any.h"
#include "x509/text.c"

void harness(void)
{
    struct ptn_text t = any_text();
    append_byte(&t, any_u8());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
