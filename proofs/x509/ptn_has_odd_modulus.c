// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_has_odd_modulus
// REPLACE: ptn_der_enter ptn_der_read ptn_der_read_integer ptn_span_equal ptn_span_at
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/profile_read.c s/return ptn_span_at(modulus, 0) != 0;/return ptn_span_at(modulus, 1) != 0;/
#include "proof.h"

#include "x509/profile_read.c"

void harness(void)
{
    struct ptn_spki spki = {any_span(), any_span(), any_span()};
    if (ptn_has_odd_modulus(&spki)) {
        PTN_REACH("odd");
    } else {
        PTN_REACH("whole octets, or no RSA key");
    }
}
