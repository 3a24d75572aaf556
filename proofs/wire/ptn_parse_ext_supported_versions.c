// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_supported_versions
// SOURCES: src/wire/ext_supported_versions.c
// REPLACE: ptn_read_vec8 ptn_read_u16_list
// MUTANT: src/wire/ext_supported_versions.c s/ptn_read_u16_list(&versions, 1, &parsed)/ptn_read_u16_list(\&versions, 0, \&parsed)/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    struct ptn_u16_list versions;
    if (ptn_parse_ext_supported_versions(any_body(), &versions) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
