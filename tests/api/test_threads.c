// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Threads (docs/RULES.md, 10, 11, 14, 15), for the thread sanitizer first of all: configs,
// credentials, verifiers and roots shared by four threads, connections that move from thread to
// thread, operations completed by other threads while their owner frees.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

enum { THREADS = 4, ROUNDS = 12 };

// cmocka's asserts jump: only the thread of the test may use them, others count what is wrong.
static atomic_size_t wrong;

static void expect(bool good)
{
    if (!good) {
        atomic_fetch_add(&wrong, 1);
    }
}

static void run_threads(void *(*run)(void *), void *arg)
{
    pthread_t threads[THREADS];
    atomic_store(&wrong, 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, run, arg), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(atomic_load(&wrong), 0);
}

// ---- Shared configs

static void *handshakes(void *arg)
{
    struct fixture *f = arg;
    for (int i = 0; i < ROUNDS; i++) {
        struct patina_client_config *client = patina_client_config_ref(f->client_config);
        struct patina_server_config *server = patina_server_config_ref(f->server_config);
        struct pair p;
        fixture_pair(f, &p);
        patina_client_config_unref(client);
        patina_server_config_unref(server);
        pair_run(&p);
        expect(p.client.err == PATINA_OK && p.server.err == PATINA_OK);
        expect(pair_send(&p, &p.client, "ping", 4) == PATINA_OK);
        expect(pair_send(&p, &p.server, "pong", 4) == PATINA_OK);
        expect(p.server.data_len == 4 && p.client.data_len == 4);
        struct patina_chain *chain = patina_chain_ref(patina_conn_peer_chain(p.client.conn));
        pair_free(&p);
        expect(patina_chain_count(chain) == 2);
        patina_chain_unref(chain);
    }
    return NULL;
}

static void test_shared_configs(void **state)
{
    (void)state;
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        struct fixture f;
        fixture_options(&f, fixture_provider(i), fixture_provider(i), TEST_P256);
        fixture_configs(&f);
        run_threads(handshakes, &f);
        fixture_free(&f);
    }
}

// Each thread makes its own configs out of the shared objects, and the last one frees them.
static void *own_configs(void *arg)
{
    const struct fixture *shared = arg;
    for (int i = 0; i < ROUNDS; i++) {
        struct fixture f = *shared; // shares verifier, roots, credential; only options are copied
        f.client_config = NULL;
        f.server_config = NULL;
        f.server.credentials = &f.credential;
        fixture_configs(&f);
        struct pair p;
        fixture_pair(&f, &p);
        patina_client_config_unref(f.client_config);
        patina_server_config_unref(f.server_config);
        pair_run(&p);
        expect(pair_saw(&p.server, PATINA_EVENT_HANDSHAKE_DONE));
        pair_free(&p);
    }
    return NULL;
}

static void test_shared_objects(void **state)
{
    (void)state;
    struct fixture f;
    fixture_options(&f, fixture_provider(0), fixture_provider(0), TEST_ED25519);
    run_threads(own_configs, &f);
    fixture_free(&f);
}

// ---- A connection belongs to one thread at a time: it may move

struct relay {
    struct pair p;
    pthread_mutex_t lock;
    size_t turns;
};

static void *take_turns(void *arg)
{
    struct relay *r = arg;
    for (size_t i = 0; i < 8; i++) {
        (void)pthread_mutex_lock(&r->lock);
        struct pair_side *side = r->turns++ % 2 == 0 ? &r->p.client : &r->p.server;
        struct pair_side *other = side == &r->p.client ? &r->p.server : &r->p.client;
        pair_step(&r->p, side);
        (void)pair_move(&r->p, side, other);
        expect(side->err == PATINA_OK);
        (void)pthread_mutex_unlock(&r->lock);
        (void)sched_yield();
    }
    return NULL;
}

static void test_moving(void **state)
{
    (void)state;
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        struct fixture f;
        static struct relay r;
        fixture_options(&f, fixture_provider(i), fixture_provider(i), TEST_P256);
        fixture_configs(&f);
        fixture_pair(&f, &r.p);
        r.turns = 0;
        assert_int_equal(pthread_mutex_init(&r.lock, NULL), 0);
        run_threads(take_turns, &r);
        assert_true(pair_saw(&r.p.client, PATINA_EVENT_HANDSHAKE_DONE));
        assert_true(pair_saw(&r.p.server, PATINA_EVENT_HANDSHAKE_DONE));
        (void)pthread_mutex_destroy(&r.lock);
        pair_free(&r.p);
        fixture_free(&f);
    }
}

