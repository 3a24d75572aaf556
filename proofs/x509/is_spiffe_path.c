// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_spiffe_path
// REPLACE: ptn_read_u8
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/uri.c s/            slash = true;/            slash = true; r.pos_++;/
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    if (is_spiffe_path(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
