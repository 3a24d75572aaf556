// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The flight queue: plaintext messages and key-change marks, in order. Handshake code puts them in;
// only conn takes them out and decides what they become (sealed records, QUIC CRYPTO frames, kernel
// TLS records). Bounded.
#ifndef PTN_HS_FLIGHT_H
#define PTN_HS_FLIGHT_H

#include "base/limits.h"
#include "base/mem.h"
#include "record/record.h"

enum ptn_flight_kind {
    PTN_FLIGHT_BYTES = 1, // plaintext of one content type
    PTN_FLIGHT_KEY = 2,   // from here on the next key seals
};

struct ptn_flight_item {
    uint8_t kind;
    uint8_t content_type;
    bool is_first_hello; // its record says version 0x0301, RFC 9846 §5.1
    uint8_t key;         // index of PTN_FLIGHT_KEY
    size_t len;          // bytes of PTN_FLIGHT_BYTES still queued
};

struct ptn_flight_key {
    const struct patina_aead *aead;
    struct ptn_traffic_key key;
};

enum {
    // HelloRetryRequest and its change_cipher_spec, ServerHello, key, flight, key, one KeyUpdate
    // and its key.
    PTN_MAX_FLIGHT_ITEMS = 12,
    PTN_MAX_FLIGHT_KEYS = 4,
    PTN_MAX_FLIGHT_ALERTS = 2, // user_canceled and close_notify
};

struct ptn_flight {
    struct ptn_buf bytes; // of all items, in order; the front is taken away as it is drained
    size_t taken;         // bytes at the front already drained
    struct ptn_flight_item items[PTN_MAX_FLIGHT_ITEMS];
    size_t first, count;
    struct ptn_flight_key keys[PTN_MAX_FLIGHT_KEYS];
    size_t keys_count;
    uint8_t alerts[PTN_MAX_FLIGHT_ALERTS]; // descriptions, after all items
    size_t alerts_count;
};

void ptn_flight_init(struct ptn_flight *f, const struct patina_allocator *alloc);
void ptn_flight_clear(struct ptn_flight *f);

// Room for a message of at most `max_len` bytes at the end of the queue: write into *out, then
// ptn_flight_commit how many bytes it took. QUEUE_FULL, NO_MEMORY.
patina_err ptn_flight_reserve(struct ptn_flight *f, size_t max_len, patina_mspan *out);
patina_err ptn_flight_commit(struct ptn_flight *f, uint8_t content_type, size_t reserved,
                             size_t len, bool is_first_hello);

// Marks a change of the sending key; `key` is wiped.
patina_err ptn_flight_key_change(struct ptn_flight *f, const struct patina_aead *aead,
                                 struct ptn_traffic_key *key);

// Queues an alert behind everything; needs no memory.
void ptn_flight_alert(struct ptn_flight *f, uint8_t description);

// Drops what a failed handshake must not send any more: everything from the first handshake byte
// on. Key marks before it stay, so that the alert goes under the newest key the peer can know.
void ptn_flight_drop(struct ptn_flight *f);

bool ptn_flight_is_empty(const struct ptn_flight *f);

// ---- Taking out, for conn

// The item at the front, or NULL; empty items are never seen.
const struct ptn_flight_item *ptn_flight_front(const struct ptn_flight *f);
// The plaintext of the front item, which is PTN_FLIGHT_BYTES.
patina_span ptn_flight_bytes(const struct ptn_flight *f);
// `n` bytes of the front item were drained.
void ptn_flight_take(struct ptn_flight *f, size_t n);
// Takes the key of the front item, which is PTN_FLIGHT_KEY, and removes the item; valid until the
// next call.
struct ptn_flight_key *ptn_flight_take_key(struct ptn_flight *f);
// The next alert; false when there is none. Only once all items are gone.
bool ptn_flight_take_alert(struct ptn_flight *f, uint8_t *out_description);
// The i-th item from the front, or NULL; for counting what the queue will become.
const struct ptn_flight_item *ptn_flight_item_at(const struct ptn_flight *f, size_t i);

#endif
