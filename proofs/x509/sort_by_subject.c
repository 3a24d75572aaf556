// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: sort_by_subject
// REPLACE: sink swap_places
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/sink(roots, at - 1, roots->roots_count)/sink(roots, at - 1, roots->roots_count + 1)/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    ASSUME(roots.roots_count != 0);
    sort_by_subject(&roots);
    PTN_REACH("sorted");
}
