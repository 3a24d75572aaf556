// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: say_unknown
// REPLACE: ptn_text_add ptn_text_date
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/revocation_text.c s/ptn_text_date(t, status->when_s);/ptn_text_date(t, (status + 1)->when_s);/
#include "x509/any.h"
#include "x509/revocation_text.c"

void harness(void)
{
    const struct ptn_status status = any_status();
    struct ptn_text t = any_text();
    say_unknown(&status, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
