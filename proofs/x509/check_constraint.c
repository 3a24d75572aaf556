// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_constraint
// REPLACE: ptn_constraints_check
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: frame_cert slot_cert
// MUTANT: src/x509/path.c s/            out->index = (int16_t)PTN_AT(s->frames, level)\.index;/            out->index = (int16_t)PTN_AT(s->frames, level + 1).index;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    const struct ptn_cert issuer = any_cert();
    struct ptn_path_failure f;
    if (check_constraint(&s, &issuer, any_size(), &f) == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("outside, or malformed, or the budget is used up");
    }
}
