// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_subtrees
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_is_next ptn_der_read check_bases
// OBJECT_BITS: 9
// UNWIND: 12
// MUTANT: src/x509/constraints.c s/    \*out = (struct subtrees){0};/    (void)0;/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    struct ptn_reader r = any_reader();
    struct subtrees s;
    size_t count = any_size();
    ASSUME(count <= PTN_MAX_NAME_CONSTRAINTS && !r.failed_);
    patina_err err = read_subtrees(&r, any_u8(), &count, &s);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}
