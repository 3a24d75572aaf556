// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_vec16
// SOURCES: src/base/bytes.c
// COVERS: reserve put write_uint write_vec
// MUTANT: src/base/bytes.c s/write_vec(w, 2, 0xffff, s);/write_vec(w, 2, 0x10000, s);/
#include "proof.h"

void harness(void)
{
    patina_span s = any_span();
    struct ptn_writer w = any_writer();
    size_t pos = w.pos_;
    ptn_write_vec16(&w, s);
    if (w.failed_) {
        PTN_REACH("too long, or does not fit");
    } else {
        PTN_REACH("written");
        CLAIM(w.pos_ == pos + 2 + s.len, "two bytes more");
        CLAIM(w.base_[pos] * 256u + w.base_[pos + 1] == s.len, "the length of what follows");
    }
}
