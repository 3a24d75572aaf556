// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: order_of
// REPLACE: draw
// LOOP_CONTRACTS: yes
// MUTANT: src/wire/client_hello_encode.c s/draw(&state, i + 1)/draw(\&state, i + 2)/
#include "proof.h"

#include "wire/client_hello_encode.c"

void harness(void)
{
    uint16_t seed = any_u16();
    struct order order = order_of(seed);
    if (order.types[0] != fixed_order[0]) {
        PTN_REACH("shuffled");
    } else {
        PTN_REACH("not at its front");
    }
}
