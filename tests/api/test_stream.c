// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// patina_stream in blocking mode and its rules: data both ways, half-close, truncation told apart
// (RFC 9846 §6.1), alerts that arrive, options, memory. Waiting is in test_stream_wait.c.
#include "test_stream.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MEGABYTE (1u << 20)

static void start(pthread_t *t, void *(*run)(void *), struct peer *p)
{
    assert_int_equal(pthread_create(t, NULL, run, p), 0);
}

static void finish(pthread_t t)
{
    assert_int_equal(pthread_join(t, NULL), 0);
}

// The server sends a megabyte; the client reads it in pieces of `chunk` bytes.
static void receive_in_pieces(size_t chunk)
{
    struct pair p;
    pair_make(&p, NULL, NULL);
    struct peer server = {.stream = p.server, .amount = MEGABYTE};
    struct peer client = {.stream = p.client, .chunk = chunk};
    pthread_t t;
    start(&t, peer_send, &server);
    peer_count(&client);
    finish(t);
    assert_err(server.err, PATINA_OK);
    assert_err(client.err, PATINA_OK);
    assert_int_equal(client.bytes, MEGABYTE);
    assert_int_equal(client.sum, pattern_sum(MEGABYTE));
    pair_free(&p);
}

static void reads_of_64_kib(void **state)
{
    (void)state;
    receive_in_pieces(65536);
}

static void reads_of_one_record(void **state)
{
    (void)state;
    receive_in_pieces(16384);
}

static void reads_smaller_than_a_record(void **state)
{
    (void)state;
    receive_in_pieces(1000);
}

static void reads_of_7_bytes(void **state)
{
    (void)state;
    receive_in_pieces(7);
}

static void reads_of_an_odd_size_above_a_record(void **state)
{
    (void)state;
    receive_in_pieces(40001);
}

// Buffers of the least size allowed carry the same bytes.
static void smallest_buffers(void **state)
{
    (void)state;
    struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
    o.input_size = PATINA_RECORD_MAX;
    o.output_size = PATINA_OUTPUT_MIN;
    struct pair p;
    pair_make(&p, &o, &o);
    struct peer server = {.stream = p.server, .chunk = 5000};
    struct peer client = {.stream = p.client, .amount = 200000};
    pthread_t t;
    start(&t, peer_count, &server);
    peer_send(&client);
    finish(t);
    assert_err(server.err, PATINA_OK);
    assert_err(client.err, PATINA_OK);
    assert_int_equal(server.bytes, 200000);
    assert_int_equal(server.sum, pattern_sum(200000));
    pair_free(&p);
}

// Each side closes for itself, RFC 9846 §6.1: after the client's close_notify the server still
// sends, and the client still reads.
static void half_close(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    struct peer server = {.stream = p.server};
    pthread_t t;
    start(&t, peer_echo, &server);
    assert_err(patina_stream_write(p.client, "question", 8, NULL), PATINA_OK);
    assert_err(patina_stream_close_notify(p.client), PATINA_OK);
    assert_err(patina_stream_close_notify(p.client), PATINA_OK);
    assert_err(patina_stream_write(p.client, "more", 4, NULL), PATINA_ERR_SEND_CLOSED);
    char answer[32] = "";
    size_t n = 0;
    assert_err(patina_stream_read(p.client, answer, sizeof(answer), &n), PATINA_OK);
    assert_int_equal(n, 8);
    assert_memory_equal(answer, "question", 8);
    assert_err(patina_stream_read(p.client, answer, sizeof(answer), &n), PATINA_OK);
    assert_int_equal(n, 0);
    assert_err(patina_stream_read(p.client, answer, sizeof(answer), &n), PATINA_OK);
    assert_int_equal(n, 0);
    finish(t);
    assert_err(server.err, PATINA_OK);
    pair_free(&p);
}

