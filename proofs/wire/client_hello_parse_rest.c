// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_rest
// SOURCES: src/base/bytes.c
// REPLACE: ptn_parse_ext_cookie ptn_parse_ext_psk_modes ptn_parse_ext_pre_shared_key
// REPLACE: ptn_parse_ext_empty ptn_parse_ext_certificate_authorities
// REPLACE: ptn_parse_ext_status_request
// OBJECT_BITS: 9
// MUTANT: src/wire/client_hello.c s/return ptn_parse_ext_cookie(extension->body, &hello->cookie);/return ptn_parse_ext_cookie(extension->body, \&hello->random);/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_extension extension = {.type = any_u16(), .bit = any_u32(), .body = any_body()};
    struct ptn_client_hello parsed;
    if (parse_rest(&extension, &parsed) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
