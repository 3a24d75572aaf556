// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: write_server_name
// REPLACE: ptn_open ptn_write_u8 ptn_write_u16 ptn_write_vec16 ptn_close
// MUTANT: src/wire/client_hello_encode.c s/ptn_write_vec16(w, name);/ptn_write_vec16(w, (patina_span){name.ptr, name.len + 1});/
#include "proof.h"

#include "wire/client_hello_encode.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    write_server_name(&w, any_span());
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
