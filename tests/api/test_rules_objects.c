// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The rules of docs/RULES.md about callbacks, ownership, errors and the ABI (13 to 17), a named row
// each. Rules 1 to 9 are in test_rules_io.c, 10 to 12 in test_suspend.c, memory (18) in
// test_rules_memory.c, the errors of options in test_options.c.
#include "craft.h"

#include "unit/counting.h"

#include <stdlib.h>
#include <string.h>

struct world {
    struct fixture f;
    struct pair p;
};

static void world_options(struct world *w)
{
    const struct patina_provider *provider = fixture_provider(0);
    memset(w, 0, sizeof *w);
    fixture_options(&w->f, provider, provider, TEST_P256);
}

static void world_start(struct world *w)
{
    fixture_configs(&w->f);
    fixture_pair(&w->f, &w->p);
}

static void run(struct world *w)
{
    pair_run(&w->p);
    assert_err(w->p.client.err, PATINA_OK);
    assert_err(w->p.server.err, PATINA_OK);
    assert_true(pair_saw(&w->p.client, PATINA_EVENT_HANDSHAKE_DONE));
    assert_true(pair_saw(&w->p.server, PATINA_EVENT_HANDSHAKE_DONE));
}

static void end(struct world *w)
{
    pair_free(&w->p);
    fixture_free(&w->f);
}

// ---- Rule 13: inside a callback

struct inside {
    struct pair_side *side;
    size_t calls;
    bool frees, keeps;
    struct patina_op *kept;
};

// Every call that drives is refused; every call that reads answers.
static void try_all(struct inside *in)
{
    struct patina_conn *c = in->side->conn;
    struct patina_output *out = &in->side->out;
    const patina_span text = {(const uint8_t *)"text", 4};
    struct patina_event ev;
    struct patina_report report;
    uint8_t room[64];
    size_t n = 7;
    in->calls++;
    assert_err(patina_conn_receive(c, (patina_mspan){NULL, 0}, &n, out, &ev), PATINA_ERR_REENTRANT);
    assert_int_equal(n, 0);
    assert_err(
        patina_conn_receive_into(c, (patina_span){NULL, 0}, (patina_mspan){room, 64}, &n, out, &ev),
        PATINA_ERR_REENTRANT);
    assert_err(patina_conn_send(c, &text, 1, &n, out), PATINA_ERR_REENTRANT);
    assert_err(patina_conn_flush(c, out), PATINA_ERR_REENTRANT);
    assert_err(patina_conn_close(c, out), PATINA_ERR_REENTRANT);
    assert_err(patina_conn_abort(c, PATINA_ALERT_ACCESS_DENIED, out), PATINA_ERR_REENTRANT);
    assert_err(patina_conn_update_keys(c, false, out), PATINA_ERR_REENTRANT);
    assert_err(patina_conn_input_end(c, 0), PATINA_ERR_REENTRANT);
    assert_int_equal(patina_conn_phase(c), PATINA_PHASE_HANDSHAKE);
    assert_int_equal(patina_conn_suite(c), 0); // not before the handshake is done
    patina_conn_report(c, &report);
    assert_err(report.err, PATINA_OK);
    (void)patina_conn_queued(c);
    if (in->frees) {
        patina_conn_free(c);
        assert_int_equal(patina_conn_phase(c), PATINA_PHASE_HANDSHAKE); // still there
    }
}

static patina_err in_verify(void *user, struct patina_op *op)
{
    struct inside *in = user;
    try_all(in);
    if (in->keeps) {
        in->kept = patina_op_keep(op);
        assert_non_null(in->kept);
        return PATINA_PENDING;
    }
    return patina_verify_op_accept(op);
}

static patina_err in_config(void *user, struct patina_op *op)
{
    struct inside *in = user;
    try_all(in);
    return patina_op_kind(op) == PATINA_OP_CONFIG ? patina_config_op_complete(op, NULL)
                                                  : patina_credential_op_complete(op, NULL);
}

static struct patina_verifier *verifier_of(const struct patina_provider *p, struct inside *in,
                                           const struct patina_allocator *alloc)
{
    struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    struct patina_verifier *v;
    o.provider = p;
    o.verify = in_verify;
    o.user = in;
    o.alloc = alloc;
    assert_err(patina_verifier_callback_new(&o, &v), PATINA_OK);
    return v;
}

