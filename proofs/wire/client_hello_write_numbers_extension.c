// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: write_numbers_extension
// REPLACE: ptn_open ptn_write_u16 ptn_close write_numbers
// MUTANT: src/wire/client_hello_encode.c s/write_numbers(w, width, numbers, count);/write_numbers(w, width, numbers, count + 1);/
#include "proof.h"

#include "wire/client_hello_encode.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    size_t count;
    const uint16_t *numbers = any_numbers(&count);
    write_numbers_extension(&w, any_u16(), any_u8(), numbers, count);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
