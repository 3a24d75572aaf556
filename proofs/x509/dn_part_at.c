// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: part_at
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/dn.c s/    return part;/    return (patina_span){part.ptr, part.len + 1};/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    patina_span part = part_at(any_span(), any_size());
    if (part.len != 0) {
        PTN_REACH("there");
    } else {
        PTN_REACH("past the end");
    }
}
