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
    struct patina_roots *roots;       // built in, or:
    struct patina_trust *trust;       // built in; both NULL for a callback alone
    struct patina_crls *crls;         // built in; NULL: none
    uint32_t revocation;              // built in; enum patina_revocation_flags
    uint32_t profile, purpose;        // built in
    size_t max_intermediates;         // built in
    patina_span own_eku;              // built in; own copy
    patina_verify_callback *callback; // NULL: built in alone
    void *user;
    void (*drop_user)(void *user);
    struct patina_verifier *then; // asked before the callback
};

// A verifier of clients judges no server: whoever has a client's certificate would pass as one.
bool ptn_verifier_is_for_servers(const struct patina_verifier *v);

// Whether a built-in verifier is among those asked: it builds paths and checks their signatures.
bool ptn_verifier_builds_paths(const struct patina_verifier *v);

struct ptn_path_request; // x509/path.h
struct ptn_path_result;

// Judges a chain by a built-in verifier: `asked` brings chain, staple, name, time and arena, the
// verifier the rest. Trust is pinned for as long as it takes.
patina_err ptn_verifier_judge(const struct patina_verifier *v, const struct ptn_path_request *asked,
                              struct ptn_path_result *out);

#endif
