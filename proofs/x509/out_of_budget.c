// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: out_of_budget
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// MUTANT: src/x509/path.c s/    return PATINA_ERR_CERT_BUDGET;/    return PATINA_OK;/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

void harness(void)
{
    ANY_SEARCH(s, q);
    (void)out_of_budget(&s, "6.1");
    PTN_REACH("out of budget");
}
