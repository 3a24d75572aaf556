// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: drop_repeated
// REPLACE: compare_places
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/roots.c s/if (kept != 0 \&\& compare_places/if (compare_places/
#include "proof.h"

#include "x509/roots.c"

#include "x509/any_roots.h"

void harness(void)
{
    ANY_ROOTS(roots);
    ASSUME(roots.roots_count != 0);
    drop_repeated(&roots);
    if (roots.order_count < roots.roots_count) {
        PTN_REACH("some were repeated");
    } else {
        PTN_REACH("none was");
    }
}
