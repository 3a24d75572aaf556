// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Operations that finish later (docs/RULES.md, 10 to 13): config choice, certificate choice,
// signing and verification, each completed in its callback, later, on another thread, after the
// connection is gone, twice, never, refused, or not at all.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

enum how {
    AT_ONCE,       // completed inside the callback
    LATER,         // kept, completed by the same thread
    OTHER_THREAD,  // kept, completed by another thread
    REFUSED,       // inside the callback, with an alert
    REFUSED_LATER, // kept, then refused
    NOT_ANSWERED,  // OK without completing
    NOT_KEPT,      // PENDING without keeping
    FAILED,        // an error
};

struct row {
    uint32_t kind; // enum patina_op_kind
    enum how how;
};

// The point under test, shared by all callbacks.
struct point {
    struct row row;
    struct patina_op *kept;
    struct patina_credential *credential;
    struct fixture_signer signer; // SIGN
    void *user_seen;
    size_t calls;
    size_t drops; // of the verifier's user
};

static patina_err answer(struct point *p, struct patina_op *op)
{
    switch (patina_op_kind(op)) {
    case PATINA_OP_CONFIG:
        return patina_config_op_complete(op, NULL);
    case PATINA_OP_CREDENTIAL:
        return patina_credential_op_complete(op, p->credential);
    case PATINA_OP_VERIFY:
        return patina_verify_op_accept(op);
    default:
        return fixture_sign(&p->signer, op);
    }
}

static patina_err at_point(struct point *p, struct patina_op *op)
{
    p->calls++;
    p->user_seen = patina_op_conn_user(op);
    switch (p->row.how) {
    case AT_ONCE:
        return answer(p, op);
    case REFUSED:
        return patina_op_refuse(op, PATINA_ALERT_INSUFFICIENT_SECURITY);
    case NOT_ANSWERED:
        return PATINA_OK;
    case NOT_KEPT:
        return PATINA_PENDING;
    case FAILED:
        return PATINA_ERR_NO_MEMORY;
    case LATER:
    case OTHER_THREAD:
    case REFUSED_LATER:
    default:
        p->kept = patina_op_keep(op);
        return p->kept == NULL ? PATINA_ERR_NO_MEMORY : PATINA_PENDING;
    }
}

static patina_err resolve(void *user, struct patina_op *op)
{
    struct point *p = user;
    return patina_op_kind(op) == p->row.kind ? at_point(p, op) : answer(p, op);
}

// ---- Set-up

static atomic_int wakes;
static uint64_t woken_token;

static void wake(void *loop, uint64_t token)
{
    assert_non_null(loop);
    woken_token = token;
    atomic_fetch_add(&wakes, 1);
}

static void drop_user(void *user)
{
    struct point *p = user;
    p->drops++;
}

static void set_up(struct fixture *f, struct point *point, const struct row *row, struct pair *p)
{
    const struct patina_provider *provider = fixture_provider(0);
    *point = (struct point){.row = *row};
    atomic_store(&wakes, 0);
    fixture_options(f, provider, provider, TEST_P256);
    if (row->kind == PATINA_OP_SIGN) {
        point->signer.sign = resolve;
        point->signer.user = point;
        fixture_use_signer(f, &point->signer);
    }
    point->credential = f->credential;
    if (row->kind == PATINA_OP_VERIFY) {
        struct patina_verifier_callback_options v = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
        v.provider = provider;
        v.verify = resolve;
        v.user = point;
        v.drop_user = drop_user;
        v.then = f->verifier;
        struct patina_verifier *outer;
        assert_int_equal(patina_verifier_callback_new(&v, &outer), PATINA_OK);
        patina_verifier_unref(f->verifier);
        f->verifier = outer;
        f->client.verifier = outer;
    } else {
        f->server.choose_config = resolve;
        f->server.choose_credential = resolve;
        f->server.resolver_user = point;
    }
    const struct patina_waker waker = {wake, point, 77};
    f->client_conn.waker = waker;
    f->server_conn.waker = waker;
    f->client_conn.user = point;
    f->server_conn.user = point;
    fixture_configs(f);
    fixture_pair(f, p);
}

