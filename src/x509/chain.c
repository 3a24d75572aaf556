// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The counted chain: one block with its head, its spans, and the certificates' bytes behind them.
#include "x509/chain.h"
#include "base/ref.h"

struct patina_chain {
    struct ptn_ref ref;
    const struct patina_allocator *alloc;
    size_t size; // of the block
    size_t count;
    patina_span certificates[];
};

patina_err ptn_chain_new(const struct patina_allocator *alloc, const patina_span *certificates,
                         size_t count, struct patina_chain **out)
{
    size_t head = 0;
    size_t size = 0;
    *out = NULL;
    if (!ptn_mul_size(count, sizeof(patina_span), &head) ||
        !ptn_add_size(head, sizeof(struct patina_chain), &head)) {
        return PATINA_ERR_NO_MEMORY;
    }
    size = head;
    for (size_t i = 0; i < count; i++) {
        if (!ptn_add_size(size, PTN_ITEM(certificates, count, i).len, &size)) {
            return PATINA_ERR_NO_MEMORY;
        }
    }
    alloc = ptn_allocator_or_heap(alloc);
    struct patina_chain *chain = ptn_alloc(alloc, size);
    if (chain == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    ptn_ref_init(&chain->ref);
    chain->alloc = alloc;
    chain->size = size;
    chain->count = count;
    patina_mspan room = ptn_mspan_skip((patina_mspan){(uint8_t *)chain, size}, head);
    for (size_t i = 0; i < count; i++) {
        patina_span from = PTN_ITEM(certificates, count, i);
        ptn_span_copy(room, from);
        PTN_ITEM(chain->certificates, count, i) = ptn_span_first(ptn_span(room), from.len);
        room = ptn_mspan_skip(room, from.len);
    }
    *out = chain;
    return PATINA_OK;
}

size_t patina_chain_count(const struct patina_chain *chain)
{
    return chain == NULL ? 0 : chain->count;
}

patina_span patina_chain_certificate(const struct patina_chain *chain, size_t i)
{
    if (chain == NULL || i >= chain->count) {
        return (patina_span){0};
    }
    return PTN_ITEM(chain->certificates, chain->count, i);
}

struct patina_chain *patina_chain_ref(struct patina_chain *chain)
{
    if (chain != NULL) {
        ptn_ref_add(&chain->ref);
    }
    return chain;
}

void patina_chain_unref(struct patina_chain *chain)
{
    if (chain != NULL && ptn_ref_drop(&chain->ref)) {
        ptn_free(chain->alloc, chain, chain->size);
    }
}
