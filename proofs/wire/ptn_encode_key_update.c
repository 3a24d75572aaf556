// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_encode_key_update
// SOURCES: src/wire/key_update.c
// REPLACE: ptn_open_message ptn_write_u8 ptn_close
// MUTANT: src/wire/key_update.c s/ptn_close(w, message);/ptn_close(w, message);\n    w->pos_ = 0;/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    ptn_encode_key_update(&w, any_bool());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
