// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: feed_block
// REPLACE: ptn_pem_next ptn_span_equal feed_whole
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_loader.c s/        \*position = pem.len;//
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    size_t position = any_size();
    struct ptn_buf der = any_buf();
    if (feed_block(&l, any_span(), &position, &der) == PATINA_OK) {
        PTN_REACH("taken, or none of ours");
    } else {
        PTN_REACH("refused");
    }
}
