// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: has_known_qualifiers
// REPLACE: ptn_der_read ptn_der_enter is_known_qualifier
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/path_judge.c s/!ptn_der_read(&list, PTN_DER_SEQUENCE, &info) ||/!ptn_der_read(\&list, PTN_DER_SEQUENCE, \&info) || info.ptr[info.len] ||/
#include "proof.h"

#include "x509/path_judge.c"

void harness(void)
{
    if (has_known_qualifiers(any_span())) {
        PTN_REACH("all of them");
    } else {
        PTN_REACH("not all");
    }
}
