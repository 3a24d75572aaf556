// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// patina in the yardstick, over any provider.
#include "side.h"

#include "patina/patina.h"
#include "patina/provider_openssl.h"
#ifdef BENCH_AWSLC
#include "patina/provider_awslc.h"
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BUFFER = 64 * 1024, WRITE = 16 * 1024 };

struct side {
    const struct patina_provider *provider;
    struct patina_client_config *client;
    struct patina_server_config *server;
    uint8_t *to_server, *to_client; // what is on its way
};

static void must(patina_err err, const char *what)
{
    if (err != PATINA_OK) {
        (void)fprintf(stderr, "bench: %s: %s\n", what, patina_err_text(err));
        exit(1);
    }
}

static bool has_group(const struct patina_provider *p, uint16_t id)
{
    for (size_t i = 0; i < p->groups_count; i++) {
        if (p->groups[i]->id == (id == 0x11ec ? 0x0201 : id)) {
            return true;
        }
    }
    return false;
}

static void make_configs(struct side *s, const struct bench_setup *b)
{
    struct patina_roots *roots;
    struct patina_verifier *verifier;
    struct patina_credential *credential;
    must(patina_roots_from_der(&b->root->der, 1, NULL, &roots), "roots");
    struct patina_verifier_options v = PATINA_VERIFIER_OPTIONS_INIT;
    v.provider = s->provider;
    v.roots = roots;
    must(patina_verifier_new(&v, &verifier), "verifier");
    const patina_span chain[2] = {b->leaf->der, b->intermediate->der};
    struct patina_credential_options k = PATINA_CREDENTIAL_OPTIONS_INIT;
    k.provider = s->provider;
    k.chain_der = chain;
    k.chain_der_count = 2;
    k.key_pem = (patina_span){(const uint8_t *)b->leaf->key_pem, strlen(b->leaf->key_pem)};
    must(patina_credential_new(&k, &credential, NULL), "credential");

    struct patina_client_options c = PATINA_CLIENT_OPTIONS_INIT;
    c.provider = s->provider;
    c.verifier = verifier;
    c.clock = patina_clock_system();
    c.flags = PATINA_CONFIG_NO_LINK_CACHE; // the other side verifies every signature, too
    c.suites = &b->suite;
    c.suites_count = 1;
    c.groups = &b->group;
    c.groups_count = 1;
    must(patina_client_config_new(&c, &s->client, NULL), "client config");
    struct patina_server_options o = PATINA_SERVER_OPTIONS_INIT;
    o.provider = s->provider;
    o.clock = patina_clock_system();
    o.credentials = &credential;
    o.credentials_count = 1;
    o.suites = &b->suite;
    o.suites_count = 1;
    o.groups = &b->group;
    o.groups_count = 1;
    must(patina_server_config_new(&o, &s->server, NULL), "server config");
    patina_roots_unref(roots);
    patina_verifier_unref(verifier);
    patina_credential_unref(credential);
}

static const struct patina_provider *openssl_provider(void)
{
    const struct patina_provider *p;
    must(patina_openssl_new(NULL, &p), "provider");
    return p;
}

static void *side_open(const struct bench_setup *setup, const void *arg)
{
    const bool *is_awslc = arg;
    struct side *s = calloc(1, sizeof *s);
    if (s == NULL) {
        exit(1);
    }
#ifdef BENCH_AWSLC
    s->provider = *is_awslc ? patina_awslc() : openssl_provider();
#else
    (void)is_awslc;
    s->provider = openssl_provider();
#endif
    if (!has_group(s->provider, setup->group)) {
        patina_provider_unref(s->provider);
        free(s);
        return NULL;
    }
    make_configs(s, setup);
    s->to_server = malloc(BUFFER);
    s->to_client = malloc(BUFFER);
    return s;
}

static void side_close(void *arg)
{
    struct side *s = arg;
    patina_client_config_unref(s->client);
    patina_server_config_unref(s->server);
    patina_provider_unref(s->provider);
    free(s->to_server);
    free(s->to_client);
    free(s);
}

