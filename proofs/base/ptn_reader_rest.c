// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_reader_rest
// SOURCES: src/base/bytes.c
// ASSIGNS_NOTHING: yes
// COVERS: ptn_span_from
// MUTANT: src/base/bytes_inline.h s/r->len_ - r->pos_);$/r->len_);/
#include "proof.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    patina_span rest = ptn_reader_rest(&r);
    CLAIM(is_within(rest, ptn_reader_whole(&r)), "within the reader");
    if (rest.len != 0) {
        PTN_REACH("some");
    } else {
        PTN_REACH("none");
    }
}