static struct pair_side *waiting_side(struct pair *p, const struct row *row)
{
    return row->kind == PATINA_OP_VERIFY ? &p->client : &p->server;
}

static void assert_completes(struct pair *p)
{
    pair_run(p);
    assert_err(p->client.err, PATINA_OK);
    assert_err(p->server.err, PATINA_OK);
    assert_true(pair_saw(&p->client, PATINA_EVENT_HANDSHAKE_DONE));
    assert_true(pair_saw(&p->server, PATINA_EVENT_HANDSHAKE_DONE));
    assert_int_equal(pair_send(p, &p->client, "hello", 5), PATINA_OK);
    assert_int_equal(p->server.data_len, 5);
}

static void *complete_on_thread(void *user)
{
    struct point *p = user;
    return answer(p, p->kept) == PATINA_OK ? p : NULL;
}

// A suspended connection uses nothing and changes no bit of what it is given.
static void assert_uses_nothing(struct pair_side *side)
{
    uint8_t bytes[64];
    uint8_t before[64];
    memset(bytes, 0x16, sizeof bytes);
    memcpy(before, bytes, sizeof bytes);
    struct patina_event ev;
    size_t used = 1;
    assert_int_equal(patina_conn_receive(side->conn, (patina_mspan){bytes, sizeof bytes}, &used,
                                         &side->out, &ev),
                     PATINA_OK);
    assert_int_equal(ev.kind, PATINA_EVENT_SUSPENDED);
    assert_non_null(ev.op);
    assert_int_equal(used, 0);
    assert_memory_equal(bytes, before, sizeof bytes);
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct fixture f;
    struct point point;
    struct pair p;
    set_up(&f, &point, row, &p);
    pair_run(&p);
    struct pair_side *side = waiting_side(&p, row);
    struct pair_side *other = side == &p.client ? &p.server : &p.client;
    assert_int_equal(point.calls, 1);
    assert_ptr_equal(point.user_seen, &point);
    struct patina_report report;
    switch (row->how) {
    case AT_ONCE:
        assert_int_equal(atomic_load(&wakes), 0);
        assert_completes(&p);
        break;
    case LATER:
    case OTHER_THREAD:
        assert_true(pair_saw(side, PATINA_EVENT_SUSPENDED));
        assert_uses_nothing(side);
        assert_null(patina_op_conn_user(point.kept)); // hidden once the callback is over
        if (row->how == LATER) {
            assert_int_equal(answer(&point, point.kept), PATINA_OK);
        } else {
            pthread_t thread;
            void *ok = NULL;
            assert_int_equal(pthread_create(&thread, NULL, complete_on_thread, &point), 0);
            assert_int_equal(pthread_join(thread, &ok), 0);
            assert_non_null(ok);
        }
        assert_int_equal(atomic_load(&wakes), 1);
        assert_int_equal(woken_token, 77);
        assert_err(answer(&point, point.kept), PATINA_ERR_MISUSE); // twice
        assert_completes(&p);
        break;
    case REFUSED_LATER:
        assert_int_equal(patina_op_refuse(point.kept, PATINA_ALERT_INSUFFICIENT_SECURITY),
                         PATINA_OK);
        pair_run(&p);
        // fall through
    case REFUSED:
        assert_err(side->err, PATINA_ERR_REFUSED);
        pair_run(&p);
        assert_err(other->err, PATINA_ERR_PEER_ALERT);
        patina_conn_report(other->conn, &report);
        assert_int_equal(report.alert, PATINA_ALERT_INSUFFICIENT_SECURITY);
        assert_int_equal(report.alert_from_peer, 1);
        break;
    case NOT_ANSWERED:
    case NOT_KEPT:
        assert_err(side->err,
                   row->kind == PATINA_OP_SIGN ? PATINA_ERR_SIGN_FAILED : PATINA_ERR_REFUSED);
        break;
    case FAILED:
        assert_err(side->err, PATINA_ERR_NO_MEMORY);
        break;
    }
    patina_op_release(point.kept);
    pair_free(&p);
    fixture_free(&f);
}

