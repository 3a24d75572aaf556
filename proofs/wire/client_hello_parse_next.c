// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_next
// REPLACE: ptn_ext_walk_next parse_extension
// UNWIND: 17
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/wire/client_hello.c s/return parse_extension(&extension, hello);$/extension.body.len++;\n    return parse_extension(\&extension, hello);/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_ext_walk walk = {.reader = any_reader(), .place = PTN_IN_CLIENT_HELLO};
    struct ptn_client_hello hello;
    bool have;
    if (parse_next(&walk, &hello, &have) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (have) {
        PTN_REACH("an extension");
    } else {
        PTN_REACH("the end");
    }
}
