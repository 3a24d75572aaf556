// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_list_extension
// SOURCES: src/base/mem.c
// REPLACE: ptn_id_ce_arc ptn_der_read_integer ptn_span_at parse_scope
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 12
// COVERS: parse_number
// MUTANT: src/x509/crl_ext.c s/    out->number = number;/    out->number = (patina_span){number.ptr, number.len + 1};/
#include "proof.h"

#include "x509/crl_ext.c"

void harness(void)
{
    const struct ptn_extension e = {any_span(), any_bool(), any_span()};
    struct ptn_crl crl = {.scope.reasons = PTN_ALL_REASONS};
    if (parse_list_extension(&e, &crl) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
