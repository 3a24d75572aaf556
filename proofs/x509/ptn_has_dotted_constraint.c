// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_has_dotted_constraint
// REPLACE: ptn_der_is_next ptn_der_enter is_one_dotted
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/profile_read.c s/struct ptn_reader r = ptn_reader_of(name_constraints);/struct ptn_reader r = ptn_reader_of((patina_span){name_constraints.ptr, name_constraints.len + 1});/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    if (ptn_has_dotted_constraint(any_span())) {
        PTN_REACH("dotted");
    } else {
        PTN_REACH("none");
    }
}
