// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: may_sign_answers
// SOURCES: src/base/bytes.c
// REPLACE: ptn_der_read ptn_span_equal
// LOOP_CONTRACTS: yes
// ASSIGNS_NOTHING: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/ocsp_judge.c s/ptn_reader_of(cert->ext.eku)/ptn_reader_of((patina_span){cert->ext.eku.ptr, cert->ext.eku.len + 1})/
#include "x509/any_status.h"
#include "x509/ocsp_judge.c"

void harness(void)
{
    const struct ptn_cert cert = {.ext = {.eku = any_span()}};
    if (may_sign_answers(&cert)) {
        PTN_REACH("it may");
    } else {
        PTN_REACH("it may not");
    }
}
