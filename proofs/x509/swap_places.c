// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: swap_places
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/roots->roots_count, b) = kept;/roots->roots_count, b) = kept + 1;/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    size_t a = any_size();
    size_t b = any_size();
    size_t at = any_size();
    ASSUME(a < roots.roots_count && b < roots.roots_count && at < roots.roots_count);
    ASSUME(roots.order[a] < roots.roots_count && roots.order[b] < roots.roots_count &&
           roots.order[at] < roots.roots_count);
    swap_places(&roots, a, b);
    PTN_REACH("swapped");
    CLAIM(roots.order[at] < roots.roots_count, "each place names a root");
}
