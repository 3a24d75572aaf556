// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_deframe
// SOURCES: src/record/deframe.c
// REPLACE: ptn_parse_record_header
// MUTANT: src/record/deframe.c s/in.len < whole_len/in.len + 1 < whole_len/
#include "proof.h"

#include "record/record.h"

void harness(void)
{
    struct ptn_record record;
    size_t want;
    if (ptn_deframe(any_span(), any_bool(), &record, &want) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (want == 0) {
        PTN_REACH("a whole record");
    } else {
        PTN_REACH("more is wanted");
    }
}
