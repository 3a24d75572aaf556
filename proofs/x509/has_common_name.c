// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: has_common_name
// SOURCES: src/base/mem.c
// REPLACE: names_of next_name has_name
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_points.c s/struct ptn_reader names = names_of(crl_point);/struct ptn_reader names = {.len_ = 1, .pos_ = 2};/
#include "proof.h"

#include "x509/crl_points.c"

void harness(void)
{
    size_t budget = any_size();
    if (has_common_name(any_span(), any_span(), any_span(), &budget)) {
        PTN_REACH("one");
    } else {
        PTN_REACH("none");
    }
}
