// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_path_other_name
// REPLACE: ptn_span_equal is_same_issuer
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// COVERS: is_first_of_its_name
// MUTANT: src/x509/path_name.c s/        ++\*place;/        ++*place; ++*comparisons;/
#include "proof.h"

#include "x509/any_path.h"
#include "x509/path_name.c"

#include "x509/any_root.h"

void harness(void)
{
    struct ptn_path_request q = any_request(NULL);
    root_name = any_span();
    size_t place = any_size();
    size_t comparisons = any_size();
    if (ptn_path_other_name(&q, any_span(), &place, &comparisons)) {
        PTN_REACH("a root's name");
    } else {
        PTN_REACH("no more");
    }
}
