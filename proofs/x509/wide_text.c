// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: wide_text
// REPLACE: ptn_text_character read_wide
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 12
// MUTANT: src/x509/dn.c s/while (read_wide(&r, tag, &c))/while (read_wide(\&r, tag, \&c) || ptn_text_is_cut(t))/
#include "proof.h"

#include "x509/any.h"
#include "x509/dn.c"

void harness(void)
{
    struct ptn_text t = any_text();
    wide_text(any_u8(), any_span(), &t);
    if (t.cut_) {
        PTN_REACH("cut");
    } else {
        PTN_REACH("all of it");
    }
}
