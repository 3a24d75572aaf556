// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_certs
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_read
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/ocsp.c s/PTN_REQUIRE(ptn_der_read(&list, PTN_DER_SEQUENCE, &cert), PATINA_ERR_OCSP_ENCODING);/(void)ptn_der_read(\&list, PTN_DER_SEQUENCE, \&cert);/
#include "proof.h"

#include "x509/ocsp.c"

void harness(void)
{
    if (check_certs(any_span()) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
