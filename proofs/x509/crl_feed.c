// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: feed
// REPLACE: feed_head feed_body
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_loader.c s/l->err = l->is_open ? feed_body/l->err = !l->is_open ? feed_body/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    if (feed(&l, any_span()) == PATINA_OK) {
        PTN_REACH("taken");
    } else {
        PTN_REACH("refused");
    }
}
