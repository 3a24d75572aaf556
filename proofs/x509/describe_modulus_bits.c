// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: modulus_bits
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read_integer ptn_span_at ptn_span_part
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/describe.c s/(uint32_t)(modulus.len - 1) \* 8/(uint32_t)(modulus.len - 2) * 8/
#include "x509/any.h"

#include "x509/describe.c"

void harness(void)
{
    if (modulus_bits(any_cert_bytes()) == 0) {
        PTN_REACH("none");
    } else {
        PTN_REACH("some");
    }
}
