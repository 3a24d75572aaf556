// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_scope
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_der_is_next ptn_der_read ptn_span_at ptn_reason_flags is_point_name
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 12
// COVERS: read_flag read_scope_reasons
// MUTANT: src/x509/crl_ext.c s/value.len == 1, PATINA/value.len <= 1, PATINA/
#include "proof.h"

#include "x509/crl_ext.c"

void harness(void)
{
    struct ptn_crl_scope scope;
    if (parse_scope(any_span(), &scope) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
