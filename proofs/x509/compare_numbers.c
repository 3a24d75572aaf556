// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: compare_numbers
// REPLACE: magnitude ptn_span_compare
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/crls.c s/return ptn_span_compare(x, y);/x.len++; return ptn_span_compare(x, y);/
#include "proof.h"

#include "x509/crls.c"

void harness(void)
{
    if (compare_numbers(any_span(), any_span()) == 0) {
        PTN_REACH("equal");
    } else {
        PTN_REACH("not equal");
    }
}
