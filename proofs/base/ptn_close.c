// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_close
// SOURCES: src/base/bytes.c
// COVERS: put
// MUTANT: src/base/bytes.c s/len > most/len > most + 1/
#include "proof.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    struct ptn_mark mark = {.at = any_size(), .width = any_u8()};
    ASSUME(mark.width >= 1 && mark.width <= 3);
    size_t i = any_size();
    ASSUME(i < w.pos_ && (i < mark.at || i - mark.at >= mark.width));
    uint8_t before = w.base_[i];
    ptn_close(&w, mark);
    CLAIM(w.base_[i] == before, "only the length is written");
    if (w.failed_) {
        PTN_REACH("too long, or no such mark");
    } else {
        PTN_REACH("closed");
        CLAIM(mark.width != 2 ||
                  w.base_[mark.at] * 256u + w.base_[mark.at + 1] == w.pos_ - mark.at - 2,
              "the length of what follows");
    }
}
