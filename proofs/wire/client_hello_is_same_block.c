// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_same_block
// REPLACE: next_fixed is_same_extension
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/client_hello.c s/have = next_fixed(&a, &of_a);$/have = next_fixed(\&b, \&of_a);/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    if (is_same_block(any_span(), any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
