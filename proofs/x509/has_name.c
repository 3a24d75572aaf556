// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: has_name
// SOURCES: src/base/mem.c
// REPLACE: names_of next_name is_same_name
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_points.c s/while (\*budget != 0 \&\& !ptn_reader_is_empty(&names))/while (!ptn_reader_is_empty(\&names))/
#include "proof.h"

#include "x509/crl_points.c"

void harness(void)
{
    const struct name wanted = {any_u8(), any_span()};
    size_t budget = any_size();
    if (has_name(any_span(), &wanted, any_span(), &budget)) {
        PTN_REACH("it has");
    } else {
        PTN_REACH("it has not");
    }
}
