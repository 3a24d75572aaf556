// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The TLS 1.3 server: negotiation, HelloRetryRequest, our flight, the client's Finished. RFC 9846
// §4.2 to §4.5.
#include "hs/server.h"

// In protocol order.
static const struct ptn_state expect_second_client_hello;
static const struct ptn_state choosing_credential;
static const struct ptn_state signing;
static const struct ptn_state expect_finished;

static patina_err choose_credential(struct ptn_hs *hs);

// ---- Negotiation

// RFC 9846 §9.2: what a ClientHello without PSK must bring; §4.2.2: compression.
static patina_err check_mandatory(const struct ptn_client_hello *hello)
{
    PTN_REQUIRE(hello->compression_methods.len == 1 &&
                    ptn_span_at(hello->compression_methods, 0) == 0,
                PATINA_ERR_COMPRESSION_OFFERED);
    PTN_REQUIRE((hello->extensions & PTN_EXT_SIGNATURE_ALGORITHMS) != 0,
                PATINA_ERR_MISSING_SIGNATURE_ALGORITHMS);
    PTN_REQUIRE((hello->extensions & PTN_EXT_SUPPORTED_GROUPS) != 0,
                PATINA_ERR_MISSING_SUPPORTED_GROUPS);
    PTN_REQUIRE((hello->extensions & PTN_EXT_KEY_SHARE) != 0, PATINA_ERR_MISSING_KEY_SHARE);
    // RFC 9846 §4.3.8: each share is in a group of supported_groups.
    for (size_t i = 0; i < hello->key_shares.count; i++) {
        PTN_REQUIRE(ptn_u16_list_has(hello->supported_groups,
                                     ptn_key_share_list_at(hello->key_shares, i).group),
                    PATINA_ERR_SHARE_IN_UNLISTED_GROUP);
    }
    return PATINA_OK;
}

static const struct patina_suite *choose_suite(const struct ptn_hs *hs,
                                               const struct ptn_client_hello *hello)
{
    const struct ptn_number_list *ours = &hs->common->suites;
    bool our_order = (hs->common->flags & PATINA_CONFIG_SERVER_ORDER) != 0;
    size_t count = our_order ? ours->count : ptn_u16_list_count(hello->cipher_suites);
    for (size_t i = 0; i < count; i++) {
        uint16_t id = our_order ? PTN_AT(ours->items, i) : ptn_u16_list_at(hello->cipher_suites, i);
        if (our_order ? ptn_u16_list_has(hello->cipher_suites, id)
                      : ptn_number_list_has(ours, id)) {
            return ptn_provider_suite(hs->common->provider, id);
        }
    }
    return NULL;
}

// The first group of ours of one kind (hybrid or classical) that the client shares a key in, else
// the first of that kind that it supports; 0 when there is none.
static uint16_t choose_group_of(const struct ptn_hs *hs, const struct ptn_client_hello *hello,
                                bool hybrid, bool *out_has_share)
{
    uint16_t common = 0;
    const struct ptn_number_list *ours = &hs->common->groups;
    for (size_t i = 0; i < ours->count; i++) {
        uint16_t id = PTN_AT(ours->items, i);
        uint16_t kem;
        uint16_t curve;
        struct ptn_key_share share;
        if (ptn_group_halves(id, &kem, &curve) != hybrid) {
            continue;
        }
        *out_has_share = ptn_key_share_list_find(hello->key_shares, id, &share);
        if (*out_has_share) {
            return id;
        }
        if (common == 0 && ptn_u16_list_has(hello->supported_groups, id)) {
            common = id;
        }
    }
    return common;
}

// A hybrid is worth a HelloRetryRequest: what is recorded today must not be readable later. Among
// groups of one kind a share that is there is taken.
static uint16_t choose_group(const struct ptn_hs *hs, const struct ptn_client_hello *hello,
                             bool *out_has_share)
{
    uint16_t group = choose_group_of(hs, hello, true, out_has_share);
    return group != 0 ? group : choose_group_of(hs, hello, false, out_has_share);
}

// RFC 7301 §3.2: by our order; none in common is no_application_protocol.
static patina_err choose_protocol(struct ptn_hs *hs, const struct ptn_client_hello *hello)
{
    const struct ptn_common_config *cfg = hs->common;
    if (cfg->alpn_count == 0 || (hello->extensions & PTN_EXT_ALPN) == 0) {
        return PATINA_OK;
    }
    for (size_t i = 0; i < cfg->alpn_count; i++) {
        patina_span name = PTN_ITEM(cfg->alpn, cfg->alpn_count, i);
        if (ptn_name_list_has(hello->alpn, name)) {
            return ptn_span_dup(hs->alloc, name, &hs->facts.alpn) ? PATINA_OK
                                                                  : PATINA_ERR_NO_MEMORY;
        }
    }
    return PATINA_ERR_NO_APPLICATION_PROTOCOL;
}

