// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_encode_encrypted_extensions
// SOURCES: src/wire/encrypted_extensions.c
// REPLACE: ptn_open_message ptn_write_u16 ptn_open ptn_write_vec8 ptn_close
// OBJECT_BITS: 9
// MUTANT: src/wire/encrypted_extensions.c s/ptn_write_vec8(w, out->alpn);/ptn_write_vec8(w, (patina_span){out->alpn.ptr + 1, out->alpn.len});/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_encrypted_extensions_out out = {.acknowledge_server_name = any_bool(),
                                               .alpn = any_span()};
    struct ptn_writer w = any_writer();
    ptn_encode_encrypted_extensions(&w, &out);
    if (w.failed_) {
        PTN_REACH("does not fit");
    } else {
        PTN_REACH("written");
    }
}
