// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_u32
// SOURCES: src/base/bytes.c
// COVERS: ptn_reader_take ptn_big_endian ptn_span_from
// MUTANT: src/base/bytes_inline.h s/bool ok = ptn_reader_take(r, 4, &s)/bool ok = ptn_reader_take(r, 3, \&s)/
#include "proof.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    size_t pos = r.pos_;
    uint32_t value;
    if (ptn_read_u32(&r, &value)) {
        PTN_REACH("read");
        CLAIM(value == ((uint32_t)r.base_[pos] << 24) + r.base_[pos + 1] * 65536u +
                           r.base_[pos + 2] * 256u + r.base_[pos + 3],
              "big-endian");
    } else {
        PTN_REACH("refused");
    }
}
