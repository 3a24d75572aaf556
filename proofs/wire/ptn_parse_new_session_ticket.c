// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_new_session_ticket
// SOURCES: src/wire/new_session_ticket.c
// REPLACE: ptn_read_u32 ptn_read_vec8 ptn_read_vec16 ptn_ext_walk_start ptn_ext_walk_next
// REPLACE: ptn_parse_ext_max_early_data
// UNWIND: 9
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: parse_fixed parse_extension
// MUTANT: src/wire/new_session_ticket.c s/!ptn_reader_is_empty(&ticket),/true,/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_new_session_ticket ticket;
    if (ptn_parse_new_session_ticket(any_body(), &ticket) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
