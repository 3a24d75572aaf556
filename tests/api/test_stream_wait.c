// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// How a patina_stream waits: non-blocking mode (NOT_YET, wants), time-outs of the handshake and of
// silence, operations that complete on another thread and the waker that ends the wait.
#include "test_stream.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void sleep_ms(long ms)
{
    struct timespec t = {ms / 1000, (ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

static struct patina_stream_options nonblocking(void)
{
    struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
    o.flags = PATINA_STREAM_NONBLOCKING;
    return o;
}

// ---- Non-blocking.

static void handshake_both(struct pair *p)
{
    patina_err c = PATINA_ERR_NOT_YET;
    patina_err s = PATINA_ERR_NOT_YET;
    for (int i = 0; i < 100 && (c != PATINA_OK || s != PATINA_OK); i++) {
        c = patina_stream_handshake(p->client);
        assert_true(c == PATINA_OK || c == PATINA_ERR_NOT_YET);
        s = patina_stream_handshake(p->server);
        assert_true(s == PATINA_OK || s == PATINA_ERR_NOT_YET);
    }
    assert_err(c, PATINA_OK);
    assert_err(s, PATINA_OK);
}

// Both ends in one thread: no call ever waits.
static void one_thread_two_ends(void **state)
{
    (void)state;
    struct patina_stream_options o = nonblocking();
    struct pair p;
    pair_make(&p, &o, &o);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_NOT_YET);
    assert_true(patina_stream_wants_read(p.client));
    assert_false(patina_stream_wants_write(p.client));
    assert_int_equal(patina_stream_wants(p.client), PATINA_STREAM_WANTS_READ);
    handshake_both(&p);
    uint8_t buf[16];
    size_t n = 1;
    assert_err(patina_stream_read(p.server, buf, sizeof(buf), &n), PATINA_ERR_NOT_YET);
    assert_int_equal(n, 0);
    assert_true(patina_stream_wants_read(p.server));
    assert_err(patina_stream_write(p.client, "hello", 5, &n), PATINA_OK);
    assert_int_equal(n, 5);
    assert_err(patina_stream_read(p.server, buf, sizeof(buf), &n), PATINA_OK);
    assert_int_equal(n, 5);
    assert_false(patina_stream_wants_read(p.server));
    pair_free(&p);
}

// A socket that is full: bytes taken are never asked for again, wants_write says what to wait for.
static void full_socket(void **state)
{
    (void)state;
    struct patina_stream_options o = nonblocking();
    struct pair p;
    pair_make(&p, &o, &o);
    int small = 8192;
    assert_int_equal(setsockopt(p.fds[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof(small)), 0);
    handshake_both(&p);

    const size_t amount = 1u << 20;
    uint8_t *text = malloc(amount);
    assert_non_null(text);
    for (size_t i = 0; i < amount; i++) {
        text[i] = pattern(i);
    }
    size_t sent = 0;
    size_t got = 0;
    uint32_t sum = 0;
    unsigned refused = 0;
    while (got < amount) {
        size_t n = 0;
        patina_err e = sent < amount ? patina_stream_write(p.client, text + sent, amount - sent, &n)
                                     : patina_stream_flush(p.client);
        assert_true(e == PATINA_OK || e == PATINA_ERR_NOT_YET);
        if (e == PATINA_ERR_NOT_YET) {
            assert_int_equal(n, 0);
            assert_true(patina_stream_wants_write(p.client));
            refused++;
        }
        sent += n;
        uint8_t buf[3000];
        e = patina_stream_read(p.server, buf, sizeof(buf), &n);
        assert_true(e == PATINA_OK || e == PATINA_ERR_NOT_YET);
        sum = add_sum(sum, buf, n);
        got += n;
    }
    assert_true(refused > 0);
    assert_int_equal(sent, amount);
    assert_int_equal(got, amount);
    assert_int_equal(sum, pattern_sum(amount));
    assert_false(patina_stream_wants_write(p.client));
    free(text);
    pair_free(&p);
}

// close_notify behind bytes that do not fit: NOT_YET until it is out, then the end is seen.
static void close_behind_a_full_socket(void **state)
{
    (void)state;
    struct patina_stream_options o = nonblocking();
    struct pair p;
    pair_make(&p, &o, &o);
    int small = 8192;
    assert_int_equal(setsockopt(p.fds[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof(small)), 0);
    handshake_both(&p);
    uint8_t text[30000] = {0};
    size_t taken = 0;
    size_t sent = 0;
    while (patina_stream_write(p.client, text, sizeof(text), &taken) == PATINA_OK) {
        sent += taken;
    }
    assert_err(patina_stream_close_notify(p.client), PATINA_ERR_NOT_YET);
    size_t got = 0;
    size_t n = 0;
    patina_err e = PATINA_OK;
    do {
        patina_err flushed = patina_stream_close_notify(p.client);
        assert_true(flushed == PATINA_OK || flushed == PATINA_ERR_NOT_YET);
        e = patina_stream_read(p.server, text, sizeof(text), &n);
        got += n;
    } while (e == PATINA_ERR_NOT_YET || n > 0);
    assert_err(e, PATINA_OK);
    assert_int_equal(got, sent);
    assert_true(patina_conn_received_close(patina_stream_conn(p.server)));
    pair_free(&p);
}

// ---- Time.

static void silent_peer_in_the_handshake(void **state)
{
    (void)state;
    struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
    o.handshake_timeout_ms = 60;
    struct pair p;
    pair_make(&p, &o, NULL);
    int64_t begin = now_ms();
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_TIMED_OUT);
    assert_in_range(now_ms() - begin, 30, 5000);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_TIMED_OUT);
    pair_free(&p);
}

// The whole handshake has one deadline: a byte now and then does not move it.
static void *drip(void *arg)
{
    const int *fd = arg;
    static const char header[] = "\x16\x03\x03\x40\x00";
    for (size_t i = 0; i < 40; i++) {
        if (send(*fd, i < 5 ? header + i : "\x02", 1, MSG_NOSIGNAL) != 1) {
            break;
        }
        sleep_ms(10);
    }
    return NULL;
}

static void dripping_peer_in_the_handshake(void **state)
{
    (void)state;
    struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
    o.handshake_timeout_ms = 100;
    struct pair p;
    pair_make(&p, &o, NULL);
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, drip, &p.fds[1]), 0);
    int64_t begin = now_ms();
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_TIMED_OUT);
    assert_true(now_ms() - begin < 350);
    pthread_join(t, NULL);
    pair_free(&p);
}

