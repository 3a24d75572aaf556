// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_uri_text
// REPLACE: ptn_read_u8 ptn_read_u16
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/uri.c s/if (c == '%') {/if (c == '%' \&\& text.ptr[text.len] == 0) {/
#include "proof.h"

#include "x509/uri.c"

void harness(void)
{
    if (is_uri_text(any_span())) {
        PTN_REACH("text of a URI");
    } else {
        PTN_REACH("something else");
    }
}
