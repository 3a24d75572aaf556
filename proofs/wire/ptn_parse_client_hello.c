// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_parse_client_hello
// REPLACE: ptn_read_vec16 parse_fixed parse_extensions
// UNWIND: 17
// OBJECT_BITS: 9
// MUTANT: src/wire/client_hello.c s/^    \*out = hello;$/    hello.session_id.len++;\n    *out = hello;/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_client_hello hello;
    if (ptn_parse_client_hello(any_body(), &hello) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
