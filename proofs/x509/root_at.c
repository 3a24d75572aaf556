// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: root_at
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/    return \&PTN_ITEM(roots->roots, roots->roots_count, i);/    return \&PTN_ITEM(roots->roots, roots->roots_count + 1, i + 1);/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    size_t place = any_size();
    ASSUME(place < roots.roots_count);
    ASSUME_PLACE(roots, place, subject);
    const struct ptn_root *root = root_at(&roots, place);
    PTN_REACH("a root");
    CLAIM(root == &roots.roots[roots.order[place]], "the one of that place");
}
