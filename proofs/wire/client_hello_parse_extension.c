// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_extension
// REPLACE: ptn_parse_ext_server_name ptn_parse_ext_supported_versions ptn_parse_ext_algorithms
// REPLACE: ptn_parse_ext_key_share_list ptn_parse_ext_alpn parse_rest
// UNWIND: 15
// OBJECT_BITS: 9
// MUTANT: src/wire/client_hello.c s/return ptn_parse_ext_alpn(extension->body, &hello->alpn);/return ptn_parse_ext_alpn((patina_span){extension->body.ptr, extension->body.len + 1}, \&hello->alpn);/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_extension extension = {.type = any_u16(), .bit = any_u32(), .body = any_body()};
    struct ptn_client_hello hello;
    if (parse_extension(&extension, &hello) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
