// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_u16
// SOURCES: src/base/bytes.c
// COVERS: ptn_reader_take ptn_big_endian ptn_span_from
// MUTANT: src/base/bytes_inline.h s/len > r->len_ - r->pos_/len > r->len_/
#include "proof.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    size_t pos = r.pos_;
    uint16_t value;
    if (ptn_read_u16(&r, &value)) {
        PTN_REACH("read");
        CLAIM(value == r.base_[pos] * 256 + r.base_[pos + 1], "big-endian");
    } else {
        PTN_REACH("refused");
    }
}
