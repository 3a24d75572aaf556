// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_rsa_key_read
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read_integer bits_of ptn_span_at
// OBJECT_BITS: 9
// UNWIND: 12
// COVERS: read_magnitude is_odd
// MUTANT: src/x509/key.c s/return magnitude.len != 0 \&\& (ptn_span_at/return magnitude.len != 7 \&\& (ptn_span_at/
#include "proof.h"

#include "x509/key.c"

void harness(void)
{
    struct ptn_rsa_key key;
    if (ptn_rsa_key_read(any_span(), &key)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("malformed");
        CLAIM(!key.is_odd && key.exponent_bits == 0, "empty when malformed");
    }
}
