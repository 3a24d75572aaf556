// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_open
// SOURCES: src/base/bytes.c
// COVERS: reserve
// MUTANT: src/base/bytes.c s/width < 1 || width > 3/width > 3/
#include "proof.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    size_t pos = w.pos_;
    size_t i = any_size();
    ASSUME(i < pos);
    uint8_t before = w.base_[i];
    uint8_t width = any_u8();
    struct ptn_mark mark = ptn_open(&w, width);
    CLAIM(w.base_[i] == before, "what was written stays");
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
        CLAIM(width >= 1 && width <= 3 && w.pos_ == pos + width && mark.at == pos,
              "room for a length");
    }
}
