// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The system's libssl in the yardstick, over memory BIOs, with the same duties as patina: chain,
// name and dates verified, no tickets, one suite, one group.
#include "side.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WRITE = 16 * 1024 };

struct side {
    SSL_CTX *client, *server;
};

static void must(int ok, const char *what)
{
    if (ok != 1) {
        (void)fprintf(stderr, "bench: libssl: %s\n", what);
        ERR_print_errors_fp(stderr);
        exit(1);
    }
}

static const char *suite_of(uint16_t suite)
{
    return suite == 0x1301
               ? "TLS_AES_128_GCM_SHA256"
               : (suite == 0x1302 ? "TLS_AES_256_GCM_SHA384" : "TLS_CHACHA20_POLY1305_SHA256");
}

static const char *group_of(uint16_t group)
{
    return group == 0x001d
               ? "X25519"
               : (group == 0x0017 ? "P-256" : (group == 0x0018 ? "P-384" : "X25519MLKEM768"));
}

static void *side_open(const struct bench_setup *setup, const void *arg)
{
    (void)arg;
    struct side *s = calloc(1, sizeof *s);
    s->client = SSL_CTX_new(TLS_client_method());
    s->server = SSL_CTX_new(TLS_server_method());
    SSL_CTX *both[2] = {s->client, s->server};
    for (size_t i = 0; i < 2; i++) {
        must(SSL_CTX_set_min_proto_version(both[i], TLS1_3_VERSION) == 1, "version");
        must(SSL_CTX_set_ciphersuites(both[i], suite_of(setup->suite)), "suite");
        if (SSL_CTX_set1_groups_list(both[i], group_of(setup->group)) != 1) {
            ERR_clear_error();
            SSL_CTX_free(s->client);
            SSL_CTX_free(s->server);
            free(s);
            return NULL;
        }
        SSL_CTX_set_session_cache_mode(both[i], SSL_SESS_CACHE_OFF);
    }
    must(SSL_CTX_use_certificate(s->server, setup->leaf->x509_), "certificate");
    must(SSL_CTX_use_PrivateKey(s->server, setup->leaf->pkey_), "key");
    must(SSL_CTX_add1_chain_cert(s->server, setup->intermediate->x509_) == 1 ? 1 : 0, "chain");
    SSL_CTX_set_num_tickets(s->server, 0);
    SSL_CTX_set_verify(s->client, SSL_VERIFY_PEER, NULL);
    must(X509_STORE_add_cert(SSL_CTX_get_cert_store(s->client), setup->root->x509_), "root");
    return s;
}

static void side_close(void *arg)
{
    struct side *s = arg;
    SSL_CTX_free(s->client);
    SSL_CTX_free(s->server);
    free(s);
}

struct connected {
    SSL *client, *server;
    uint64_t client_ns, server_ns;
    size_t server_allocations;
};

static void new_client(const struct side *s, struct connected *p, BIO *to_server, BIO *to_client)
{
    uint64_t from = bench_now_ns();
    p->client = SSL_new(s->client);
    SSL_set_connect_state(p->client);
    must(SSL_set_tlsext_host_name(p->client, "bench.test") == 1, "name");
    must(SSL_set1_host(p->client, "bench.test"), "host");
    (void)BIO_up_ref(to_server);
    (void)BIO_up_ref(to_client);
    SSL_set_bio(p->client, to_client, to_server);
    p->client_ns += bench_now_ns() - from;
}

static void new_server(const struct side *s, struct connected *p, BIO *to_server, BIO *to_client)
{
    size_t allocations = bench_allocations();
    uint64_t from = bench_now_ns();
    p->server = SSL_new(s->server);
    SSL_set_accept_state(p->server);
    SSL_set_bio(p->server, to_server, to_client);
    p->server_ns += bench_now_ns() - from;
    p->server_allocations += bench_allocations() - allocations;
}

static void handshake(const struct side *s, struct connected *p)
{
    *p = (struct connected){0};
    BIO *to_server = BIO_new(BIO_s_mem());
    BIO *to_client = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(to_server, -1);
    BIO_set_mem_eof_return(to_client, -1);
    new_client(s, p, to_server, to_client);
    new_server(s, p, to_server, to_client);
    int client = 0;
    int server = 0;
    for (int i = 0; i < 10 && (client != 1 || server != 1); i++) {
        uint64_t from = bench_now_ns();
        client = SSL_do_handshake(p->client);
        p->client_ns += bench_now_ns() - from;
        size_t allocations = bench_allocations();
        from = bench_now_ns();
        server = SSL_do_handshake(p->server);
        p->server_ns += bench_now_ns() - from;
        p->server_allocations += bench_allocations() - allocations;
    }
    must(client == 1 && server == 1, "handshake");
    must(SSL_get_verify_result(p->client) == X509_V_OK, "verify");
}

static void side_handshake(void *arg, uint64_t *out_client_ns, uint64_t *out_server_ns,
                           size_t *out_allocations)
{
    struct connected p;
    handshake(arg, &p);
    uint64_t from = bench_now_ns();
    SSL_free(p.client);
    *out_client_ns = p.client_ns + (bench_now_ns() - from);
    from = bench_now_ns();
    SSL_free(p.server);
    *out_server_ns = p.server_ns + (bench_now_ns() - from);
    *out_allocations = p.server_allocations;
}

static void side_bulk(void *arg, size_t bytes, uint64_t *out_seal_ns, uint64_t *out_open_ns,
                      size_t *out_allocations)
{
    static uint8_t text[WRITE];
    static uint8_t got[WRITE];
    struct connected p;
    handshake(arg, &p);
    *out_seal_ns = 0;
    *out_open_ns = 0;
    size_t allocations = bench_allocations();
    for (size_t sent = 0; sent < bytes; sent += WRITE) {
        uint64_t from = bench_now_ns();
        int wrote = SSL_write(p.client, text, WRITE);
        uint64_t between = bench_now_ns();
        int read = SSL_read(p.server, got, WRITE);
        *out_open_ns += bench_now_ns() - between;
        *out_seal_ns += between - from;
        must(wrote == WRITE && read == WRITE, "bulk");
    }
    *out_allocations = bench_allocations() - allocations;
    SSL_free(p.client);
    SSL_free(p.server);
}

const struct bench_side bench_libssl = {
    "libssl", side_open, side_close, side_handshake, side_bulk, NULL,
};
