// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_revocation_say
// REPLACE: say_revoked say_unknown say_date ptn_text_add
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: words_of
// MUTANT: src/x509/revocation_text.c s/words == NULL ? "" : words/words/
#include "x509/any.h"
#include "x509/revocation_text.c"

void harness(void)
{
    const struct ptn_status status = any_status();
    struct ptn_text t = any_text();
    ptn_revocation_say((patina_err)any_int(), &status, &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
