// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Calls that are the caller's mistake: MISUSE and its kin, with nothing changed (docs/RULES.md,
// rule 16). NULL arguments, outputs that cannot be, completions of another kind, sending after
// close.
#include "craft.h"

#include <string.h>

struct world {
    struct fixture f;
    struct pair p;
};

static void connect_pair(struct world *w)
{
    const struct patina_provider *provider = fixture_provider(0);
    fixture_options(&w->f, provider, provider, TEST_P256);
    fixture_configs(&w->f);
    fixture_pair(&w->f, &w->p);
}

static void finish(struct world *w)
{
    connect_pair(w);
    pair_run(&w->p);
    assert_true(pair_saw(&w->p.server, PATINA_EVENT_HANDSHAKE_DONE));
}

static void end(struct world *w)
{
    assert_err(pair_send(&w->p, &w->p.server, "fine", 4), PATINA_OK); // no harm was done
    assert_int_equal(w->p.client.data_len, 4);
    pair_free(&w->p);
    fixture_free(&w->f);
}

static void test_null(void **state)
{
    (void)state;
    struct world w;
    finish(&w);
    struct patina_conn *c = w.p.client.conn;
    struct patina_output *out = &w.p.client.out;
    const patina_mspan in = {NULL, 0};
    const patina_span none = {NULL, 0};
    uint8_t room[8];
    const patina_mspan key = {room, sizeof room};
    struct patina_event ev;
    size_t n;
    assert_err(patina_conn_receive(NULL, in, &n, out, &ev), PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive(c, in, NULL, out, &ev), PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive(c, in, &n, NULL, &ev), PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive(c, in, &n, out, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive_into(NULL, none, in, &n, out, &ev), PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive_into(c, none, in, NULL, out, &ev), PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive_into(c, none, in, &n, NULL, &ev), PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive_into(c, none, in, &n, out, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive_into(c, (patina_span){NULL, 1}, in, &n, out, &ev),
               PATINA_ERR_MISUSE);
    assert_err(patina_conn_receive_into(c, none, (patina_mspan){NULL, 1}, &n, out, &ev),
               PATINA_ERR_MISUSE);
    assert_err(patina_conn_send(NULL, &none, 1, &n, out), PATINA_ERR_MISUSE);
    assert_err(patina_conn_send(c, &none, 1, NULL, out), PATINA_ERR_MISUSE);
    assert_err(patina_conn_send(c, &none, 1, &n, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_conn_flush(NULL, out), PATINA_ERR_MISUSE);
    assert_err(patina_conn_flush(c, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_conn_close(NULL, out), PATINA_ERR_MISUSE);
    assert_err(patina_conn_close(c, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_conn_abort(NULL, PATINA_ALERT_ACCESS_DENIED, out), PATINA_ERR_MISUSE);
    assert_err(patina_conn_abort(c, PATINA_ALERT_ACCESS_DENIED, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_conn_update_keys(NULL, false, out), PATINA_ERR_MISUSE);
    assert_err(patina_conn_update_keys(c, false, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_conn_input_end(NULL, 0), PATINA_ERR_MISUSE);
    assert_err(patina_conn_export(NULL, none, none, key), PATINA_ERR_MISUSE);
    assert_int_equal(patina_conn_queued(NULL), 0);
    assert_int_equal(patina_conn_sealed_size(NULL, 1), 0);
    assert_err(patina_client_new(w.f.client_config, &w.f.client_conn, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_server_new(w.f.server_config, NULL, NULL), PATINA_ERR_MISUSE);
    struct patina_client_config *client = w.f.client_config; // cleared, as after every failure
    struct patina_server_config *server = w.f.server_config;
    assert_err(patina_client_config_new(NULL, &client, NULL), PATINA_ERR_MISUSE);
    assert_null(client);
    assert_err(patina_client_config_new(&w.f.client, NULL, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_server_config_new(NULL, &server, NULL), PATINA_ERR_MISUSE);
    assert_null(server);
    assert_err(patina_server_config_new(&w.f.server, NULL, NULL), PATINA_ERR_MISUSE);
    patina_conn_free(NULL);
    patina_client_config_unref(NULL);
    patina_server_config_unref(NULL);
    end(&w);
}

// Whatever is called with one, at whatever time: MISUSE, and the connection is as it was.
static void test_bad_output(void **state)
{
    (void)state;
    struct world w;
    uint8_t room[100];
    struct patina_output bad[4] = {PATINA_OUTPUT_FIXED(room, 100), PATINA_OUTPUT_FIXED(room, 100),
                                   PATINA_OUTPUT_FIXED(room, 100), PATINA_OUTPUT_FIXED(NULL, 100)};
    bad[0].start = 1; // start <= len <= cap
    bad[1].len = 101;
    bad[2].start = 60;
    bad[2].len = 50;
    const patina_span text = {room, 4};
    size_t n;
    struct patina_event ev;
    connect_pair(&w);
    for (int done = 0; done <= 1; done++) {
        struct patina_conn *c = w.p.client.conn;
        for (size_t i = 0; i < 4; i++) {
            struct patina_output *out = &bad[i];
            assert_err(patina_conn_receive(c, (patina_mspan){NULL, 0}, &n, out, &ev),
                       PATINA_ERR_MISUSE);
            assert_err(patina_conn_receive_into(c, (patina_span){NULL, 0}, (patina_mspan){NULL, 0},
                                                &n, out, &ev),
                       PATINA_ERR_MISUSE);
            assert_err(patina_conn_send(c, &text, 1, &n, out), PATINA_ERR_MISUSE);
            assert_int_equal(n, 0);
            assert_err(patina_conn_flush(c, out), PATINA_ERR_MISUSE);
            assert_err(patina_conn_close(c, out), PATINA_ERR_MISUSE);
            assert_err(patina_conn_update_keys(c, true, out), PATINA_ERR_MISUSE);
            assert_err(patina_conn_abort(c, PATINA_ALERT_ACCESS_DENIED, out), PATINA_ERR_MISUSE);
        }
        pair_run(&w.p);
        assert_err(w.p.client.err, PATINA_OK);
        assert_err(w.p.server.err, PATINA_OK);
        assert_true(pair_saw(&w.p.client, PATINA_EVENT_HANDSHAKE_DONE));
    }
    assert_err(patina_conn_update_keys(w.p.client.conn, true, &w.p.client.out), PATINA_OK);
    end(&w);
}

static void test_too_much_text(void **state)
{
    (void)state;
    struct world w;
    finish(&w);
    static const uint8_t byte[1] = {0};
    const patina_span text[2] = {{byte, SIZE_MAX}, {byte, 1}}; // the sum has no number
    size_t n;
    assert_err(patina_conn_send(w.p.client.conn, text, 2, &n, &w.p.client.out), PATINA_ERR_MISUSE);
    assert_int_equal(n, 0);
    end(&w);
}

static void test_after_close(void **state)
{
    (void)state;
    struct world w;
    finish(&w);
    assert_err(patina_conn_close(w.p.client.conn, &w.p.client.out), PATINA_OK);
    assert_err(patina_conn_update_keys(w.p.client.conn, false, &w.p.client.out),
               PATINA_ERR_SEND_CLOSED);
    assert_err(patina_conn_update_keys(w.p.client.conn, true, &w.p.client.out),
               PATINA_ERR_SEND_CLOSED);
    assert_int_equal(patina_conn_sealed_size(w.p.client.conn, 4), 0);
    end(&w);
}

// KeyUpdates that do not get out: BUSY when the queue is full of them, and all are right in the
// end.
static void test_queue_of_updates(void **state)
{
    (void)state;
    struct world w;
    finish(&w);
    uint8_t none[1];
    struct patina_output full = PATINA_OUTPUT_FIXED(none, 0);
    patina_err err = PATINA_OK;
    size_t queued = 0;
    for (size_t i = 0; i < 20 && err == PATINA_OK; i++) {
        err = patina_conn_update_keys(w.p.client.conn, false, &full);
        queued += err == PATINA_OK ? 1 : 0;
    }
    assert_err(err, PATINA_ERR_BUSY);
    assert_true(queued >= 2);
    size_t bytes = patina_conn_queued(w.p.client.conn);
    assert_err(patina_conn_flush(w.p.client.conn, &w.p.client.out), PATINA_OK);
    assert_int_equal(patina_output_unsent(&w.p.client.out).len, bytes);
    pair_run(&w.p);
    assert_err(pair_send(&w.p, &w.p.client, "text", 4), PATINA_OK);
    assert_int_equal(w.p.server.data_len, 4);
    end(&w);
}

static void test_conn_options(void **state)
{
    (void)state;
    struct world w;
    finish(&w);
    struct patina_conn *conn;
    struct patina_conn_options o = w.f.client_conn;
    o.reserved = 1;
    assert_err(patina_client_new(w.f.client_config, &o, &conn), PATINA_ERR_BAD_OPTION);
    assert_null(conn);
    o = w.f.client_conn;
    o.flags = 4;
    assert_err(patina_server_new(w.f.server_config, &o, &conn), PATINA_ERR_BAD_OPTION);
    o = w.f.client_conn;
    o.alpn_count = 1; // without a list
    assert_err(patina_client_new(w.f.client_config, &o, &conn), PATINA_ERR_BAD_OPTION);
    o = w.f.client_conn;
    o.handshake_memory_limit = UINT32_MAX; // more than the library ever takes
    assert_err(patina_client_new(w.f.client_config, &o, &conn), PATINA_ERR_BAD_OPTION);
    end(&w);
}

// ---- Operations: a completion of another kind changes nothing, the right one still comes

static void wrong_kinds(struct patina_op *op)
{
    uint32_t kind = patina_op_kind(op);
    const patina_span signature = {(const uint8_t *)"s", 1};
    if (kind != PATINA_OP_CONFIG) {
        assert_err(patina_config_op_complete(op, NULL), PATINA_ERR_MISUSE);
    }
    if (kind != PATINA_OP_CREDENTIAL) {
        assert_err(patina_credential_op_complete(op, NULL), PATINA_ERR_MISUSE);
    }
    if (kind != PATINA_OP_SIGN) {
        assert_err(patina_sign_op_complete(op, signature), PATINA_ERR_MISUSE);
        assert_int_equal(patina_sign_op_message(op).len, 0);
        assert_int_equal(patina_sign_op_result(op).len, 0);
    }
    if (kind != PATINA_OP_VERIFY) {
        assert_err(patina_verify_op_accept(op), PATINA_ERR_MISUSE);
        assert_err(patina_verify_op_reject(op, PATINA_ERR_CERT_EXPIRED), PATINA_ERR_MISUSE);
        assert_int_equal(patina_verify_op_certificate(op, 0).len, 0);
        assert_int_equal(patina_verify_op_name(op).len, 0);
    }
    if (kind != PATINA_OP_CONFIG && kind != PATINA_OP_CREDENTIAL) {
        assert_int_equal(patina_hello_op_raw(op).len, 0);
        assert_int_equal(patina_hello_op_server_name(op).len, 0);
        assert_int_equal(patina_hello_op_alpn(op, 0).len, 0);
        assert_int_equal(patina_hello_op_scheme(op, 0), 0);
    }
    assert_err(patina_op_refuse(op, PATINA_ALERT_CLOSE_NOTIFY), PATINA_ERR_MISUSE);
    assert_err(patina_op_refuse(op, PATINA_ALERT_NONE), PATINA_ERR_MISUSE);
}

static patina_err resolve(void *user, struct patina_op *op)
{
    size_t *calls = user;
    (*calls)++;
    wrong_kinds(op);
    switch (patina_op_kind(op)) {
    case PATINA_OP_CONFIG:
        return patina_config_op_complete(op, NULL);
    case PATINA_OP_CREDENTIAL:
        return patina_credential_op_complete(op, NULL);
    default:
        return patina_verify_op_accept(op);
    }
}

static void test_wrong_kinds(void **state)
{
    (void)state;
    struct world w;
    size_t calls = 0;
    fixture_options(&w.f, fixture_provider(0), fixture_provider(0), TEST_P256);
    struct patina_verifier_callback_options v = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    struct patina_verifier *own;
    v.provider = w.f.client.provider;
    v.verify = resolve;
    v.user = &calls;
    assert_err(patina_verifier_callback_new(&v, &own), PATINA_OK);
    w.f.client.verifier = own;
    w.f.server.choose_config = resolve;
    w.f.server.choose_credential = resolve;
    w.f.server.resolver_user = &calls;
    fixture_configs(&w.f);
    fixture_pair(&w.f, &w.p);
    pair_run(&w.p);
    assert_int_equal(calls, 3);
    end(&w);
    patina_verifier_unref(own);
}

static void test_sign_op(void **state)
{
    (void)state;
    static const uint8_t signature[PATINA_SIGNATURE_MAX + 1] = {1};
    struct patina_op *op;
    const patina_span message = fixture_text("message");
    assert_err(patina_sign_op_new(0x0403, message, NULL, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_sign_op_new(0x0403, message, NULL, &op), PATINA_OK);
    wrong_kinds(op);
    assert_err(patina_sign_op_complete(op, (patina_span){signature, 0}), PATINA_ERR_MISUSE);
    assert_err(patina_sign_op_complete(op, (patina_span){signature, sizeof signature}),
               PATINA_ERR_MISUSE);
    assert_int_equal(patina_sign_op_result(op).len, 0);
    assert_err(patina_sign_op_complete(op, (patina_span){signature, PATINA_SIGNATURE_MAX}),
               PATINA_OK);
    assert_int_equal(patina_sign_op_result(op).len, PATINA_SIGNATURE_MAX);
    assert_err(patina_sign_op_complete(op, (patina_span){signature, 1}), PATINA_ERR_MISUSE); // once
    patina_op_release(op);
    patina_op_release(NULL);
    assert_err(patina_config_op_complete(NULL, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_credential_op_complete(NULL, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_sign_op_complete(NULL, message), PATINA_ERR_MISUSE);
    assert_err(patina_verify_op_accept(NULL), PATINA_ERR_MISUSE);
    assert_err(patina_verify_op_reject(NULL, PATINA_ERR_CERT_EXPIRED), PATINA_ERR_MISUSE);
    assert_err(patina_op_refuse(NULL, PATINA_ALERT_ACCESS_DENIED), PATINA_ERR_MISUSE);
    assert_null(patina_op_keep(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"NULL arguments", test_null, NULL, NULL, NULL},
        {"an output that cannot be", test_bad_output, NULL, NULL, NULL},
        {"more text than a number can say", test_too_much_text, NULL, NULL, NULL},
        {"after close", test_after_close, NULL, NULL, NULL},
        {"KeyUpdates fill the queue: BUSY", test_queue_of_updates, NULL, NULL, NULL},
        {"a connection's options", test_conn_options, NULL, NULL, NULL},
        {"operations: completions of another kind", test_wrong_kinds, NULL, NULL, NULL},
        {"operations: signatures of a wrong length, twice, NULL", test_sign_op, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("misuse", tests, NULL, NULL) != 0;
}
