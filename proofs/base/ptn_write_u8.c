// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_u8
// SOURCES: src/base/bytes.c
// COVERS: reserve put write_uint
// MUTANT: src/base/bytes.c s/len > w->cap_ - w->pos_/len > w->cap_/
#include "proof.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    size_t pos = w.pos_;
    size_t i = any_size();
    ASSUME(i < pos);
    uint8_t before = w.base_[i];
    uint8_t value = any_u8();
    ptn_write_u8(&w, value);
    CLAIM(w.base_[i] == before, "what was written stays");
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
        CLAIM(w.base_[pos] == value, "big-endian");
    }
}
