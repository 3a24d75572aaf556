// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Two streams over a socket pair, for test_stream.c and test_stream_wait.c: configs made once, a
// pair of sockets and streams a row, and a thread for the other end of a blocking one.
#ifndef PTN_TESTS_TEST_STREAM_H
#define PTN_TESTS_TEST_STREAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "patina/patina.h"
#include "patina/stream.h"

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

// What all rows share: made by the group's setup.
struct stream_world {
    const struct patina_provider *provider;
    struct patina_credential *credential;
    struct patina_client_config *client;   // trusts the server's root
    struct patina_client_config *stranger; // trusts another root
    struct patina_server_config *server;
};
extern struct stream_world world;

int world_setup(void **state);
int world_teardown(void **state);

// One row's sockets and streams.
struct pair {
    int fds[2]; // client, server; -1 when closed
    struct patina_stream *client, *server;
};

// `pair_make` connects two sockets and puts streams on both with these options (NULL: defaults).
void pair_make(struct pair *p, const struct patina_stream_options *client,
               const struct patina_stream_options *server);
void pair_free(struct pair *p);
void pair_close_fd(struct pair *p, int which);

struct patina_conn *make_client(struct patina_client_config *cfg, struct patina_waker waker);
struct patina_conn *make_server(struct patina_server_config *cfg, struct patina_waker waker);

// The other end, in a thread of its own; it records instead of asserting.
struct peer {
    struct patina_stream *stream;
    patina_err err;
    size_t bytes;  // read or written
    uint32_t sum;  // of the bytes read
    size_t chunk;  // of each read or write
    size_t amount; // to write
    unsigned sleep_ms;
};
void *peer_echo(void *arg);    // reads to the end, writes the same, close_notify
void *peer_count(void *arg);   // reads to the end
void *peer_send(void *arg);    // writes `amount` bytes of the pattern, close_notify
void *peer_connect(void *arg); // handshake only

uint8_t pattern(size_t i);
uint32_t add_sum(uint32_t sum, const uint8_t *p, size_t n);
uint32_t pattern_sum(size_t n);

#endif
