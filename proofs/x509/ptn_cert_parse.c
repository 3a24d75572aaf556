// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_cert_parse
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_read_whole ptn_der_read_bits read_tbs
// UNWIND: 26
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: parse_or_zero parse
// MUTANT: src/x509/cert.c s/ptn_der_read_bits(&cert, &out->signature, &unused)/ptn_der_read_bits(\&cert, \&out->signature, (uint8_t *)out + sizeof *out)/
#include "proof.h"

#include "x509/cert.c"

void harness(void)
{
    struct ptn_cert cert;
    if (ptn_cert_parse(any_span(), &cert) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
