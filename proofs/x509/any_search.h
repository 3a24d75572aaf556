// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A search for a path in any state, for the proofs of src/x509/path.c, which they include. What is
// true of the state beside its objects is what the contracts require.
#ifndef PTN_PROOF_SEARCH_H
#define PTN_PROOF_SEARCH_H

#include "x509/any_path.h"

static inline patina_err any_err(void)
{
    return any_bool() ? PATINA_OK : PATINA_ERR_CERT_ENCODING;
}

// Any number of certificates, all the same: what looks at them one by one looks at any one of them.
static inline struct slot *uniform_slots(size_t n)
{
    ASSUME(n >= 1 && n <= PTN_MAX_CERTIFICATES);
    struct slot *slots = malloc(n * sizeof(*slots)); // here, so that its type is seen
    ASSUME(slots != NULL);
    struct slot slot = {.cert = any_cert(), .err = any_err()};
    __CPROVER_array_set(slots, slot);
    return slots;
}

// `q` is what is asked.
#define ANY_SEARCH(s, q)                                       \
    struct ptn_server_name any_asked = any_name();             \
    const struct ptn_path_request q = any_request(&any_asked); \
    struct search s;                                           \
    s.q = &q;                                                  \
    s.slots_count = any_size();                                \
    s.slots = uniform_slots(s.slots_count)

// The same with one or two certificates, each its own: for what looks into them.
#define SMALL_SEARCH(s, q)                                               \
    struct ptn_server_name any_asked = any_name();                       \
    const struct ptn_path_request q = any_request(&any_asked);           \
    struct slot two_slots[2] = {{.cert = any_cert(), .err = any_err()},  \
                                {.cert = any_cert(), .err = any_err()}}; \
    struct search s;                                                     \
    s.q = &q;                                                            \
    s.slots_count = any_bool() ? 1 : 2;                                  \
    s.slots = two_slots

#endif
