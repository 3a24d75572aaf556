// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_hex
// SOURCES: src/x509/text.c
// REPLACE: ptn_read_u8 ptn_mspan_part ptn_span_copy
// LOOP_CONTRACTS: yes
// COVERS: append_hex
// MUTANT: src/x509/text.c s/append_hex(t, c >> 4);/append_hex(t, c << 4);/
#include "proof.h"

#include "x509/any.h"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_text_hex(&t, any_span());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
