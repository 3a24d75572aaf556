// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_integer
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_der_read ptn_span_at
// COVERS: is_minimal
// MUTANT: src/x509/der.c s/return octets.len == 1;/return true;/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    patina_span octets;
    if (ptn_der_read_integer(&r, &octets)) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}
