// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_parse_extensions
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_extension_read ptn_id_ce_arc ptn_extension_note parse_list_extension
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// UNWIND: 16
// MUTANT: src/x509/crl_ext.c s/    out->number = (patina_span){0};//
#include "proof.h"

#include "x509/crl_ext.c"

void harness(void)
{
    struct ptn_crl crl;
    if (ptn_crl_parse_extensions(any_span(), &crl) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