static void test_reentrant(void **state)
{
    (void)state;
    struct world w;
    struct inside at_client = {0};
    struct inside at_server = {0};
    world_options(&w);
    struct patina_verifier *v = verifier_of(w.f.client.provider, &at_client, NULL);
    w.f.client.verifier = v;
    w.f.server.choose_config = in_config;
    w.f.server.choose_credential = in_config;
    w.f.server.resolver_user = &at_server;
    world_start(&w);
    at_client.side = &w.p.client;
    at_server.side = &w.p.server;
    run(&w); // none of it did any harm
    assert_int_equal(at_client.calls, 1);
    assert_int_equal(at_server.calls, 2);
    end(&w);
    patina_verifier_unref(v);
}

static void test_free_inside(void **state)
{
    (void)state;
    for (int keeps = 0; keeps <= 1; keeps++) {
        struct world w;
        struct counting memory;
        struct inside in = {.frees = true, .keeps = keeps == 1};
        counting_init(&memory);
        world_options(&w);
        struct patina_verifier *v = verifier_of(w.f.client.provider, &in, NULL);
        w.f.client.verifier = v;
        w.f.client.alloc = &memory.alloc;
        fixture_configs(&w.f);
        size_t before = memory.live_bytes;
        fixture_pair(&w.f, &w.p);
        in.side = &w.p.client;
        pair_step(&w.p, &w.p.client);
        (void)pair_move(&w.p, &w.p.client, &w.p.server);
        pair_step(&w.p, &w.p.server);
        (void)pair_move(&w.p, &w.p.server, &w.p.client);
        size_t used;
        struct patina_event ev;
        struct pair_side *side = &w.p.client;
        while (in.calls == 0) {
            patina_mspan input = {side->in, side->in_len};
            assert_err(patina_conn_receive(side->conn, input, &used, &side->out, &ev), PATINA_OK);
            assert_true(used > 0 || in.calls != 0);
            memmove(side->in, side->in + used, side->in_len - used);
            side->in_len -= used;
        }
        side->conn = NULL; // gone with the return of the outer call
        if (in.kept != NULL) {
            assert_true(patina_op_abandoned(in.kept));
            assert_err(patina_verify_op_accept(in.kept), PATINA_ERR_ABANDONED);
            patina_op_release(in.kept);
        }
        assert_int_equal(memory.live_bytes, before);
        assert_int_equal(memory.unwiped, 0);
        end(&w);
        patina_verifier_unref(v);
        assert_int_equal(memory.live_blocks, 0);
    }
}

// ---- Rule 14: who owns what

// What options point to is copied: it is overwritten and given back at once.
static void test_spans_are_copied(void **state)
{
    (void)state;
    struct world w;
    world_options(&w);
    char *text = strdup("server.testh2");
    patina_span *alpn = calloc(2, sizeof *alpn);
    uint16_t *lists = calloc(4, sizeof *lists);
    struct patina_dangerous_options *dangerous = calloc(1, sizeof *dangerous);
    assert_true(text != NULL && alpn != NULL && lists != NULL && dangerous != NULL);
    dangerous->struct_size = sizeof *dangerous;
    alpn[0] = (patina_span){(const uint8_t *)text + 11, 2};
    lists[0] = 0x1302;
    lists[1] = 0x0018;
    lists[2] = 0x0403;
    w.f.client.alpn = w.f.server.alpn = alpn;
    w.f.client.alpn_count = w.f.server.alpn_count = 1;
    w.f.client.suites = w.f.server.suites = lists;
    w.f.client.suites_count = w.f.server.suites_count = 1;
    w.f.client.groups = w.f.server.groups = w.f.client.key_shares = lists + 1;
    w.f.client.groups_count = w.f.server.groups_count = w.f.client.key_shares_count = 1;
    w.f.client.verify_schemes = lists + 2;
    w.f.client.verify_schemes_count = 1;
    w.f.client.dangerous = w.f.server.dangerous = dangerous;
    w.f.client_conn.server_name = (patina_span){(const uint8_t *)text, 11};
    w.f.client_conn.sni = w.f.client_conn.server_name;
    w.f.client_conn.alpn = alpn;
    w.f.client_conn.alpn_count = 1;
    world_start(&w);
    memset(text, 'x', 13);
    memset(alpn, 0xff, 2 * sizeof *alpn);
    memset(lists, 0xff, 4 * sizeof *lists);
    memset(dangerous, 0xff, sizeof *dangerous);
    free(text);
    free(alpn);
    free(lists);
    free(dangerous);
    memset(&w.f.client, 0xff, sizeof w.f.client);
    memset(&w.f.server, 0xff, sizeof w.f.server);
    memset(&w.f.client_conn, 0xff, sizeof w.f.client_conn);
    run(&w);
    assert_int_equal(patina_conn_suite(w.p.client.conn), 0x1302);
    assert_int_equal(patina_conn_group(w.p.client.conn), 0x0018);
    assert_int_equal(patina_conn_alpn(w.p.server.conn).len, 2);
    assert_memory_equal(patina_conn_alpn(w.p.server.conn).ptr, "h2", 2);
    assert_memory_equal(patina_conn_server_name(w.p.client.conn).ptr, "server.test", 11);
    assert_memory_equal(patina_conn_server_name(w.p.server.conn).ptr, "server.test", 11);
    end(&w);
}

