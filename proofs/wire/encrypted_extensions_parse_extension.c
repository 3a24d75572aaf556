// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_extension
// SOURCES: src/base/bytes.c
// REPLACE: ptn_parse_ext_empty ptn_parse_ext_algorithms ptn_parse_ext_alpn_answer
// MUTANT: src/wire/encrypted_extensions.c s/return ptn_parse_ext_alpn_answer(extension->body, &ee->alpn);/ee->extensions = 0;\n        return ptn_parse_ext_alpn_answer(extension->body, \&ee->alpn);/
#include "proof.h"

#include "wire/encrypted_extensions.c"

void harness(void)
{
    struct ptn_extension extension = {.type = any_u16(), .bit = any_u32(), .body = any_body()};
    struct ptn_encrypted_extensions parsed;
    if (parse_extension(&extension, &parsed) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
