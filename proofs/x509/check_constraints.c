// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_constraints
// REPLACE: check_constraint ptn_span_equal
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// CBMC: --max-field-sensitivity-array-size 8
// COVERS: frame_cert slot_cert
// MUTANT: src/x509/path.c s/PTN_TRY(check_constraint(s, issuer, level, out));/PTN_TRY(check_constraint(s, issuer, level + 1, out));/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    SMALL_SEARCH(s, q);
    const struct ptn_cert issuer = any_cert();
    struct ptn_path_failure f;
    if (check_constraints(&s, &issuer, &f) == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("outside");
    }
}
