// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_encode_server_hello
// REPLACE: ptn_open_message ptn_write_u8 ptn_write_u16 ptn_write_span ptn_write_vec8 ptn_close
// REPLACE: write_extensions
// OBJECT_BITS: 9
// MUTANT: src/wire/server_hello.c s/ptn_write_vec8(w, hello->session_id);/ptn_write_vec8(w, (patina_span){hello->session_id.ptr, 32});/
#include "proof.h"

#include "wire/server_hello.c"

void harness(void)
{
    struct ptn_server_hello_out hello = {.is_hello_retry = any_bool(),
                                         .random = any_span(),
                                         .session_id = any_span(),
                                         .cipher_suite = any_u16(),
                                         .group = any_u16(),
                                         .share = any_span(),
                                         .cookie = any_span()};
    struct ptn_writer w = any_writer();
    ptn_encode_server_hello(&w, &hello);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
