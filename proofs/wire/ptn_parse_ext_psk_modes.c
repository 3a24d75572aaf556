// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_psk_modes
// SOURCES: src/wire/ext_pre_shared_key.c
// REPLACE: ptn_read_vec8
// MUTANT: src/wire/ext_pre_shared_key.c s/PTN_REQUIRE(!ptn_reader_is_empty(&modes), .*$//
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    patina_span modes;
    if (ptn_parse_ext_psk_modes(any_body(), &modes) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
