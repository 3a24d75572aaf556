// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: write_extensions
// REPLACE: ptn_write_u16 ptn_open ptn_write_vec16 ptn_close ptn_write_vector_extension
// OBJECT_BITS: 9
// COVERS: write_key_share
// MUTANT: src/wire/server_hello.c s/ptn_write_vec16(w, hello->share);/ptn_write_vec16(w, (patina_span){hello->share.ptr + 1, hello->share.len});/
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
    write_extensions(&w, &hello);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
