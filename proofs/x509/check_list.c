// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_list
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read_any is_element
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 10
// MUTANT: src/x509/cert_ext.c s/count < PTN_MAX_SAN_ENTRIES, PATINA_ERR_CERT_BUDGET/count <= PTN_MAX_SAN_ENTRIES, PATINA_ERR_CERT_BUDGET/
#include "proof.h"

#include "x509/any.h"
#include "x509/cert_ext.c"

void harness(void)
{
    struct ptn_cert_extensions extensions;
    patina_err err = check_list(any_u32(), any_cert_bytes(), &extensions);
    if (err == PATINA_OK) {
        PTN_REACH("accepted");
    } else if (err == PATINA_ERR_CERT_BUDGET) {
        PTN_REACH("too many");
    } else {
        PTN_REACH("refused");
    }
}
