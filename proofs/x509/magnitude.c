// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: magnitude
// SOURCES: src/base/bytes.c
// REPLACE: ptn_span_at
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/crls.c s/number.len > 1 \&\& ptn_span_at/ptn_span_at/
#include "proof.h"

#include "x509/crls.c"

void harness(void)
{
    patina_span number = any_span();
    if (magnitude(number).len < number.len) {
        PTN_REACH("without a zero in front");
    } else {
        PTN_REACH("as it stands");
    }
}
