// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// See test_stream.h.
#include "test_stream.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "mkcert.h"
#include "test_provider.h"

struct stream_world world;

static struct patina_client_config *client_config(const struct test_cert *root)
{
    struct patina_roots *roots = NULL;
    assert_err(patina_roots_from_der(&root->der, 1, NULL, &roots), PATINA_OK);
    struct patina_verifier_options vo = PATINA_VERIFIER_OPTIONS_INIT;
    vo.provider = world.provider;
    vo.roots = roots;
    struct patina_verifier *verifier = NULL;
    assert_err(patina_verifier_new(&vo, &verifier), PATINA_OK);
    patina_roots_unref(roots);
    struct patina_client_options o = PATINA_CLIENT_OPTIONS_INIT;
    o.provider = world.provider;
    o.verifier = verifier;
    o.clock = patina_clock_system();
    struct patina_client_config *cfg = NULL;
    assert_err(patina_client_config_new(&o, &cfg, NULL), PATINA_OK);
    patina_verifier_unref(verifier);
    return cfg;
}

int world_setup(void **state)
{
    (void)state;
    struct test_cert root;
    struct test_cert other;
    struct test_cert leaf;
    world.provider = test_provider();
    test_make_ca("Stream Test Root", TEST_P256, NULL, &root);
    test_make_ca("Another Root", TEST_P256, NULL, &other);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &leaf);
    struct patina_credential_options co = PATINA_CREDENTIAL_OPTIONS_INIT;
    co.provider = world.provider;
    co.chain_der = &leaf.der;
    co.chain_der_count = 1;
    co.key_pem = (patina_span){(const uint8_t *)leaf.key_pem, strlen(leaf.key_pem)};
    assert_err(patina_credential_new(&co, &world.credential, NULL), PATINA_OK);
    struct patina_server_options so = PATINA_SERVER_OPTIONS_INIT;
    so.provider = world.provider;
    so.clock = patina_clock_system();
    so.credentials = &world.credential;
    so.credentials_count = 1;
    assert_err(patina_server_config_new(&so, &world.server, NULL), PATINA_OK);
    world.client = client_config(&root);
    world.stranger = client_config(&other);
    test_cert_free(&root);
    test_cert_free(&other);
    test_cert_free(&leaf);
    return 0;
}

int world_teardown(void **state)
{
    (void)state;
    patina_client_config_unref(world.client);
    patina_client_config_unref(world.stranger);
    patina_server_config_unref(world.server);
    patina_credential_unref(world.credential);
    patina_provider_unref(world.provider);
    return 0;
}

struct patina_conn *make_client(struct patina_client_config *cfg, struct patina_waker waker)
{
    static const char name[] = "a.test";
    struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
    o.server_name = (patina_span){(const uint8_t *)name, sizeof(name) - 1};
    o.waker = waker;
    struct patina_conn *conn = NULL;
    assert_err(patina_client_new(cfg, &o, &conn), PATINA_OK);
    return conn;
}

struct patina_conn *make_server(struct patina_server_config *cfg, struct patina_waker waker)
{
    struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
    o.waker = waker;
    struct patina_conn *conn = NULL;
    assert_err(patina_server_new(cfg, &o, &conn), PATINA_OK);
    return conn;
}

void pair_make(struct pair *p, const struct patina_stream_options *client,
               const struct patina_stream_options *server)
{
    *p = (struct pair){.fds = {-1, -1}};
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, p->fds), 0);
    struct patina_waker none = {NULL, NULL, 0};
    assert_err(patina_stream_new(p->fds[0], make_client(world.client, none), client, &p->client),
               PATINA_OK);
    assert_err(patina_stream_new(p->fds[1], make_server(world.server, none), server, &p->server),
               PATINA_OK);
}

void pair_close_fd(struct pair *p, int which)
{
    if (p->fds[which] >= 0) {
        close(p->fds[which]);
        p->fds[which] = -1;
    }
}

void pair_free(struct pair *p)
{
    patina_stream_free(p->client);
    patina_stream_free(p->server);
    pair_close_fd(p, 0);
    pair_close_fd(p, 1);
}

// ---- The other end.

uint8_t pattern(size_t i)
{
    return (uint8_t)((i * 131 + (i >> 8)) & 0xff);
}

uint32_t add_sum(uint32_t sum, const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sum = (uint32_t)(((uint64_t)sum * 31 + p[i]) & UINT32_MAX);
    }
    return sum;
}

uint32_t pattern_sum(size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t b = pattern(i);
        sum = add_sum(sum, &b, 1);
    }
    return sum;
}

void *peer_connect(void *arg)
{
    struct peer *p = arg;
    p->err = patina_stream_handshake(p->stream);
    return NULL;
}

static size_t chunk_of(const struct peer *p)
{
    return p->chunk > 0 ? p->chunk : 65536;
}

void *peer_echo(void *arg)
{
    struct peer *p = arg;
    uint8_t *buf = malloc(chunk_of(p));
    size_t n = 0;
    do {
        p->err = patina_stream_read(p->stream, buf, chunk_of(p), &n);
        if (p->err == PATINA_OK && n > 0) {
            p->bytes += n;
            p->err = patina_stream_write(p->stream, buf, n, NULL);
        }
    } while (p->err == PATINA_OK && n > 0);
    if (p->err == PATINA_OK) {
        p->err = patina_stream_close_notify(p->stream);
    }
    free(buf);
    return NULL;
}

void *peer_count(void *arg)
{
    struct peer *p = arg;
    uint8_t *buf = malloc(chunk_of(p));
    size_t n = 0;
    do {
        p->err = patina_stream_read(p->stream, buf, chunk_of(p), &n);
        p->sum = add_sum(p->sum, buf, n);
        p->bytes += n;
    } while (p->err == PATINA_OK && n > 0);
    free(buf);
    return NULL;
}

void *peer_send(void *arg)
{
    struct peer *p = arg;
    uint8_t *buf = malloc(chunk_of(p));
    struct timespec pause = {0, (long)p->sleep_ms * 1000000};
    nanosleep(&pause, NULL);
    while (p->err == PATINA_OK && p->bytes < p->amount) {
        size_t n = p->amount - p->bytes < chunk_of(p) ? p->amount - p->bytes : chunk_of(p);
        for (size_t i = 0; i < n; i++) {
            buf[i] = pattern(p->bytes + i);
        }
        p->err = patina_stream_write(p->stream, buf, n, NULL);
        p->bytes += n;
    }
    if (p->err == PATINA_OK) {
        p->err = patina_stream_close_notify(p->stream);
    }
    free(buf);
    return NULL;
}
