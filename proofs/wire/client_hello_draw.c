// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: draw
// MUTANT: src/wire/client_hello_encode.c s/ % limit;/ % (limit + 1);/
#include "proof.h"

#include "wire/client_hello_encode.c"

void harness(void)
{
    uint64_t state = any_u64();
    size_t limit = any_size();
    if (draw(&state, limit) != 0) {
        PTN_REACH("a number");
    } else {
        PTN_REACH("zero");
    }
}
