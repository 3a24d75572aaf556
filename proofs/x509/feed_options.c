// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: feed_options
// REPLACE: feed_each feed_blocks
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_loader.c s/ptn_buf_init(&der, l->alloc, PTN_MAX_PEM_BYTES);/ptn_buf_init(\&der, l->alloc, PTN_MAX_PEM_BYTES);\n    der.len_ = 1;/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    const struct patina_crls_options o = {.pem = any_span(), .der_count = any_size()};
    if (feed_options(&l, &o) == PATINA_OK) {
        PTN_REACH("taken");
    } else {
        PTN_REACH("refused");
    }
}
