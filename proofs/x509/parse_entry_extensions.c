// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: parse_entry_extensions
// SOURCES: src/base/mem.c
// REPLACE: ptn_extension_read ptn_id_ce_arc ptn_extension_note parse_entry_extension
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// UNWIND: 12
// MUTANT: src/x509/crl_ext.c s/PTN_REQUIRE(ptn_extension_read(&list, &e), PATINA_ERR_CRL_ENCODING);/(void)ptn_extension_read(\&list, \&e);/
#include "proof.h"

#include "x509/crl_ext.c"

void harness(void)
{
    struct ptn_reader list = ptn_reader_of(any_span());
    struct ptn_crl_entry entry = {0};
    if (parse_entry_extensions(list, &entry) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
