// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A connection: bytes in, bytes out, events. It does no I/O, reads no clock beyond its config's,
// holds no lock. It belongs to one thread at a time. RFC 9846 for the protocol.
//
// After EVERY call with an output, failed or not, send what stands in it, first and in order. An
// output that cannot be (positions out of order, no bytes where there should be) is MISUSE, and
// changes nothing.
#ifndef PATINA_CONN_H
#define PATINA_CONN_H

#include "patina/base.h"
#include "patina/cert.h"
#include "patina/config.h"
#include "patina/op.h"

#ifdef __cplusplus
extern "C" {
#endif

struct patina_conn;
struct patina_session; // sessions come with resumption

enum patina_event_kind {
    PATINA_EVENT_NEED_INPUT = 1, // `want` bytes must stand in `in` before anything more can happen
    PATINA_EVENT_DATA = 2,       // `data` holds application data
    PATINA_EVENT_EARLY_DATA = 3, // not yet
    PATINA_EVENT_EARLY_RESULT = 4,   // not yet
    PATINA_EVENT_HANDSHAKE_DONE = 5, // once; getters answer from here on
    PATINA_EVENT_SUSPENDED = 6,      // waits for `op`; the waker tells when to call again
    PATINA_EVENT_TICKET = 7,         // not yet
    PATINA_EVENT_CLOSED = 8,         // the peer's close_notify; nothing more is used
    PATINA_EVENT_NEED_ROOM = 9,      // receive_into: `want` bytes of `text` are needed
    PATINA_EVENT_SENDER_WORK = 10    // split connections; not yet
};

struct patina_event { // 128 bytes for ever
    uint32_t kind;
    uint32_t flags;
    patina_span data; // DATA: inside `in` (or `text`); valid until the caller itself changes that
                      // memory
    uint64_t want;    // NEED_INPUT, NEED_ROOM: bytes, those already there included
    struct patina_op *op;           // SUSPENDED: borrowed until the next call
    struct patina_session *session; // TICKET
    uint64_t early_accepted;        // EARLY_RESULT
    uint64_t reserved[9];
};

// ---- Making. Nothing is emitted here and nothing can suspend here: the first
// `patina_conn_receive` starts.

// Called once per completed operation, from the completing thread, with no lock held; typically it
// wakes an event loop.
struct patina_waker {
    void (*wake)(void *loop, uint64_t token); // NULL: none
    void *loop;                               // outlives every operation
    uint64_t token;
};

struct patina_conn_options {
    uint32_t struct_size;
    uint32_t flags; // 0
    void *user;     // the caller's own, see patina_conn_user
    struct patina_waker waker;
    patina_span server_name; // client, required: DNS name or textual IP address to reach and to
                             // verify; or a URI, see patina_verify_input.name, and no SNI then
    patina_span sni;         // client: a DNS name to send instead of server_name
    const patina_span *alpn; // NULL: the config's
    size_t alpn_count;
    uint32_t handshake_memory_limit; // bytes; 0: the library's limit
    uint32_t reserved;               // 0
};
#define PATINA_CONN_OPTIONS_INIT         \
    {sizeof(struct patina_conn_options), \
     0,                                  \
     NULL,                               \
     {NULL, NULL, 0},                    \
     {NULL, 0},                          \
     {NULL, 0},                          \
     NULL,                               \
     0,                                  \
     0,                                  \
     0}

// `patina_client_new` makes a client connection; the config is referenced, spans are copied.
// MISSING_SERVER_NAME, BAD_SERVER_NAME, BAD_OPTION, NEWER_OPTIONS, TOO_MANY_OPTIONS, NO_MEMORY,
// MISUSE. Any thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_client_new(struct patina_client_config *cfg,
                                                    const struct patina_conn_options *o,
                                                    struct patina_conn **out);

// `patina_server_new` makes a server connection; the config is referenced. `o` may be NULL.
// BAD_OPTION, NEWER_OPTIONS, TOO_MANY_OPTIONS, NO_MEMORY, MISUSE. Any thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_server_new(struct patina_server_config *cfg,
                                                    const struct patina_conn_options *o,
                                                    struct patina_conn **out);

// `patina_conn_free` frees in any state, also while suspended: an open operation is then abandoned.
// Inside a callback of the connection it takes effect when the outer call returns. NULL is a no-op.
// The connection's thread; never blocks.
PATINA_API void patina_conn_free(struct patina_conn *c);

// `patina_conn_user` returns the options' `user`. The connection's thread; never blocks.
PATINA_API void *patina_conn_user(const struct patina_conn *c);

// ---- Running.

