// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: boundary_label
// SOURCES: src/base/mem.c
// REPLACE: ptn_span_part ptn_span_equal
// OBJECT_BITS: 9
// MUTANT: src/x509/pem.c s/line.len < begin.len + dashes.len/line.len < begin.len/
#include "proof.h"

#include "x509/pem.c"

void harness(void)
{
    patina_span label;
    patina_span begin =
        any_bool() ? PTN_SPAN_LITERAL("-----BEGIN ") : PTN_SPAN_LITERAL("-----END ");
    if (boundary_label(any_span(), begin, &label)) {
        PTN_REACH("a boundary");
    } else {
        PTN_REACH("another line");
    }
}