// Objects are referenced: the caller's own references may go first.
static void test_objects_are_referenced(void **state)
{
    (void)state;
    struct world w;
    world_options(&w);
    world_start(&w);
    fixture_free(&w.f);
    run(&w);
    assert_err(pair_send(&w.p, &w.p.client, "hello", 5), PATINA_OK);
    assert_int_equal(w.p.server.data_len, 5);
    struct patina_chain *chain = patina_chain_ref(patina_conn_peer_chain(w.p.client.conn));
    pair_free(&w.p);
    patina_span leaf = patina_chain_certificate(chain, 0); // outlives its connection
    assert_int_equal(leaf.len, w.f.leaf.der.len);
    assert_memory_equal(leaf.ptr, w.f.leaf.der.ptr, leaf.len);
    assert_int_equal(patina_chain_count(chain), 2);
    patina_chain_unref(chain);
}

// Two connections of one config, step by step beside each other; one ends early.
static void test_two_of_one_config(void **state)
{
    (void)state;
    struct world w;
    struct pair other;
    struct pair third;
    world_options(&w);
    world_start(&w);
    fixture_pair(&w.f, &other);
    fixture_pair(&w.f, &third);
    struct pair *pairs[3] = {&w.p, &other, &third};
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 3; i++) {
            pair_step(pairs[i], &pairs[i]->client);
            (void)pair_move(pairs[i], &pairs[i]->client, &pairs[i]->server);
            pair_step(pairs[i], &pairs[i]->server);
        }
    }
    pair_free(&third);
    uint8_t keys[2][32];
    for (int i = 0; i < 2; i++) {
        pair_run(pairs[i]);
        assert_true(pair_saw(&pairs[i]->server, PATINA_EVENT_HANDSHAKE_DONE));
        assert_err(patina_conn_export(pairs[i]->client.conn, fixture_text("label"),
                                      (patina_span){NULL, 0}, (patina_mspan){keys[i], 32}),
                   PATINA_OK);
    }
    assert_true(memcmp(keys[0], keys[1], 32) != 0);
    pair_free(&other);
    end(&w);
}

// ---- Rule 16: errors