static void silence_after_the_handshake(void **state)
{
    (void)state;
    struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
    o.idle_timeout_ms = 60;
    struct pair p;
    pair_make(&p, &o, NULL);
    struct peer server = {.stream = p.server};
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, peer_connect, &server), 0);
    assert_err(patina_stream_handshake(p.client), PATINA_OK);
    pthread_join(t, NULL);
    uint8_t buf[4];
    size_t n = 0;
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_ERR_TIMED_OUT);
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_ERR_TIMED_OUT);
    pair_free(&p);
}

// Nobody reads: a blocking write gives up too.
static void writes_nobody_reads(void **state)
{
    (void)state;
    struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
    o.idle_timeout_ms = 60;
    struct pair p;
    pair_make(&p, &o, NULL);
    struct peer server = {.stream = p.server};
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, peer_connect, &server), 0);
    assert_err(patina_stream_handshake(p.client), PATINA_OK);
    pthread_join(t, NULL);
    size_t amount = 4u << 20;
    uint8_t *text = calloc(1, amount);
    assert_err(patina_stream_write(p.client, text, amount, NULL), PATINA_ERR_TIMED_OUT);
    free(text);
    pair_free(&p);
}

// In non-blocking mode the clock is asked, and the next call that would block says so.
static void time_is_up_without_blocking(void **state)
{
    (void)state;
    struct patina_stream_options o = nonblocking();
    o.handshake_timeout_ms = 50;
    struct pair p;
    struct patina_stream_options patient = nonblocking();
    pair_make(&p, &o, &patient);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_NOT_YET);
    int64_t left = patina_stream_timeout_ms(p.client);
    assert_in_range(left, 0, 50);
    sleep_ms(60);
    assert_int_equal(patina_stream_timeout_ms(p.client), 0);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_TIMED_OUT);
    // An answer that comes now comes too late.
    assert_err(patina_stream_handshake(p.server), PATINA_ERR_NOT_YET);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_TIMED_OUT);
    pair_free(&p);
}

static void no_time_out(void **state)
{
    (void)state;
    struct patina_stream_options o = nonblocking();
    o.handshake_timeout_ms = PATINA_STREAM_NO_TIMEOUT;
    o.idle_timeout_ms = PATINA_STREAM_NO_TIMEOUT;
    struct pair p;
    pair_make(&p, &o, &o);
    assert_int_equal(patina_stream_timeout_ms(p.client), -1);
    handshake_both(&p);
    assert_int_equal(patina_stream_timeout_ms(p.client), -1);
    pair_free(&p);
}

