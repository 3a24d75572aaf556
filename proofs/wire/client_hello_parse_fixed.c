// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_fixed
// SOURCES: src/base/bytes.c
// REPLACE: ptn_read_u16 ptn_read_bytes ptn_read_vec8 ptn_read_vec16 ptn_read_u16_list
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/wire/client_hello.c s/ptn_reader_left(&session_id) <= PTN_MAX_SESSION_ID_BYTES/ptn_reader_left(\&session_id) <= PTN_MAX_SESSION_ID_BYTES + 1/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_reader r = any_reader();
    struct ptn_client_hello parsed;
    if (parse_fixed(&r, &parsed) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
