// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: reasons_of_points
// SOURCES: src/base/mem.c
// REPLACE: read_point has_common_name
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 10
// SOLVER: cadical
// MUTANT: src/x509/crl_points.c s/reasons |= point.reasons;/reasons |= point.reasons | 1;/
#include "x509/any.h"

#include "x509/crl_points.c"

void harness(void)
{
    struct ptn_cert cert = any_cert();
    size_t budget = any_size();
    if (reasons_of_points(any_span(), &cert, &budget) != 0) {
        PTN_REACH("some");
    } else {
        PTN_REACH("none");
    }
}
