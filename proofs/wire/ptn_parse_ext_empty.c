// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_empty
// SOURCES: src/wire/ext_algorithms.c
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/ext_algorithms.c s/body.len == 0, err/body.len <= 1, err/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    if (ptn_parse_ext_empty(any_span(), PATINA_ERR_DECODE_EXTENSIONS) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
