// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_like_uri
// REPLACE: find_colon ptn_span_equal ptn_span_part
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/name.c s|PTN_SPAN_LITERAL("://")|((patina_span){(const uint8_t *)":", 3})|
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    if (is_like_uri(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
