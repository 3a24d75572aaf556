// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: read_contents
// REPLACE: ptn_span_part ptn_extension_read bit_of read_value is_among
// LOOP_CONTRACTS: yes
// SOLVER: cadical
// OBJECT_BITS: 9
// UNWIND: 20
// COVERS: keep
// MUTANT: src/x509/cert_ext.c s/out->unknown_critical = e.oid;/out->unknown_critical.len = e.oid.len + 1;/
#include "proof.h"

#include "x509/any.h"
#include "x509/cert_ext.c"

void harness(void)
{
    struct ptn_cert_extensions extensions = {0};
    patina_err err = read_contents(any_cert_bytes(), &extensions);
    if (err == PATINA_OK) {
        PTN_REACH("accepted");
    } else if (err == PATINA_ERR_CERT_DUPLICATE_EXTENSION) {
        PTN_REACH("one twice");
    } else {
        PTN_REACH("refused");
    }
}
