// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_extensions
// REPLACE: ptn_ext_walk_start parse_next
// LOOP_CONTRACTS: yes
// UNWIND: 18
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/wire/client_hello.c s/hello->extension_block = ptn_reader_whole(&block);/hello->extension_block = (patina_span){block.base_, block.len_ + 1};/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_reader block = any_reader();
    struct ptn_client_hello hello;
    if (parse_extensions(block, &hello) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
