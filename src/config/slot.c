// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See slot.h. A reader makes itself known and learns which version is current by one addition to
// `current`; it counts itself out at the version. Who replaces a version takes the number of those
// who came out of `current` in the same exchange that ends it, and so knows how many must leave.
#include "config/slot.h"

enum { INDEX_SHIFT = 56 }; // 2^56 readers a version: at 10^8 a second, 22 years
#define READERS ((UINT64_C(1) << INDEX_SHIFT) - 1)

static struct ptn_slot_version *version_of(struct ptn_slot *slot, uint64_t current)
{
    return &PTN_AT(slot->versions, (size_t)(current >> INDEX_SHIFT));
}

void ptn_slot_init(struct ptn_slot *slot, const struct ptn_slot_class *class, void *object)
{
    *slot = (struct ptn_slot){.class = class};
    struct ptn_slot_version *first = version_of(slot, 0);
    first->object = object;
    first->generation = 1;
    atomic_init(&first->is_taken, true);
    atomic_init(&slot->last_generation, 1);
}

void ptn_slot_clear(struct ptn_slot *slot)
{
    struct ptn_slot_version *v = version_of(slot, atomic_load(&slot->current));
    slot->class->unref(v->object);
    v->object = NULL;
}

// The version has been replaced and nobody looks at it any more.
static void give_back(struct ptn_slot *slot, struct ptn_slot_version *v)
{
    void *object = v->object;
    v->object = NULL;
    atomic_store_explicit(&v->is_taken, false, memory_order_release);
    slot->class->unref(object);
}

// Adds to the balance; the one who makes it 0 gives the version back.
static void settle(struct ptn_slot *slot, struct ptn_slot_version *v, int64_t change)
{
    if (atomic_fetch_add_explicit(&v->balance, change, memory_order_acq_rel) == -change) {
        give_back(slot, v);
    }
}

void *ptn_slot_get(struct ptn_slot *slot, uint64_t *out_generation)
{
    uint64_t current = atomic_fetch_add_explicit(&slot->current, 1, memory_order_acquire);
    struct ptn_slot_version *v = version_of(slot, current);
    void *object = v->object;
    if (out_generation != NULL) {
        *out_generation = v->generation;
    }
    slot->class->ref(object);
    settle(slot, v, -1);
    return object;
}

static struct ptn_slot_version *take_version(struct ptn_slot *slot, uint64_t *out_index)
{
    for (size_t i = 0; i < PTN_SLOT_VERSIONS; i++) {
        struct ptn_slot_version *v = &PTN_AT(slot->versions, i);
        bool is_taken = false;
        if (atomic_compare_exchange_strong_explicit(&v->is_taken, &is_taken, true,
                                                    memory_order_acquire, memory_order_relaxed)) {
            *out_index = i;
            return v;
        }
    }
    return NULL;
}

bool ptn_slot_set(struct ptn_slot *slot, void *object)
{
    uint64_t index = 0;
    struct ptn_slot_version *v = take_version(slot, &index);
    if (v == NULL) {
        return false;
    }
    v->object = object;
    v->generation = atomic_fetch_add_explicit(&slot->last_generation, 1, memory_order_relaxed) + 1;
    atomic_store_explicit(&v->balance, 0, memory_order_relaxed);
    uint64_t before =
        atomic_exchange_explicit(&slot->current, index << INDEX_SHIFT, memory_order_acq_rel);
    settle(slot, version_of(slot, before), (int64_t)(before & READERS));
    return true;
}
