// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_span
// SOURCES: src/base/bytes.c
// COVERS: reserve
// MUTANT: src/base/bytes.c /^void ptn_write_span/,/^}/s/memmove(at, s.ptr, s.len)/memmove(at, s.ptr, s.len + 1)/
#include "proof.h"

void harness(void)
{
    patina_span s = any_span();
    struct ptn_writer w = any_writer();
    size_t pos = w.pos_;
    size_t i = any_size();
    ASSUME(i < pos);
    uint8_t before = w.base_[i];
    ptn_write_span(&w, s);
    CLAIM(w.base_[i] == before, "what was written stays");
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
        CLAIM(s.len == 0 || w.base_[pos + s.len - 1] == s.ptr[s.len - 1],
              "its last byte is written");
    }
}
