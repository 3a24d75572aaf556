// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_ipv4
// SOURCES: src/base/bytes.c
// REPLACE: ptn_read_u8 read_octet ptn_write_u8
// LOOP_CONTRACTS: yes
// MUTANT: src/x509/name.c s/!read_octet(&r, &octet)) {/!read_octet(\&r, NULL)) {/
#include "proof.h"

#include "x509/name.c"

void harness(void)
{
    struct ptn_writer w = any_writer();
    if (parse_ipv4(any_span(), &w)) {
        PTN_REACH("an address");
    } else {
        PTN_REACH("none");
    }
}
