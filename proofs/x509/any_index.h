// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// An index of a revocation list in any state: arrays of any contents.
#ifndef PTN_PROOF_INDEX_H
#define PTN_PROOF_INDEX_H

#include "proof.h"
#include "x509/crl_index.h"

static inline struct ptn_crl_index any_index(void)
{
    struct ptn_crl_index index = {.starts_count = any_size(), .places_count = any_size()};
    ASSUME(index.starts_count <= 2 * PTN_MAX_CRL_ENTRIES + 1);
    ASSUME(index.places_count <= PTN_MAX_CRL_ENTRIES);
    index.starts = malloc(index.starts_count * sizeof *index.starts); // here, so that its type is
                                                                      // seen
    index.places = malloc(index.places_count * sizeof *index.places);
    ASSUME(index.starts != NULL && index.places != NULL);
    return index;
}

static inline patina_span any_list_bytes(void)
{
    patina_span s = any_span();
    ASSUME(s.len <= PTN_MAX_CRL_BYTES);
    return s;
}

#endif
