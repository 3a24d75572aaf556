// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: is_part
// SOURCES: src/base/bytes.c
// REPLACE: ptn_dn_read_attribute
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/dn.c s/!ptn_dn_read_attribute(&set, &a) || a.type.len == 0/!ptn_dn_read_attribute(\&set, \&a) \&\& a.type.len == 0/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    if (is_part(any_span())) {
        PTN_REACH("well-formed");
    } else {
        PTN_REACH("malformed");
    }
}
