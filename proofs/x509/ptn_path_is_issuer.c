// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_path_is_issuer
// REPLACE: ptn_span_equal is_same_issuer
// OBJECT_BITS: 9
// MUTANT: src/x509/path_name.c s/q->profile == PATINA_PROFILE_PRIVATE \&\&/(*comparisons)++ != 7 \&\&/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_name.c"

void harness(void)
{
    struct ptn_path_request q = any_request(NULL);
    size_t comparisons = any_size();
    if (ptn_path_is_issuer(&q, any_span(), any_span(), &comparisons)) {
        PTN_REACH("the issuer");
    } else {
        PTN_REACH("another one");
    }
}
