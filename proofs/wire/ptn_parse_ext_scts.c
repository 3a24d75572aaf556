// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_scts
// SOURCES: src/wire/ext_status_request.c
// REPLACE: ptn_read_vec16
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/ext_status_request.c s/PTN_REQUIRE(ptn_read_vec16(&scts, &sct) && !ptn_reader_is_empty(&sct),/PTN_REQUIRE(ptn_read_vec16(\&scts, \&sct) || true,/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    if (ptn_parse_ext_scts(any_body()) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
