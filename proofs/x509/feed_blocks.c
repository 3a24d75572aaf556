// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: feed_blocks
// REPLACE: feed_block
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_loader.c s/    while (position < pem.len)/    while (position <= pem.len)/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    struct ptn_buf der = any_buf();
    if (feed_blocks(&l, any_span(), &der) == PATINA_OK) {
        PTN_REACH("to the end of the text");
    } else {
        PTN_REACH("refused");
    }
}
