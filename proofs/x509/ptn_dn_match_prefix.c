// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_match_prefix
// SOURCES: src/base/bytes.c
// REPLACE: ptn_dn_contents ptn_der_read match_parts
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// UNWIND: 12
// MUTANT: src/x509/dn_match.c s/if (!ptn_der_read(&parts, PTN_DER_SET, &part) ||/if (!ptn_der_read(\&parts, PTN_DER_SET, \&part) \&\&/
#include "proof.h"

#include "x509/dn_match.c"

void harness(void)
{
    if (ptn_dn_match_prefix(any_span(), any_span()) == PTN_SAME) {
        PTN_REACH("begins with it");
    } else {
        PTN_REACH("does not");
    }
}
