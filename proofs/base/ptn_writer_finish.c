// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_writer_finish
// SOURCES: src/base/bytes.c
// COVERS: ptn_span_from
// MUTANT: src/base/bytes.c s/return !w->failed_;/return true;/
#include "proof.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    patina_span bytes;
    if (ptn_writer_finish(&w, &bytes)) {
        PTN_REACH("all was written");
        CLAIM(bytes.len == w.pos_, "all of it");
    } else {
        PTN_REACH("something was not");
    }
}
