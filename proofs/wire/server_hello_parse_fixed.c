// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_fixed
// SOURCES: src/base/bytes.c
// REPLACE: ptn_read_u16 ptn_read_u8 ptn_read_bytes ptn_read_vec8 ptn_span_equal
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/wire/server_hello.c s/hello->session_id = ptn_reader_whole(&session_id);/hello->session_id = (patina_span){hello->random.ptr + 5, 32};/
#include "proof.h"

#include "wire/server_hello.c"

void harness(void)
{
    struct ptn_reader r = any_reader();
    struct ptn_server_hello parsed;
    if (parse_fixed(&r, &parsed) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
