// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_record_header
// SOURCES: src/record/header.c src/base/bytes.c
// REPLACE: ptn_span_equal
// COVERS: is_known_type is_http judge_wrong_type
// MUTANT: src/record/header.c s/header.len <= PTN_MAX_CIPHERTEXT_BYTES/header.len <= PTN_MAX_CIPHERTEXT_BYTES + 1/
#include "proof.h"

#include "record/record.h"

void harness(void)
{
    patina_span in = any_span();
    struct ptn_record_header header;
    if (ptn_parse_record_header(in, any_bool(), &header) == PATINA_OK) {
        PTN_REACH("accepted");
        CLAIM(header.len == in.ptr[3] * 256 + in.ptr[4] && header.type == in.ptr[0],
              "the five bytes");
    } else {
        PTN_REACH("refused");
    }
}