// The defaults of the design: 10 s and 60 s.
static void default_time_outs(void **state)
{
    (void)state;
    struct patina_stream_options o = nonblocking();
    struct pair p;
    pair_make(&p, &o, &o);
    assert_in_range(patina_stream_timeout_ms(p.client), 9000, 10000);
    handshake_both(&p);
    assert_in_range(patina_stream_timeout_ms(p.client), 59000, 60000);
    pair_free(&p);
}

// ---- Operations that complete later.

static struct patina_op *kept;

static patina_err keep_operation(void *user, struct patina_op *op)
{
    (void)user;
    kept = patina_op_keep(op);
    return kept != NULL ? PATINA_PENDING : PATINA_ERR_NO_MEMORY;
}

static struct patina_server_config *pending_config(void)
{
    struct patina_server_options o = PATINA_SERVER_OPTIONS_INIT;
    o.provider = world.provider;
    o.clock = patina_clock_system();
    o.credentials = &world.credential;
    o.credentials_count = 1;
    o.choose_credential = keep_operation;
    struct patina_server_config *cfg = NULL;
    assert_err(patina_server_config_new(&o, &cfg, NULL), PATINA_OK);
    return cfg;
}

struct worker {
    int request; // a byte here: complete the operation
    patina_err err;
};

// Another thread, as a key server's would be: completes when told to.
static void *complete_later(void *arg)
{
    struct worker *w = arg;
    char byte = 0;
    if (read(w->request, &byte, 1) == 1) {
        sleep_ms(30);
        w->err = patina_credential_op_complete(kept, world.credential);
        patina_op_release(kept);
    }
    return NULL;
}

static patina_err announce_operation(void *user, struct patina_op *op)
{
    const int *fd = user;
    patina_err e = keep_operation(NULL, op);
    if (write(*fd, "x", 1) != 1) {
        e = PATINA_ERR_REFUSED;
    }
    return e;
}

// A blocking stream sleeps until the other thread has answered, and no longer.
static void waker_ends_the_wait(void **state)
{
    (void)state;
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    struct patina_server_options o = PATINA_SERVER_OPTIONS_INIT;
    o.provider = world.provider;
    o.clock = patina_clock_system();
    o.credentials = &world.credential;
    o.credentials_count = 1;
    o.choose_credential = announce_operation;
    o.resolver_user = &fds[1];
    struct patina_server_config *cfg = NULL;
    assert_err(patina_server_config_new(&o, &cfg, NULL), PATINA_OK);

    struct patina_stream_waker *waker = NULL;
    assert_err(patina_stream_waker_new(NULL, &waker), PATINA_OK);
    struct pair p;
    pair_make(&p, NULL, NULL);
    patina_stream_free(p.server);
    struct patina_stream_options so = PATINA_STREAM_OPTIONS_INIT;
    so.waker = waker;
    struct patina_conn *conn = make_server(cfg, patina_stream_waker_get(waker));
    assert_err(patina_stream_new(p.fds[1], conn, &so, &p.server), PATINA_OK);

    struct peer client = {.stream = p.client};
    struct worker worker = {.request = fds[0], .err = PATINA_ERR_INTERNAL};
    pthread_t client_thread;
    pthread_t worker_thread;
    assert_int_equal(pthread_create(&client_thread, NULL, peer_connect, &client), 0);
    assert_int_equal(pthread_create(&worker_thread, NULL, complete_later, &worker), 0);
    int64_t begin = now_ms();
    assert_err(patina_stream_handshake(p.server), PATINA_OK);
    assert_in_range(now_ms() - begin, 20, 5000);
    pthread_join(client_thread, NULL);
    pthread_join(worker_thread, NULL);
    assert_err(client.err, PATINA_OK);
    assert_err(worker.err, PATINA_OK);
    struct pollfd left = {.fd = patina_stream_waker_fd(waker), .events = POLLIN};
    assert_int_equal(poll(&left, 1, 0), 0); // the wake was used up
    pair_free(&p);
    patina_stream_waker_free(waker);
    patina_server_config_unref(cfg);
    close(fds[0]);
    close(fds[1]);
}