// Classes RETRY and USAGE leave the connection as it was.
static void test_mistakes_do_no_harm(void **state)
{
    (void)state;
    struct world w;
    world_options(&w);
    world_start(&w);
    const patina_span text = {(const uint8_t *)"text", 4};
    size_t n;
    struct patina_event ev;
    uint8_t key[8];
    struct patina_report report;
    for (int round = 0; round < 4; round++) {
        struct pair_side *sides[2] = {&w.p.client, &w.p.server};
        for (int i = 0; i < 2; i++) {
            struct patina_conn *c = sides[i]->conn;
            struct patina_output *out = &sides[i]->out;
            patina_span label = fixture_text("l");
            if (!pair_saw(sides[i], PATINA_EVENT_HANDSHAKE_DONE)) {
                assert_err(patina_conn_send(c, &text, 1, &n, out), PATINA_ERR_NOT_YET);
                assert_err(patina_conn_update_keys(c, true, out), PATINA_ERR_NOT_YET);
                assert_err(patina_conn_export(c, label, text, (patina_mspan){key, 8}),
                           PATINA_ERR_NOT_YET);
            }
            assert_err(patina_conn_export(c, label, text, (patina_mspan){NULL, 0}),
                       PATINA_ERR_MISUSE);
            assert_err(patina_conn_receive(c, (patina_mspan){NULL, 5}, &n, out, &ev),
                       PATINA_ERR_MISUSE);
            assert_err(patina_conn_receive(c, (patina_mspan){NULL, 0}, &n, NULL, &ev),
                       PATINA_ERR_MISUSE);
            assert_err(patina_conn_send(c, NULL, 1, &n, out), PATINA_ERR_MISUSE);
            assert_err(patina_conn_abort(c, PATINA_ALERT_NONE, out), PATINA_ERR_MISUSE);
            patina_conn_report(c, &report);
            assert_err(report.err, PATINA_OK);
            pair_step(&w.p, sides[i]);
            (void)pair_move(&w.p, sides[i], sides[1 - i]);
        }
    }
    run(&w);
    end(&w);
}

static void test_explain(void **state)
{
    (void)state;
    struct world w;
    world_options(&w);
    w.f.client_conn.server_name = fixture_text("other.test");
    world_start(&w);
    char text[1000];
    size_t len = patina_conn_explain(w.p.client.conn, text, sizeof text);
    assert_int_equal(len, strlen(text)); // nothing to say yet, but a sentence
    pair_run(&w.p);
    assert_err(w.p.client.err, PATINA_ERR_CERT_NAME_MISMATCH);
    len = patina_conn_explain(w.p.client.conn, text, sizeof text);
    assert_int_equal(len, strlen(text));
    assert_non_null(strstr(text, "other.test"));         // wanted
    assert_non_null(strstr(text, "server.test"));        // found
    assert_non_null(strstr(text, "CERT_NAME_MISMATCH")); // the row
    assert_non_null(strstr(text, "certificate 0"));      // which
    assert_non_null(strstr(text, "bad_certificate"));    // what the peer was told
    for (size_t cap = 1; cap < len; cap++) {             // cut, and always ended
        char small[1000];
        memset(small, 'x', sizeof small);
        size_t n = patina_conn_explain(w.p.client.conn, small, cap);
        assert_true(n < cap && small[n] == 0);
        assert_memory_equal(small, text, n);
        assert_int_equal(small[cap], 'x');
    }
    assert_int_equal(patina_conn_explain(w.p.client.conn, text, 0), 0);
    patina_conn_explain(w.p.server.conn, text, sizeof text); // which got the alert
    const char *said = patina_err_text(PATINA_ERR_PEER_ALERT);
    assert_ptr_equal(strstr(text, said), text);
    assert_null(strstr(text + 1, said)); // once
    assert_non_null(strstr(text, ": bad_certificate (42). PEER_ALERT"));
    struct patina_report before;
    struct patina_report after;
    patina_conn_report(w.p.client.conn, &before);
    pair_run(&w.p);
    patina_conn_report(w.p.client.conn, &after);
    assert_memory_equal(&before, &after, sizeof before);
    assert_int_equal(before.certificate, 0);
    assert_true(before.rfc != 0 && before.rule[0] != 0);
    end(&w);
}

// ---- Rule 17: structs

static void test_sizes_for_ever(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct patina_event), 128);
    assert_int_equal(sizeof(struct patina_report), 256);
    assert_int_equal(sizeof(struct patina_output), 64);
    assert_int_equal(sizeof(struct patina_inbuf), 48);
    assert_int_equal(sizeof(patina_span), 16);
    assert_int_equal(sizeof(patina_err), 4);
}

// An options struct as a newer header would have it: the known fields, then a tail.
union newer {
    struct patina_client_options client;
    struct patina_server_options server;
    struct patina_conn_options conn;
    struct patina_credential_options credential;
    struct patina_verifier_options verifier;
    struct patina_verifier_callback_options callback;
    struct patina_dangerous_options dangerous;
    uint8_t bytes[512];
};

