// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_algorithms
// SOURCES: src/wire/ext_algorithms.c
// REPLACE: ptn_read_vec16 ptn_read_u16_list
// MUTANT: src/wire/ext_algorithms.c s/ptn_read_u16_list(&list, 1, &parsed)/ptn_read_u16_list(\&list, 0, \&parsed)/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    struct ptn_u16_list list;
    patina_err err = any_int();
    ASSUME(err != PATINA_OK);
    if (ptn_parse_ext_algorithms(any_body(), err, &list) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
