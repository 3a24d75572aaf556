// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_cookie
// SOURCES: src/wire/ext_cookie.c
// REPLACE: ptn_read_vec16
// MUTANT: src/wire/ext_cookie.c s/PTN_REQUIRE(!ptn_reader_is_empty(&cookie), .*$//
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    patina_span cookie;
    if (ptn_parse_ext_cookie(any_body(), &cookie) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
