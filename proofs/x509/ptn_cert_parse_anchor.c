// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_cert_parse_anchor
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_enter ptn_der_read ptn_der_read_whole ptn_der_read_bits read_tbs
// UNWIND: 26
// OBJECT_BITS: 9
// SOLVER: cadical
// COVERS: parse_or_zero parse
// MUTANT: src/x509/cert.c s/if (err != PATINA_OK) {/if (err == PATINA_ERR_CERT_BUDGET) {/
#include "proof.h"

#include "x509/cert.c"

void harness(void)
{
    struct ptn_cert cert;
    if (ptn_cert_parse_anchor(any_span(), &cert) != PATINA_OK) {
        PTN_REACH("refused");
    } else if (cert.version == 1) {
        PTN_REACH("of version 1");
    } else {
        PTN_REACH("of version 3");
    }
}
