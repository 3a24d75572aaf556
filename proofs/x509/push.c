// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: push
// REPLACE: ptn_span_equal
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: top slot_cert
// MUTANT: src/x509/path.c s/0u : 1u/0u : 2u/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    push(&s, any_size());
    if (s.depth == 1) {
        PTN_REACH("the first");
    } else {
        PTN_REACH("one more");
    }
}
