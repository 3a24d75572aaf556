// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_same_issuer
// REPLACE: ptn_dn_match_prefix ends_otherwise
// OBJECT_BITS: 9
// MUTANT: src/x509/path_name.c s/    if (\*comparisons < cost) {/    if (*comparisons + 1 < cost) {/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_name.c"

void harness(void)
{
    size_t comparisons = any_size();
    if (is_same_issuer(any_span(), any_span(), &comparisons)) {
        PTN_REACH("the same name");
    } else if (comparisons == 0) {
        PTN_REACH("out of comparisons");
    } else {
        PTN_REACH("another name");
    }
}
