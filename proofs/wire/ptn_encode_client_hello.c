// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_encode_client_hello
// REPLACE: ptn_open_message ptn_write_u8 ptn_write_u16 ptn_write_span ptn_write_vec8
// REPLACE: write_numbers write_extensions ptn_close
// OBJECT_BITS: 9
// CBMC: --unwindset any_spans.0:33
// MUTANT: src/wire/client_hello_encode.c s/write_numbers(w, 2, hello->suites, hello->suites_count);/write_numbers(w, 2, hello->suites, hello->groups_count);/
#include "proof.h"

#include "wire/any_client_hello.h"
#include "wire/client_hello_encode.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    patina_span names[PTN_MAX_OFFERED];
    struct ptn_client_hello_out hello;
    any_client_hello_out(&hello, names);
    ptn_encode_client_hello(&w, &hello);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
