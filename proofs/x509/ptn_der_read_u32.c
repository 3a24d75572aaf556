// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_u32
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_read_integer ptn_span_at ptn_read_u8 ptn_read_u16 ptn_read_u24
// REPLACE: ptn_read_u32
// MUTANT: src/x509/der.c s/!ptn_der_read_integer(r, &octets) ||/!ptn_der_read_integer(r, \&octets) \&\&/
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
