// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The handshake: states, the dispatcher, and what conn sees of it. States never see the caller's
// output, sockets or clocks; they read messages, and leave behind messages in the flight queue, a
// receive key, facts, and a next state.
//
//   client.c     ClientHello, ServerHello, HelloRetryRequest
//   client13.c   EncryptedExtensions to Finished
//   server.c     ClientHello, config choice, version
//   server13.c   negotiation, our flight, Finished
//   post13.c     after the handshake: KeyUpdate, NewSessionTicket
//   verify.c     judging the peer's chain and signature
//   signer.c     having our key sign
//   secrets13.c  traffic keys into flight and opener, key log
//   op.c         operations that may finish later
#ifndef PTN_HS_H
#define PTN_HS_H

#include "base/mem.h"
#include "config/config.h"
#include "hs/flight.h"
#include "hs/op.h"
#include "keys/hybrid.h"
#include "keys/schedule13.h"
#include "keys/transcript.h"
#include "patina/conn.h"
#include "record/record.h"
#include "wire/hello.h"
#include "wire/messages.h"

struct ptn_hs;

// A state: what it accepts, and what it does with it. `static const`, named after what it waits
// for.
struct ptn_state {
    const char *name;
    uint64_t accepts; // bits of handshake types, PTN_ACCEPT
    bool owned; // its message outlives the record: the dispatcher copies it before it is parsed
    bool is_traffic; // the handshake is complete
    patina_err (*handle)(struct ptn_hs *hs, const struct ptn_message *msg);
    patina_err (*resume)(struct ptn_hs *hs); // goes on when the open operation is done; NULL: never
                                             // suspends
};
#define PTN_ACCEPT(type) (UINT64_C(1) << PTN_HS_##type)

// A receive key that conn installs as soon as the handler has returned.
struct ptn_rx_key {
    bool is_ready;
    const struct patina_aead *aead;
    struct ptn_traffic_key key;
};

// How conn treats early data we have rejected, RFC 9846 §4.3.10.
enum ptn_skip {
    PTN_SKIP_NONE = 0,
    PTN_SKIP_UNOPENED = 1, // records that do not open are skipped, until one does
    PTN_SKIP_BY_TYPE = 2,  // records of outer type application_data are skipped, until the second
                           // ClientHello
};

// What was agreed on; the getters' answers.
struct ptn_facts {
    uint16_t version, suite, group, scheme;
    bool was_retried;
    patina_span alpn;        // own copy
    patina_span server_name; // own copy: the SNI received, or the name to verify
    struct patina_chain *peer_chain;
};

// More about a failure than its number says.
struct ptn_detail {
    int16_t certificate; // index in the peer's chain, -1
    uint16_t rfc;
    uint8_t alert; // of the application's choice; PATINA_ALERT_NONE: the error's own
    char rule[32];
    char text[180];
};

struct ptn_client;
struct ptn_server;

struct ptn_hs {
    const struct ptn_state *state;
    bool is_server;
    bool is_started;
    bool done;       // the handshake is complete; told by HANDSHAKE_DONE once
    bool is_aligned; // no handshake byte is left over behind the message being handled; set by conn
    bool ccs_allowed; // RFC 9846 §5: between the first ClientHello and the peer's Finished
    bool ccs_sent;
    bool owes_key_update;  // a KeyUpdate reply, written ahead of the next send, flush or close
    bool asked_key_update; // our update_requested is open
    uint8_t skip_early;    // enum ptn_skip
    uint8_t in_message;    // type being handled, PTN_HS_NONE
    uint16_t post_handshake_count, user_canceled_count, ccs_count;
    uint8_t peer_alert; // description of the fatal alert received
    const struct patina_allocator *alloc;
    const struct ptn_common_config *common;
    struct patina_client_config *client_config; // one of the two, referenced
    struct patina_server_config *server_config;
    void *user;
    struct patina_waker waker;
    struct patina_op *op; // open operation

    struct ptn_flight flight;
    struct ptn_rx_key rx;
    struct ptn_facts facts;
    struct ptn_detail detail;

    const struct patina_suite *suite; // chosen
    struct ptn_secret send_traffic, recv_traffic, exporter;

    // While the handshake lasts; freed and wiped when traffic begins.
    struct ptn_client *client;
    struct ptn_server *server;
};

// ---- For conn

struct ptn_hs_options {
    void *user;
    struct patina_waker waker;
    patina_span server_name, sni;
    const patina_span *alpn;
    size_t alpn_count;
};
patina_err ptn_hs_init_client(struct ptn_hs *hs, struct patina_client_config *cfg,
                              const struct ptn_hs_options *o);
patina_err ptn_hs_init_server(struct ptn_hs *hs, struct patina_server_config *cfg,
                              const struct ptn_hs_options *o);
void ptn_hs_clear(struct ptn_hs *hs);

// Queues the ClientHello; nothing for a server.
patina_err ptn_hs_start(struct ptn_hs *hs);

// Judges a message by its header, RFC 9846 §4 and limits.h; a ptn_message_limit_fn
// over the hs.
patina_err ptn_hs_limit(void *arg, uint8_t type, uint32_t body_len);

// The one dispatcher: no handler sees a message its state does not accept. PENDING: hs->op is open.
patina_err ptn_hs_handle(struct ptn_hs *hs, const struct ptn_message *msg);

// Goes on after the open operation is done.
patina_err ptn_hs_resume(struct ptn_hs *hs);

// A number of class RETRY or USAGE, or of no row, that comes from inside (a callback's, a
// provider's) would look like the caller's own mistake and let the connection live on: INTERNAL.
patina_err ptn_as_failure(patina_err err);

