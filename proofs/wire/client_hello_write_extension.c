// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: write_extension
// REPLACE: ptn_write_u16 write_numbers_extension write_server_name write_alpn
// REPLACE: ptn_write_vector_extension ptn_write_status_request
// OBJECT_BITS: 9
// CBMC: --unwindset any_spans.0:33
// MUTANT: src/wire/client_hello_encode.c s/hello->groups, hello->groups_count/hello->groups, hello->schemes_count/
#include "proof.h"

#include "wire/any_client_hello.h"
#include "wire/client_hello_encode.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    patina_span names[PTN_MAX_OFFERED];
    struct ptn_client_hello_out hello;
    any_client_hello_out(&hello, names);
    write_extension(&w, any_u16(), &hello);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
