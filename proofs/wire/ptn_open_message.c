// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_open_message
// SOURCES: src/wire/finished.c
// REPLACE: ptn_write_u8 ptn_open
// MUTANT: src/wire/finished.c s/return ptn_open(w, 3);/return ptn_open(w, 2);/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    struct ptn_mark mark = ptn_open_message(&w, any_u8());
    CLAIM(mark.width == 3, "a length of three bytes");
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
