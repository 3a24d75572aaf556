// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_chain_make
// REPLACE: measure put put_all ptn_mspan_part ptn_writer_finish
// OBJECT_BITS: 9
// MUTANT: src/x509/chain.c s/ptn_alloc(alloc, size)/ptn_alloc(alloc, head - 1)/
#include "proof.h"

#include "x509/chain.c"

#include "x509/any_chain.h"
#include "x509/heap.h"

void harness(void)
{
    struct ptn_chain_parts parts = any_parts();
    struct patina_chain *chain;
    if (ptn_chain_make(NULL, &parts, &chain) == PATINA_OK) {
        PTN_REACH("a chain");
        CLAIM(chain->count == parts.count, "of all of them");
    } else {
        PTN_REACH("no memory");
    }
}