static patina_err emit_hello(struct ptn_hs *hs, const struct ptn_server_hello_out *hello)
{
    struct ptn_server *s = hs->server;
    struct ptn_emit e;
    size_t max_len;
    PTN_CHECK(ptn_add_size(128, hello->share.len, &max_len));
    PTN_TRY(ptn_emit_start(hs, max_len, &e));
    ptn_encode_server_hello(&e.w, hello);
    PTN_TRY(ptn_emit_end(hs, &e, &s->h.transcript));
    // RFC 9846 §E.4: right after our first message. It MUST stand there if the client sent a
    // session id, and may at any time; sent always, as others do, so that a box between us sees the
    // same of every client.
    return ptn_emit_change_cipher_spec(hs);
}

static patina_err emit_hello_retry_request(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    const struct ptn_server_hello_out hello = {
        .is_hello_retry = true,
        .session_id = ptn_span_first(PTN_SPAN_OF(s->session_id), s->session_id_len),
        .cipher_suite = hs->suite->id,
        .group = s->group.id,
    };
    PTN_TRY(ptn_transcript_retry(&s->h.transcript));
    PTN_TRY(emit_hello(hs, &hello));
    hs->facts.was_retried = true;
    if ((s->hello.extensions & PTN_EXT_EARLY_DATA) != 0) {
        hs->skip_early = PTN_SKIP_BY_TYPE;
    }
    s->first_hello_body = ptn_span_skip(s->hello_message, PTN_HANDSHAKE_HEADER_BYTES);
    return ptn_become(hs, &expect_second_client_hello);
}

patina_err ptn_server13_negotiate(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    const struct ptn_client_hello *hello = &s->hello;
    PTN_TRY(check_mandatory(hello));
    hs->suite = choose_suite(hs, hello);
    PTN_REQUIRE(hs->suite != NULL, PATINA_ERR_NO_CIPHER_SUITE_IN_COMMON);
    bool has_share = false;
    uint16_t group = choose_group(hs, hello, &has_share);
    PTN_REQUIRE(group != 0, PATINA_ERR_NO_GROUP_IN_COMMON);
    PTN_CHECK(ptn_kx_group_find(hs->common->provider, group, &s->group)); // the config asked for it
    PTN_TRY(choose_protocol(hs, hello));

    PTN_TRY(ptn_transcript_choose(&s->h.transcript, hs->suite->hmac->hash));
    PTN_TRY(ptn_transcript_add(&s->h.transcript, s->hello_message));
    return has_share ? choose_credential(hs) : emit_hello_retry_request(hs);
}

// ---- The second ClientHello, RFC 9846 §4.2.2

static patina_err on_second_client_hello(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_server *s = hs->server;
    struct ptn_client_hello first;
    PTN_TRY(ptn_parse_client_hello(s->first_hello_body, &first));
    PTN_TRY(ptn_parse_client_hello(msg->body, &s->hello));
    s->hello_message = msg->whole;
    PTN_TRY(ptn_server_check_version(&s->hello));
    PTN_TRY(check_mandatory(&s->hello));
    // RFC 9846 §4.3.10: early_data is not allowed after a HelloRetryRequest.
    PTN_REQUIRE((s->hello.extensions & PTN_EXT_EARLY_DATA) == 0,
                PATINA_ERR_EARLY_DATA_IN_SECOND_HELLO);
    PTN_REQUIRE(ptn_client_hello_is_same(&first, &s->hello),
                PATINA_ERR_SECOND_CLIENT_HELLO_CHANGED);
    // RFC 9846 §4.3.8: one share, in the group that was asked for.
    PTN_REQUIRE(s->hello.key_shares.count == 1 &&
                    ptn_key_share_list_at(s->hello.key_shares, 0).group == s->group.id,
                PATINA_ERR_SECOND_CLIENT_HELLO_WRONG_SHARE);
    PTN_TRY(ptn_transcript_add(&s->h.transcript, msg->whole));
    // Early data sent before the HelloRetryRequest all stands before this message.
    hs->skip_early = PTN_SKIP_NONE;
    PTN_TRY(ptn_end_of_flight(hs));
    return choose_credential(hs);
}