// `patina_conn_receive` is the driver: it works on `in` until one event. *out_used bytes at the
// front of `in` were used: records are used as a whole, opened in place, and never looked at again;
// bytes not used have not changed. `in` may be empty: to start, to go on after an operation, to
// flush. A buffer of PATINA_RECORD_MAX bytes always suffices. `out` is appended to; what does not
// fit stays queued. On failure the connection is failed for good (but for class RETRY and USAGE),
// the alert for the peer is in `out` or queued, and every later call repeats the error. Any row of
// err_list.h but those of making; REENTRANT inside a callback of the connection. RFC 9846 §4, §5.
// The connection's thread; never blocks (callbacks may).
PATINA_API PATINA_MUST patina_err patina_conn_receive(struct patina_conn *c, patina_mspan in,
                                                      size_t *out_used, struct patina_output *out,
                                                      struct patina_event *ev);

// `patina_conn_receive_into` is the same, but opens application data into `text` and leaves `in`
// unchanged; `text` and `in` do not overlap. NEED_ROOM when a record would not fit: `want` says how
// much it needs; nothing was then used. Errors, thread and blocking as `patina_conn_receive`.
PATINA_API PATINA_MUST patina_err patina_conn_receive_into(struct patina_conn *c, patina_span in,
                                                           patina_mspan text, size_t *out_used,
                                                           struct patina_output *out,
                                                           struct patina_event *ev);

// `patina_conn_input_end` tells that the transport ended with `unused` bytes not used: OK after
// close_notify (before HANDSHAKE_DONE too: nothing was agreed then), else TRUNCATED (sticky; the
// report says where), RFC 9846 §6.1. REENTRANT. The connection's thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_conn_input_end(struct patina_conn *c, size_t unused);

// `patina_conn_send` seals the concatenated `text` into `out`: full records or the end of the text,
// as far as `out` has room. *out_taken bytes were taken; repeating means: the rest, from any
// address. The text is read, not kept. NOT_YET before the keys are there, SEND_CLOSED after close,
// SEAL_FAILED, SEAL_LIMIT, NO_MEMORY, MISUSE, REENTRANT. No bytes make no record (RFC 9846 §5.1).
// The connection's thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_conn_send(struct patina_conn *c, const patina_span *text,
                                                   size_t text_count, size_t *out_taken,
                                                   struct patina_output *out);

// `patina_conn_flush` moves what is queued into `out`; also on a failed connection, where it yields
// the alert and returns OK. SEAL_FAILED, NO_MEMORY, MISUSE, REENTRANT. The connection's thread;
// never blocks.
PATINA_API PATINA_MUST patina_err patina_conn_flush(struct patina_conn *c,
                                                    struct patina_output *out);

// `patina_conn_queued` returns the bytes flush would still produce (an upper bound), 0 when there
// is nothing. The connection's thread; never blocks.
PATINA_API size_t patina_conn_queued(const struct patina_conn *c);

// `patina_conn_sealed_size` returns the exact bytes of output for `text_len` bytes of text, queued
// ones included (but a KeyUpdate that the limit of the key would ask for inside the text, RFC 9846
// §5.5); 0 when sending is not possible. The connection's thread; never blocks.
PATINA_API size_t patina_conn_sealed_size(const struct patina_conn *c, size_t text_len);

// `patina_conn_close` sends close_notify, once; receiving goes on (half-close, RFC 9846 §6.1).
// Idempotent. During a handshake user_canceled goes first. SEAL_FAILED, NO_MEMORY, MISUSE,
// REENTRANT. The connection's thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_conn_close(struct patina_conn *c,
                                                    struct patina_output *out);

// `patina_conn_abort` fails the connection with a fatal alert of the application's choice (an `enum
// patina_alert`, or any description but close_notify), RFC 9846 §6.2. Returns OK; every later call
// but flush gives REFUSED. On a connection that has failed already it repeats that error. MISUSE
// for close_notify and NONE, REENTRANT. The connection's thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_conn_abort(struct patina_conn *c, uint8_t alert,
                                                    struct patina_output *out);

// `patina_conn_update_keys` sends a KeyUpdate and changes the sending key (RFC 9846 §4.7.3); with
// `ask_peer` it also requests the peer's: BUSY while an earlier request is open. NOT_YET before the
// handshake is done, SEND_CLOSED after close, SEAL_FAILED, NO_MEMORY, MISUSE, REENTRANT. The
// connection's thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_conn_update_keys(struct patina_conn *c, bool ask_peer,
                                                          struct patina_output *out);

