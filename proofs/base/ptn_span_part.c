// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_span_part
// SOURCES: src/base/bytes.c
// ASSIGNS_NOTHING: yes
// COVERS: ptn_span_from
// MUTANT: src/base/bytes_inline.h s/ptn_min_size(len, s.len - from)/ptn_min_size(len, s.len)/
#include "proof.h"

void harness(void)
{
    patina_span s = any_span();
    patina_span part = ptn_span_part(s, any_size(), any_size());
    if (part.len != 0) {
        PTN_REACH("a part");
        CLAIM(part.ptr[part.len - 1] == part.ptr[part.len - 1], "its last byte can be read");
    } else {
        PTN_REACH("none");
    }
}
