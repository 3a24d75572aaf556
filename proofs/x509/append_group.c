// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: append_group
// SOURCES: src/base/bytes.c
// REPLACE: append_byte
// LOOP_CONTRACTS: yes
// COVERS: append_hex
// MUTANT: src/x509/text.c s/nibble - 10/nibble - 16/
#include "proof.h"

#include "x509/any.h"
#include "x509/text.c"

void harness(void)
{
    struct ptn_text t = any_text();
    append_group(&t, any_u16());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