// The connection goes first: completing then says so, and reading the operation stays safe.
static void test_abandoned(void **state)
{
    const struct row *row = *state;
    struct fixture f;
    struct point point;
    struct pair p;
    set_up(&f, &point, row, &p);
    pair_run(&p);
    struct pair_side *side = waiting_side(&p, row);
    assert_non_null(point.kept);
    patina_conn_free(side->conn);
    side->conn = NULL;
    assert_true(patina_op_abandoned(point.kept));
    assert_err(answer(&point, point.kept), PATINA_ERR_ABANDONED);
    assert_err(patina_op_refuse(point.kept, PATINA_ALERT_INTERNAL_ERROR), PATINA_ERR_ABANDONED);
    assert_int_equal(atomic_load(&wakes), 0);
    patina_op_release(point.kept);
    pair_free(&p);
    fixture_free(&f);
}

// Rule 11: a kept operation outlives all it came from. Connections, configs, credential and
// verifier go; then another thread reads it, works with what the callback stood on, and answers.
static void *work_alone(void *user)
{
    struct point *p = user;
    struct patina_op *op = p->kept;
    size_t seen = patina_verify_op_certificate(op, 0).len +
                  patina_verify_op_certificate(op, 1).len + patina_verify_op_name(op).len +
                  patina_hello_op_raw(op).len + patina_hello_op_server_name(op).len +
                  patina_hello_op_scheme(op, 0) + patina_sign_op_message(op).len;
    patina_err err = answer(p, op);
    size_t drops = p->drops + p->signer.drops; // before the last reference goes
    patina_op_release(op);
    return err == PATINA_ERR_ABANDONED && seen > 20 && drops == 0 ? p : NULL;
}

static void test_outlives_all(void **state)
{
    const struct row *row = *state;
    struct fixture f;
    struct point point;
    struct pair p;
    set_up(&f, &point, row, &p);
    pair_run(&p);
    assert_non_null(point.kept);
    pair_free(&p);
    fixture_free(&f);
    point.credential = NULL; // it is gone
    assert_int_equal(point.drops + point.signer.drops, 0);
    pthread_t thread;
    void *ok = NULL;
    assert_int_equal(pthread_create(&thread, NULL, work_alone, &point), 0);
    assert_int_equal(pthread_join(thread, &ok), 0);
    assert_non_null(ok);
    assert_int_equal(point.drops, row->kind == PATINA_OP_VERIFY ? 1 : 0);
    assert_int_equal(point.signer.drops, row->kind == PATINA_OP_SIGN ? 1 : 0);
    assert_int_equal(atomic_load(&wakes), 0);
}

// An answered operation that outlives all: the answer stays, too, and goes with it.
static void test_answer_outlives_all(void **state)
{
    (void)state;
    for (uint32_t kind = PATINA_OP_CONFIG; kind <= PATINA_OP_CREDENTIAL; kind++) {
        struct fixture f;
        struct point point;
        struct pair p;
        const struct row row = {kind, LATER};
        set_up(&f, &point, &row, &p);
        pair_run(&p);
        assert_non_null(point.kept);
        assert_err(kind == PATINA_OP_CONFIG
                       ? patina_config_op_complete(point.kept, f.server_config)
                       : patina_credential_op_complete(point.kept, f.credential),
                   PATINA_OK);
        pair_free(&p);
        fixture_free(&f);
        assert_int_equal(patina_hello_op_server_name(point.kept).len, 11);
        patina_op_release(point.kept);
    }
}

