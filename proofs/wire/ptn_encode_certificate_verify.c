// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_encode_certificate_verify
// SOURCES: src/wire/certificate_verify.c
// REPLACE: ptn_open_message ptn_write_u16 ptn_write_vec16 ptn_close
// MUTANT: src/wire/certificate_verify.c s/ptn_close(w, message);/ptn_close(w, message);\n    w->failed_ = false;/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    ptn_encode_certificate_verify(&w, any_u16(), any_span());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
