// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: append_day
// SOURCES: src/base/bytes.c
// REPLACE: append_byte append_two_digits take_spans
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/text.c s/month < 11 \&\& days/days/
#include "proof.h"

#include "x509/any.h"
#include "x509/text.c"

void harness(void)
{
    struct ptn_text t = any_text();
    append_day(&t, any_u32());
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
