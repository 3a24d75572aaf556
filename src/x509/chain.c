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
    patina_span staple, scts;
    size_t count;
    patina_span certificates[];
};

// The bytes of the block: its head with `count` spans, and all that is copied behind them.
static bool measure(const struct ptn_chain_parts *parts, size_t *out_head, size_t *out_size)
    PTN_CONTRACT(REQUIRES(READABLE(parts) && READABLE_ARRAY(parts->certificates, parts->count) &&
                          WRITABLE(out_head) && WRITABLE(out_size)) ASSIGNS(*out_head, *out_size)
                     ENSURES(IMPLIES(RESULT, *out_head == sizeof(struct patina_chain) +
                                                              parts->count * sizeof(patina_span) &&
                                                 *out_head <= *out_size)))
{
    size_t size = 0;
    if (!ptn_mul_size(parts->count, sizeof(patina_span), &size) ||
        !ptn_add_size(size, sizeof(struct patina_chain), out_head) ||
        !ptn_add_size(*out_head, parts->staple.len, &size) ||
        !ptn_add_size(size, parts->scts.len, &size)) {
        return false;
    }
    for (size_t i = 0; i < parts->count; i++)
        PTN_LOOP(ASSIGNS(i, size) INVARIANT(i <= parts->count && *out_head <= size)
                     DECREASES(parts->count - i))
    {
        if (!ptn_add_size(size, PTN_ITEM(parts->certificates, parts->count, i).len, &size)) {
            return false;
        }
    }
    *out_size = size;
    return true;
}

// Copies `from` into the room that `w` has left, and says where in `room` it is.
static patina_span put(struct ptn_writer *w, patina_mspan room, patina_span from)
    PTN_CONTRACT(REQUIRES(WRITER(w) && MSPAN(room) && SPAN(from)) ENCODES(w)
                     ENSURES(WITHIN(RESULT, room)))
{
    size_t at = ptn_writer_len(w);
    ptn_write_span(w, from);
    return ptn_span_part(ptn_span(room), at, from.len);
}

// Copies the certificates so, and says in `out` where they are.
static void put_all(struct ptn_writer *w, patina_mspan room, const struct ptn_chain_parts *parts,
                    patina_span *out)
    PTN_CONTRACT(REQUIRES(WRITER(w) && MSPAN(room) && READABLE(parts))
                     REQUIRES(SPAN_ARRAY(parts->certificates, parts->count, PTN_MAX_CERTIFICATES) &&
                              WRITABLE_ARRAY(out, parts->count))
                         ASSIGNS(WRITER_FIELDS(w); parts->count != 0 : __CPROVER_object_whole(out))
                             ENSURES(WRITER_STATE(*w)))
{
    for (size_t i = 0; i < parts->count; i++)
        PTN_LOOP(ASSIGNS(i, __CPROVER_object_whole(out), WRITER_FIELDS(w))
                     INVARIANT(i <= parts->count && WRITER_STATE(*w)) DECREASES(parts->count - i))
    {
        PTN_ITEM(out, parts->count, i) =
            put(w, room, PTN_ITEM(parts->certificates, parts->count, i));
    }
}

patina_err ptn_chain_make(const struct patina_allocator *alloc, const struct ptn_chain_parts *parts,
                          struct patina_chain **out)
{
    size_t head = 0;
    size_t size = 0;
    patina_span all;
    *out = NULL;
    PTN_REQUIRE(measure(parts, &head, &size), PATINA_ERR_NO_MEMORY);
    alloc = ptn_allocator_or_heap(alloc);
    struct patina_chain *chain = ptn_alloc(alloc, size);
    if (chain == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    patina_mspan room = ptn_mspan_skip((patina_mspan){(uint8_t *)chain, size}, head);
    struct ptn_writer w = ptn_writer_of(room);
    put_all(&w, room, parts, chain->certificates);
    ptn_ref_init(&chain->ref);
    chain->alloc = alloc;
    chain->size = size;
    chain->staple = put(&w, room, parts->staple);
    chain->scts = put(&w, room, parts->scts);
    chain->count = parts->count;
    if (!ptn_writer_finish(&w, &all)) { // never: the block was measured for just this
        ptn_free(alloc, chain, size);
        return PATINA_ERR_INTERNAL;
    }
    *out = chain;
    return PATINA_OK;
}

patina_err ptn_chain_new(const struct patina_allocator *alloc, const patina_span *certificates,
                         size_t count, struct patina_chain **out)
{
    const struct ptn_chain_parts parts = {.certificates = certificates, .count = count};
    return ptn_chain_make(alloc, &parts, out);
}

patina_span ptn_chain_staple(const struct patina_chain *chain)
{
    return chain == NULL ? (patina_span){0} : chain->staple;
}

patina_span ptn_chain_scts(const struct patina_chain *chain)
{
    return chain == NULL ? (patina_span){0} : chain->scts;
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
