// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: enter_validity
// REPLACE: ptn_der_is_next ptn_der_enter ptn_der_read
// OBJECT_BITS: 9
// MUTANT: src/x509/profile_read.c s/    \*out = ptn_reader_of((patina_span){0});//
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    struct ptn_reader validity;
    if (enter_validity(any_span(), &validity)) {
        PTN_REACH("entered");
        CLAIM(READER_STATE(validity), "a reader");
    } else {
        PTN_REACH("malformed");
    }
}
