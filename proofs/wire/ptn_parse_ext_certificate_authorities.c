// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_certificate_authorities
// SOURCES: src/wire/ext_certificate_authorities.c
// REPLACE: ptn_read_vec16
// LOOP_CONTRACTS: yes
// MUTANT: src/wire/ext_certificate_authorities.c s/PTN_REQUIRE(count != 0,/PTN_REQUIRE(true,/
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    size_t count;
    if (ptn_parse_ext_certificate_authorities(any_body(), &count) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
