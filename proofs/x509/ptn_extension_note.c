// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_extension_note
// SOURCES: src/x509/extension.c
// MUTANT: src/x509/extension.c s/ || arc >= 64//
#include "proof.h"

#include "x509/extension.h"

void harness(void)
{
    uint64_t before = any_u64();
    uint64_t seen = before;
    if (ptn_extension_note(&seen, any_u8())) {
        PTN_REACH("new");
    } else {
        PTN_REACH("seen before");
        CLAIM(seen == before && seen != 0, "nothing is noted twice");
    }
}
