// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: feed_each
// REPLACE: feed_whole
// LOOP_CONTRACTS: yes
// OBJECT_BITS: 9
// SOLVER: cadical
// MUTANT: src/x509/crl_loader.c s/PTN_ITEM(der, count, i)/PTN_ITEM(der, count + 1, i + 1)/
#include "proof.h"

#include "x509/crl_loader.c"

#include "x509/any_loader.h"

void harness(void)
{
    struct patina_crl_loader l = any_loader();
    size_t count = any_size();
    const patina_span *der = uniform_spans(count, __CPROVER_max_malloc_size / sizeof(*der));
    if (feed_each(&l, der, count) == PATINA_OK) {
        PTN_REACH("taken");
    } else {
        PTN_REACH("refused");
    }
}
