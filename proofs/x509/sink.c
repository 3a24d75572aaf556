// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: sink
// REPLACE: compare_places swap_places
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/child + 1 < count \&\&/child < count \&\&/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    size_t at = any_size();
    size_t count = any_size();
    ASSUME(at < count && count <= roots.roots_count);
    sink(&roots, at, count);
    PTN_REACH("sunk");
}