// The whole flight of the server stands in one record: what follows the suspending message waits in
// the join buffer.
static void test_rest_of_the_record(void **state)
{
    (void)state;
    struct fixture f;
    struct point point;
    struct pair p;
    set_up(&f, &point, &(struct row){PATINA_OP_VERIFY, LATER}, &p);
    pair_run(&p);
    assert_non_null(point.kept);
    assert_int_equal(p.client.in_len, 0); // every record was used
    assert_int_equal(patina_verify_op_accept(point.kept), PATINA_OK);
    assert_completes(&p);
    patina_op_release(point.kept);
    pair_free(&p);
    fixture_free(&f);
}

// What an operation shows, kept: its own copies.
static void test_views(void **state)
{
    (void)state;
    struct fixture f;
    struct point point;
    struct pair p;
    set_up(&f, &point, &(struct row){PATINA_OP_VERIFY, LATER}, &p);
    pair_run(&p);
    patina_span name = patina_verify_op_name(point.kept);
    assert_int_equal(name.len, 11);
    assert_memory_equal(name.ptr, "server.test", 11);
    assert_int_equal(patina_verify_op_time_s(point.kept), f.now_s);
    assert_int_equal(patina_verify_op_certificate(point.kept, 0).len, f.leaf.der.len);
    assert_int_equal(patina_verify_op_certificate(point.kept, 1).len, f.intermediate.der.len);
    assert_int_equal(patina_verify_op_certificate(point.kept, 2).len, 0);
    patina_op_release(point.kept);
    pair_free(&p);
    fixture_free(&f);

    set_up(&f, &point, &(struct row){PATINA_OP_CONFIG, LATER}, &p);
    pair_run(&p);
    name = patina_hello_op_server_name(point.kept);
    assert_memory_equal(name.ptr, "server.test", 11);
    assert_int_equal(patina_hello_op_raw(point.kept).ptr[0], 1);
    assert_int_not_equal(patina_hello_op_scheme(point.kept, 0), 0);
    assert_int_equal(patina_hello_op_scheme(point.kept, 99), 0);
    assert_int_equal(patina_hello_op_alpn(point.kept, 0).len, 0);
    patina_op_release(point.kept);
    pair_free(&p);
    fixture_free(&f);
}

#define ROW(text, kind, how)                      \
    {                                             \
        text, test_row, NULL, NULL, &(struct row) \
        {                                         \
            kind, how                             \
        }                                         \
    }
#define GONE(text, kind)                                \
    {                                                   \
        text, test_abandoned, NULL, NULL, &(struct row) \
        {                                               \
            kind, LATER                                 \
        }                                               \
    }
#define ALONE(text, kind)                                  \
    {                                                      \
        text, test_outlives_all, NULL, NULL, &(struct row) \
        {                                                  \
            kind, LATER                                    \
        }                                                  \
    }
#define KIND(name, kind)                                                                           \
    ROW(name ": at once", kind, AT_ONCE), ROW(name ": later", kind, LATER),                        \
        ROW(name ": on another thread", kind, OTHER_THREAD), ROW(name ": refused", kind, REFUSED), \
        ROW(name ": refused later", kind, REFUSED_LATER),                                          \
        ROW(name ": OK without an answer", kind, NOT_ANSWERED),                                    \
        ROW(name ": PENDING without keeping", kind, NOT_KEPT),                                     \
        ROW(name ": an error", kind, FAILED), GONE(name ": after the connection is gone", kind),   \
        ALONE(name ": after all is gone", kind)

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIND("config", PATINA_OP_CONFIG),
        KIND("credential", PATINA_OP_CREDENTIAL),
        KIND("sign", PATINA_OP_SIGN),
        KIND("verify", PATINA_OP_VERIFY),
        cmocka_unit_test(test_rest_of_the_record),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_answer_outlives_all),
    };
    return cmocka_run_group_tests_name("suspend", tests, NULL, NULL) != 0;
}
