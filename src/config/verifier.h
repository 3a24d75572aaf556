// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Who judges the peer's chain, as hs reads it.
#ifndef PTN_CONFIG_VERIFIER_H
#define PTN_CONFIG_VERIFIER_H

#include "base/mem.h"
#include "base/ref.h"
#include "patina/verify.h"

struct patina_verifier {
    struct ptn_ref ref;
    const struct patina_allocator *alloc;
    const struct patina_provider *provider;
    struct patina_roots *roots;       // built in; NULL for a callback alone
    uint32_t profile;                 // built in
    patina_verify_callback *callback; // NULL: built in alone
    void *user;
    void (*drop_user)(void *user);
    struct patina_verifier *then; // asked before the callback
};

#endif
