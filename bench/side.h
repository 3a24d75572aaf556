// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the yardstick measures: a pair of connections in memory, of patina over a provider or of
// libssl. Both sides verify alike: chain of leaf and intermediate to a given root, host name,
// dates; no tickets.
#ifndef PTN_BENCH_SIDE_H
#define PTN_BENCH_SIDE_H

#include "mkcert.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bench_setup {
    const char *name;
    uint16_t suite, group;
    const struct test_cert *root, *intermediate, *leaf; // leaf is for "bench.test"
};

// One implementation. Times are nanoseconds of this thread's CPU.
struct bench_side {
    const char *name;
    // Makes configs for a setup; NULL when it cannot (a group the library has not got).
    void *(*open)(const struct bench_setup *setup, const void *arg);
    void (*close)(void *s);
    // One full handshake, its connections made and freed: CPU time and allocations of each side.
    void (*handshake)(void *s, uint64_t *out_client_ns, uint64_t *out_server_ns,
                      size_t *out_server_allocations);
    // Sends `bytes` from client to server in 16 KiB writes on one connection: CPU time of sealing
    // and of opening, allocations while doing so.
    void (*bulk)(void *s, size_t bytes, uint64_t *out_seal_ns, uint64_t *out_open_ns,
                 size_t *out_allocations);
    const void *arg;
};

extern const struct bench_side bench_patina_openssl, bench_patina_awslc, bench_libssl;

// CPU time of this thread, nanoseconds.
uint64_t bench_now_ns(void);

// Allocations of this process so far, of every library.
size_t bench_allocations(void);

#endif
