// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_roots_find
// REPLACE: first_place ptn_span_equal subject_at root_at
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/    if (place >= roots->order_count ||/    if (place > roots->order_count ||/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    size_t position = any_size();
    if (ptn_roots_find(&roots, any_span(), &position) != NULL) {
        PTN_REACH("a root");
        CLAIM(position <= roots.order_count, "one of them");
    } else {
        PTN_REACH("no more");
    }
}
