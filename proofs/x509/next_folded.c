// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: next_folded
// REPLACE: skip_spaces ptn_read_u8
// OBJECT_BITS: 9
// MUTANT: src/x509/dn_match.c s/if (spaces \&\& !is_first) {/if (!is_first) {/
#include "proof.h"

#include "x509/dn_match.c"

void harness(void)
{
    struct ptn_reader r = any_reader();
    ASSUME(!r.failed_);
    if (next_folded(&r, any_bool()) != END) {
        PTN_REACH("a character");
    } else {
        PTN_REACH("the end");
    }
}