// ---- Operations

// One operation, handed from the connection's thread to a worker.
struct desk {
    struct fixture_signer signer; // SIGN
    _Atomic(struct patina_op *) op;
    atomic_size_t woken, accepted, abandoned, other;
    atomic_bool stop;
};

static patina_err hand_over(void *user, struct patina_op *op)
{
    struct desk *d = user;
    struct patina_op *kept = patina_op_keep(op);
    if (kept == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    atomic_store(&d->op, kept);
    return PATINA_PENDING;
}

static void woken(void *loop, uint64_t token)
{
    struct desk *d = loop;
    expect(token == 7);
    atomic_fetch_add(&d->woken, 1);
}

static patina_err answer(const struct desk *d, struct patina_op *op)
{
    switch (patina_op_kind(op)) {
    case PATINA_OP_CONFIG:
        return patina_config_op_complete(op, NULL);
    case PATINA_OP_CREDENTIAL:
        return patina_credential_op_complete(op, NULL);
    case PATINA_OP_SIGN:
        return fixture_sign(&d->signer, op);
    default:
        return patina_verify_op_accept(op);
    }
}

// What an operation shows are its own copies.
static bool shows(const struct patina_op *op)
{
    uint32_t kind = patina_op_kind(op);
    bool is_hello = kind == PATINA_OP_CONFIG || kind == PATINA_OP_CREDENTIAL;
    return (patina_verify_op_certificate(op, 0).len != 0) == (kind == PATINA_OP_VERIFY) &&
           (patina_verify_op_name(op).len == 11) == (kind == PATINA_OP_VERIFY) &&
           (patina_hello_op_server_name(op).len == 11) == is_hello &&
           (patina_sign_op_message(op).len > 98) == (kind == PATINA_OP_SIGN);
}

static void *worker(void *arg)
{
    struct desk *d = arg;
    while (!atomic_load(&d->stop)) {
        struct patina_op *op = atomic_exchange(&d->op, NULL);
        if (op == NULL) {
            (void)sched_yield();
            continue;
        }
        expect(shows(op));
        patina_err err = answer(d, op);
        atomic_fetch_add(err == PATINA_OK              ? &d->accepted
                         : err == PATINA_ERR_ABANDONED ? &d->abandoned
                                                       : &d->other,
                         1);
        expect(answer(d, op) != PATINA_OK); // twice is never right
        patina_op_release(op);
    }
    return NULL;
}

struct office {
    struct fixture f;
    struct desk desk;
    struct patina_verifier *verifier;
    pthread_t workers[2];
};

static void open_office(struct office *o, uint32_t kind)
{
    memset(o, 0, sizeof *o);
    atomic_store(&wrong, 0);
    fixture_options(&o->f, fixture_provider(0), fixture_provider(0), TEST_P256);
    const struct patina_waker waker = {woken, &o->desk, 7};
    o->f.client_conn.waker = waker;
    o->f.server_conn.waker = waker;
    if (kind == PATINA_OP_VERIFY) {
        struct patina_verifier_callback_options v = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
        v.provider = o->f.client.provider;
        v.verify = hand_over;
        v.user = &o->desk;
        v.then = o->f.verifier;
        assert_err(patina_verifier_callback_new(&v, &o->verifier), PATINA_OK);
        o->f.client.verifier = o->verifier;
    } else if (kind == PATINA_OP_SIGN) {
        o->desk.signer.sign = hand_over;
        o->desk.signer.user = &o->desk;
        fixture_use_signer(&o->f, &o->desk.signer);
    } else {
        o->f.server.resolver_user = &o->desk;
        o->f.server.choose_config = kind == PATINA_OP_CONFIG ? hand_over : NULL;
        o->f.server.choose_credential = kind == PATINA_OP_CREDENTIAL ? hand_over : NULL;
    }
    fixture_configs(&o->f);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&o->workers[i], NULL, worker, &o->desk), 0);
    }
}

