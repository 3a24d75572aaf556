// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_oid_filters
// SOURCES: src/wire/ext_certificate_authorities.c
// REPLACE: ptn_read_vec8 ptn_read_vec16
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/ext_certificate_authorities.c s/ptn_read_vec8(&filters, &oid) && !ptn_reader_is_empty(&oid) &&/!ptn_read_vec8(\&filters, \&oid) ||/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    if (ptn_parse_ext_oid_filters(any_body()) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
