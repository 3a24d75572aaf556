// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: extend
// REPLACE: try_next
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: top
// MUTANT: src/x509/path.c /^static bool extend/,/^}/s/if (try_next(s, out_stop))/if (!try_next(s, out_stop))/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    bool stop = false;
    if (extend(&s, &stop)) {
        PTN_REACH("one certificate up");
    } else if (stop) {
        PTN_REACH("the end of the search");
    } else {
        PTN_REACH("none of them");
    }
}
