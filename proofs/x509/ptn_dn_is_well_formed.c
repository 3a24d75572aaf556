// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_is_well_formed
// SOURCES: src/base/bytes.c
// REPLACE: plain_part_len is_part ptn_der_read
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// COVERS: read_part
// MUTANT: src/x509/dn.c s/return ptn_der_read(list, PTN_DER_SET, &part) \&\& is_part(part);/return ptn_der_read(list, PTN_DER_SET, \&part) || is_part(part);/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    if (ptn_dn_is_well_formed(any_span())) {
        PTN_REACH("well-formed");
    } else {
        PTN_REACH("malformed");
    }
}
