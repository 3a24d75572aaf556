// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What all states share: the dispatcher, the limits of messages by type, emitting, beginning and
// ending a handshake.
#include "hs/hs.h"

#include "hs/roles.h"
#include "x509/chain.h"

// ---- Beginning and ending

static patina_err init_common(struct ptn_hs *hs, struct ptn_common_config *common,
                              const struct ptn_hs_options *o)
{
    hs->common = common;
    hs->alloc = common->alloc;
    hs->user = o->user;
    hs->waker = o->waker;
    hs->in_message = PTN_HS_NONE;
    hs->detail.certificate = -1;
    hs->detail.alert = PATINA_ALERT_NONE;
    ptn_flight_init(&hs->flight, hs->alloc);
    return PATINA_OK;
}

patina_err ptn_hs_init_client(struct ptn_hs *hs, struct patina_client_config *cfg,
                              const struct ptn_hs_options *o)
{
    hs->client_config = patina_client_config_ref(cfg);
    PTN_TRY(init_common(hs, &cfg->common, o));
    hs->state = &ptn_client_idle;
    return ptn_client_new(hs, o);
}

patina_err ptn_hs_init_server(struct ptn_hs *hs, struct patina_server_config *cfg,
                              const struct ptn_hs_options *o)
{
    hs->is_server = true;
    hs->server_config = patina_server_config_ref(cfg);
    PTN_TRY(init_common(hs, &cfg->common, o));
    hs->state = &ptn_server_expect_client_hello;
    return ptn_server_new(hs, o);
}

void ptn_hs_clear(struct ptn_hs *hs)
{
    if (hs->alloc == NULL) {
        return; // never initialised
    }
    ptn_op_abandon(hs->op);
    ptn_client_free(hs);
    ptn_server_free(hs);
    ptn_flight_clear(&hs->flight);
    ptn_span_free(hs->alloc, hs->facts.alpn);
    ptn_span_free(hs->alloc, hs->facts.server_name);
    patina_chain_unref(hs->facts.peer_chain);
    patina_client_config_unref(hs->client_config);
    patina_server_config_unref(hs->server_config);
    ptn_wipe(hs, sizeof *hs);
}

void ptn_handshake_init(struct ptn_handshake *h, const struct patina_allocator *alloc)
{
    ptn_transcript_init(&h->transcript, alloc);
    ptn_arena_init(&h->arena, alloc, PTN_MAX_ARENA_BYTES);
}

void ptn_handshake_clear(struct ptn_handshake *h)
{
    ptn_transcript_clear(&h->transcript);
    ptn_hkdf_clear(&h->hkdf);
    ptn_arena_clear(&h->arena);
    ptn_wipe(h, sizeof *h);
}

patina_err ptn_hs_start(struct ptn_hs *hs)
{
    hs->is_started = true;
    return hs->is_server ? PATINA_OK : ptn_client_start(hs);
}

patina_err ptn_become(struct ptn_hs *hs, const struct ptn_state *state)
{
    hs->state = state;
    return PATINA_OK;
}

patina_err ptn_hs_complete(struct ptn_hs *hs)
{
    hs->facts.version = PTN_VERSION_TLS13;
    hs->facts.suite = hs->suite->id;
    hs->done = true;
    hs->ccs_allowed = false;
    hs->skip_early = PTN_SKIP_NONE;
    ptn_client_free(hs);
    ptn_server_free(hs);
    return ptn_become(hs, hs->is_server ? &ptn_server_traffic13 : &ptn_client_traffic13);
}

// ---- Messages coming in

patina_err ptn_end_of_flight(const struct ptn_hs *hs)
{
    PTN_REQUIRE(hs->is_aligned, PATINA_ERR_UNALIGNED_FLIGHT);
    return PATINA_OK;
}

static bool accepts(const struct ptn_state *state, uint8_t type)
{
    return type < 64 && ((state->accepts >> type) & 1) != 0;
}

// The largest body of a type (limits.h).
static uint32_t largest_body(const struct ptn_hs *hs, uint8_t type)
{
    switch (type) {
    case PTN_HS_CLIENT_HELLO:
        return PTN_MAX_CLIENT_HELLO_BYTES;
    case PTN_HS_SERVER_HELLO:
        return PTN_MAX_SERVER_HELLO_BYTES;
    case PTN_HS_ENCRYPTED_EXTENSIONS:
        return PTN_MAX_ENCRYPTED_EXTENSIONS_BYTES;
    case PTN_HS_CERTIFICATE:
        return hs->common->max_cert_list;
    case PTN_HS_CERTIFICATE_REQUEST:
        return PTN_MAX_CERTIFICATE_REQUEST_BYTES;
    case PTN_HS_CERTIFICATE_VERIFY:
        return PTN_MAX_CERTIFICATE_VERIFY_BYTES;
    case PTN_HS_NEW_SESSION_TICKET:
        return PTN_MAX_NEW_SESSION_TICKET_BYTES;
    case PTN_HS_FINISHED:
    case PTN_HS_KEY_UPDATE:
        return PATINA_DIGEST_MAX; // the parser demands the exact length
    default:
        return 0;
    }
}

