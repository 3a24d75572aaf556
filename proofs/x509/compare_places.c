// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: compare_places
// REPLACE: ptn_span_compare subject_at der_at
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/, subject_at(roots, b));/, subject_at(roots, b + 1));/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    size_t a = any_size();
    size_t b = any_size();
    ASSUME(a < roots.roots_count && b < roots.roots_count);
    if (compare_places(&roots, a, b) == 0) {
        PTN_REACH("the same");
    } else {
        PTN_REACH("others");
    }
}
