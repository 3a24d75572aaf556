// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_point
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_der_is_next ptn_der_read ptn_reason_flags
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_points.c s/    \*out = (struct point){.reasons = PTN_ALL_REASONS};/    *out = (struct point){.reasons = 1};/
#include "proof.h"

#include "x509/crl_points.c"

void harness(void)
{
    struct ptn_reader points = any_reader();
    struct point point;
    if (read_point(&points, &point)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}