static const struct ptn_state expect_second_client_hello = {
    .name = "expect_second_client_hello",
    .accepts = PTN_ACCEPT(CLIENT_HELLO),
    .owned = true,
    .handle = on_second_client_hello,
};

// ---- Which certificate

static bool is_scheme_offered(const void *arg, uint16_t scheme)
{
    const struct ptn_client_hello *hello = arg;
    return ptn_u16_list_has(hello->signature_algorithms, scheme);
}

// What the client accepts in the chain's signatures, RFC 9846 §4.3.3.
static void chain_schemes(const struct ptn_client_hello *hello, struct ptn_number_list *out)
{
    struct ptn_u16_list list = (hello->extensions & PTN_EXT_SIGNATURE_ALGORITHMS_CERT) != 0
                                   ? hello->signature_algorithms_cert
                                   : hello->signature_algorithms;
    size_t count = ptn_u16_list_count(list);
    *out = (struct ptn_number_list){0};
    for (size_t i = 0; i < count && out->count < PTN_MAX_OFFERED; i++) {
        PTN_AT(out->items, out->count) = ptn_u16_list_at(list, i);
        out->count++;
    }
}

static bool is_for_name(const struct patina_credential *c, patina_span sni)
{
    struct ptn_server_name name;
    size_t budget = PTN_MAX_NAME_COMPARISONS;
    return sni.len != 0 && ptn_server_name_parse(sni, &name) == PATINA_OK &&
           ptn_cert_match_name(&c->leaf, &name, &budget) == PATINA_OK;
}

// The first that can sign; better are those for the name, then those whose chain the client can
// check.
static patina_err choose_built_in(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    const struct patina_server_config *cfg = hs->server_config;
    struct ptn_number_list chain;
    chain_schemes(&s->hello, &chain);
    struct patina_credential *best = NULL;
    int best_rank = -1;
    bool is_known = s->sni.len == 0;
    for (size_t i = 0; i < cfg->credentials_count; i++) {
        struct patina_credential *c = PTN_ITEM(cfg->credentials, cfg->credentials_count, i);
        bool for_name = is_for_name(c, s->sni);
        is_known = is_known || for_name;
        if (ptn_credential_scheme13(c, is_scheme_offered, &s->hello) == 0) {
            continue;
        }
        int rank =
            (for_name ? 2 : 0) + (ptn_credential_chain_fits(c, chain.items, chain.count) ? 1 : 0);
        if (rank > best_rank) {
            best = c;
            best_rank = rank;
        }
    }
    // RFC 6066 §3: fatal unrecognized_name only when the config asks for it.
    PTN_REQUIRE(is_known || (hs->common->flags & PATINA_CONFIG_REFUSE_UNKNOWN_NAME) == 0,
                PATINA_ERR_UNRECOGNIZED_NAME);
    PTN_REQUIRE(best != NULL, PATINA_ERR_NO_SIGNATURE_SCHEME_IN_COMMON);
    s->credential = patina_credential_ref(best);
    return PATINA_OK;
}

static patina_err emit_flight(struct ptn_hs *hs);

static patina_err use_credential(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    if (s->credential == NULL) {
        PTN_TRY(choose_built_in(hs));
    }
    s->scheme = ptn_credential_scheme13(s->credential, is_scheme_offered, &s->hello);
    // RFC 9846 §4.5.2: without a scheme in common, handshake_failure.
    PTN_REQUIRE(s->scheme != 0, PATINA_ERR_NO_SIGNATURE_SCHEME_IN_COMMON);
    return emit_flight(hs);
}

static patina_err on_credential_chosen(struct ptn_hs *hs)
{
    patina_err err = ptn_op_result(hs->op, &hs->detail.alert);
    if (err == PATINA_OK) {
        hs->server->credential = patina_credential_ref(ptn_op_credential(hs->op));
    }
    ptn_op_abandon(hs->op);
    hs->op = NULL;
    PTN_TRY(err);
    return use_credential(hs);
}

static const struct ptn_state choosing_credential = {
    .name = "choosing_credential",
    .resume = on_credential_chosen,
};

static patina_err choose_credential(struct ptn_hs *hs)
{
    if (hs->server_config->choose_credential == NULL) {
        return use_credential(hs);
    }
    PTN_TRY(ptn_become(hs, &choosing_credential));
    PTN_TRY(ptn_server_ask(hs, PATINA_OP_CREDENTIAL, hs->server_config->choose_credential));
    return on_credential_chosen(hs);
}

// ---- Our flight