struct world_and_newer {
    struct world w;
    union newer o;
};

static patina_err make_client(struct world_and_newer *n)
{
    struct patina_client_config *cfg = NULL;
    patina_err err = patina_client_config_new(&n->o.client, &cfg, NULL);
    patina_client_config_unref(cfg);
    return err;
}

static patina_err make_server(struct world_and_newer *n)
{
    struct patina_server_config *cfg = NULL;
    patina_err err = patina_server_config_new(&n->o.server, &cfg, NULL);
    patina_server_config_unref(cfg);
    return err;
}

static patina_err make_conn(struct world_and_newer *n)
{
    struct patina_conn *conn = NULL;
    patina_err err = patina_client_new(n->w.f.client_config, &n->o.conn, &conn);
    patina_conn_free(conn);
    return err;
}

static patina_err make_server_conn(struct world_and_newer *n)
{
    struct patina_conn *conn = NULL;
    patina_err err = patina_server_new(n->w.f.server_config, &n->o.conn, &conn);
    patina_conn_free(conn);
    return err;
}

static patina_err make_credential(struct world_and_newer *n)
{
    struct patina_credential *c = NULL;
    patina_err err = patina_credential_new(&n->o.credential, &c, NULL);
    patina_credential_unref(c);
    return err;
}

static patina_err make_verifier(struct world_and_newer *n)
{
    struct patina_verifier *v = NULL;
    patina_err err = patina_verifier_new(&n->o.verifier, &v);
    patina_verifier_unref(v);
    return err;
}

static patina_err make_callback(struct world_and_newer *n)
{
    struct patina_verifier *v = NULL;
    patina_err err = patina_verifier_callback_new(&n->o.callback, &v);
    patina_verifier_unref(v);
    return err;
}

static patina_err make_dangerous(struct world_and_newer *n)
{
    struct patina_client_options o = n->w.f.client;
    struct patina_client_config *cfg = NULL;
    o.dangerous = &n->o.dangerous;
    patina_err err = patina_client_config_new(&o, &cfg, NULL);
    patina_client_config_unref(cfg);
    return err;
}

static void check_newer(struct world_and_newer *n, size_t size,
                        patina_err (*make)(struct world_and_newer *n))
{
    assert_err(make(n), PATINA_OK);
    memset(n->o.bytes + size, 0, sizeof n->o.bytes - size);
    for (size_t more = 8; more <= 64; more += 8) {
        n->o.client.struct_size = (uint32_t)(size + more); // the first field of them all
        assert_err(make(n), PATINA_OK);
        n->o.bytes[size + more - 1] = 1;
        assert_err(make(n), PATINA_ERR_NEWER_OPTIONS);
        n->o.bytes[size + more - 1] = 0;
        n->o.bytes[size] = 1;
        assert_err(make(n), PATINA_ERR_NEWER_OPTIONS);
        n->o.bytes[size] = 0;
    }
    n->o.client.struct_size = 0; // forgotten
    assert_int_equal(patina_err_class(make(n)), PATINA_CLASS_USAGE);
    n->o.client.struct_size = (uint32_t)size;
    assert_err(make(n), PATINA_OK);
}

static void test_newer_options(void **state)
{
    (void)state;
    struct world_and_newer n;
    memset(&n, 0, sizeof n);
    world_options(&n.w);
    fixture_configs(&n.w.f);
    n.o.client = n.w.f.client;
    check_newer(&n, sizeof n.o.client, make_client);
    n.o.server = n.w.f.server;
    check_newer(&n, sizeof n.o.server, make_server);
    n.o.conn = n.w.f.client_conn;
    check_newer(&n, sizeof n.o.conn, make_conn);
    n.o.conn = n.w.f.server_conn;
    check_newer(&n, sizeof n.o.conn, make_server_conn);
    const struct patina_credential_options c = PATINA_CREDENTIAL_OPTIONS_INIT;
    n.o.credential = c;
    n.o.credential.provider = n.w.f.server.provider;
    n.o.credential.chain_pem = fixture_text(n.w.f.leaf.pem);
    n.o.credential.key_pem = fixture_text(n.w.f.leaf.key_pem);
    check_newer(&n, sizeof n.o.credential, make_credential);
    const struct patina_verifier_options v = PATINA_VERIFIER_OPTIONS_INIT;
    n.o.verifier = v;
    n.o.verifier.provider = n.w.f.client.provider;
    n.o.verifier.roots = n.w.f.roots;
    check_newer(&n, sizeof n.o.verifier, make_verifier);
    const struct patina_verifier_callback_options k = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    n.o.callback = k;
    n.o.callback.provider = n.w.f.client.provider;
    n.o.callback.verify = in_verify;
    check_newer(&n, sizeof n.o.callback, make_callback);
    const struct patina_dangerous_options d = PATINA_DANGEROUS_OPTIONS_INIT;
    n.o.dangerous = d;
    check_newer(&n, sizeof n.o.dangerous, make_dangerous);
    fixture_free(&n.w.f);
}

