// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The event loop of `patina serve`: a thread each, one listening socket for all. Called by serve.c.
#ifndef PATINA_TOOL_WORKER_H
#define PATINA_TOOL_WORKER_H

#include <stdatomic.h>

#include "http.h"
#include "tool.h"

// What all workers share; read only but for the counters.
struct serve_shared {
    struct ui *ui;
    struct patina_server_config *config;
    const struct patina_provider *provider;
    int listener;
    struct site site;
    int stop_read, stop_write; // a byte in this pipe ends every worker
    uint32_t handshake_ms, idle_ms;
    size_t max_half_open, max_connections; // per worker
    uint64_t once;                         // connections to serve before ending; 0: no end
    bool log;
    atomic_uint_fast64_t accepted, closed, requests, failed;
};

// `worker_run` serves until the stop pipe says so. False: it could not begin.
bool worker_run(struct serve_shared *shared);

#endif
