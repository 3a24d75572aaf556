// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_ext_alpn_answer
// SOURCES: src/wire/ext_alpn.c
// REPLACE: ptn_read_vec8 ptn_read_vec16 ptn_span_part
// LOOP_CONTRACTS: yes
// COVERS: parse_names
// MUTANT: src/wire/ext_alpn.c s/PTN_REQUIRE(count == 1, /PTN_REQUIRE(true, /
#include "proof.h"

#include "wire/ext.h"

void harness(void)
{
    patina_span name;
    if (ptn_parse_ext_alpn_answer(any_body(), &name) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
