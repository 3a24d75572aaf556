// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_write_u64
// SOURCES: src/base/bytes.c
// COVERS: reserve put write_uint
// MUTANT: src/base/bytes.c s/write_uint(w, 4, v >> 32)/write_uint(w, 2, v >> 32)/
#include "proof.h"

void harness(void)
{
    struct ptn_writer w = any_writer();
    size_t pos = w.pos_;
    ptn_write_u64(&w, any_u64());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
        CLAIM(w.pos_ == pos + 8, "eight bytes");
    }
}
