// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: take_spans
// SOURCES: src/base/bytes.c
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/text.c s/taken < most \&\& .days >= len/taken < most/
#include "proof.h"

#include "x509/text.c"

void harness(void)
{
    uint32_t days = any_u32();
    uint32_t before = days;
    if (take_spans(&days, any_u32(), any_u32()) == 0) {
        CLAIM(days == before || days < before, "none is taken back");
        PTN_REACH("none");
    } else {
        PTN_REACH("some");
    }
}
