// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_the_leaf
// REPLACE: ptn_span_equal
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// MUTANT: src/x509/path.c s/frame_cert(s, 0)->der/frame_cert(s, 7)->der/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    const struct ptn_cert root = any_cert();
    if (is_the_leaf(&s, &root)) {
        PTN_REACH("the same");
    } else {
        PTN_REACH("another");
    }
}
