// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: write_numbers
// REPLACE: ptn_open ptn_write_u16 ptn_close
// LOOP_CONTRACTS: yes
// MUTANT: src/wire/client_hello_encode.c s/PTN_ITEM(numbers, count, i)/PTN_ITEM(numbers, count + 1, i + 1)/
#include "proof.h"

#include "wire/client_hello_encode.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    size_t count;
    const uint16_t *numbers = any_numbers(&count);
    write_numbers(&w, any_u8(), numbers, count);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
