// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: relative_is
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_read ptn_span_part ptn_span_equal
// OBJECT_BITS: 9
// SOLVER: cadical
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/crl_points.c s/ptn_reader_of(ptn_span_skip(parts, issuer_parts.len))/ptn_reader_of((patina_span){parts.ptr, parts.len + 1})/
#include "proof.h"

#include "x509/crl_points.c"

void harness(void)
{
    if (relative_is(any_span(), any_span(), any_span())) {
        PTN_REACH("the same");
    } else {
        PTN_REACH("another");
    }
}
