// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The trust of a verifier, as one judgement sees it.
#ifndef PTN_CONFIG_TRUST_H
#define PTN_CONFIG_TRUST_H

#include "patina/verify.h"

// The roots that a judgement works with from its beginning to its end.
struct ptn_pinned_trust {
    struct patina_roots *roots; // counted
    uint64_t generation;        // of the slot; 0: roots that never change
};

void ptn_trust_pin(struct patina_trust *trust, struct ptn_pinned_trust *out);
void ptn_trust_unpin(struct ptn_pinned_trust *pinned);

#endif
