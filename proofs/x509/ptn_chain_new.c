// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_chain_new
// REPLACE: ptn_chain_make
// OBJECT_BITS: 9
// MUTANT: src/x509/chain.c s/const struct ptn_chain_parts parts = {.certificates = certificates, .count = count};/struct ptn_chain_parts parts = {.certificates = certificates, .count = count + 1};/
#include "proof.h"

#include "x509/chain.c"

#include "x509/any_chain.h"

void harness(void)
{
    size_t count = any_size();
    const patina_span *certificates = uniform_spans(count, PTN_MAX_CERTIFICATES);
    struct patina_chain *chain;
    if (ptn_chain_new(NULL, certificates, count, &chain) == PATINA_OK) {
        PTN_REACH("a chain");
    } else {
        PTN_REACH("no memory");
    }
}
