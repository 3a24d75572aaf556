// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: local_len
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/constraint_forms.c s/return at < mailbox.len \&\& ptn_span_at(mailbox, at)/return ptn_span_at(mailbox, at)/
#include "proof.h"

#include "x509/constraint_forms.c"

void harness(void)
{
    if (local_len(any_span()) != 0) {
        PTN_REACH("a local part");
    } else {
        PTN_REACH("none");
    }
}
