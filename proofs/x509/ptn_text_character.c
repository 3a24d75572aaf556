// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_character
// SOURCES: src/x509/text.c src/base/bytes.c
// COVERS: append is_printable
// MUTANT: src/x509/text.c s/s.len > t->room_.len - t->len_/s.len > t->room_.len - t->len_ + 1/
#include "proof.h"

#include "x509/any.h"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_text_character(&t, any_u32());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
