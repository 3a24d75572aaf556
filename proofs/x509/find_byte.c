// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_byte
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/uri.c s/while (at < s.len \&\& ptn_span_at(s, at) != byte)/while (at <= s.len \&\& ptn_span_at(s, at) != byte)/
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    patina_span s = any_span();
    if (find_byte(s, any_u8()) < s.len) {
        PTN_REACH("found");
    } else {
        PTN_REACH("not there");
    }
}
