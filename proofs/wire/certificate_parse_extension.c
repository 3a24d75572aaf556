// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_extension
// SOURCES: src/base/bytes.c
// REPLACE: ptn_parse_ext_certificate_status ptn_parse_ext_scts
// SOLVER: cadical
// MUTANT: src/wire/certificate.c s/entry->scts = extension->body;/entry->scts = extension->body;\n    entry->scts.len++;/
#include "proof.h"

#include "wire/certificate.c"

void harness(void)
{
    struct ptn_extension extension = {.type = any_u16(), .bit = any_u32(), .body = any_body()};
    struct ptn_certificate_entry parsed;
    if (parse_extension(&extension, &parsed) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
