// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A set of revocation lists for the proofs of src/x509/crls.c, which they include.
#ifndef PTN_PROOF_LISTS_H
#define PTN_PROOF_LISTS_H

#include "proof.h"

static inline struct ptn_crl any_crl(void)
{
    return (struct ptn_crl){
        .issuer = any_span(),
        .number = any_span(),
        .scope = {.whole = any_span()},
        .this_update_s = any_i64(),
        .next_update_s = any_i64(),
        .entries_count = any_size(),
    };
}

// Any number of lists, the same one at every place: what looks at them one by one looks at any one
// of them (as uniform_spans). The array is of variable length, so that its type is seen.
#define ANY_LISTS(crls)                                                         \
    size_t any_room = any_size();                                               \
    ASSUME(any_room >= 1 && any_room <= PTN_MAX_CRLS);                          \
    struct ptn_listed_crl any_list = {.crl = any_crl()};                        \
    struct ptn_listed_crl *any_lists[any_room];                                 \
    __CPROVER_array_set(any_lists, &any_list);                                  \
    struct patina_crls crls = {                                                 \
        .lists = any_lists, .lists_count = any_size(), .lists_room = any_room}; \
    ASSUME(crls.lists_count <= crls.lists_room)

#endif
