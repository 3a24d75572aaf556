// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_has_odd_modulus
// REPLACE: ptn_der_read ptn_span_equal ptn_rsa_key_read
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// MUTANT: src/x509/profile_read.c s/ptn_rsa_key_read(spki->public_key, /ptn_rsa_key_read((patina_span){spki->public_key.ptr, spki->public_key.len + 1}, /
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
