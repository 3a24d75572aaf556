// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: skip_spaces
// REPLACE: ptn_span_at ptn_reader_rest ptn_read_u8
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/dn_match.c s/while (!ptn_reader_is_empty(r) \&\& ptn_span_at/while (ptn_span_at/
#include "proof.h"

#include "x509/dn_match.c"

void harness(void)
{
    struct ptn_reader r = any_reader();
    ASSUME(!r.failed_);
    if (skip_spaces(&r)) {
        PTN_REACH("some");
    } else {
        PTN_REACH("none");
    }
}
