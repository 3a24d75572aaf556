// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_groups
// SOURCES: src/base/bytes.c
// REPLACE: find_colon parse_ipv4 parse_group ptn_write_u16 ptn_span_part
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/name.c s/        at = end + 1;/        at = end + 2;/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    if (parse_groups(any_span(), any_bool(), &w)) {
        PTN_REACH("groups");
    } else {
        PTN_REACH("none");
    }
}
