// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One connection to a server, made to be looked at: what it agreed to, what it showed. Called by
// load.c and check.c.
#ifndef PATINA_TOOL_PROBE_H
#define PATINA_TOOL_PROBE_H

#include "tool.h"

struct probe_request {
    const struct patina_provider *provider;
    struct patina_verifier *verifier;
    const char *host, *port;
    const char *name;                             // to be verified, and asked for
    const char *sni;                              // asked for instead; NULL: `name`
    uint32_t flags;                               // enum patina_config_flags
    const uint16_t *groups, *suites, *key_shares; // NULL: the defaults
    size_t groups_count, suites_count, key_shares_count;
    const patina_span *alpn;
    size_t alpn_count;
    int64_t timeout_ms; // for connecting, and again for the handshake
    int64_t linger_ms;  // how long session tickets are waited for; 0: not at all
};

struct probe {
    patina_err err; // of TLS; of the verifier, when the chain was refused
    int status;     // EXIT_OK, EXIT_NETWORK or EXIT_TIMEOUT: whether a connection stood
    char why[256];  // when it did not
    int error_number;
    struct dial_times times;
    int64_t tls_us;
    bool done; // the handshake was completed
    uint16_t version, group, suite, scheme;
    bool retried;
    char alpn[64];
    unsigned tickets;
    struct patina_chain *chain; // also when it was refused; NULL: none came
    patina_span staple, scts;   // that came with it; borrowed from the chain
    struct patina_report report;
};

// `verifier_for_looking` makes a verifier that accepts any chain, for connections over which
// nothing is sent and nothing believed. NULL: no memory.
struct patina_verifier *verifier_for_looking(const struct patina_provider *provider);

void probe_run(const struct probe_request *q, struct probe *out);
void probe_free(struct probe *p);

#endif
