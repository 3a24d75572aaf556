// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The n-th allocation fails, until a run needs no more: a clean error, nothing leaked, and no block
// given back with a secret in it. Client and server, HelloRetryRequest, each key type, suspended
// path. The allocator handed in is counted; the crypto library's own heap is not ours to fail here.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"

#include <stdlib.h>
#include <string.h>

struct row {
    enum test_key key;
    bool retry, suspend;
};

struct failing {
    struct patina_allocator allocator;
    size_t fail_at; // this allocation fails; 0: none
    size_t count;   // so far
    size_t live;    // bytes
    bool wiped;     // every block was given back zeroed
};

static void *failing_alloc(void *user, size_t size)
{
    struct failing *f = user;
    f->count++;
    if (f->count == f->fail_at) {
        return NULL;
    }
    f->live += size;
    return malloc(size);
}

static void *failing_resize(void *user, void *p, size_t old_size, size_t new_size)
{
    (void)user;
    (void)p;
    (void)old_size;
    (void)new_size;
    return NULL; // the library never resizes: a moved block could leave a secret behind
}

static void failing_release(void *user, void *p, size_t size)
{
    struct failing *f = user;
    const uint8_t *bytes = p;
    for (size_t i = 0; i < size; i++) {
        f->wiped = f->wiped && bytes[i] == 0;
    }
    f->live -= size;
    free(p);
}

// ---- Operations kept and completed between calls

static patina_err keep_op(void *user, struct patina_op *op)
{
    struct patina_op **kept = user;
    *kept = patina_op_keep(op);
    return *kept == NULL ? PATINA_ERR_NO_MEMORY : PATINA_PENDING;
}

struct suspends {
    struct patina_op *config, *credential, *verify;
};

static patina_err keep_config(void *user, struct patina_op *op)
{
    struct suspends *s = user;
    return keep_op(patina_op_kind(op) == PATINA_OP_CONFIG ? &s->config : &s->credential, op);
}

static void complete(struct suspends *s)
{
    if (s->config != NULL) {
        (void)patina_config_op_complete(s->config, NULL);
    }
    if (s->credential != NULL) {
        (void)patina_credential_op_complete(s->credential, NULL);
    }
    if (s->verify != NULL) {
        (void)patina_verify_op_accept(s->verify);
    }
    patina_op_release(s->config);
    patina_op_release(s->credential);
    patina_op_release(s->verify);
    *s = (struct suspends){0};
}

// ---- One run

static void set_up(struct fixture *f, const struct row *row, struct failing *failing,
                   struct suspends *suspends)
{
    static uint16_t groups[2] = {0x0017, 0x001d};
    static const patina_span alpn = {(const uint8_t *)"http/1.1", 8};
    const struct patina_provider *provider = fixture_provider(0);
    fixture_options(f, provider, provider, row->key);
    f->client.groups = groups;
    f->client.groups_count = 2;
    f->client.key_shares = &groups[row->retry ? 0 : 1];
    f->client.key_shares_count = 1;
    f->server.groups = &groups[1];
    f->server.groups_count = 1;
    f->client.alpn = &alpn;
    f->client.alpn_count = 1;
    f->server.alpn = &alpn;
    f->server.alpn_count = 1;
    static const uint8_t staple[] = {0x30, 0x03, 0x0a, 0x01, 0x06};
    static const uint8_t scts[] = {0, 3, 0, 1, 7};
    struct patina_credential *plain = f->credential;
    assert_int_equal(patina_credential_with_status(plain, (patina_span){staple, sizeof staple},
                                                   (patina_span){scts, sizeof scts},
                                                   &f->credential),
                     PATINA_OK);
    patina_credential_unref(plain);
    f->client.flags = PATINA_CONFIG_WANT_SCTS;
    f->client.alloc = &failing->allocator;
    f->server.alloc = &failing->allocator;
    if (row->suspend) {
        struct patina_verifier_callback_options v = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
        v.provider = provider;
        v.verify = keep_op;
        v.user = &suspends->verify;
        patina_verifier_unref(f->verifier);
        assert_int_equal(patina_verifier_callback_new(&v, &f->verifier), PATINA_OK);
        f->client.verifier = f->verifier;
        f->server.choose_config = keep_config;
        f->server.choose_credential = keep_config;
        f->server.resolver_user = suspends;
    }
}

