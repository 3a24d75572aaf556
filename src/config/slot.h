// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A place that holds one counted object and is changed under load: `get` gives a reference to the
// object of the moment, `set` puts another one there. Both finish in a bounded number of steps
// whatever other threads do; the object that was replaced is given back by whoever leaves it last.
#ifndef PTN_CONFIG_SLOT_H
#define PTN_CONFIG_SLOT_H

#include "base/check.h"

#include <stdatomic.h>

// How the objects are counted.
struct ptn_slot_class {
    void (*ref)(void *object);
    void (*unref)(void *object);
};

// A version is in use from `set` until it has been replaced and its last reader has left, a few
// instructions later: more than two at a time are rare.
enum { PTN_SLOT_VERSIONS = 16 };

struct ptn_slot_version {
    atomic_bool is_taken;
    // Minus the readers that have left; when it is replaced, those that came are added. So it is 0
    // only once it has been replaced and all have left.
    _Atomic int64_t balance;
    uint64_t generation;
    void *object;
};

struct ptn_slot {
    const struct ptn_slot_class *class;
    _Atomic uint64_t current; // which version (the high 8 bits), and how many readers came to it
    _Atomic uint64_t last_generation;
    struct ptn_slot_version versions[PTN_SLOT_VERSIONS];
};

// The caller's reference to `object` passes to the slot, whose generation is 1.
void ptn_slot_init(struct ptn_slot *slot, const struct ptn_slot_class *class, void *object);

// Gives the object back. Nobody uses the slot any more.
void ptn_slot_clear(struct ptn_slot *slot);

// A reference to the present object. `out_generation` (NULL: not wanted) names this setting of it:
// a number that the slot never uses twice.
void *ptn_slot_get(struct ptn_slot *slot, uint64_t *out_generation);

// Puts `object` there; the caller's reference passes. False, and nothing has changed, when every
// version is held by a reader that sleeps in the midst of `get`.
PTN_MUST bool ptn_slot_set(struct ptn_slot *slot, void *object);

#endif
