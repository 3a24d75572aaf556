// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Connections over the null provider whose peer is the test: messages are taken apart, changed, and
// put into records of the test's own cut. RFC 9846 §4 and §5 for the shapes.
#ifndef PTN_TESTS_CRAFT_H
#define PTN_TESTS_CRAFT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

enum {
    CRAFT_CCS = 20,
    CRAFT_ALERT = 21,
    CRAFT_HANDSHAKE = 22,
    CRAFT_DATA = 23,
    CRAFT_MAX_MESSAGE = 40000,
};

// A handshake message, header included, while it is edited.
struct craft_message {
    uint8_t bytes[CRAFT_MAX_MESSAGE];
    size_t len;
};

enum { SH = 0, EE, CERT, CV, FIN, FLIGHT_MESSAGES }; // the server's flight, in order

// A client and a server that share two groups; the client sends a share of X25519, the one group
// the server has, or with `retry` of P-256.
struct craft {
    const struct patina_provider *provider;
    struct fixture f;
    struct pair p;
    struct craft_message hello;                   // the client's, as it stands now
    struct craft_message flight[FLIGHT_MESSAGES]; // the server's
};

// Makes the options; change them in c->f, then craft_start.
void craft_options(struct craft *c, bool retry);
// The same with the library's own groups and key shares.
void craft_defaults(struct craft *c);
void craft_start(struct craft *c);
// Both, nothing changed.
void craft_new(struct craft *c, bool retry);
void craft_free(struct craft *c);

// Runs the client, takes the handshake messages it sends away into c->hello.
void craft_take_hello(struct craft *c);
// Gives c->hello to the server, in one record.
void craft_give_hello(struct craft *c);
// Takes the server's flight apart. After a HelloRetryRequest only c->flight[SH] is there.
void craft_take_flight(struct craft *c);
// The three above: c->flight is ready to be dealt to the client.
void craft_server_flight(struct craft *c);
// Gives the client message `i` of the flight in one record, protected but for the ServerHello.
void craft_deal(struct craft *c, size_t i);
// Gives it messages 0 to i - 1.
void craft_deal_until(struct craft *c, size_t i);
// The Finished that `side` now expects, made from its own secrets and transcript.
void craft_forge_finished(struct pair_side *side, struct craft_message *out);
// Runs a whole handshake.
void craft_finish(struct craft *c);
// Starts and runs it; both sides then agree on what the getters say.
void craft_agree(struct craft *c);

// ---- Records

// Appends a record to what `side` has received, without running it.
void craft_record(struct pair_side *side, uint8_t type, uint16_t version, const void *text,
                  size_t len);
// A protected record; `padding` zeros follow the content type.
void craft_sealed(struct pair_side *side, uint8_t inner_type, const void *text, size_t len,
                  size_t padding);
// Raw bytes.
void craft_bytes(struct pair_side *side, const void *bytes, size_t len);

// ---- Editing

void craft_set(struct craft_message *m, patina_span whole);
// Replaces `remove` bytes at `at` by others and mends the message's length, not that of an inner
// list.
void craft_splice(struct craft_message *m, size_t at, size_t remove, const void *bytes, size_t len);
// Where the extension block's length stands.
size_t craft_block(const struct craft_message *m);
// Replaces an extension's body in its place, or adds it at the end.
void craft_extension(struct craft_message *m, uint16_t type, const void *body, size_t len);
// Adds one at the end, even if it is there.
void craft_add_extension(struct craft_message *m, uint16_t type, const void *body, size_t len);
void craft_drop_extension(struct craft_message *m, uint16_t type);
// Its body; empty if it is not there.
patina_span craft_find_extension(const struct craft_message *m, uint16_t type);

// ---- Judging

// The side has failed with `err`, says so in its report with `alert`, and its last record is that
// alert (none: PATINA_ALERT_NONE).
void craft_expect(const struct pair_side *side, patina_err err, uint8_t alert);

#endif