// What follows close_notify on the socket belongs to the caller.
static void bytes_after_the_end(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    struct peer server = {.stream = p.server};
    pthread_t t;
    start(&t, peer_connect, &server);
    assert_err(patina_stream_handshake(p.client), PATINA_OK);
    finish(t);
    assert_err(patina_stream_close_notify(p.server), PATINA_OK);
    assert_int_equal(send(p.fds[1], "plain", 5, 0), 5);
    char byte = 0;
    size_t n = 1;
    assert_err(patina_stream_read(p.client, &byte, 1, &n), PATINA_OK);
    assert_int_equal(n, 0);
    patina_span rest = patina_stream_unused(p.client);
    assert_int_equal(rest.len, 5);
    assert_memory_equal(rest.ptr, "plain", 5);
    pair_free(&p);
}

// The socket ends without close_notify: data first, then TRUNCATED, again and again.
static void truncation(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    struct peer server = {.stream = p.server};
    pthread_t t;
    start(&t, peer_connect, &server);
    assert_err(patina_stream_handshake(p.client), PATINA_OK);
    finish(t);
    assert_err(patina_stream_write(p.server, "cut", 3, NULL), PATINA_OK);
    pair_close_fd(&p, 1);
    char buf[32];
    size_t n = 0;
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_OK);
    assert_int_equal(n, 3);
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_ERR_TRUNCATED);
    assert_int_equal(n, 0);
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_ERR_TRUNCATED);
    struct patina_report report;
    patina_conn_report(patina_stream_conn(p.client), &report);
    assert_err(report.err, PATINA_ERR_TRUNCATED);
    pair_free(&p);
}

static void truncation_in_the_handshake(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    assert_int_equal(shutdown(p.fds[1], SHUT_WR), 0);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_TRUNCATED);
    assert_err(patina_stream_handshake(p.client), PATINA_ERR_TRUNCATED);
    assert_false(patina_stream_is_handshake_done(p.client));
    pair_free(&p);
}

// Writing to a socket whose other end is gone is IO with an errno, not a signal; what the peer had
// sent before can still be read.
static void write_to_a_closed_socket(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    struct peer server = {.stream = p.server, .amount = 10};
    pthread_t t;
    start(&t, peer_send, &server);
    assert_err(patina_stream_handshake(p.client), PATINA_OK);
    finish(t);
    pair_close_fd(&p, 1);
    assert_err(patina_stream_write(p.client, "x", 1, NULL), PATINA_ERR_IO);
    assert_int_equal(patina_stream_errno(p.client), EPIPE);
    uint8_t buf[32];
    size_t n = 0;
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_OK);
    assert_int_equal(n, 10);
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_OK);
    assert_int_equal(n, 0);
    pair_free(&p);
}

// A client that refuses the certificate says so: the server gets the alert, RFC 9846 §6.2.
static void alert_reaches_the_peer(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    struct patina_waker none = {NULL, NULL, 0};
    patina_stream_free(p.client);
    assert_err(patina_stream_new(p.fds[0], make_client(world.stranger, none), NULL, &p.client),
               PATINA_OK);
    struct peer server = {.stream = p.server};
    pthread_t t;
    start(&t, peer_connect, &server);
    patina_err e = patina_stream_handshake(p.client);
    finish(t);
    assert_int_equal(patina_err_class(e), PATINA_CLASS_CERTIFICATE);
    assert_err(patina_stream_handshake(p.client), e);
    if (server.err == PATINA_OK) { // the client's alert comes after the server's last word
        uint8_t byte = 0;
        size_t n = 0;
        server.err = patina_stream_read(p.server, &byte, 1, &n);
    }
    assert_err(server.err, PATINA_ERR_PEER_ALERT);
    struct patina_report report;
    patina_conn_report(patina_stream_conn(p.server), &report);
    assert_int_equal(report.alert, PATINA_ALERT_UNKNOWN_CA);
    assert_int_equal(report.alert_from_peer, 1);
    pair_free(&p);
}

