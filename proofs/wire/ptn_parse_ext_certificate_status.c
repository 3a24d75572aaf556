// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_certificate_status
// SOURCES: src/wire/ext_status_request.c
// REPLACE: ptn_read_u8 ptn_read_vec24
// MUTANT: src/wire/ext_status_request.c s/PTN_REQUIRE(!ptn_reader_is_empty(&response), .*$//
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    patina_span response;
    if (ptn_parse_ext_certificate_status(any_body(), &response) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
