// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_add
// SOURCES: src/x509/text.c src/base/bytes.c
// REPLACE: ptn_read_u8 ptn_mspan_part ptn_span_copy
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// COVERS: append append_byte
// MUTANT: src/x509/text.c s/s.len > t->room_.len - t->len_/s.len > t->room_.len/
#define PROOF_STRLEN
#include "proof.h"

#include "x509/any.h"

void harness(void)
{
    struct ptn_text t = any_text();
    size_t size = any_size();
    ASSUME(size != 0);
    ptn_text_add(&t, (const char *)any_object(size));
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
