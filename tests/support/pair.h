// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Two connections in memory: every byte one sends the other receives, in pieces of any size, with a
// place to look at and change what passes. Link patina_pair.
#ifndef PTN_TESTS_PAIR_H
#define PTN_TESTS_PAIR_H

#include "patina/patina.h"

// One side: a connection, what it sent, what it has received and not used.
struct pair_side {
    struct patina_conn *conn;
    struct patina_output out; // grows
    uint8_t *in;              // bytes received and not yet used
    size_t in_len, in_cap;
    uint8_t *data; // application data received, joined
    size_t data_len;
    uint64_t events; // bits 1 << kind
    patina_err err;
    struct patina_op *op; // of the last SUSPENDED
};

struct pair {
    struct pair_side client, server;
    size_t piece; // bytes a receive call gets at most; 0: all there is
    bool into;    // use receive_into
    // Called with what one side sent before the other gets it; may change it in place.
    void (*tap)(void *user, bool from_client, patina_mspan bytes);
    void *tap_user;
    uint64_t calls;
};

// Takes the two connections; either may be NULL.
void pair_init(struct pair *p, struct patina_conn *client, struct patina_conn *server);
void pair_free(struct pair *p);

// Runs one side on what it has until NEED_INPUT, SUSPENDED, CLOSED or an error.
void pair_step(struct pair *p, struct pair_side *side);

// Moves what `from` sent to `to`; false when there was nothing.
bool pair_move(struct pair *p, struct pair_side *from, struct pair_side *to);

// Runs both until nothing moves any more.
void pair_run(struct pair *p);

// Sends all of `text` from one side and runs both.
patina_err pair_send(struct pair *p, struct pair_side *from, const void *text, size_t len);

static inline bool pair_saw(const struct pair_side *side, uint32_t kind)
{
    return ((side->events >> kind) & 1) != 0;
}

#endif
