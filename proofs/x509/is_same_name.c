// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_same_name
// SOURCES: src/base/mem.c
// REPLACE: ptn_span_equal relative_is
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/crl_points.c s/return ptn_span_equal(a->contents, b->contents);/return ptn_span_equal(a->contents, (patina_span){b->contents.ptr, a->contents.len});/
#include "proof.h"

#include "x509/crl_points.c"

void harness(void)
{
    const struct name a = {any_u8(), any_span()};
    const struct name b = {any_u8(), any_span()};
    if (is_same_name(&a, &b, any_span())) {
        PTN_REACH("the same");
    } else {
        PTN_REACH("another");
    }
}
