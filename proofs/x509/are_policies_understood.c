// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: are_policies_understood
// REPLACE: ptn_der_read has_known_qualifiers
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/path_judge.c s/!ptn_der_read(&list, PTN_DER_SEQUENCE, &policy) ||/!ptn_der_read(\&list, PTN_DER_SEQUENCE, \&policy) || policy.ptr[policy.len] ||/
#include "proof.h"

#include "x509/path_judge.c"

void harness(void)
{
    if (are_policies_understood(any_span())) {
        PTN_REACH("understood");
    } else {
        PTN_REACH("not all");
    }
}