// Something that is not TLS is an error of the peer, not a wait.
static void not_tls(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    assert_int_equal(send(p.fds[1], "220 mail.test ESMTP\r\n", 21, 0), 21);
    patina_err e = patina_stream_handshake(p.client);
    assert_int_equal(patina_err_class(e), PATINA_CLASS_PEER);
    pair_free(&p);
}

// Buffers given back come again.
static void released_buffers(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    struct peer server = {.stream = p.server};
    pthread_t t;
    start(&t, peer_echo, &server);
    for (int i = 0; i < 3; i++) {
        char buf[16];
        size_t n = 0;
        assert_err(patina_stream_write(p.client, "ping", 4, NULL), PATINA_OK);
        assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_OK);
        assert_int_equal(n, 4);
        patina_stream_release_buffers(p.client);
    }
    // Not while a part of a record waits for the caller.
    char byte = 0;
    size_t n = 0;
    assert_err(patina_stream_write(p.client, "abc", 3, NULL), PATINA_OK);
    assert_err(patina_stream_read(p.client, &byte, 1, &n), PATINA_OK);
    assert_true(patina_stream_has_data(p.client));
    patina_stream_release_buffers(p.client);
    assert_err(patina_stream_read(p.client, &byte, 1, &n), PATINA_OK);
    assert_int_equal(byte, 'b');
    assert_err(patina_stream_close_notify(p.client), PATINA_OK);
    finish(t);
    assert_err(server.err, PATINA_OK);
    pair_free(&p);
}

// Connects both ends; the server's thread ends with the handshake.
static void connect_both(struct pair *p)
{
    struct peer server = {.stream = p->server};
    pthread_t t;
    start(&t, peer_connect, &server);
    assert_err(patina_stream_handshake(p->client), PATINA_OK);
    finish(t);
    assert_err(server.err, PATINA_OK);
}

// A whole record that waits behind another is not given back.
static void released_buffers_keep_what_is_unread(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    connect_both(&p);
    assert_err(patina_stream_write(p.server, "abc", 3, NULL), PATINA_OK);
    assert_err(patina_stream_write(p.server, "def", 3, NULL), PATINA_OK);
    char buf[3];
    size_t n = 0;
    assert_err(patina_stream_read(p.client, buf, 3, &n), PATINA_OK);
    assert_memory_equal(buf, "abc", 3);
    assert_true(patina_stream_has_data(p.client));
    patina_stream_release_buffers(p.client);
    assert_err(patina_stream_read(p.client, buf, 3, &n), PATINA_OK);
    assert_int_equal(n, 3);
    assert_memory_equal(buf, "def", 3);
    pair_free(&p);
}

// Records that are at hand are read together.
static void one_read_of_three_records(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    connect_both(&p);
    static uint8_t text[3 * 16384];
    static uint8_t buf[65536];
    size_t n = 0;
    assert_err(patina_stream_write(p.server, text, sizeof(text), NULL), PATINA_OK);
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_OK);
    assert_int_equal(n, sizeof(text));
    pair_free(&p);
}

// Data before a broken record is handed out; the error follows, and stays.
static void data_before_an_error(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    connect_both(&p);
    static const char broken[] = "\x17\x03\x03\x00\x18 not what was ever sealed";
    assert_err(patina_stream_write(p.server, "good", 4, NULL), PATINA_OK);
    assert_int_equal(send(p.fds[1], broken, 29, 0), 29);
    char buf[100];
    size_t n = 0;
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_OK);
    assert_int_equal(n, 4);
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_ERR_BAD_RECORD_MAC);
    assert_err(patina_stream_read(p.client, buf, sizeof(buf), &n), PATINA_ERR_BAD_RECORD_MAC);
    assert_err(patina_stream_write(p.client, "x", 1, NULL), PATINA_ERR_BAD_RECORD_MAC);
    pair_free(&p);
}

