// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_u32
// SOURCES: src/x509/der.c
// REPLACE: ptn_der_read ptn_der_u32
// MUTANT: src/x509/der.c s/return ptn_der_read(r, PTN_DER_INTEGER, .octets) .. ptn_der_u32(octets, out);/return ptn_der_u32(octets, out) \&\& ptn_der_read(r, PTN_DER_INTEGER, \&octets);/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    uint32_t value;
    if (ptn_der_read_u32(&r, &value)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}
