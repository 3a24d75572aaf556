// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What every other public header rests on: views, errors, alerts, memory, output and input buffers.
// Compiles alone as C99 and as C++17. Nothing here blocks and nothing here is global.
#ifndef PATINA_BASE_H
#define PATINA_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PATINA_API __attribute__((visibility("default")))
#define PATINA_MUST __attribute__((warn_unused_result))
#else
#define PATINA_API
#define PATINA_MUST
#endif

// ---- Views. A span owns nothing. An empty one is {NULL, 0} and legal everywhere.

typedef struct patina_span {
    const uint8_t *ptr;
    size_t len; // bytes
} patina_span;

typedef struct patina_mspan {
    uint8_t *ptr;
    size_t len; // bytes
} patina_mspan;

// `patina_span_str` views a zero-terminated string without its end; NULL gives the empty span. It
// borrows `s`. Any thread; never blocks.
PATINA_API patina_span patina_span_str(const char *s);

// ---- Errors. Numbers are fixed for ever; the class is the number divided by 1000.
// RETRY and USAGE leave the object as it was; every other class is sticky on a connection.

enum patina_err_class {
    PATINA_CLASS_NONE = 0,
    PATINA_CLASS_RETRY = 1,       // call again later
    PATINA_CLASS_USAGE = 2,       // the caller's mistake
    PATINA_CLASS_OURS = 3,        // memory, provider, internal
    PATINA_CLASS_TRANSPORT = 4,   // the connection under TLS ended
    PATINA_CLASS_PEER = 5,        // the peer broke the protocol
    PATINA_CLASS_ALERT = 6,       // the peer sent a fatal alert
    PATINA_CLASS_CERTIFICATE = 7, // the peer's certificate was refused
    PATINA_CLASS_APPLICATION = 8  // a callback refused
};

typedef enum patina_err {
    PATINA_ERR_MIN_ = INT32_MIN, // keeps every int32_t in range: a newer library may return more
    PATINA_ERR_MAX_ = INT32_MAX,
    PATINA_OK = 0,
    PATINA_PENDING = 1, // only callbacks return it: the operation was kept and completes later
#define PATINA_ERR_ROW_(number, name, err_class, alert, text) PATINA_ERR_##name = number,
#include "patina/err_list.h"
#undef PATINA_ERR_ROW_
} patina_err;

// `patina_err_name` returns the enumerator's name without its prefix ("BAD_RECORD_MAC"), or
// "UNKNOWN". The string is static. Any thread; never blocks.
PATINA_API const char *patina_err_name(patina_err e);

// `patina_err_text` returns one English sentence without a full stop, or "unknown error". Static.
// Any thread; never blocks.
PATINA_API const char *patina_err_text(patina_err e);

// `patina_err_class` returns one of `enum patina_err_class`. Any thread; never blocks.
PATINA_API int patina_err_class(patina_err e);

// `patina_err_alert` returns the alert that tells the peer of `e`, or PATINA_ALERT_NONE (RFC 9846
// §6). Any thread; never blocks.
PATINA_API uint8_t patina_err_alert(patina_err e);

// ---- Alerts, RFC 9846 §6.

enum patina_alert {
    PATINA_ALERT_CLOSE_NOTIFY = 0,
    PATINA_ALERT_UNEXPECTED_MESSAGE = 10,
    PATINA_ALERT_BAD_RECORD_MAC = 20,
    PATINA_ALERT_RECORD_OVERFLOW = 22,
    PATINA_ALERT_HANDSHAKE_FAILURE = 40,
    PATINA_ALERT_BAD_CERTIFICATE = 42,
    PATINA_ALERT_UNSUPPORTED_CERTIFICATE = 43,
    PATINA_ALERT_CERTIFICATE_REVOKED = 44,
    PATINA_ALERT_CERTIFICATE_EXPIRED = 45,
    PATINA_ALERT_CERTIFICATE_UNKNOWN = 46,
    PATINA_ALERT_ILLEGAL_PARAMETER = 47,
    PATINA_ALERT_UNKNOWN_CA = 48,
    PATINA_ALERT_ACCESS_DENIED = 49,
    PATINA_ALERT_DECODE_ERROR = 50,
    PATINA_ALERT_DECRYPT_ERROR = 51,
    PATINA_ALERT_PROTOCOL_VERSION = 70,
    PATINA_ALERT_INSUFFICIENT_SECURITY = 71,
    PATINA_ALERT_INTERNAL_ERROR = 80,
    PATINA_ALERT_INAPPROPRIATE_FALLBACK = 86,
    PATINA_ALERT_USER_CANCELED = 90,
    PATINA_ALERT_NO_RENEGOTIATION = 100,
    PATINA_ALERT_MISSING_EXTENSION = 109,
    PATINA_ALERT_UNSUPPORTED_EXTENSION = 110,
    PATINA_ALERT_UNRECOGNIZED_NAME = 112,
    PATINA_ALERT_BAD_CERTIFICATE_STATUS_RESPONSE = 113,
    PATINA_ALERT_UNKNOWN_PSK_IDENTITY = 115,
    PATINA_ALERT_CERTIFICATE_REQUIRED = 116,
    PATINA_ALERT_GENERAL_ERROR = 117,
    PATINA_ALERT_NO_APPLICATION_PROTOCOL = 120,
    PATINA_ALERT_ECH_REQUIRED = 121,
    PATINA_ALERT_NONE = 255 // not on the wire: no alert belongs to this error
};

