// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Chains for the proofs of src/x509/chain.c, which they include.
#ifndef PTN_PROOF_CHAIN_H
#define PTN_PROOF_CHAIN_H

#include "proof.h"

// A chain's block in any state: head, spans, some bytes.
static inline struct patina_chain *any_block(size_t count, size_t bytes)
{
    ASSUME(count <= PTN_MAX_CERTIFICATES && bytes <= __CPROVER_max_malloc_size / 2);
    size_t size = sizeof(struct patina_chain) + count * sizeof(patina_span) + bytes;
    struct patina_chain *chain = any_object(size);
    chain->size = size;
    chain->count = count;
    return chain;
}

// One of those, or NULL.
static inline struct patina_chain *any_chain(void)
{
    return any_bool() ? NULL : any_block(any_size(), any_size());
}

static inline struct ptn_chain_parts any_parts(void)
{
    size_t count = any_size();
    return (struct ptn_chain_parts){
        .certificates = uniform_spans(count, PTN_MAX_CERTIFICATES),
        .count = count,
        .staple = any_span(),
        .scts = any_span(),
    };
}

#endif
