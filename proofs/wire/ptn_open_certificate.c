// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_open_certificate
// SOURCES: src/wire/certificate.c
// REPLACE: ptn_open_message ptn_open ptn_write_vec8
// UNWIND: 9
// MUTANT: src/wire/certificate.c s/ptn_write_vec8(w, context);/ptn_write_vec8(w, context);\n    w->failed_ = false;/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    (void)ptn_open_certificate(&w, any_span());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