static patina_err emit_server_hello(struct ptn_hs *hs, struct patina_kx_secret *out_secret)
{
    struct ptn_server *s = hs->server;
    const struct patina_provider *p = hs->common->provider;
    struct ptn_key_share share;
    PTN_CHECK(ptn_key_share_list_find(s->hello.key_shares, s->group.id, &share)); // negotiation
                                                                                  // found it
    size_t reply_len = ptn_kx_reply_len(&s->group);
    uint8_t *reply = ptn_arena_alloc(&s->h.arena, reply_len);
    PTN_REQUIRE(reply != NULL, PATINA_ERR_NO_MEMORY);
    PTN_TRY(ptn_kx_respond(&s->group, share.key_exchange, (patina_mspan){reply, reply_len},
                           out_secret));
    PTN_TRY(p->random(p, PTN_MSPAN_OF(s->random)));
    const struct ptn_server_hello_out hello = {
        .random = PTN_SPAN_OF(s->random),
        .session_id = ptn_span_first(PTN_SPAN_OF(s->session_id), s->session_id_len),
        .cipher_suite = hs->suite->id,
        .group = s->group.id,
        .share = {reply, reply_len},
    };
    hs->facts.group = s->group.id;
    return emit_hello(hs, &hello);
}

static patina_err emit_encrypted_extensions(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    const struct ptn_encrypted_extensions_out out = {
        .acknowledge_server_name = s->sni.len != 0,
        .alpn = hs->facts.alpn,
    };
    struct ptn_emit e;
    PTN_TRY(ptn_emit_start(hs, 512, &e));
    ptn_encode_encrypted_extensions(&e.w, &out);
    return ptn_emit_end(hs, &e, &s->h.transcript);
}

// An entry of our Certificate: what the client asked to have stapled goes with the leaf, RFC 9846
// §4.5.1.1.
static struct ptn_certificate_entry own_entry(const struct ptn_server *s, size_t i)
{
    struct ptn_certificate_entry entry = {
        .der = patina_chain_certificate(patina_credential_chain(s->credential), i)};
    if (i == 0 && s->hello.wants_status) {
        entry.ocsp = s->credential->ocsp_response;
    }
    if (i == 0 && (s->hello.extensions & PTN_EXT_SCT) != 0) {
        entry.scts = s->credential->sct_list;
    }
    return entry;
}

static patina_err emit_certificate(struct ptn_hs *hs)
{
    enum { MESSAGE_HEAD = 16, ENTRY_HEAD = 24 };
    struct ptn_server *s = hs->server;
    size_t count = patina_chain_count(patina_credential_chain(s->credential));
    size_t total = MESSAGE_HEAD;
    for (size_t i = 0; i < count; i++) {
        struct ptn_certificate_entry entry = own_entry(s, i);
        PTN_CHECK(ptn_add_size(total, entry.der.len + entry.ocsp.len + entry.scts.len + ENTRY_HEAD,
                               &total));
    }
    struct ptn_emit e;
    PTN_TRY(ptn_emit_start(hs, total, &e));
    struct ptn_certificate_marks marks = ptn_open_certificate(&e.w, (patina_span){0});
    for (size_t i = 0; i < count; i++) {
        struct ptn_certificate_entry entry = own_entry(s, i);
        ptn_write_certificate_entry(&e.w, &entry);
    }
    ptn_close_certificate(&e.w, marks);
    return ptn_emit_end(hs, &e, &s->h.transcript);
}

static patina_err enter_handshake_keys(struct ptn_hs *hs, const struct patina_kx_secret *kx)
{
    struct ptn_server *s = hs->server;
    struct patina_digest hello_hash;
    PTN_TRY(ptn_hkdf_init(&s->h.hkdf, hs->suite->hmac, hs->alloc));
    PTN_TRY(ptn_transcript_hash(&s->h, &hello_hash));
    PTN_TRY(ptn_schedule13_start(&s->h.hkdf, (patina_span){0}, kx, &hello_hash, &s->h.secrets));
    ptn_key_log(hs, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", PTN_SPAN_OF(s->client_random),
                &s->h.secrets.client);
    ptn_key_log(hs, "SERVER_HANDSHAKE_TRAFFIC_SECRET", PTN_SPAN_OF(s->client_random),
                &s->h.secrets.server);
    return ptn_set_traffic_key(hs, &s->h.hkdf, PTN_SEND, &s->h.secrets.server);
}

static patina_err on_signed(struct ptn_hs *hs);

