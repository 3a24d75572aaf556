// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: find_path
// REPLACE: push try_roots extend note_no_issuer
// LOOP_CONTRACTS: yes
// UNWIND: 14
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// MUTANT: src/x509/path.c s/^        s->depth--;/        s->depth -= 2;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    if (find_path(&s) == PATINA_OK) {
        PTN_REACH("a path");
    } else {
        PTN_REACH("none");
    }
}
