// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: scan_on
// REPLACE: ptn_crl_scan_step
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_loader.c s/PTN_TRY(ptn_crl_scan_step(s, bytes, &more));/PTN_TRY(ptn_crl_scan_step(s, bytes, \&more)); s->at++;/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct ptn_crl_scan s = any_scan();
    if (scan_on(&s, any_span()) == PATINA_OK) {
        PTN_REACH("all that has come");
    } else {
        PTN_REACH("refused");
    }
}
