// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_cert_parse_extensions
// REPLACE: ptn_der_read read_contents
// SOLVER: cadical
// OBJECT_BITS: 9
// UNWIND: 12
// MUTANT: src/x509/cert_ext.c s/return read_contents(contents, out);/contents.len++; return read_contents(contents, out);/
#include "proof.h"

#include "x509/any.h"
#include "x509/cert_ext.c"

void harness(void)
{
    struct ptn_cert_extensions extensions = {0};
    patina_err err = ptn_cert_parse_extensions(any_cert_bytes(), &extensions);
    if (err == PATINA_OK) {
        PTN_REACH("accepted");
    } else if (err == PATINA_ERR_CERT_DUPLICATE_EXTENSION) {
        PTN_REACH("one twice");
    } else {
        PTN_REACH("refused");
    }
}