static patina_err make(struct fixture *f, struct pair *p)
{
    struct patina_conn *client = NULL;
    struct patina_conn *server = NULL;
    patina_err err = patina_client_config_new(&f->client, &f->client_config, NULL);
    if (err == PATINA_OK) {
        err = patina_server_config_new(&f->server, &f->server_config, NULL);
    }
    if (err == PATINA_OK) {
        err = patina_client_new(f->client_config, &f->client_conn, &client);
    }
    if (err == PATINA_OK) {
        err = patina_server_new(f->server_config, &f->server_conn, &server);
    }
    pair_init(p, client, server);
    return err;
}

static void traffic(struct pair *p, struct suspends *suspends)
{
    for (int i = 0; i < 8; i++) { // three operations may suspend
        pair_run(p);
        complete(suspends);
    }
    if (p->client.err == PATINA_OK && p->server.err == PATINA_OK &&
        patina_conn_phase(p->client.conn) == PATINA_PHASE_TRAFFIC &&
        patina_conn_phase(p->server.conn) == PATINA_PHASE_TRAFFIC) {
        patina_err err = patina_conn_update_keys(p->client.conn, true, &p->client.out);
        p->client.err = p->client.err == PATINA_OK ? err : p->client.err;
        err = pair_send(p, &p->client, "hello", 5);
        p->client.err = p->client.err == PATINA_OK ? err : p->client.err;
        err = pair_send(p, &p->server, "hello", 5);
        p->server.err = p->server.err == PATINA_OK ? err : p->server.err;
    }
}

// True when the run succeeded without a failure.
static bool run(const struct row *row, size_t fail_at, struct failing *failing)
{
    struct suspends suspends = {0};
    struct fixture f;
    struct pair p;
    *failing = (struct failing){
        .allocator = {sizeof failing->allocator, 0, failing, failing_alloc, failing_resize,
                      failing_release},
        .wiped = true,
    };
    set_up(&f, row, failing, &suspends);
    failing->fail_at = fail_at;
    patina_err err = make(&f, &p);
    if (err == PATINA_OK) {
        traffic(&p, &suspends);
        bool failed = p.client.err != PATINA_OK || p.server.err != PATINA_OK;
        if (failed) {
            patina_err first = p.client.err == PATINA_ERR_PEER_ALERT ? p.server.err : p.client.err;
            first = first == PATINA_OK ? p.server.err : first;
            assert_string_equal(patina_err_name(first), "NO_MEMORY");
            err = first;
        } else {
            assert_int_equal(p.server.data_len, 5);
            assert_int_equal(p.client.data_len, 5);
        }
    } else {
        assert_string_equal(patina_err_name(err), "NO_MEMORY");
    }
    complete(&suspends);
    pair_free(&p);
    fixture_free(&f);
    assert_int_equal(failing->live, 0);
    assert_true(failing->wiped);
    return err == PATINA_OK;
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct failing failing;
    size_t n = 1;
    assert_true(run(row, 0, &failing)); // as it should be
    size_t all = failing.count;
    while (!run(row, n, &failing)) {
        n++;
        assert_true(n <= all + 1);
    }
    assert_int_equal(n, all + 1); // every single one was needed and was failed
}

#define ROW(text, ...)                            \
    {                                             \
        text, test_row, NULL, NULL, &(struct row) \
        {                                         \
            __VA_ARGS__                           \
        }                                         \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("ECDSA P-256", TEST_P256, false, false),
        ROW("ECDSA P-384", TEST_P384, false, false),
        ROW("ECDSA P-521", TEST_P521, false, false),
        ROW("Ed25519", TEST_ED25519, false, false),
        ROW("RSA-2048", TEST_RSA2048, false, false),
        ROW("HelloRetryRequest", TEST_P256, true, false),
        ROW("suspended config, credential, verification", TEST_P256, false, true),
        ROW("suspended after HelloRetryRequest", TEST_P256, true, true),
    };
    return cmocka_run_group_tests_name("no memory", tests, NULL, NULL) != 0;
}