// Gives a connection what the other sent, until it waits for more.
static void drive(struct patina_conn *c, struct patina_output *from, struct patina_output *to,
                  bool *done)
{
    struct patina_event ev = {0};
    while (ev.kind != PATINA_EVENT_NEED_INPUT) {
        size_t used = 0;
        must(patina_conn_receive(c,
                                 (patina_mspan){from->ptr + from->start, from->len - from->start},
                                 &used, to, &ev),
             "receive");
        patina_output_sent(from, used);
        *done = *done || ev.kind == PATINA_EVENT_HANDSHAKE_DONE;
    }
}

struct connected {
    struct patina_conn *client, *server;
    struct patina_output to_server, to_client;
    uint64_t client_ns, server_ns;
    size_t server_allocations;
};

static void client_turn(struct connected *p, bool *done)
{
    uint64_t from = bench_now_ns();
    drive(p->client, &p->to_client, &p->to_server, done);
    p->client_ns += bench_now_ns() - from;
}

static void server_turn(struct connected *p, bool *done)
{
    size_t allocations = bench_allocations();
    uint64_t from = bench_now_ns();
    drive(p->server, &p->to_server, &p->to_client, done);
    p->server_ns += bench_now_ns() - from;
    p->server_allocations += bench_allocations() - allocations;
}

static void handshake(struct side *s, struct connected *p)
{
    const struct patina_output to_server = PATINA_OUTPUT_FIXED(s->to_server, BUFFER);
    const struct patina_output to_client = PATINA_OUTPUT_FIXED(s->to_client, BUFFER);
    *p = (struct connected){.to_server = to_server, .to_client = to_client};
    struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
    o.server_name = (patina_span){(const uint8_t *)"bench.test", 10};
    uint64_t from = bench_now_ns();
    must(patina_client_new(s->client, &o, &p->client), "client");
    p->client_ns += bench_now_ns() - from;
    size_t allocations = bench_allocations();
    from = bench_now_ns();
    must(patina_server_new(s->server, NULL, &p->server), "server");
    p->server_ns += bench_now_ns() - from;
    p->server_allocations += bench_allocations() - allocations;
    bool client_done = false;
    bool server_done = false;
    while (!client_done || !server_done) {
        client_turn(p, &client_done);
        server_turn(p, &server_done);
    }
}

static void side_handshake(void *arg, uint64_t *out_client_ns, uint64_t *out_server_ns,
                           size_t *out_allocations)
{
    struct connected p;
    handshake(arg, &p);
    uint64_t from = bench_now_ns();
    patina_conn_free(p.client);
    *out_client_ns = p.client_ns + (bench_now_ns() - from);
    from = bench_now_ns();
    patina_conn_free(p.server);
    *out_server_ns = p.server_ns + (bench_now_ns() - from);
    *out_allocations = p.server_allocations;
}

static void side_bulk(void *arg, size_t bytes, uint64_t *out_seal_ns, uint64_t *out_open_ns,
                      size_t *out_allocations)
{
    static uint8_t text[WRITE];
    struct connected p;
    handshake(arg, &p);
    *out_seal_ns = 0;
    *out_open_ns = 0;
    size_t allocations = bench_allocations();
    for (size_t sent = 0; sent < bytes; sent += WRITE) {
        const patina_span span = {text, WRITE};
        size_t taken = 0;
        uint64_t from = bench_now_ns();
        must(patina_conn_send(p.client, &span, 1, &taken, &p.to_server), "send");
        uint64_t between = bench_now_ns();
        bool done = false;
        drive(p.server, &p.to_server, &p.to_client, &done);
        *out_open_ns += bench_now_ns() - between;
        *out_seal_ns += between - from;
        if (taken != WRITE || p.to_server.start != p.to_server.len) {
            exit(1);
        }
    }
    *out_allocations = bench_allocations() - allocations;
    patina_conn_free(p.client);
    patina_conn_free(p.server);
}

static const bool is_awslc = true;
static const bool is_openssl = false;

const struct bench_side bench_patina_openssl = {
    "patina, libcrypto", side_open, side_close, side_handshake, side_bulk, &is_openssl,
};
const struct bench_side bench_patina_awslc = {
    "patina, AWS-LC", side_open, side_close, side_handshake, side_bulk, &is_awslc,
};