// Application data came: the flood counters begin anew.
void ptn_hs_on_data(struct ptn_hs *hs);

// An alert, RFC 9846 §6: *out_closed for close_notify; PEER_ALERT (hs->peer_alert) for a fatal one.
patina_err ptn_hs_alert(struct ptn_hs *hs, patina_span fragment, bool *out_closed);

// A change_cipher_spec record, RFC 9846 §5: dropped where it is allowed.
patina_err ptn_hs_change_cipher_spec(struct ptn_hs *hs, patina_span fragment);

// Queues a KeyUpdate and the key after it. BUSY when a request is open already.
patina_err ptn_hs_update_keys(struct ptn_hs *hs, bool request);

patina_err ptn_hs_export(struct ptn_hs *hs, patina_span label, patina_span context,
                         patina_mspan out);

// What was stapled to the peer's certificate; empty: nothing.
patina_span ptn_hs_peer_staple(const struct ptn_hs *hs);
patina_span ptn_hs_peer_scts(const struct ptn_hs *hs);

// ---- For the states: hs.c

// The role's handshake memory.
struct ptn_handshake {
    struct ptn_transcript transcript;
    struct ptn_hkdf hkdf;
    struct ptn_handshake_secrets13 secrets;
    struct ptn_arena arena; // of the present stage
    struct ptn_cert leaf;   // of the peer; borrows from facts.peer_chain
};

// Rule (b) of docs/RULES.md: the peer's flight ends here, so nothing may be left over.
patina_err ptn_end_of_flight(const struct ptn_hs *hs);

// Names the next state; the last line of a handler.
patina_err ptn_become(struct ptn_hs *hs, const struct ptn_state *state);

// Begins a message of at most `max_len` bytes, and queues it once written; it is added to the
// transcript `t` (NULL: not).
struct ptn_emit {
    patina_mspan room;
    struct ptn_writer w;
};
patina_err ptn_emit_start(struct ptn_hs *hs, size_t max_len, struct ptn_emit *out);
patina_err ptn_emit_end(struct ptn_hs *hs, struct ptn_emit *e, struct ptn_transcript *t);

// Queues the compatibility change_cipher_spec, once a connection (RFC 9846 §E.4).
patina_err ptn_emit_change_cipher_spec(struct ptn_hs *hs);

// The transcript hash so far.
patina_err ptn_transcript_hash(struct ptn_handshake *h, struct patina_digest *out);

// Ends the handshake: frees the role's memory, enters the traffic state.
patina_err ptn_hs_complete(struct ptn_hs *hs);

void ptn_handshake_init(struct ptn_handshake *h, const struct patina_allocator *alloc);
void ptn_handshake_clear(struct ptn_handshake *h);

// ---- secrets13.c

enum ptn_direction { PTN_SEND, PTN_RECEIVE };
// Derives key and IV of a traffic secret and puts them into the flight (send) or hs->rx (receive).
// Rule (a) of docs/RULES.md for a receive key: no handshake byte may be left over.
patina_err ptn_set_traffic_key(struct ptn_hs *hs, struct ptn_hkdf *hkdf, enum ptn_direction d,
                               const struct ptn_secret *traffic);
// One line of the key log, when the config asks for it (RFC 9850).
void ptn_key_log(const struct ptn_hs *hs, const char *label, patina_span client_random,
                 const struct ptn_secret *secret);
// Makes and queues our Finished under `base`, and checks the peer's.
patina_err ptn_emit_finished13(struct ptn_hs *hs, struct ptn_handshake *h,
                               const struct ptn_secret *base);
patina_err ptn_check_finished13(struct ptn_hs *hs, struct ptn_handshake *h,
                                const struct ptn_secret *base, const struct ptn_message *msg);

// ---- verify.c

// Judges the peer's chain for the client: OK, PENDING (hs->op), or why not.
patina_err ptn_verify_chain_start(struct ptn_hs *hs, struct ptn_handshake *h);
patina_err ptn_verify_chain_result(struct ptn_hs *hs);
// Parses the leaf of facts.peer_chain into h->leaf and checks what TLS asks of it (RFC 9846
// §4.5.1.2).
patina_err ptn_verify_leaf(struct ptn_hs *hs, struct ptn_handshake *h);
// Checks a server's CertificateVerify over the transcript so far (RFC 9846 §4.5.2).
patina_err ptn_verify_signature13(struct ptn_hs *hs, struct ptn_handshake *h,
                                  const struct ptn_certificate_verify *cv);

// ---- signer.c

// Has the credential's key sign the server's CertificateVerify; the result is in hs->op when it is
// done.
patina_err ptn_sign_start13(struct ptn_hs *hs, struct ptn_handshake *h,
                            struct patina_credential *credential, uint16_t scheme);

// The signed content, RFC 9846 §4.5.2, in 64 spaces, context string, zero, hash.
enum { PTN_SIGNED_MAX = 64 + 33 + 1 + PATINA_DIGEST_MAX };
struct ptn_signed_content {
    uint8_t bytes[PTN_SIGNED_MAX];
    size_t len;
};
void ptn_signed_content13(bool by_server, const struct patina_digest *transcript,
                          struct ptn_signed_content *out);

// ---- roles

void ptn_client_free(struct ptn_hs *hs);
patina_err ptn_client_start(struct ptn_hs *hs);
void ptn_server_free(struct ptn_hs *hs);
extern const struct ptn_state ptn_client_idle;
extern const struct ptn_state ptn_server_expect_client_hello;
extern const struct ptn_state ptn_client13_expect_encrypted_extensions;
extern const struct ptn_state ptn_client_traffic13;
extern const struct ptn_state ptn_server_traffic13;

#endif