patina_err ptn_hs_limit(void *arg, uint8_t type, uint32_t body_len)
{
    struct ptn_hs *hs = arg;
    hs->in_message = type;
    // RFC 9846 §4.7.2: without post_handshake_auth a later CertificateRequest is
    // unexpected_message.
    PTN_REQUIRE(!(hs->state->is_traffic && !hs->is_server && type == PTN_HS_CERTIFICATE_REQUEST),
                PATINA_ERR_POST_HANDSHAKE_CERTIFICATE_REQUEST);
    // RFC 9846 §4: a message out of order is unexpected_message.
    PTN_REQUIRE(accepts(hs->state, type), PATINA_ERR_UNEXPECTED_MESSAGE);
    // RFC 9846 §6.2: a length that no such message can have is a decode_error. What is merely more
    // than we take is judged by limits.h.
    bool fits = body_len <= largest_body(hs, type);
    PTN_REQUIRE(fits || type != PTN_HS_FINISHED, PATINA_ERR_DECODE_FINISHED);
    PTN_REQUIRE(fits || type != PTN_HS_KEY_UPDATE, PATINA_ERR_DECODE_KEY_UPDATE);
    PTN_REQUIRE(fits, PATINA_ERR_MESSAGE_TOO_LARGE);
    return PATINA_OK;
}

// A message that outlives its record is copied before it is parsed.
static patina_err own(struct ptn_hs *hs, const struct ptn_message *msg, struct ptn_message *out)
{
    *out = *msg;
    if (hs->state->owned) {
        struct ptn_arena *arena = ptn_role_arena(hs);
        PTN_REQUIRE(ptn_arena_dup(arena, msg->whole, &out->whole), PATINA_ERR_NO_MEMORY);
        out->body = ptn_span_skip(out->whole, PTN_HANDSHAKE_HEADER_BYTES);
        out->in_buffer = true;
    }
    return PATINA_OK;
}

patina_err ptn_hs_handle(struct ptn_hs *hs, const struct ptn_message *msg)
{
    hs->in_message = msg->type;
    PTN_CHECK(accepts(hs->state, msg->type)); // ptn_hs_limit judged it
    struct ptn_message owned;
    PTN_TRY(own(hs, msg, &owned));
    return hs->state->handle(hs, &owned);
}

patina_err ptn_hs_resume(struct ptn_hs *hs)
{
    PTN_CHECK(hs->op != NULL && hs->state->resume != NULL);
    return hs->state->resume(hs);
}

patina_err ptn_as_failure(patina_err err)
{
    bool is_callers = err != PATINA_OK && patina_err_class(err) <= PATINA_CLASS_USAGE;
    return is_callers ? PATINA_ERR_INTERNAL : err;
}

// ---- Messages going out

patina_err ptn_emit_start(struct ptn_hs *hs, size_t max_len, struct ptn_emit *out)
{
    PTN_TRY(ptn_flight_reserve(&hs->flight, max_len, &out->room));
    out->w = ptn_writer_of(out->room);
    return PATINA_OK;
}

patina_err ptn_emit_end(struct ptn_hs *hs, struct ptn_emit *e, struct ptn_transcript *t)
{
    patina_span message;
    PTN_REQUIRE(ptn_writer_finish(&e->w, &message), PATINA_ERR_ENCODE);
    if (t != NULL) {
        PTN_TRY(ptn_transcript_add(t, message));
    }
    bool is_first_hello = !hs->is_server && !hs->facts.was_retried && hs->suite == NULL;
    return ptn_flight_commit(&hs->flight, PTN_CONTENT_HANDSHAKE, e->room.len, message.len,
                             is_first_hello);
}

patina_err ptn_emit_change_cipher_spec(struct ptn_hs *hs)
{
    if (hs->ccs_sent) {
        return PATINA_OK;
    }
    hs->ccs_sent = true;
    patina_mspan room;
    PTN_TRY(ptn_flight_reserve(&hs->flight, 1, &room));
    ptn_mspan_set(room, 0, 1);
    return ptn_flight_commit(&hs->flight, PTN_CONTENT_CHANGE_CIPHER_SPEC, 1, 1, false);
}

patina_err ptn_transcript_hash(struct ptn_handshake *h, struct patina_digest *out)
{
    return ptn_transcript_peek(&h->transcript, out);
}

// ---- After the handshake

patina_err ptn_hs_export(struct ptn_hs *hs, patina_span label, patina_span context,
                         patina_mspan out)
{
    struct ptn_hkdf hkdf = {0};
    PTN_TRY(ptn_hkdf_init(&hkdf, hs->suite->hmac, hs->alloc));
    patina_err err = ptn_export13(&hkdf, &hs->exporter, label, context, out);
    ptn_hkdf_clear(&hkdf);
    return err;
}

patina_span ptn_hs_peer_staple(const struct ptn_hs *hs)
{
    return ptn_chain_staple(hs->facts.peer_chain);
}

patina_span ptn_hs_peer_scts(const struct ptn_hs *hs)
{
    return ptn_chain_scts(hs->facts.peer_chain);
}
