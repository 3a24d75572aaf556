// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_u24
// SOURCES: src/base/bytes.c
// COVERS: ptn_reader_take ptn_big_endian ptn_span_from
// MUTANT: src/base/bytes_inline.h s/<< 16) | ((uint32_t)s.ptr\[1\] << 8) | s.ptr\[2\];/<< 16) | ((uint32_t)s.ptr[2] << 8) | s.ptr[1];/
#include "proof.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    size_t pos = r.pos_;
    uint32_t value;
    if (ptn_read_u24(&r, &value)) {
        PTN_REACH("read");
        CLAIM(value == r.base_[pos] * 65536u + r.base_[pos + 1] * 256u + r.base_[pos + 2],
              "big-endian");
    } else {
        PTN_REACH("refused");
    }
}
