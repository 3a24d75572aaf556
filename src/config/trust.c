// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The slot for roots: patina/verify.h. How it is changed under load stands in slot.c.
#include "config/trust.h"

#include "base/mem.h"
#include "base/ref.h"
#include "config/slot.h"

struct patina_trust {
    struct ptn_ref ref;
    const struct patina_allocator *alloc;
    struct ptn_slot slot; // of roots
};

static void ref_roots(void *object)
{
    (void)patina_roots_ref(object);
}

static void unref_roots(void *object)
{
    patina_roots_unref(object);
}

static const struct ptn_slot_class roots_class = {.ref = ref_roots, .unref = unref_roots};

patina_err patina_trust_new(struct patina_roots *roots, const struct patina_allocator *alloc,
                            struct patina_trust **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(roots != NULL, PATINA_ERR_NO_ROOTS);
    alloc = ptn_allocator_or_heap(alloc);
    struct patina_trust *t = ptn_alloc(alloc, sizeof *t);
    PTN_REQUIRE(t != NULL, PATINA_ERR_NO_MEMORY);
    ptn_ref_init(&t->ref);
    t->alloc = alloc;
    ptn_slot_init(&t->slot, &roots_class, patina_roots_ref(roots));
    *out = t;
    return PATINA_OK;
}

struct patina_roots *patina_trust_get(struct patina_trust *trust)
{
    return trust == NULL ? NULL : ptn_slot_get(&trust->slot, NULL);
}

patina_err patina_trust_set(struct patina_trust *trust, struct patina_roots *roots)
{
    PTN_REQUIRE(trust != NULL, PATINA_ERR_MISUSE);
    PTN_REQUIRE(roots != NULL, PATINA_ERR_NO_ROOTS);
    if (!ptn_slot_set(&trust->slot, patina_roots_ref(roots))) {
        patina_roots_unref(roots);
        return PATINA_ERR_BUSY;
    }
    return PATINA_OK;
}

uint64_t patina_trust_generation(struct patina_trust *trust)
{
    struct ptn_pinned_trust pinned;
    ptn_trust_pin(trust, &pinned);
    ptn_trust_unpin(&pinned);
    return pinned.generation;
}

struct patina_trust *patina_trust_ref(struct patina_trust *trust)
{
    if (trust != NULL) {
        ptn_ref_add(&trust->ref);
    }
    return trust;
}

void patina_trust_unref(struct patina_trust *trust)
{
    if (trust != NULL && ptn_ref_drop(&trust->ref)) {
        ptn_slot_clear(&trust->slot);
        ptn_free(trust->alloc, trust, sizeof *trust);
    }
}

void ptn_trust_pin(struct patina_trust *trust, struct ptn_pinned_trust *out)
{
    *out = (struct ptn_pinned_trust){0};
    if (trust != NULL) {
        out->roots = ptn_slot_get(&trust->slot, &out->generation);
    }
}

void ptn_trust_unpin(struct ptn_pinned_trust *pinned)
{
    patina_roots_unref(pinned->roots);
    pinned->roots = NULL;
}
