// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Trust anchors for the proofs of src/x509/roots.c, which they include.
#ifndef PTN_PROOF_ROOTS_H
#define PTN_PROOF_ROOTS_H

#include "x509/any.h"

// Any number of roots (there is always one), in any order. The arrays are of variable length, so
// that the model checker sees their types; from malloc they would be bytes to it, which costs
// minutes.
#define ANY_ROOTS(roots)                                     \
    size_t any_count = any_size();                           \
    ASSUME(any_count >= 1 && any_count <= PTN_MAX_ROOTS);    \
    struct ptn_root any_list[any_count];                     \
    uint32_t any_order[any_count];                           \
    struct patina_roots roots = {.bytes = any_span(),        \
                                 .roots = any_list,          \
                                 .roots_count = any_count,   \
                                 .order = any_order,         \
                                 .order_count = any_size()}; \
    ASSUME(roots.order_count <= roots.roots_count)

// The invariant of both arrays at one place: it names a root, and that root's `span` is among the
// bytes that are kept.
#define ASSUME_PLACE(roots, place, span)                 \
    ASSUME((roots).order[place] < (roots).roots_count && \
           WITHIN((roots).roots[(roots).order[place]].cert.span, (roots).bytes))

#endif
