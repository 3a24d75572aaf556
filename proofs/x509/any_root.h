// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Trust anchors as the search for a path sees them: the contract of `ptn_roots_find`, with a root
// that is an object, so that the model checker sees what is true of it.
#ifndef PTN_PROOF_ROOT_H
#define PTN_PROOF_ROOT_H

#include "proof.h"
#include "x509/roots.h"

static struct ptn_root one_root;

const struct ptn_root *ptn_roots_find(const struct patina_roots *roots, patina_span subject,
                                      size_t *position)
{
    (void)roots;
    CLAIM(SPAN(subject), "a name");
    if (any_bool()) {
        *position = SIZE_MAX;
        return NULL;
    }
    *position = any_size();
    ASSUME(*position >= 1 && *position <= PTN_MAX_ROOTS);
    return &one_root;
}

#endif