// Without a waker a blocking stream cannot wait: MISUSE, and nothing is lost.
static void no_waker(void **state)
{
    (void)state;
    struct patina_server_config *cfg = pending_config();
    struct patina_stream_options o = nonblocking();
    struct pair p;
    pair_make(&p, &o, NULL);
    struct patina_waker none = {NULL, NULL, 0};
    patina_stream_free(p.server);
    assert_err(patina_stream_new(p.fds[1], make_server(cfg, none), NULL, &p.server), PATINA_OK);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_NOT_YET);
    assert_err(patina_stream_handshake(p.server), PATINA_ERR_MISUSE);
    assert_int_equal(patina_stream_wants(p.server) & PATINA_STREAM_WANTS_WAKE,
                     PATINA_STREAM_WANTS_WAKE);
    assert_err(patina_credential_op_complete(kept, world.credential), PATINA_OK);
    patina_op_release(kept);
    patina_err e = PATINA_ERR_NOT_YET;
    // The server now waits for the client's answer, so the client goes first from here.
    pthread_t t;
    struct peer server = {.stream = p.server};
    assert_int_equal(pthread_create(&t, NULL, peer_connect, &server), 0);
    for (int i = 0; i < 500 && e == PATINA_ERR_NOT_YET; i++) {
        e = patina_stream_handshake(p.client);
        sleep_ms(1);
    }
    pthread_join(t, NULL);
    assert_err(e, PATINA_OK);
    assert_err(server.err, PATINA_OK);
    pair_free(&p);
    patina_server_config_unref(cfg);
}

// Non-blocking: NOT_YET with WANTS_WAKE; the waker's descriptor becomes readable.
static void waker_in_an_event_loop(void **state)
{
    (void)state;
    struct patina_server_config *cfg = pending_config();
    struct patina_stream_waker *waker = NULL;
    assert_err(patina_stream_waker_new(NULL, &waker), PATINA_OK);
    struct patina_stream_options o = nonblocking();
    struct pair p;
    pair_make(&p, &o, &o);
    patina_stream_free(p.server);
    struct patina_conn *conn = make_server(cfg, patina_stream_waker_get(waker));
    assert_err(patina_stream_new(p.fds[1], conn, &o, &p.server), PATINA_OK);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_NOT_YET);
    assert_err(patina_stream_handshake(p.server), PATINA_ERR_NOT_YET);
    assert_int_equal(patina_stream_wants(p.server), PATINA_STREAM_WANTS_WAKE);
    struct pollfd fd = {.fd = patina_stream_waker_fd(waker), .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 0), 0);
    assert_err(patina_credential_op_complete(kept, world.credential), PATINA_OK);
    patina_op_release(kept);
    assert_int_equal(poll(&fd, 1, 1000), 1);
    patina_stream_waker_clear(waker);
    assert_int_equal(poll(&fd, 1, 0), 0);
    handshake_both(&p);
    assert_int_equal(patina_stream_wants(p.server) & PATINA_STREAM_WANTS_WAKE, 0);
    pair_free(&p);
    patina_stream_waker_free(waker);
    patina_server_config_unref(cfg);
}

// An operation nobody completes ends with the handshake's time, not never; the key's answer then
// comes too late and is told so.
static void operation_nobody_completes(void **state)
{
    (void)state;
    struct patina_server_config *cfg = pending_config();
    struct patina_stream_waker *waker = NULL;
    assert_err(patina_stream_waker_new(NULL, &waker), PATINA_OK);
    struct patina_stream_options o = nonblocking();
    struct pair p;
    pair_make(&p, &o, NULL);
    patina_stream_free(p.server);
    struct patina_stream_options so = PATINA_STREAM_OPTIONS_INIT;
    so.waker = waker;
    so.handshake_timeout_ms = 60;
    struct patina_conn *conn = make_server(cfg, patina_stream_waker_get(waker));
    assert_err(patina_stream_new(p.fds[1], conn, &so, &p.server), PATINA_OK);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_NOT_YET);
    assert_err(patina_stream_handshake(p.server), PATINA_ERR_TIMED_OUT);
    pair_free(&p);
    assert_true(patina_op_abandoned(kept));
    assert_err(patina_credential_op_complete(kept, world.credential), PATINA_ERR_ABANDONED);
    patina_op_release(kept);
    patina_stream_waker_free(waker);
    patina_server_config_unref(cfg);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_thread_two_ends),
        cmocka_unit_test(full_socket),
        cmocka_unit_test(close_behind_a_full_socket),
        cmocka_unit_test(silent_peer_in_the_handshake),
        cmocka_unit_test(dripping_peer_in_the_handshake),
        cmocka_unit_test(silence_after_the_handshake),
        cmocka_unit_test(writes_nobody_reads),
        cmocka_unit_test(time_is_up_without_blocking),
        cmocka_unit_test(no_time_out),
        cmocka_unit_test(default_time_outs),
        cmocka_unit_test(waker_ends_the_wait),
        cmocka_unit_test(no_waker),
        cmocka_unit_test(waker_in_an_event_loop),
        cmocka_unit_test(operation_nobody_completes),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown) != 0;
}