// ---- Errors of our own messages: they end the handshake with internal_error

// 64 names of 255 bytes do not fit a ClientHello.
static void test_hello_too_large(void **state)
{
    (void)state;
    static struct craft c;
    static uint8_t name[255];
    patina_span names[64];
    memset(name, 'n', sizeof name);
    for (size_t i = 0; i < 64; i++) {
        names[i] = (patina_span){name, sizeof name};
    }
    craft_options(&c, false);
    c.f.client.alpn = names;
    c.f.client.alpn_count = 64;
    craft_start(&c);
    pair_step(&c.p, &c.p.client);
    craft_expect(&c.p.client, PATINA_ERR_ENCODE, PATINA_ALERT_INTERNAL_ERROR);
    craft_free(&c);
}

// A chain larger than the queue.
static void test_chain_too_large(void **state)
{
    (void)state;
    static struct craft c;
    static char comment[4000];
    memcpy(comment, "nsComment=", 10);
    memset(comment + 10, 'c', sizeof comment - 11);
    struct test_cert_options o = {.subject = "CN=large"};
    struct test_cert large;
    for (size_t i = 0; i < 3; i++) {
        o.extensions[i] = comment;
    }
    test_issue(&o, NULL, &large);
    craft_options(&c, false);
    patina_span chain[16] = {c.f.leaf.der};
    for (size_t i = 1; i < 16; i++) {
        chain[i] = large.der;
    }
    assert_true(large.der.len * 15 > 140000);
    struct patina_credential_options co = PATINA_CREDENTIAL_OPTIONS_INIT;
    const struct patina_provider *real = fixture_provider(0);
    co.provider = real;
    co.chain_der = chain;
    co.chain_der_count = 16;
    co.key_pem = fixture_text(c.f.leaf.key_pem);
    struct patina_credential *credential;
    assert_err(patina_credential_new(&co, &credential, NULL), PATINA_OK);
    c.f.server.credentials = &credential;
    craft_start(&c);
    craft_take_hello(&c);
    craft_give_hello(&c);
    craft_expect(&c.p.server, PATINA_ERR_QUEUE_FULL, PATINA_ALERT_INTERNAL_ERROR);
    craft_free(&c);
    patina_credential_unref(credential);
    test_cert_free(&large);
}

#define ROW(name, test) {name, test, NULL, NULL, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("rule 13: REENTRANT inside a callback", test_reentrant),
        ROW("rule 13: free inside a callback waits for the outer call", test_free_inside),
        ROW("rule 14: spans in options are copied", test_spans_are_copied),
        ROW("rule 14: objects in options are referenced", test_objects_are_referenced),
        ROW("rule 14: connections of one config do not meet", test_two_of_one_config),
        ROW("rule 16: RETRY and USAGE leave the connection as it was", test_mistakes_do_no_harm),
        ROW("rule 16: the report stays, explain says what a person needs", test_explain),
        ROW("rule 17: sizes for ever", test_sizes_for_ever),
        ROW("rule 17: a larger options struct, its tail zero or not", test_newer_options),
        ROW("ours: a ClientHello too large", test_hello_too_large),
        ROW("ours: a chain larger than the queue", test_chain_too_large),
    };
    return cmocka_run_group_tests_name("rules of objects", tests, NULL, NULL) != 0;
}
