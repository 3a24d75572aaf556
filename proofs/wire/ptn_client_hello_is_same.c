// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_client_hello_is_same
// REPLACE: ptn_span_equal is_same_block
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/client_hello.c s/ptn_span_equal(first->random, second->random)/ptn_span_equal(first->random, second->server_name)/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_client_hello first = {.legacy_version = any_u16(),
                                     .random = any_span(),
                                     .session_id = any_span(),
                                     .cipher_suites = {.bytes = any_span()},
                                     .compression_methods = any_span(),
                                     .extension_block = any_span()};
    struct ptn_client_hello second = {.legacy_version = any_u16(),
                                      .random = any_span(),
                                      .session_id = any_span(),
                                      .cipher_suites = {.bytes = any_span()},
                                      .compression_methods = any_span(),
                                      .extension_block = any_span(),
                                      .server_name = {.len = any_size()}};
    if (ptn_client_hello_is_same(&first, &second)) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
