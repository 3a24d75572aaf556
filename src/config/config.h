// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Configs as hs and conn read them: checked once, lists resolved against the provider, immutable
// after.
#ifndef PTN_CONFIG_CONFIG_H
#define PTN_CONFIG_CONFIG_H

#include "base/limits.h"
#include "base/mem.h"
#include "base/ref.h"
#include "config/credential.h"
#include "config/verifier.h"
#include "patina/config.h"
#include "patina/dangerous.h"
#include "wire/codepoints.h"
#include "x509/link_cache.h"

struct ptn_number_list {
    uint16_t items[PTN_MAX_OFFERED];
    size_t count;
};

bool ptn_number_list_has(const struct ptn_number_list *list, uint16_t value);

// What both roles share.
struct ptn_common_config {
    struct ptn_ref ref;
    const struct patina_allocator *alloc;
    const struct patina_provider *provider;
    const struct patina_clock *clock;
    uint32_t flags;
    size_t max_fragment;    // plaintext bytes
    uint32_t max_cert_list; // bytes
    struct ptn_number_list suites, groups;
    patina_span *alpn; // copies
    size_t alpn_count;
    void (*key_log)(void *user, patina_span line);
    void *key_log_user;
};

struct patina_client_config {
    struct ptn_common_config common;
    struct patina_verifier *verifier;
    struct ptn_link_cache *links;          // NULL: none
    struct ptn_number_list key_shares;     // groups to send shares of
    struct ptn_number_list verify_schemes; // signature_algorithms
    struct ptn_number_list cert_schemes;   // signature_algorithms_cert
    const struct patina_group_memory *group_memory;
};

struct patina_server_config {
    struct ptn_common_config common;
    struct patina_credential **credentials;
    size_t credentials_count;
    patina_resolve_callback *choose_config, *choose_credential;
    void *resolver_user;
};

// Fills the report (NULL: none) of an object that was to be made, and returns `err`.
patina_err ptn_tell(struct patina_report *report, patina_err err);

// Whether everything of `p` that is not optional is there, and has a size the core has room for.
// MISSING_PROVIDER, BAD_OPTION.
patina_err ptn_provider_check(const struct patina_provider *p);

// Whether all of a key object can be called.
bool ptn_key_fits(const struct patina_key *key);

// The provider's suite with this number, or NULL.
const struct patina_suite *ptn_provider_suite(const struct patina_provider *p, uint16_t id);

// Copies a list of names (ALPN); each has 1..255 bytes. BAD_OPTION, TOO_MANY_OPTIONS, NO_MEMORY.
// Free with ptn_spans_free.
patina_err ptn_names_dup(const struct patina_allocator *alloc, const patina_span *names,
                         size_t count, patina_span **out, size_t *out_count);

#endif
