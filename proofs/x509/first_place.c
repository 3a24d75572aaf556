// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: first_place
// REPLACE: ptn_span_compare subject_at
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/size_t end = roots->order_count;/size_t end = roots->order_count + 1;/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    if (first_place(&roots, any_span()) == roots.order_count) {
        PTN_REACH("behind all");
    } else {
        PTN_REACH("among them");
    }
}
