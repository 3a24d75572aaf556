// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_same_extension
// REPLACE: ptn_span_equal
// ASSIGNS_NOTHING: yes
// MUTANT: src/wire/client_hello.c s/ptn_span_equal(a->body, b->body)/ptn_span_equal(a->body, (patina_span){b->body.ptr, a->body.len})/
#include "proof.h"

#include "wire/client_hello.c"

void harness(void)
{
    struct ptn_extension a = {.type = any_u16(), .bit = any_u32(), .body = any_span()};
    struct ptn_extension b = {.type = any_u16(), .bit = any_u32(), .body = any_span()};
    if (is_same_extension(&a, &b)) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
