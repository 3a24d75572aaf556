// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_encode_finished
// SOURCES: src/wire/finished.c
// REPLACE: ptn_open_message ptn_write_span ptn_close
// MUTANT: src/wire/finished.c s/ptn_write_span(w, verify_data);/verify_data.len++;\n    ptn_write_span(w, verify_data);/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    ptn_encode_finished(&w, any_span());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
