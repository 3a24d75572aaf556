// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: append_two_digits
// SOURCES: src/base/bytes.c
// REPLACE: append_byte
// MUTANT: src/x509/text.c s/n . 10 % 10/n \/ 10/
#include "proof.h"

#include "x509/any.h"
#include "x509/text.c"

void harness(void)
{
    struct ptn_text t = any_text();
    append_two_digits(&t, any_u32());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