// ---- Arguments.

static void options_are_checked(void **state)
{
    (void)state;
    int fds[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    struct patina_waker none = {NULL, NULL, 0};
    struct patina_conn *conn = make_client(world.client, none);
    struct patina_stream *s = NULL;
    struct {
        struct patina_stream_options o;
        uint64_t newer;
    } longer = {PATINA_STREAM_OPTIONS_INIT, 0};
    longer.o.input_size = PATINA_RECORD_MAX - 1;
    assert_err(patina_stream_new(fds[0], conn, &longer.o, &s), PATINA_ERR_BAD_OPTION);
    longer.o.input_size = 0;
    longer.o.output_size = PATINA_OUTPUT_MIN - 1;
    assert_err(patina_stream_new(fds[0], conn, &longer.o, &s), PATINA_ERR_BAD_OPTION);
    longer.o.output_size = 0;
    longer.o.flags = 1u << 31;
    assert_err(patina_stream_new(fds[0], conn, &longer.o, &s), PATINA_ERR_BAD_OPTION);
    longer.o.flags = 0;
    longer.o.struct_size = 4; // not even its own size and the flags
    assert_err(patina_stream_new(fds[0], conn, &longer.o, &s), PATINA_ERR_BAD_OPTION);
    longer.o.struct_size = sizeof(longer);
    longer.newer = 1;
    assert_err(patina_stream_new(fds[0], conn, &longer.o, &s), PATINA_ERR_NEWER_OPTIONS);
    assert_err(patina_stream_new(-1, conn, NULL, &s), PATINA_ERR_MISUSE);
    assert_err(patina_stream_new(fds[0], NULL, NULL, &s), PATINA_ERR_MISUSE);
    assert_null(s);
    longer.newer = 0; // a newer caller that asks for nothing new; the connection was still ours
    assert_err(patina_stream_new(fds[0], conn, &longer.o, &s), PATINA_OK);
    patina_stream_free(s);
    close(fds[0]);
    close(fds[1]);
}

static void arguments_are_checked(void **state)
{
    (void)state;
    struct pair p;
    pair_make(&p, NULL, NULL);
    uint8_t buf[4];
    size_t n = 0;
    assert_err(patina_stream_read(p.client, buf, 0, &n), PATINA_ERR_MISUSE);
    assert_err(patina_stream_read(p.client, buf, 4, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_stream_read(NULL, buf, 4, &n), PATINA_ERR_MISUSE);
    assert_err(patina_stream_write(NULL, buf, 4, &n), PATINA_ERR_MISUSE);
    assert_err(patina_stream_write(p.client, NULL, 4, &n), PATINA_ERR_MISUSE);
    assert_err(patina_stream_handshake(NULL), PATINA_ERR_MISUSE);
    assert_err(patina_stream_flush(NULL), PATINA_ERR_MISUSE);
    assert_err(patina_stream_close_notify(NULL), PATINA_ERR_MISUSE);
    patina_stream_free(NULL);
    patina_stream_waker_free(NULL);
    pair_free(&p);
}

// ---- Memory.

struct budget {
    size_t left, live;
};

static void *budget_alloc(void *user, size_t size)
{
    struct budget *b = user;
    if (b->left == 0) {
        return NULL;
    }
    b->left--;
    b->live++;
    return malloc(size);
}

static void *budget_resize(void *user, void *p, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    return realloc(p, new_size);
}

static void budget_release(void *user, void *p, size_t size)
{
    struct budget *b = user;
    (void)size;
    b->live--;
    free(p);
}

// Each of the three allocations may fail; nothing leaks, and the connection stays the caller's
// until the stream exists.
static void allocations_fail(void **state)
{
    (void)state;
    for (size_t allowed = 0; allowed < 3; allowed++) {
        struct budget b = {.left = allowed};
        struct patina_allocator alloc = {sizeof(alloc), 0, &b, budget_alloc, budget_resize,
                                         budget_release};
        struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
        o.alloc = &alloc;
        int fds[2];
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
        struct patina_waker none = {NULL, NULL, 0};
        struct patina_conn *conn = make_client(world.client, none);
        struct patina_stream *s = NULL;
        patina_err e = patina_stream_new(fds[0], conn, &o, &s);
        if (e == PATINA_OK) {
            e = patina_stream_handshake(s);
            patina_stream_free(s);
        } else {
            assert_null(s);
            patina_conn_free(conn);
        }
        assert_err(e, PATINA_ERR_NO_MEMORY);
        assert_int_equal(b.live, 0);
        close(fds[0]);
        close(fds[1]);
    }
}

// An allocator whose memory comes marked, and is counted where the mark is still there at release.
#define MARK 0xa5
#define MARKED_SIZE 100000
struct marked {
    size_t kept, zeroed; // bytes of the buffer of `size` when it was released
    size_t size;
};

static void *marked_alloc(void *user, size_t size)
{
    (void)user;
    void *p = malloc(size);
    if (p != NULL) {
        memset(p, MARK, size);
    }
    return p;
}

static void marked_release(void *user, void *p, size_t size)
{
    struct marked *m = user;
    const uint8_t *bytes = p;
    for (size_t i = 0; size == m->size && i < size; i++) {
        m->kept += bytes[i] == MARK;
        m->zeroed += bytes[i] == 0;
    }
    free(p);
}

// Whatever was received is wiped, and no page is touched beside: idle clients are cheap.
static void input_is_wiped_as_far_as_used(void **state)
{
    (void)state;
    struct marked m = {.size = MARKED_SIZE};
    struct patina_allocator alloc = {sizeof(alloc), 0, &m, marked_alloc, budget_resize,
                                     marked_release};
    struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
    o.alloc = &alloc;
    o.input_size = MARKED_SIZE;
    struct pair p;
    pair_make(&p, NULL, &o);
    pthread_t thread;
    struct peer peer = {.stream = p.client, .amount = 40000, .chunk = 10000};
    assert_int_equal(pthread_create(&thread, NULL, peer_send, &peer), 0);
    uint8_t buf[1000];
    size_t total = 0;
    size_t n = 0;
    do { // in pieces, so that records are opened in place
        assert_err(patina_stream_read(p.server, buf, sizeof(buf), &n), PATINA_OK);
        total += n;
    } while (n > 0);
    assert_int_equal(total, 40000);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pair_free(&p);
    assert_true(m.kept > 0);
    // All that is not zero was never used: the tail, where each byte has the mark.
    assert_int_equal(m.kept + m.zeroed, m.size);
    assert_true(m.zeroed >= 10000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_of_64_kib),
        cmocka_unit_test(reads_of_one_record),
        cmocka_unit_test(reads_smaller_than_a_record),
        cmocka_unit_test(reads_of_7_bytes),
        cmocka_unit_test(reads_of_an_odd_size_above_a_record),
        cmocka_unit_test(smallest_buffers),
        cmocka_unit_test(half_close),
        cmocka_unit_test(bytes_after_the_end),
        cmocka_unit_test(truncation),
        cmocka_unit_test(truncation_in_the_handshake),
        cmocka_unit_test(write_to_a_closed_socket),
        cmocka_unit_test(alert_reaches_the_peer),
        cmocka_unit_test(not_tls),
        cmocka_unit_test(released_buffers),
        cmocka_unit_test(released_buffers_keep_what_is_unread),
        cmocka_unit_test(one_read_of_three_records),
        cmocka_unit_test(data_before_an_error),
        cmocka_unit_test(options_are_checked),
        cmocka_unit_test(arguments_are_checked),
        cmocka_unit_test(allocations_fail),
        cmocka_unit_test(input_is_wiped_as_far_as_used),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown) != 0;
}
