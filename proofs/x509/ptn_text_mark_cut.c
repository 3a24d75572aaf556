// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_text_mark_cut
// SOURCES: src/x509/text.c
// REPLACE: ptn_mspan_part ptn_mspan_fill ptn_span_copy ptn_span_at
// LOOP_CONTRACTS: yes
// SOLVER: cadical
// UNWIND: 13
// MUTANT: src/x509/text.c s/t->room_.len - mark.len)/t->room_.len - mark.len + 1)/
#include "proof.h"

#include "x509/any.h"

void harness(void)
{
    struct ptn_text t = any_text();
    bool cut = t.cut_;
    ptn_text_mark_cut(&t);
    if (cut) {
        PTN_REACH("marked");
    } else {
        PTN_REACH("as it was");
    }
}
