// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_date
// SOURCES: src/base/bytes.c
// REPLACE: append_day ptn_text_add
// MUTANT: src/x509/text.c s/unix_s < first_s || //
#include "proof.h"

#include "x509/any.h"
#include "x509/text.c"

void harness(void)
{
    struct ptn_text t = any_text();
    ptn_text_date(&t, any_i64());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
