// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_read_entry
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_der_read_integer ptn_der_read_time parse_entry_extensions
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_ext.c s/    \*out = (struct ptn_crl_entry){0};//
#include "proof.h"

#include "x509/crl_ext.c"

void harness(void)
{
    struct ptn_reader list = any_reader();
    struct ptn_crl_entry entry;
    if (ptn_crl_read_entry(&list, &entry) == PATINA_OK) {
        PTN_REACH("read");
    } else {
        PTN_REACH("refused");
    }
}
