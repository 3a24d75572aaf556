// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_server_hello
// SOURCES: src/base/bytes.c
// REPLACE: ptn_read_vec16 ptn_read_extension ptn_ext_walk_start ptn_ext_walk_next
// REPLACE: ptn_parse_ext_selected_version parse_extension parse_fixed
// UNWIND: 13
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: parse_extensions find_version parse_block
// MUTANT: src/wire/server_hello.c s/^    \*out = hello;$/    hello.session_id.len++;\n    *out = hello;/
#include "proof.h"

#include "wire/server_hello.c"

void harness(void)
{
    struct ptn_server_hello hello;
    if (ptn_parse_server_hello(any_body(), any_u32(), &hello) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
