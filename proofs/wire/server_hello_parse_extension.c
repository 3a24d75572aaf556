// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_extension
// SOURCES: src/base/bytes.c
// REPLACE: ptn_parse_ext_key_share_group ptn_parse_ext_key_share
// REPLACE: ptn_parse_ext_selected_identity ptn_parse_ext_cookie
// MUTANT: src/wire/server_hello.c s/return ptn_parse_ext_cookie(extension->body, &hello->cookie);/return ptn_parse_ext_cookie(extension->body, \&hello->random);/
#include "proof.h"

#include "wire/server_hello.c"

void harness(void)
{
    struct ptn_extension extension = {.type = any_u16(), .bit = any_u32(), .body = any_body()};
    struct ptn_server_hello parsed = {.is_hello_retry = any_bool()};
    if (parse_extension(&extension, &parsed) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
