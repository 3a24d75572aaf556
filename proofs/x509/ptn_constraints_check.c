// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_constraints_check
// REPLACE: read_constraints check_san check_subject
// OBJECT_BITS: 9
// UNWIND: 16
// MUTANT: src/x509/constraints.c s/    \*out_name = (patina_span){0};/    (void)0;/
#include "proof.h"

#include "x509/constraints.c"

void harness(void)
{
    struct ptn_cert cert = {.subject = any_span(), .ext = {.san = any_span()}};
    size_t budget = any_size();
    uint8_t tag;
    patina_span name;
    patina_err err = ptn_constraints_check(any_span(), &cert, &budget, &tag, &name);
    if (err == PATINA_OK) {
        PTN_REACH("inside");
    } else {
        PTN_REACH("refused");
    }
}
