// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: judge_leaf
// REPLACE: ptn_path_judge_leaf
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: slot_cert
// MUTANT: src/x509/path.c s/slot_cert(s, 0), \&s->comparisons_left, \&s->best);/slot_cert(s, 0), \&s->steps_left, \&s->best);/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    if (judge_leaf(&s) == PATINA_OK) {
        PTN_REACH("a leaf");
    } else {
        PTN_REACH("none for this purpose, name or time");
    }
}
