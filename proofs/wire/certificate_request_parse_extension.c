// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_extension
// SOURCES: src/base/bytes.c
// REPLACE: ptn_parse_ext_empty ptn_parse_ext_algorithms
// REPLACE: ptn_parse_ext_certificate_authorities ptn_parse_ext_oid_filters
// MUTANT: src/wire/certificate_request.c s/return ptn_parse_ext_oid_filters(extension->body);/request->context.len++;\n        return ptn_parse_ext_oid_filters(extension->body);/
#include "proof.h"

#include "wire/certificate_request.c"

void harness(void)
{
    struct ptn_extension extension = {.type = any_u16(), .bit = any_u32(), .body = any_body()};
    struct ptn_certificate_request parsed;
    if (parse_extension(&extension, &parsed) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
