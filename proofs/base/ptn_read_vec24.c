// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_vec24
// SOURCES: src/base/bytes.c
// COVERS: ptn_reader_take take_vec ptn_big_endian ptn_span_from
// MUTANT: src/base/bytes.c s/out->failed_ = !ok/out->failed_ = false/
#include "proof.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    size_t pos = r.pos_;
    struct ptn_reader vector;
    if (ptn_read_vec24(&r, &vector)) {
        PTN_REACH("read");
        CLAIM(vector.len_ == r.base_[pos] * 65536u + r.base_[pos + 1] * 256u + r.base_[pos + 2],
              "big-endian");
        CLAIM(is_within(ptn_reader_whole(&vector), ptn_reader_whole(&r)), "within the reader");
    } else {
        PTN_REACH("refused");
    }
}
