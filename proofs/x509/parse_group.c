// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_group
// SOURCES: src/base/bytes.c
// REPLACE: ptn_read_u8
// LOOP_CONTRACTS: yes
// COVERS: hex_value
// MUTANT: src/x509/name.c s/text.len == 0 || text.len > 4/text.len == 0/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    uint16_t group;
    if (parse_group(any_span(), &group)) {
        PTN_REACH("a group");
    } else {
        PTN_REACH("none");
    }
}
