// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_constraints
// SOURCES: src/base/bytes.c
// REPLACE: read_subtrees
// OBJECT_BITS: 9
// UNWIND: 16
// MUTANT: src/x509/constraints.c s/PTN_TRY(read_subtrees(&r, PTN_DER_CONTEXT_OF(1), &count, &out->excluded));/PTN_TRY(read_subtrees(\&r, PTN_DER_CONTEXT_OF(1), \&count, \&out->excluded)); out->excluded.list.len += 1;/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    struct check c = {0};
    patina_err err = read_constraints(any_span(), &c);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}
