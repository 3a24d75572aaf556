// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// After the handshake, RFC 9846 §4.7: KeyUpdate on both sides, NewSessionTicket dropped by a client
// without resumption.
#include "hs/hs.h"

// Moves one direction to its next traffic secret, RFC 9846 §7.2.
static patina_err next_key(struct ptn_hs *hs, enum ptn_direction d, struct ptn_secret *traffic)
{
    struct ptn_hkdf hkdf = {0};
    patina_err err = ptn_hkdf_init(&hkdf, hs->suite->hmac, hs->alloc);
    if (err == PATINA_OK) {
        err = ptn_derive_next_traffic13(&hkdf, traffic);
    }
    if (err == PATINA_OK) {
        err = ptn_set_traffic_key(hs, &hkdf, d, traffic);
    }
    ptn_hkdf_clear(&hkdf);
    return err;
}

patina_err ptn_hs_update_keys(struct ptn_hs *hs, bool request)
{
    // RFC 9846 §4.7.3: no second update_requested until the peer's KeyUpdate came.
    PTN_REQUIRE(!(request && hs->asked_key_update), PATINA_ERR_BUSY);
    PTN_REQUIRE(hs->flight.count + 2 <= PTN_MAX_FLIGHT_ITEMS &&
                    hs->flight.keys_count < PTN_MAX_FLIGHT_KEYS,
                PATINA_ERR_BUSY);
    struct ptn_emit e;
    PTN_TRY(ptn_emit_start(hs, PTN_HANDSHAKE_HEADER_BYTES + PTN_KEY_UPDATE_BYTES, &e));
    ptn_encode_key_update(&e.w, request);
    PTN_TRY(ptn_emit_end(hs, &e, NULL));
    hs->asked_key_update = hs->asked_key_update || request;
    // The message is queued: without its key the connection cannot go on.
    return ptn_as_failure(next_key(hs, PTN_SEND, &hs->send_traffic));
}

// KeyUpdate, RFC 9846 §4.7.3.
static patina_err on_key_update(struct ptn_hs *hs, const struct ptn_message *msg)
{
    bool requested = false;
    PTN_TRY(ptn_parse_key_update(msg->body, &requested));
    hs->owes_key_update = hs->owes_key_update || requested;
    hs->asked_key_update = false;
    return next_key(hs, PTN_RECEIVE, &hs->recv_traffic);
}

// NewSessionTicket, RFC 9846 §4.7.1: a client without resumption MUST ignore it; its form is still
// checked.
static patina_err on_new_session_ticket(const struct ptn_message *msg)
{
    struct ptn_new_session_ticket ticket;
    return ptn_parse_new_session_ticket(msg->body, &ticket);
}

static patina_err on_post_handshake(struct ptn_hs *hs, const struct ptn_message *msg)
{
    // A flood of messages without data costs us work and the peer nothing (limits.h); data resets
    // the count.
    PTN_REQUIRE(hs->post_handshake_count < PTN_MAX_POST_HANDSHAKE,
                PATINA_ERR_TOO_MANY_POST_HANDSHAKE_MESSAGES);
    hs->post_handshake_count++;
    return msg->type == PTN_HS_KEY_UPDATE ? on_key_update(hs, msg) : on_new_session_ticket(msg);
}

const struct ptn_state ptn_client_traffic13 = {
    .name = "client_traffic",
    .accepts = PTN_ACCEPT(KEY_UPDATE) | PTN_ACCEPT(NEW_SESSION_TICKET),
    .is_traffic = true,
    .handle = on_post_handshake,
};

const struct ptn_state ptn_server_traffic13 = {
    .name = "server_traffic",
    .accepts = PTN_ACCEPT(KEY_UPDATE),
    .is_traffic = true,
    .handle = on_post_handshake,
};
