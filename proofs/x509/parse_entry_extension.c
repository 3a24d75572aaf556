// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_entry_extension
// SOURCES: src/base/mem.c
// REPLACE: ptn_id_ce_arc ptn_crl_read_reason ptn_der_is_next ptn_der_read_time
// OBJECT_BITS: 9
// COVERS: parse_reason parse_invalidity_date
// MUTANT: src/x509/crl_ext.c s/return parse_reason(e->value, &out->reason);/out->has_extensions = true; return parse_reason(e->value, \&out->reason);/
#include "proof.h"

#include "x509/crl_ext.c"

void harness(void)
{
    const struct ptn_extension e = {any_span(), any_bool(), any_span()};
    struct ptn_crl_entry entry = {0};
    if (parse_entry_extension(&e, &entry) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
