// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_dn_is_email
// REPLACE: ptn_span_equal
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/dn.c s/return ptn_span_equal(type, PTN_SPAN_OF(email));/return ptn_span_equal(type, (patina_span){email, 10});/
#include "proof.h"

#include "x509/dn.c"

void harness(void)
{
    if (ptn_dn_is_email(any_span())) {
        PTN_REACH("yes");
    } else {
        PTN_REACH("no");
    }
}
