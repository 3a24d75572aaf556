// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_read_bytes
// SOURCES: src/base/bytes.c
// COVERS: ptn_reader_take ptn_span_from
// MUTANT: src/base/bytes_inline.h s/if (r->failed_ || len >/if (len >/
#include "proof.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    patina_span bytes;
    if (ptn_read_bytes(&r, any_size(), &bytes)) {
        PTN_REACH("read");
        CLAIM(is_within(bytes, ptn_reader_whole(&r)), "within the reader");
    } else {
        PTN_REACH("refused");
    }
}
