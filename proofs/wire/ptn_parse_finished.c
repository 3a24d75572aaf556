// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_finished
// SOURCES: src/wire/finished.c
// MUTANT: src/wire/finished.c s/body.len == digest_len/body.len >= digest_len/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    size_t digest_len = any_size();
    patina_span verify_data;
    if (ptn_parse_finished(any_body(), digest_len, &verify_data) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
