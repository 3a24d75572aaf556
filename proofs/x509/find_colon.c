// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_colon
// SOURCES: src/base/bytes.c
// REPLACE: ptn_span_at
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/name.c s/while (from < text.len \&\&/while (from <= text.len \&\&/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    patina_span text = any_span();
    if (find_colon(text, 0) < text.len) {
        PTN_REACH("found");
    } else {
        PTN_REACH("none");
    }
}
