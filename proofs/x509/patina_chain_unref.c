// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_chain_unref patina_chain_ref
// ENFORCE: no
// MUTANT: src/x509/chain.c s/ptn_free(chain->alloc, chain, chain->size)/ptn_free(chain->alloc, chain, chain->size + 1)/
#include "proof.h"

#include "x509/chain.c"

#include "x509/any_chain.h"
#include "x509/heap.h"

void harness(void)
{
    struct patina_chain *chain = any_chain();
    if (chain != NULL) {
        chain->alloc = &ptn_heap;
        size_t references = any_size();
        ASSUME(references != 0 && references < SIZE_MAX / 2);
        chain->ref.count_ = references;
        CLAIM(patina_chain_ref(chain) == chain, "the same object");
        patina_chain_unref(chain);
        CLAIM(chain->ref.count_ == references, "one more and one less");
        patina_chain_unref(chain);
        if (references == 1) {
            PTN_REACH("the last reference");
        } else {
            PTN_REACH("still in use");
            CLAIM(chain->ref.count_ == references - 1, "one less");
        }
    } else {
        PTN_REACH("nothing");
        CLAIM(patina_chain_ref(chain) == NULL, "stays nothing");
        patina_chain_unref(chain);
    }
}
