// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_over
// SOURCES: src/x509/text.c src/base/bytes.c
// MUTANT: src/x509/text.c s/array.len == 0 ? 0 : array.len - 1/array.len/
#include "proof.h"

#include "x509/any.h"

void harness(void)
{
    struct ptn_text t = ptn_text_over(any_mspan());
    if (t.room_.len == 0) {
        PTN_REACH("no room");
    } else {
        PTN_REACH("room");
    }
}