// `patina_record_want` returns 0 when a whole record stands at the front of `in`, else how many
// bytes are missing (first those of the header; RFC 9846 §5.1). Any thread; never blocks.
PATINA_API size_t patina_record_want(patina_span in);

// ---- Asking. Values are those of the completed handshake; before it 0, NULL or empty.

enum patina_phase {
    PATINA_PHASE_HANDSHAKE = 1,
    PATINA_PHASE_TRAFFIC = 2,
    PATINA_PHASE_CLOSED = 3, // both directions
    PATINA_PHASE_FAILED = 4
};
// `patina_conn_phase` returns one of `enum patina_phase`; `patina_conn_is_server` tells the role.
// The connection's thread; never blocks.
PATINA_API uint32_t patina_conn_phase(const struct patina_conn *c);
PATINA_API bool patina_conn_is_server(const struct patina_conn *c);

// The negotiated numbers: `patina_conn_version` 0x0304, `patina_conn_suite` a CipherSuite,
// `patina_conn_group` a NamedGroup, `patina_conn_scheme` the SignatureScheme of the server's
// CertificateVerify (RFC 9846 §B). The connection's thread; never blocks.
PATINA_API uint16_t patina_conn_version(const struct patina_conn *c);
PATINA_API uint16_t patina_conn_suite(const struct patina_conn *c);
PATINA_API uint16_t patina_conn_group(const struct patina_conn *c);
PATINA_API uint16_t patina_conn_scheme(const struct patina_conn *c);

// `patina_conn_was_retried` tells whether there was a HelloRetryRequest (RFC 9846 §4.2.4). The
// connection's thread; never blocks.
PATINA_API bool patina_conn_was_retried(const struct patina_conn *c);

// `patina_conn_alpn` returns the chosen protocol (RFC 7301), empty if none;
// `patina_conn_server_name` on a server the SNI (RFC 6066 §3), on a client the name as given.
// Borrowed from the connection. The connection's thread; never blocks.
PATINA_API patina_span patina_conn_alpn(const struct patina_conn *c);
PATINA_API patina_span patina_conn_server_name(const struct patina_conn *c);

// `patina_conn_peer_chain` returns the peer's certificates, also when they were refused. Borrowed:
// patina_chain_ref to keep it. NULL: none came. The connection's thread; never blocks.
PATINA_API struct patina_chain *patina_conn_peer_chain(const struct patina_conn *c);

// `patina_conn_peer_staple` returns the DER OCSPResponse that came with the peer's certificate,
// `patina_conn_peer_scts` its SignedCertificateTimestampList (RFC 6962 §3.3), as they were sent,
// also when the chain was refused; empty: none. Borrowed from the peer's chain. The connection's
// thread; never blocks.
PATINA_API patina_span patina_conn_peer_staple(const struct patina_conn *c);
PATINA_API patina_span patina_conn_peer_scts(const struct patina_conn *c);

// `patina_conn_sent_close` and `patina_conn_received_close` tell whether close_notify has been
// queued or sent, and whether the peer's has been opened (RFC 9846 §6.1). The connection's thread;
// never blocks.
PATINA_API bool patina_conn_sent_close(const struct patina_conn *c);
PATINA_API bool patina_conn_received_close(const struct patina_conn *c);

// `patina_conn_export` derives keying material, RFC 9846 §7.5. An absent and an empty context are
// the same in TLS 1.3. NOT_YET before the handshake is done; EXPORTER_TOO_LONG; MISUSE for an empty
// `out`. The connection's thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_conn_export(struct patina_conn *c, patina_span label,
                                                     patina_span context, patina_mspan out);

// `patina_conn_report` fills the report of the error that failed the connection, or of the alert
// received; zero if none. The connection's thread; never blocks.
PATINA_API void patina_conn_report(const struct patina_conn *c, struct patina_report *out);

// `patina_conn_explain` writes a text for people (what happened, certificate, rule, wanted, found,
// what would mend it) of at most cap - 1 bytes and a final zero, and returns its length. The
// connection's thread; never blocks.
PATINA_API size_t patina_conn_explain(const struct patina_conn *c, char *buf, size_t cap);

// `patina_suite_name`, `patina_group_name`, `patina_scheme_name` return the registry's name of a
// number, or "unknown". Static. Any thread; never blocks.
PATINA_API const char *patina_suite_name(uint16_t suite);
PATINA_API const char *patina_group_name(uint16_t group);
PATINA_API const char *patina_scheme_name(uint16_t scheme);

// `patina_version_string` returns the library's version, "0.1.0". Static. Any thread; never blocks.
PATINA_API const char *patina_version_string(void);

#ifdef __cplusplus
}
#endif
#endif
