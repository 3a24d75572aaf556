// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: check_extensions
// SOURCES: src/base/mem.c
// REPLACE: ptn_der_enter ptn_extension_read
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// ASSIGNS_NOTHING: yes
// MUTANT: src/x509/ocsp.c s/PTN_REQUIRE(ptn_extension_read(&list, &e), PATINA_ERR_OCSP_ENCODING);/(void)ptn_extension_read(\&list, \&e);/
#include "proof.h"

#include "x509/ocsp.c"

void harness(void)
{
    struct ptn_reader box = ptn_reader_of(any_span());
    if (check_extensions(box) == PATINA_OK) {
        PTN_REACH("accepted");
    } else {
        PTN_REACH("refused");
    }
}
