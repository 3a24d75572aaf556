// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Trust anchors as the search for a path sees them: the contract of `ptn_roots_find`, with a root
// that is an object, so that the model checker sees what is true of it, and names that can be read.
#ifndef PTN_PROOF_ROOT_H
#define PTN_PROOF_ROOT_H

#include "proof.h"
#include "x509/roots.h"

static struct ptn_root one_root;
static patina_span root_name; // any_span() where it matters: loops may allocate nothing

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

// A name that stands among them.
patina_span ptn_roots_subject(const struct patina_roots *roots, size_t i)
{
    (void)roots;
    (void)i;
    return root_name;
}

size_t patina_roots_count(const struct patina_roots *roots)
{
    (void)roots;
    return any_size();
}

#endif
