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

#include "craft.h"
#include "fixture.h"
#include "unit/counting.h"
#include "wire/codepoints.h"

struct row {
    enum test_key key;
    bool retry, suspend;
};

// ---- Operations kept and completed between calls

static patina_err keep_op(void *user, struct patina_op *op)
{
    struct patina_op **kept = user;
    *kept = patina_op_keep(op);
    return *kept == NULL ? PATINA_ERR_NO_MEMORY : PATINA_PENDING;
}

struct suspends {
    struct patina_op *config, *credential, *verify, *sign;
    struct fixture_signer signer;
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
    if (s->sign != NULL) {
        (void)fixture_sign(&s->signer, s->sign);
    }
    patina_op_release(s->config);
    patina_op_release(s->credential);
    patina_op_release(s->verify);
    patina_op_release(s->sign);
    s->config = s->credential = s->verify = s->sign = NULL;
}

// ---- One run

static void set_up(struct fixture *f, const struct row *row, struct counting *memory,
                   struct suspends *suspends)
{
    static uint16_t groups[2] = {0x0017, 0x001d};
    static const patina_span alpn = {(const uint8_t *)"http/1.1", 8};
    static const uint8_t staple[] = {0x30, 0x03, 0x0a, 0x01, 0x06};
    static const uint8_t scts[] = {0, 3, 0, 1, 7};
    const struct patina_provider *provider = fixture_provider(0);
    fixture_options(f, provider, provider, row->key);
    f->client.flags = PATINA_CONFIG_WANT_SCTS;
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
    f->client.alloc = &memory->alloc;
    f->server.alloc = &memory->alloc;
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
        suspends->signer.sign = keep_op;
        suspends->signer.user = &suspends->sign;
        fixture_use_signer(f, &suspends->signer);
    }
    struct patina_credential *plain = f->credential;
    assert_int_equal(patina_credential_with_status(plain, (patina_span){staple, sizeof staple},
                                                   (patina_span){scts, sizeof scts},
                                                   &f->credential),
                     PATINA_OK);
    patina_credential_unref(plain);
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
    for (int i = 0; i < 10; i++) { // four operations may suspend
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
static bool run(const struct row *row, size_t fail_at, struct counting *memory)
{
    struct suspends suspends = {0};
    struct fixture f;
    struct pair p;
    counting_init(memory);
    set_up(&f, row, memory, &suspends);
    memory->fail_at = fail_at;
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
    assert_int_equal(memory->live_blocks, 0);
    assert_int_equal(memory->unwiped, 0);
    return err == PATINA_OK;
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct counting memory;
    size_t n = 1;
    assert_true(run(row, 0, &memory)); // as it should be
    size_t all = memory.allocations;
    while (!run(row, n, &memory)) {
        n++;
        assert_true(n <= all + 1);
    }
    assert_int_equal(n, all + 1); // every single one was needed and was failed
}

// A server of ours sends no cookie, so this HelloRetryRequest is made by hand. True when the client
// went on.
static bool answer_cookie(size_t fail_at, size_t *out_asked)
{
    static struct craft c;
    struct counting memory;
    counting_init(&memory);
    craft_options(&c, true);
    c.f.client.alloc = &memory.alloc;
    craft_start(&c);
    craft_server_flight(&c);
    craft_add_extension(&c.flight[0], PTN_EXTENSION_COOKIE, (const uint8_t[]){0, 3, 'c', 'o', 'o'},
                        5);
    size_t before = memory.allocations;
    memory.fail_at = fail_at == 0 ? 0 : before + fail_at;
    craft_deal(&c, 0);
    *out_asked = memory.allocations - before;
    bool went_on = c.p.client.err == PATINA_OK;
    if (!went_on) {
        assert_string_equal(patina_err_name(c.p.client.err), "NO_MEMORY");
    }
    craft_free(&c);
    assert_int_equal(memory.live_blocks, 0);
    assert_int_equal(memory.unwiped, 0);
    return went_on;
}

static void test_cookie(void **state)
{
    (void)state;
    size_t all = 0;
    size_t ignored;
    assert_true(answer_cookie(0, &all));
    for (size_t n = 1; n <= all; n++) {
        assert_false(answer_cookie(n, &ignored));
    }
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
        ROW("suspended config, credential, signing, verification", TEST_P256, false, true),
        ROW("suspended after HelloRetryRequest", TEST_P256, true, true),
        {"HelloRetryRequest with a cookie", test_cookie, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("no memory", tests, NULL, NULL) != 0;
}
