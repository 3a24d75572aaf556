// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: write_extensions
// REPLACE: ptn_open order_of write_extension ptn_close
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --unwindset any_spans.0:33
// MUTANT: src/wire/client_hello_encode.c s/for (size_t i = 0; i < EXTENSIONS; i++)$/for (size_t i = 0; i <= EXTENSIONS; i++)/
#include "proof.h"

#include "wire/any_client_hello.h"
#include "wire/client_hello_encode.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    patina_span names[PTN_MAX_OFFERED];
    struct ptn_client_hello_out hello;
    any_client_hello_out(&hello, names);
    write_extensions(&w, &hello);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