// `patina_alert_name` returns the RFC's name ("illegal_parameter") or "unknown". Static. Any
// thread; never blocks.
PATINA_API const char *patina_alert_name(uint8_t alert);

// ---- Memory. One allocator is handed to a config and serves all that is made from it.
// All functions may be called by several threads at once. `alloc` and `resize` return NULL on
// failure; `resize` then leaves the old block as it was. Memory is 16-aligned (as malloc gives it:
// crypto contexts stand in it) and need not be zeroed. It does not cover the crypto library's heap.

struct patina_allocator {
    uint32_t struct_size; // sizeof(struct patina_allocator)
    uint32_t reserved;    // 0
    void *user;
    void *(*alloc)(void *user, size_t size);
    void *(*resize)(void *user, void *p, size_t old_size, size_t new_size);
    void (*release)(void *user, void *p, size_t size);
};

// `patina_wipe` overwrites `n` bytes at `p` with zeros in a way the compiler keeps. NULL is allowed
// when n is 0. Any thread; never blocks.
PATINA_API void patina_wipe(void *p, size_t n);

// ---- Output: sealed bytes in wire order; [start, len) is unsent. The caller declares it, the
// library appends.

struct patina_output {
    uint8_t *ptr;
    size_t start, len, cap; // bytes
    size_t limit; // 0: fixed at `cap`; else grows by `alloc` up to `limit` (SIZE_MAX: no limit)
    const struct patina_allocator *alloc; // NULL: the C library's heap
    uint64_t reserved[2];
};
#define PATINA_OUTPUT_FIXED(p, n) {(p), 0, 0, (n), 0, NULL, {0, 0}}
#define PATINA_OUTPUT_GROW(max) {NULL, 0, 0, 0, (max), NULL, {0, 0}}

// A fixed output with this much free room always makes progress. Bytes.
#define PATINA_OUTPUT_MIN 512u

// The largest record accepted: 5 + 2^14 + 256 bytes (RFC 9846 §5.2).
#define PATINA_RECORD_MAX 16645u

// `patina_output_unsent` returns the bytes still to send: a view into `o`, valid until the next
// call on it. One thread at a time per output; never blocks.
PATINA_API patina_span patina_output_unsent(const struct patina_output *o);

// `patina_output_sent` notes that the first `n` unsent bytes went out; at most what is unsent
// counts. When nothing is left the positions return to 0, so no byte is ever moved. One thread at a
// time per output; never blocks.
PATINA_API void patina_output_sent(struct patina_output *o, size_t n);

// `patina_output_free` releases what a growing output holds and wipes nothing (records are
// ciphertext). A fixed output is left alone. Idempotent. One thread at a time per output; never
// blocks.
PATINA_API void patina_output_free(struct patina_output *o);

// ---- Input: an optional helper, the buffer every caller would write by hand. The caller owns
// `ptr` (`cap` bytes).

struct patina_inbuf {
    uint8_t *ptr;
    size_t cap, start, end; // bytes; [start, end) is unread
    uint64_t reserved[2];
};
#define PATINA_INBUF(p, n) {(p), (n), 0, 0, {0, 0}}

// `patina_inbuf_room` returns the free tail, after moving unread bytes to the front when fewer than
// `want` unread and free bytes would stand in a row. Empty if `want` exceeds the capacity. Call it
// only when no DATA span is in use. The room is a view into `b`, valid until the next call on it.
// One thread at a time per buffer; never blocks.
PATINA_API patina_mspan patina_inbuf_room(struct patina_inbuf *b, size_t want);

// `patina_inbuf_filled` notes `n` bytes written to the room just returned; more than the room
// counts as the room. One thread at a time per buffer; never blocks.
PATINA_API void patina_inbuf_filled(struct patina_inbuf *b, size_t n);

// `patina_inbuf_unread` returns the unread bytes, to hand to `patina_conn_receive`: a view into
// `b`, valid until the next call on it. One thread at a time per buffer; never blocks.
PATINA_API patina_mspan patina_inbuf_unread(const struct patina_inbuf *b);

// `patina_inbuf_used` notes that the first `n` unread bytes were used; more than unread counts as
// unread. One thread at a time per buffer; never blocks.
PATINA_API void patina_inbuf_used(struct patina_inbuf *b, size_t n);

// ---- Report: what went wrong, in numbers and a few words; 256 bytes for ever, a value without
// pointers.

struct patina_report {
    patina_err err;
    uint8_t alert; // sent, or received when alert_from_peer is 1; PATINA_ALERT_NONE if none
    uint8_t alert_from_peer; // 0 or 1
    uint8_t direction;       // 0 unknown, 1 while receiving, 2 while sending
    uint8_t in_message;      // HandshakeType being handled, 255 if none
    int16_t certificate;     // index in the peer's chain, -1 if none
    uint16_t rfc;            // 9846, 5280, ...; 0 if none, or if `rule` is not of an RFC
    char state[32];          // the handshake state's name, zero-terminated
    char rule[32];           // the rule that failed, as section ("4.3.8", or "BR 7.1.4.3" of the
                             // CA/Browser Forum's Baseline Requirements), zero-terminated
    char text[180];          // one or two sentences, zero-terminated
};

#ifdef __cplusplus
}
#endif
#endif
