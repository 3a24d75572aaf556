// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Who judges the peer's chain, as hs reads it.
#ifndef PTN_CONFIG_VERIFIER_H
#define PTN_CONFIG_VERIFIER_H

#include "base/mem.h"
#include "base/ref.h"
#include "config/trust.h"
#include "patina/verify.h"
#include "x509/pin.h"

struct patina_verifier {
    struct ptn_ref ref;
    const struct patina_allocator *alloc;
    const struct patina_provider *provider;
    struct patina_roots *roots;  // built in, or:
    struct patina_trust *trust;  // built in; both NULL for pins and for a callback alone
    struct patina_crls *crls;    // built in; NULL: none
    uint32_t revocation;         // built in; enum patina_revocation_flags
    uint32_t profile, purpose;   // built in
    uint32_t flags, client_auth; // built in, for clients
    patina_span *hints;          // likewise; own copies; NULL: the subjects of the roots
    size_t hints_count;
    struct ptn_pins pins;             // none: not a pinning one; own copies
    size_t max_intermediates;         // built in
    patina_span own_eku;              // built in; own copy
    patina_verify_callback *callback; // NULL: built in alone
    void *user;
    void (*drop_user)(void *user);
    struct patina_verifier *then; // asked before the callback
};

// A verifier of clients judges no server: whoever has a client's certificate would pass as one.
bool ptn_verifier_is_for_servers(const struct patina_verifier *v);

// Whether one that builds paths, and so checks signatures between certificates, is among those
// asked.
bool ptn_verifier_builds_paths(const struct patina_verifier *v);

// The trust of the moment, for as long as it is held (`ptn_trust_unpin`).
void ptn_verifier_pin_trust(const struct patina_verifier *v, struct ptn_pinned_trust *out);

// The names of authorities that a server tells its clients, up to `room` of them, each once, into
// `out`: borrowed from the verifier and from the trust given.
size_t ptn_verifier_hints(const struct patina_verifier *v, const struct ptn_pinned_trust *trust,
                          patina_span *out, size_t room);

// Judges a chain by a verifier of the library: `asked` brings chain, staple, name, time and arena,
// the verifier the rest. Trust is pinned for as long as it takes.
patina_err ptn_verifier_judge(const struct patina_verifier *v, const struct ptn_path_request *asked,
                              struct ptn_path_result *out);

// For those who make verifiers: one with nothing but its provider. Half made, it can be given to
// patina_verifier_unref.
patina_err ptn_verifier_alloc(const struct patina_provider *provider,
                              const struct patina_allocator *alloc, struct patina_verifier **out);

#endif
