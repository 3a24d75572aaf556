// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The server until a version is chosen: ClientHello, which config serves it, RFC 9846 §4.2.2 and
// §4.3.1. Negotiation and our flight are in server13.c.
#include "hs/server.h"

static const struct ptn_state choosing_config;

// ---- Beginning and ending

patina_err ptn_server_new(struct ptn_hs *hs, const struct ptn_hs_options *o)
{
    (void)o;
    struct ptn_server *s = ptn_alloc(hs->alloc, sizeof *s);
    PTN_REQUIRE(s != NULL, PATINA_ERR_NO_MEMORY);
    hs->server = s;
    ptn_handshake_init(&s->h, hs->alloc);
    return PATINA_OK;
}

void ptn_server_free(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    if (s == NULL) {
        return;
    }
    patina_credential_unref(s->credential);
    ptn_handshake_clear(&s->h);
    ptn_free(hs->alloc, s, sizeof *s);
    hs->server = NULL;
}

// ---- ClientHello

patina_err ptn_server_check_version(const struct ptn_client_hello *hello)
{
    // RFC 9846 §4.3.1: without supported_versions the client speaks TLS 1.2 at most.
    PTN_REQUIRE(ptn_u16_list_has(hello->supported_versions, PTN_VERSION_TLS13),
                PATINA_ERR_VERSION_NOT_SUPPORTED);
    // RFC 9846 §4.2.2: legacy_version MUST be 0x0303.
    PTN_REQUIRE(hello->legacy_version == PTN_VERSION_TLS12, PATINA_ERR_BAD_LEGACY_VERSION);
    return PATINA_OK;
}

static uint8_t lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

// Keeps what outlives the hello: names in lower case, the session id and the random for later
// messages.
static patina_err keep_hello(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_server *s = hs->server;
    const struct ptn_client_hello *hello = &s->hello;
    s->hello_message = msg->whole;
    ptn_span_copy(PTN_MSPAN_OF(s->client_random), hello->random);
    ptn_span_copy(PTN_MSPAN_OF(s->session_id), hello->session_id);
    s->session_id_len = hello->session_id.len;
    if (hello->server_name.len != 0) {
        uint8_t *name = ptn_arena_alloc(&s->h.arena, hello->server_name.len);
        PTN_REQUIRE(name != NULL, PATINA_ERR_NO_MEMORY);
        patina_mspan sni = {name, hello->server_name.len};
        for (size_t i = 0; i < sni.len; i++) {
            ptn_mspan_set(sni, i, lower(ptn_span_at(hello->server_name, i)));
        }
        s->sni = ptn_span(sni);
        PTN_REQUIRE(ptn_span_dup(hs->alloc, s->sni, &hs->facts.server_name), PATINA_ERR_NO_MEMORY);
    }
    return PATINA_OK;
}

patina_err ptn_server_ask(struct ptn_hs *hs, uint32_t kind, patina_resolve_callback *callback)
{
    const struct ptn_server *s = hs->server;
    const struct ptn_op_input input = {
        .kind = kind,
        .conn_user = hs->user,
        .waker = hs->waker,
        .message = s->hello_message,
        .name = s->sni,
    };
    PTN_TRY(ptn_op_new(hs->alloc, &input, &hs->op));
    return ptn_op_after_callback(hs->op, callback(hs->server_config->resolver_user, hs->op),
                                 PATINA_ERR_REFUSED);
}

// The config may change here, once; the connection's allocator stays.
static patina_err on_config_chosen(struct ptn_hs *hs)
{
    patina_err err = ptn_op_result(hs->op, &hs->detail.alert);
    struct patina_server_config *chosen = err == PATINA_OK ? ptn_op_config(hs->op) : NULL;
    if (chosen != NULL) {
        (void)patina_server_config_ref(chosen);
        patina_server_config_unref(hs->server_config);
        hs->server_config = chosen;
        hs->common = &chosen->common;
    }
    ptn_op_abandon(hs->op);
    hs->op = NULL;
    PTN_TRY(err);
    return ptn_server13_negotiate(hs);
}

static const struct ptn_state choosing_config = {
    .name = "choosing_config",
    .resume = on_config_chosen,
};

static patina_err on_client_hello(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_server *s = hs->server;
    PTN_TRY(ptn_parse_client_hello(msg->body, &s->hello));
    PTN_TRY(ptn_server_check_version(&s->hello));
    PTN_TRY(keep_hello(hs, msg));
    hs->ccs_allowed = true; // RFC 9846 §5: after the first ClientHello was received
    PTN_TRY(ptn_end_of_flight(hs));
    if (hs->server_config->choose_config == NULL) {
        return ptn_server13_negotiate(hs);
    }
    PTN_TRY(ptn_become(hs, &choosing_config));
    PTN_TRY(ptn_server_ask(hs, PATINA_OP_CONFIG, hs->server_config->choose_config));
    return on_config_chosen(hs);
}

const struct ptn_state ptn_server_expect_client_hello = {
    .name = "expect_client_hello",
    .accepts = PTN_ACCEPT(CLIENT_HELLO),
    .owned = true,
    .handle = on_client_hello,
};