static const struct ptn_state signing = {
    .name = "signing",
    .resume = on_signed,
};

static patina_err emit_flight(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    struct patina_kx_secret secret = {0};
    patina_err err = emit_server_hello(hs, &secret);
    if (err == PATINA_OK) {
        err = enter_handshake_keys(hs, &secret);
    }
    ptn_wipe(&secret, sizeof secret);
    PTN_TRY(err);
    PTN_TRY(emit_encrypted_extensions(hs));
    PTN_TRY(emit_certificate(hs));
    PTN_TRY(ptn_become(hs, &signing));
    PTN_TRY(ptn_sign_start13(hs, &s->h, s->credential, s->scheme));
    return on_signed(hs);
}

static patina_err emit_certificate_verify(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    patina_span signature = patina_sign_op_result(hs->op);
    struct ptn_emit e;
    PTN_TRY(ptn_emit_start(hs, 16 + PATINA_SIGNATURE_MAX, &e));
    ptn_encode_certificate_verify(&e.w, s->scheme, signature);
    hs->facts.scheme = s->scheme;
    return ptn_emit_end(hs, &e, &s->h.transcript);
}

// RFC 9846 §7.1: our traffic keys begin after our Finished; the client's secrets wait for its own.
static patina_err enter_traffic(struct ptn_hs *hs, struct ptn_traffic_secrets13 *traffic)
{
    struct ptn_server *s = hs->server;
    struct patina_digest through_finished;
    PTN_TRY(ptn_transcript_hash(&s->h, &through_finished));
    PTN_TRY(ptn_schedule13_into_traffic(&s->h.hkdf, &s->h.secrets, &through_finished, traffic));
    ptn_key_log(hs, "CLIENT_TRAFFIC_SECRET_0", PTN_SPAN_OF(s->client_random), &traffic->client);
    ptn_key_log(hs, "SERVER_TRAFFIC_SECRET_0", PTN_SPAN_OF(s->client_random), &traffic->server);
    ptn_key_log(hs, "EXPORTER_SECRET", PTN_SPAN_OF(s->client_random), &traffic->exporter);
    hs->send_traffic = traffic->server;
    hs->recv_traffic = traffic->client;
    hs->exporter = traffic->exporter;
    PTN_TRY(ptn_set_traffic_key(hs, &s->h.hkdf, PTN_SEND, &hs->send_traffic));
    return ptn_set_traffic_key(hs, &s->h.hkdf, PTN_RECEIVE, &s->h.secrets.client);
}

// The first stage ends with our flight: a half-open connection keeps the transcript and
// its keys, not what the client said.
static void forget_hellos(struct ptn_server *s)
{
    s->hello = (struct ptn_client_hello){0};
    s->hello_message = (patina_span){0};
    s->first_hello_body = (patina_span){0};
    s->sni = (patina_span){0};
    ptn_arena_clear(&s->h.arena);
}

static patina_err on_signed(struct ptn_hs *hs)
{
    struct ptn_server *s = hs->server;
    patina_err err = ptn_op_result(hs->op, &hs->detail.alert);
    if (err == PATINA_OK) {
        err = emit_certificate_verify(hs);
    }
    ptn_op_abandon(hs->op);
    hs->op = NULL;
    PTN_TRY(err);
    PTN_TRY(ptn_emit_finished13(hs, &s->h, &s->h.secrets.server));
    struct ptn_traffic_secrets13 traffic = {0};
    err = enter_traffic(hs, &traffic);
    ptn_wipe(&traffic, sizeof traffic);
    PTN_TRY(err);
    // RFC 9846 §4.3.10: early data we do not take fails to open, and is skipped.
    if ((s->hello.extensions & PTN_EXT_EARLY_DATA) != 0 && !hs->facts.was_retried) {
        hs->skip_early = PTN_SKIP_UNOPENED;
    }
    forget_hellos(s);
    return ptn_become(hs, &expect_finished);
}

// ---- The client's Finished, RFC 9846 §4.5.3

static patina_err on_finished(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_server *s = hs->server;
    PTN_TRY(ptn_end_of_flight(hs));
    PTN_TRY(ptn_check_finished13(hs, &s->h, &s->h.secrets.client, msg));
    PTN_TRY(ptn_set_traffic_key(hs, &s->h.hkdf, PTN_RECEIVE, &hs->recv_traffic));
    return ptn_hs_complete(hs);
}

static const struct ptn_state expect_finished = {
    .name = "expect_finished",
    .accepts = PTN_ACCEPT(FINISHED),
    .handle = on_finished,
};
