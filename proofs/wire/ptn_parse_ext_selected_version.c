// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_selected_version
// SOURCES: src/wire/ext_supported_versions.c
// REPLACE: ptn_read_u16
// MUTANT: src/wire/ext_supported_versions.c s/ptn_read_u16(&r, &version) && ptn_read_end(&r)/ptn_read_u16(\&r, \&version)/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    uint16_t version;
    if (ptn_parse_ext_selected_version(any_body(), &version) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