static void close_office(struct office *o)
{
    atomic_store(&o->desk.stop, true);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(o->workers[i], NULL), 0);
    }
    patina_op_release(atomic_exchange(&o->desk.op, NULL));
    fixture_free(&o->f);
    patina_verifier_unref(o->verifier);
    assert_int_equal(atomic_load(&wrong), 0);
}

static void test_completed_elsewhere(void **state)
{
    static struct office o;
    open_office(&o, *(const uint32_t *)*state);
    for (int i = 0; i < ROUNDS; i++) {
        struct pair p;
        fixture_pair(&o.f, &p);
        while (!pair_saw(&p.server, PATINA_EVENT_HANDSHAKE_DONE) && p.server.err == PATINA_OK &&
               p.client.err == PATINA_OK) {
            pair_run(&p); // while suspended it returns at once
            (void)sched_yield();
        }
        assert_err(p.client.err, PATINA_OK);
        assert_err(p.server.err, PATINA_OK);
        assert_true(pair_saw(&p.client, PATINA_EVENT_HANDSHAKE_DONE));
        pair_free(&p);
    }
    while (atomic_load(&o.desk.woken) < ROUNDS) { // the wake comes after the result is published
        (void)sched_yield();
    }
    assert_int_equal(atomic_load(&o.desk.accepted), ROUNDS);
    assert_int_equal(atomic_load(&o.desk.woken), ROUNDS);
    close_office(&o);
}

// The owner frees while the worker completes: one of the two wins, nothing is lost.
static void test_freed_meanwhile(void **state)
{
    static struct office o;
    enum { TRIES = 60 };
    open_office(&o, *(const uint32_t *)*state);
    for (int i = 0; i < TRIES; i++) {
        struct pair p;
        fixture_pair(&o.f, &p);
        struct pair_side *sides[2] = {&p.client, &p.server};
        for (int k = 0; !pair_saw(sides[0], PATINA_EVENT_SUSPENDED) &&
                        !pair_saw(sides[1], PATINA_EVENT_SUSPENDED) && k < 6;
             k++) { // to the step that suspends
            pair_step(&p, sides[k % 2]);
            (void)pair_move(&p, sides[k % 2], sides[1 - k % 2]);
        }
        for (volatile int k = 0; k < i * 50; k++) { // at another moment each time
        }
        if (i % 3 == 0) {
            (void)sched_yield();
        }
        pair_free(&p);
        while (atomic_load(&o.desk.op) != NULL) { // each is answered, one way or the other
            (void)sched_yield();
        }
    }
    while (atomic_load(&o.desk.accepted) + atomic_load(&o.desk.abandoned) < TRIES) {
        (void)sched_yield();
    }
    assert_int_equal(atomic_load(&o.desk.other), 0);
    print_message("%zu completed, %zu abandoned\n", atomic_load(&o.desk.accepted),
                  atomic_load(&o.desk.abandoned));
    close_office(&o);
}

static const uint32_t kinds[] = {PATINA_OP_CONFIG, PATINA_OP_CREDENTIAL, PATINA_OP_VERIFY,
                                 PATINA_OP_SIGN};

#define ROW(name, test) {name, test, NULL, NULL, NULL}
#define OP(name, test, i) {name, test, NULL, NULL, (void *)(uintptr_t)&kinds[i]}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("configs shared by four threads", test_shared_configs),
        ROW("verifier, roots and credential shared by four threads", test_shared_objects),
        ROW("a connection moves from thread to thread", test_moving),
        OP("config choice completed by a worker", test_completed_elsewhere, 0),
        OP("certificate choice completed by a worker", test_completed_elsewhere, 1),
        OP("verification completed by a worker", test_completed_elsewhere, 2),
        OP("signing completed by a worker", test_completed_elsewhere, 3),
        OP("config choice: the owner frees meanwhile", test_freed_meanwhile, 0),
        OP("certificate choice: the owner frees meanwhile", test_freed_meanwhile, 1),
        OP("verification: the owner frees meanwhile", test_freed_meanwhile, 2),
        OP("signing: the owner frees meanwhile", test_freed_meanwhile, 3),
    };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL) != 0;
}
