// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: try_next
// REPLACE: fits_on_top push out_of_budget
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: top
// MUTANT: src/x509/path.c s/^    top(s)->next++;/    s->steps_left++;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    bool stop = false;
    if (try_next(&s, &stop)) {
        PTN_REACH("one certificate up");
    } else if (stop) {
        PTN_REACH("no budget left");
    } else {
        PTN_REACH("not this one");
    }
}
