// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_spki_parse
// SOURCES: src/x509/spki.c
// REPLACE: ptn_der_read_whole ptn_der_read ptn_der_read_bits
// SOLVER: cadical
// UNWIND: 16
// OBJECT_BITS: 10
// MUTANT: src/x509/spki.c s/    struct ptn_spki spki = {0};/    struct ptn_spki spki;/
#include "proof.h"

#include "x509/cert.h"

void harness(void)
{
    struct ptn_spki spki;
    if (ptn_spki_parse(any_span(), &spki) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
