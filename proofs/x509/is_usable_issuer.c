// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_usable_issuer
// REPLACE: ptn_path_judge_issuer check_constraints note_failure
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: top
// MUTANT: src/x509/path.c s/PTN_AT(s->frames, s->depth - 1)/PTN_AT(s->frames, s->depth)/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert issuer = any_cert();
    if (is_usable_issuer(&s, &issuer, any_i16(), any_bool())) {
        PTN_REACH("usable");
    } else {
        PTN_REACH("not");
    }
}
