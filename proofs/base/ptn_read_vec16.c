// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_vec16
// SOURCES: src/base/bytes.c
// COVERS: ptn_reader_take take_vec ptn_big_endian ptn_span_from
// MUTANT: src/base/bytes.c s/ptn_reader_take(r, ptn_big_endian(len), &body)/ptn_reader_take(r, ptn_big_endian(len) + 1, \&body)/
#include "proof.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    size_t pos = r.pos_;
    struct ptn_reader vector;
    if (ptn_read_vec16(&r, &vector)) {
        PTN_REACH("read");
        CLAIM(vector.len_ == r.base_[pos] * 256u + r.base_[pos + 1], "big-endian");
        CLAIM(is_within(ptn_reader_whole(&vector), ptn_reader_whole(&r)), "within the reader");
    } else {
        PTN_REACH("refused");
    }
}
