// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What can weaken security, and nothing else. No other header includes this one, and nothing here
// is ever read from the environment.
#ifndef PATINA_DANGEROUS_H
#define PATINA_DANGEROUS_H

#include "patina/config.h"

#ifdef __cplusplus
extern "C" {
#endif

struct patina_dangerous_options {
    uint32_t struct_size;
    uint32_t reserved; // 0
    // Key log, RFC 9850: called with one line without its end ("CLIENT_HANDSHAKE_TRAFFIC_SECRET
    // <random> <secret>"). Whoever has the lines reads the connection. Called by the thread that
    // drives the connection; must not block.
    void (*key_log)(void *user, patina_span line);
    void *key_log_user; // outlives the config
};
#define PATINA_DANGEROUS_OPTIONS_INIT {sizeof(struct patina_dangerous_options), 0, NULL, NULL}

#ifdef __cplusplus
}
#endif
#endif
