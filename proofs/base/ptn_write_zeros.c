// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_zeros
// SOURCES: src/base/bytes.c
// COVERS: reserve
// MUTANT: src/base/bytes.c s/memset(at, 0, len)/memset(w->base_, 0, len)/
#include "proof.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    size_t pos = w.pos_;
    size_t i = any_size();
    ASSUME(i < pos);
    uint8_t before = w.base_[i];
    size_t len = any_size();
    ptn_write_zeros(&w, len);
    CLAIM(w.base_[i] == before, "what was written stays");
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
        CLAIM(len == 0 || w.base_[pos + len - 1] == 0, "the last one is zero");
    }
}
