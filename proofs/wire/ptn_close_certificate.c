// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_close_certificate
// SOURCES: src/wire/certificate.c
// REPLACE: ptn_close
// MUTANT: src/wire/certificate.c s/ptn_close(w, marks.message);/ptn_close(w, marks.message);\n    w->pos_ = marks.list.at;/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    const struct ptn_certificate_marks marks = {{any_size(), 3}, {any_size(), 3}};
    ptn_close_certificate(&w, marks);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
