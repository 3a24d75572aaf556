// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Client and server configs: immutable, counted, shared by connections and threads. Options are
// structs that begin with their size; zero is every field's safe default; what is required has no
// default. Lists and spans are copied, objects referenced.
#ifndef PATINA_CONFIG_H
#define PATINA_CONFIG_H

#include "patina/base.h"
#include "patina/cert.h"
#include "patina/op.h"
#include "patina/provider.h"
#include "patina/verify.h"

#ifdef __cplusplus
extern "C" {
#endif

// The time by which certificates are judged.
struct patina_clock {
    uint32_t struct_size;
    uint32_t reserved; // 0
    void *user;
    patina_err (*now)(void *user, int64_t *out_unix_s); // seconds since 1970-01-01 UTC; CLOCK on
                                                        // failure. Any thread
};

// `patina_clock_system` returns the system's clock: static, never NULL. Any thread; never blocks.
// Only in builds with PATINA_OS.
PATINA_API const struct patina_clock *patina_clock_system(void);

// A hook that remembers, per server name, the group a server asked for by HelloRetryRequest, so
// that it is paid once. Written only after a completed handshake; an answer is added to the default
// shares, never replaces the hybrid. Entries should expire after 7 days. Called by the thread that
// drives the connection; must not block.
struct patina_group_memory {
    uint32_t struct_size;
    uint32_t reserved; // 0
    void *user;
    uint16_t (*get)(void *user, patina_span server_name); // 0: nothing known
    void (*put)(void *user, patina_span server_name, uint16_t group);
};

enum patina_config_flags {
    PATINA_CONFIG_NO_SNI = 1 << 0,               // client: do not send server_name
    PATINA_CONFIG_SERVER_ORDER = 1 << 1,         // server: our order of suites before the client's
    PATINA_CONFIG_REFUSE_UNKNOWN_NAME = 1 << 2,  // server: unrecognized_name instead of the default
                                                 // certificate
    PATINA_CONFIG_NO_EXTENSION_SHUFFLE = 1 << 3, // client: extensions in a fixed order
    PATINA_CONFIG_NO_MIDDLEBOX_COMPAT = 1 << 4, // client: no fake session id, no change_cipher_spec
                                                // (RFC 9846 §E.4)
    PATINA_CONFIG_NO_STATUS_REQUEST = 1 << 5,   // client: do not ask for a stapled OCSP response
                                                // (RFC 9846 §4.5.1.1)
    PATINA_CONFIG_WANT_SCTS = 1 << 6,           // client: ask for certificate timestamps (RFC 6962)
    PATINA_CONFIG_NO_LINK_CACHE = 1 << 7, // client: check every signature of every chain anew. By
                                          // default a signature between certificates that a
                                          // completed handshake of this config has checked is not
                                          // checked again, until the trust changes; all else is
};

struct patina_client_config;
struct patina_server_config;
struct patina_dangerous_options; // dangerous.h

struct patina_client_options {
    uint32_t struct_size;
    uint32_t flags;                         // enum patina_config_flags
    const struct patina_provider *provider; // required
    struct patina_verifier *verifier;       // required; of purpose SERVER
    const struct patina_clock *clock;       // required; borrowed, outlives the config
    const struct patina_allocator *alloc; // NULL: the C heap; borrowed, outlives the config and all
                                          // made from it
    const patina_span *alpn;              // application protocols, most wanted first; none: no ALPN
    size_t alpn_count;
    const uint16_t *suites; // CipherSuite; NULL: the provider's order
    size_t suites_count;
    const uint16_t *groups; // NamedGroup, most wanted first; NULL: hybrids and the provider's order
    size_t groups_count;
    const uint16_t *key_shares; // groups to send shares of, at most 4; not NULL with count 0: none;
                                // NULL: the first hybrid and the first classical one
    size_t key_shares_count;
    const uint16_t *verify_schemes; // SignatureScheme accepted in CertificateVerify; NULL: all the
                                    // provider has
    size_t verify_schemes_count;
    uint32_t max_fragment;  // plaintext bytes of a record we send, 64..16384; 0: 16384
    uint32_t max_cert_list; // bytes of the peer's Certificate message, up to 2^24 - 1; 0: 65535
    const struct patina_group_memory *group_memory;   // NULL: none; borrowed
    const struct patina_dangerous_options *dangerous; // NULL; copied
};
#define PATINA_CLIENT_OPTIONS_INIT         \
    {sizeof(struct patina_client_options), \
     0,                                    \
     NULL,                                 \
     NULL,                                 \
     NULL,                                 \
     NULL,                                 \
     NULL,                                 \
     0,                                    \
     NULL,                                 \
     0,                                    \
     NULL,                                 \
     0,                                    \
     NULL,                                 \
     0,                                    \
     NULL,                                 \
     0,                                    \
     0,                                    \
     0,                                    \
     NULL,                                 \
     NULL}

// `patina_client_config_new` checks the options once and makes a config. MISSING_PROVIDER,
// MISSING_VERIFIER, MISSING_CLOCK, BAD_OPTION, NEWER_OPTIONS, TOO_MANY_OPTIONS,
// NOTHING_IN_COMMON_WITH_PROVIDER, UNSUPPORTED_BY_PROVIDER, NO_MEMORY, MISUSE. `report` may be
// NULL. Any thread; does not block.
PATINA_API PATINA_MUST patina_err patina_client_config_new(const struct patina_client_options *o,
                                                           struct patina_client_config **out,
                                                           struct patina_report *report);
// `patina_client_config_ref` and `patina_client_config_unref` count references; the last one frees.
// NULL is a no-op. Any thread; never blocks.
PATINA_API struct patina_client_config *patina_client_config_ref(struct patina_client_config *cfg);
PATINA_API void patina_client_config_unref(struct patina_client_config *cfg);

// Resolvers of a server. Called by the thread that drives the connection; each completes its
// operation before returning OK, or keeps it and returns PENDING. Any other return fails the
// handshake with it.
typedef patina_err patina_resolve_callback(void *user, struct patina_op *op);

struct patina_server_options {
    uint32_t struct_size;
    uint32_t flags;                               // enum patina_config_flags
    const struct patina_provider *provider;       // required
    const struct patina_clock *clock;             // required; borrowed, outlives the config
    const struct patina_allocator *alloc;         // as in the client's
    struct patina_credential *const *credentials; // the first that fits SNI and the client's
                                                  // schemes; the first is default
    size_t credentials_count;
    patina_resolve_callback *choose_config;     // NULL, or PATINA_OP_CONFIG at the ClientHello
    patina_resolve_callback *choose_credential; // NULL, or PATINA_OP_CREDENTIAL; required without
                                                // credentials
    void *resolver_user;
    const patina_span *alpn; // application protocols, most wanted first; none: the extension is
                             // ignored
    size_t alpn_count;
    const uint16_t *suites; // as in the client's
    size_t suites_count;
    const uint16_t *groups;
    size_t groups_count;
    uint32_t max_fragment;
    uint32_t max_cert_list;
    const struct patina_dangerous_options *dangerous;
};
#define PATINA_SERVER_OPTIONS_INIT         \
    {sizeof(struct patina_server_options), \
     0,                                    \
     NULL,                                 \
     NULL,                                 \
     NULL,                                 \
     NULL,                                 \
     0,                                    \
     NULL,                                 \
     NULL,                                 \
     NULL,                                 \
     NULL,                                 \
     0,                                    \
     NULL,                                 \
     0,                                    \
     NULL,                                 \
     0,                                    \
     0,                                    \
     0,                                    \
     NULL}

// `patina_server_config_new` checks the options once and makes a config. MISSING_PROVIDER,
// MISSING_CLOCK, MISSING_CREDENTIAL, BAD_OPTION, NEWER_OPTIONS, TOO_MANY_OPTIONS,
// NOTHING_IN_COMMON_WITH_PROVIDER, UNSUPPORTED_BY_PROVIDER, NO_MEMORY, MISUSE. `report` may be
// NULL. Any thread; does not block.
PATINA_API PATINA_MUST patina_err patina_server_config_new(const struct patina_server_options *o,
                                                           struct patina_server_config **out,
                                                           struct patina_report *report);
// `patina_server_config_ref` and `patina_server_config_unref` count references; the last one frees.
// NULL is a no-op. Any thread; never blocks.
PATINA_API struct patina_server_config *patina_server_config_ref(struct patina_server_config *cfg);
PATINA_API void patina_server_config_unref(struct patina_server_config *cfg);

#ifdef __cplusplus
}
#endif
#endif
