// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The client until ServerHello: ClientHello, HelloRetryRequest, version, key exchange. RFC 9846
// §4.2. What follows for TLS 1.3 is in client13.c.
#include "hs/roles.h"
#include "x509/name.h"

static const struct ptn_state expect_server_hello;

const struct ptn_state ptn_client_idle = {
    .name = "client_idle",
};

// ---- Beginning and ending

static patina_err dup_names(struct ptn_hs *hs, const struct ptn_hs_options *o)
{
    struct ptn_client *c = hs->client;
    struct ptn_server_name name;
    PTN_REQUIRE(o->server_name.len != 0, PATINA_ERR_MISSING_SERVER_NAME);
    PTN_TRY(ptn_server_name_parse(o->server_name, &name));
    PTN_REQUIRE(ptn_span_dup(hs->alloc, o->server_name, &c->verify_name), PATINA_ERR_NO_MEMORY);
    PTN_REQUIRE(ptn_span_dup(hs->alloc, o->server_name, &hs->facts.server_name),
                PATINA_ERR_NO_MEMORY);
    // RFC 6066 §3: no SNI for IP addresses (nor for URIs), and none with a trailing dot.
    patina_span sni = name.kind == PTN_NAME_DNS ? name.text : (patina_span){0};
    if (o->sni.len != 0) {
        PTN_REQUIRE(ptn_is_dns_name(o->sni), PATINA_ERR_BAD_SERVER_NAME);
        sni = o->sni;
    }
    if ((hs->common->flags & PATINA_CONFIG_NO_SNI) == 0) {
        PTN_REQUIRE(ptn_span_dup(hs->alloc, sni, &c->sni), PATINA_ERR_NO_MEMORY);
    }
    return ptn_names_dup(hs->alloc, o->alpn, o->alpn_count, &c->alpn, &c->alpn_count);
}

patina_err ptn_client_new(struct ptn_hs *hs, const struct ptn_hs_options *o)
{
    struct ptn_client *c = ptn_alloc(hs->alloc, sizeof *c);
    PTN_REQUIRE(c != NULL, PATINA_ERR_NO_MEMORY);
    hs->client = c;
    ptn_handshake_init(&c->h, hs->alloc);
    ptn_arena_init(&c->shares_arena, hs->alloc, PTN_MAX_ARENA_BYTES);
    return dup_names(hs, o);
}

static void clear_shares(struct ptn_client *c)
{
    for (size_t i = 0; i < c->shares_count; i++) {
        ptn_kx_clear(&PTN_AT(c->shares, i));
    }
    c->shares_count = 0;
    c->encoded_shares = (patina_span){0};
    ptn_arena_clear(&c->shares_arena);
}

void ptn_client_free(struct ptn_hs *hs)
{
    struct ptn_client *c = hs->client;
    if (c == NULL) {
        return;
    }
    clear_shares(c);
    ptn_handshake_clear(&c->h);
    ptn_span_free(hs->alloc, c->sni);
    ptn_span_free(hs->alloc, c->verify_name);
    ptn_spans_free(hs->alloc, c->alpn, c->alpn_count);
    ptn_free(hs->alloc, c, sizeof *c);
    hs->client = NULL;
}

struct ptn_arena *ptn_role_arena(struct ptn_hs *hs)
{
    return hs->is_server ? &hs->server->h.arena : &hs->client->h.arena;
}

// ---- Key shares, RFC 9846 §4.3.8

// The hybrid already begun whose curve is `id`: its half doubles as a share of the curve alone.
static struct ptn_kx *hybrid_with_curve(struct ptn_client *c, uint16_t id)
{
    for (size_t i = 0; i < c->shares_count; i++) {
        struct ptn_kx *kx = &PTN_AT(c->shares, i);
        if (kx->group.kem != NULL && kx->group.curve->id == id) {
            return kx;
        }
    }
    return NULL;
}

static patina_err write_share(struct ptn_hs *hs, struct ptn_writer *w, uint16_t id)
{
    struct ptn_client *c = hs->client;
    struct ptn_kx_group group;
    PTN_CHECK(ptn_kx_group_find(hs->common->provider, id, &group)); // the config asked for it
    PTN_CHECK(c->shares_count < PTN_MAX_OWN_SHARES);                // the config counted them
    ptn_write_u16(w, id);
    struct ptn_mark mark = ptn_open(w, 2);
    patina_mspan share = ptn_write_reserve(w, ptn_kx_share_len(&group));
    PTN_CHECK(share.len != 0); // make_shares measured the room
    struct ptn_kx *kx = &PTN_AT(c->shares, c->shares_count);
    c->shares_count++; // cleared with the rest, also when half begun
    PTN_TRY(ptn_kx_start(kx, &group, &c->shares_arena, share));
    ptn_close(w, mark);
    return PATINA_OK;
}

// Writes the curve's half of a hybrid's share, found in what has been written so far.
static patina_err write_curve_share(struct ptn_client *c, struct ptn_writer *w,
                                    const struct ptn_kx *hybrid, uint16_t id)
{
    patina_span so_far;
    PTN_CHECK(ptn_writer_finish(w, &so_far));
    struct ptn_key_share_list list = {.bytes = so_far, .count = c->shares_count};
    struct ptn_key_share share;
    PTN_CHECK(ptn_key_share_list_find(list, hybrid->group.id, &share));
    ptn_write_u16(w, id);
    struct ptn_mark mark = ptn_open(w, 2);
    ptn_write_span(w, ptn_kx_curve_share(hybrid, share.key_exchange));
    ptn_close(w, mark);
    c->curve_share = id;
    return PATINA_OK;
}

// Begins the shares of `groups` and encodes their KeyShareEntry list.
static patina_err make_shares(struct ptn_hs *hs, const struct ptn_number_list *groups)
{
    struct ptn_client *c = hs->client;
    size_t room = 0;
    clear_shares(c);
    c->curve_share = 0;
    for (size_t i = 0; i < groups->count; i++) {
        struct ptn_kx_group group;
        PTN_CHECK(ptn_kx_group_find(hs->common->provider, PTN_AT(groups->items, i), &group));
        PTN_CHECK(ptn_add_size(room, 4 + ptn_kx_share_len(&group), &room));
    }
    if (room == 0) {
        return PATINA_OK;
    }
    uint8_t *bytes = ptn_arena_alloc(&c->shares_arena, room);
    PTN_REQUIRE(bytes != NULL, PATINA_ERR_NO_MEMORY);
    struct ptn_writer w = ptn_writer_of((patina_mspan){bytes, room});
    for (size_t i = 0; i < groups->count; i++) {
        uint16_t id = PTN_AT(groups->items, i);
        struct ptn_kx *hybrid = c->curve_share == 0 ? hybrid_with_curve(c, id) : NULL;
        if (hybrid != NULL) {
            PTN_TRY(write_curve_share(c, &w, hybrid, id));
        } else {
            PTN_TRY(write_share(hs, &w, id));
        }
    }
    PTN_CHECK(ptn_writer_finish(&w, &c->encoded_shares));
    return PATINA_OK;
}

// The config's groups, and the one this server asked for last time; RFC 9846 §4.3.8: in the order
// of supported_groups.
static patina_err first_shares(struct ptn_hs *hs)
{
    struct ptn_number_list groups = hs->client_config->key_shares;
    const struct patina_group_memory *memory = hs->client_config->group_memory;
    if (memory != NULL && memory->get != NULL) {
        uint16_t known = memory->get(memory->user, hs->client->verify_name);
        if (ptn_number_list_has(&hs->common->groups, known) &&
            !ptn_number_list_has(&groups, known) && groups.count < PTN_MAX_OWN_SHARES) {
            PTN_AT(groups.items, groups.count) = known;
            groups.count++;
        }
    }
    struct ptn_number_list ordered = {0};
    for (size_t i = 0; i < hs->common->groups.count; i++) {
        uint16_t id = PTN_AT(hs->common->groups.items, i);
        if (ptn_number_list_has(&groups, id)) {
            PTN_AT(ordered.items, ordered.count) = id;
            ordered.count++;
        }
    }
    return make_shares(hs, &ordered);
}

// ---- ClientHello

static bool is_compat(const struct ptn_hs *hs)
{
    return (hs->common->flags & PATINA_CONFIG_NO_MIDDLEBOX_COMPAT) == 0;
}

static patina_err emit_client_hello(struct ptn_hs *hs)
{
    static const uint16_t versions[] = {PTN_VERSION_TLS13};
    struct ptn_client *c = hs->client;
    const struct patina_client_config *cfg = hs->client_config;
    bool own_alpn = c->alpn_count != 0;
    const struct ptn_client_hello_out hello = {
        .random = PTN_SPAN_OF(c->random),
        .session_id = ptn_span_first(PTN_SPAN_OF(c->session_id), c->session_id_len),
        .suites = cfg->common.suites.items,
        .suites_count = cfg->common.suites.count,
        .versions = versions,
        .versions_count = PTN_COUNT(versions),
        .groups = cfg->common.groups.items,
        .groups_count = cfg->common.groups.count,
        .schemes = cfg->verify_schemes.items,
        .schemes_count = cfg->verify_schemes.count,
        .cert_schemes = cfg->cert_schemes.items,
        .cert_schemes_count = cfg->cert_schemes.count,
        .server_name = c->sni,
        .alpn = own_alpn ? c->alpn : cfg->common.alpn,
        .alpn_count = own_alpn ? c->alpn_count : cfg->common.alpn_count,
        .key_shares = c->encoded_shares,
        .has_key_shares = true,
        .cookie = c->cookie,
        .wants_status = (cfg->common.flags & PATINA_CONFIG_NO_STATUS_REQUEST) == 0,
        .wants_scts = (cfg->common.flags & PATINA_CONFIG_WANT_SCTS) != 0,
        .order_seed = c->order_seed,
    };
    c->asked = PTN_EXT_SUPPORTED_VERSIONS | PTN_EXT_SUPPORTED_GROUPS |
               PTN_EXT_SIGNATURE_ALGORITHMS | PTN_EXT_SIGNATURE_ALGORITHMS_CERT | PTN_EXT_KEY_SHARE;
    c->asked |= hello.server_name.len != 0 ? (uint32_t)PTN_EXT_SERVER_NAME : 0;
    c->asked |= hello.alpn_count != 0 ? (uint32_t)PTN_EXT_ALPN : 0;
    c->asked |= hello.wants_status ? (uint32_t)PTN_EXT_STATUS_REQUEST : 0;
    c->asked |= hello.wants_scts ? (uint32_t)PTN_EXT_SCT : 0;
    struct ptn_emit e;
    size_t max_len; // a server that sends a large cookie gets it back
    PTN_CHECK(ptn_add_size(PTN_HANDSHAKE_HEADER_BYTES + PTN_MAX_CLIENT_HELLO_BYTES, c->cookie.len,
                           &max_len));
    PTN_TRY(ptn_emit_start(hs, max_len, &e));
    ptn_encode_client_hello(&e.w, &hello);
    PTN_TRY(ptn_emit_end(hs, &e, &c->h.transcript));
    hs->ccs_allowed = true; // RFC 9846 §5: after the first ClientHello was sent
    return ptn_become(hs, &expect_server_hello);
}

patina_err ptn_client_start(struct ptn_hs *hs)
{
    struct ptn_client *c = hs->client;
    const struct patina_provider *p = hs->common->provider;
    uint8_t seed[2];
    PTN_TRY(p->random(p, PTN_MSPAN_OF(c->random)));
    PTN_TRY(p->random(p, PTN_MSPAN_OF(seed)));
    if (is_compat(hs)) {
        PTN_TRY(p->random(p, PTN_MSPAN_OF(c->session_id)));
        c->session_id_len = sizeof c->session_id;
    }
    if ((hs->common->flags & PATINA_CONFIG_NO_EXTENSION_SHUFFLE) == 0) {
        c->order_seed = (uint16_t)((PTN_AT(seed, 0) << 8 | PTN_AT(seed, 1)) | 1);
    }
    PTN_TRY(first_shares(hs));
    return emit_client_hello(hs);
}

// ---- ServerHello and HelloRetryRequest, RFC 9846 §4.2.3 and §4.2.4

static patina_err check_hello(const struct ptn_hs *hs, const struct ptn_server_hello *hello)
{
    const struct ptn_client *c = hs->client;
    bool is_retried = hs->facts.was_retried;
    // RFC 9846 §4.2.4: a second HelloRetryRequest is unexpected_message.
    PTN_REQUIRE(!(is_retried && hello->is_hello_retry), PATINA_ERR_SECOND_HELLO_RETRY_REQUEST);
    // RFC 9846 §4.3.1: without supported_versions it is TLS 1.2 or older, which may not follow a
    // HelloRetryRequest.
    if (hello->selected_version == 0) {
        return is_retried ? PATINA_ERR_HELLO_RETRY_CHANGED : PATINA_ERR_TLS12_SERVER;
    }
    // RFC 9846 §4.2.3: legacy_version MUST be 0x0303.
    PTN_REQUIRE(hello->legacy_version == PTN_VERSION_TLS12, PATINA_ERR_BAD_LEGACY_VERSION);
    PTN_REQUIRE(hello->selected_version == PTN_VERSION_TLS13, PATINA_ERR_UNOFFERED_VERSION);
    // RFC 9846 §4.2.3: legacy_session_id_echo, legacy_compression_method, cipher_suite.
    PTN_REQUIRE(ptn_span_equal(hello->session_id,
                               ptn_span_first(PTN_SPAN_OF(c->session_id), c->session_id_len)),
                PATINA_ERR_SESSION_ID_NOT_ECHOED);
    PTN_REQUIRE(hello->compression_method == 0, PATINA_ERR_COMPRESSION_SELECTED);
    PTN_REQUIRE(ptn_number_list_has(&hs->common->suites, hello->cipher_suite),
                PATINA_ERR_UNOFFERED_CIPHER_SUITE);
    // RFC 9846 §4.2.4: the ServerHello keeps the suite of the HelloRetryRequest.
    PTN_REQUIRE(!is_retried || hello->cipher_suite == c->retry_suite,
                PATINA_ERR_HELLO_RETRY_CHANGED);
    return PATINA_OK;
}

static patina_err on_hello_retry_request(struct ptn_hs *hs, const struct ptn_server_hello *hello,
                                         const struct ptn_message *msg)
{
    struct ptn_client *c = hs->client;
    PTN_TRY(ptn_end_of_flight(hs));
    bool asks_group = (hello->extensions & PTN_EXT_KEY_SHARE) != 0;
    bool asks_cookie = (hello->extensions & PTN_EXT_COOKIE) != 0;
    // RFC 9846 §4.2.4: one that would not change the ClientHello is illegal_parameter.
    PTN_REQUIRE(asks_group || asks_cookie, PATINA_ERR_HELLO_RETRY_WITHOUT_CHANGE);
    // RFC 9846 §4.3.8: the group was offered, and no share of it was sent.
    if (asks_group) {
        struct ptn_key_share_list sent = {.bytes = c->encoded_shares,
                                          .count = c->shares_count + (c->curve_share != 0 ? 1 : 0)};
        struct ptn_key_share share;
        PTN_REQUIRE(ptn_number_list_has(&hs->common->groups, hello->selected_group),
                    PATINA_ERR_UNOFFERED_GROUP);
        PTN_REQUIRE(!ptn_key_share_list_find(sent, hello->selected_group, &share),
                    PATINA_ERR_HELLO_RETRY_GROUP_ALREADY_SHARED);
        c->retry_group = hello->selected_group;
    }
    PTN_REQUIRE(ptn_arena_dup(&c->h.arena, hello->cookie, &c->cookie), PATINA_ERR_NO_MEMORY);
    c->retry_suite = hello->cipher_suite;
    hs->facts.was_retried = true;

    const struct patina_suite *suite =
        ptn_provider_suite(hs->common->provider, hello->cipher_suite);
    PTN_TRY(ptn_transcript_choose(&c->h.transcript, suite->hmac->hash));
    PTN_TRY(ptn_transcript_retry(&c->h.transcript));
    PTN_TRY(ptn_transcript_add(&c->h.transcript, msg->whole));
    if (asks_group) {
        const struct ptn_number_list one = {{hello->selected_group}, 1};
        PTN_TRY(make_shares(hs, &one));
    }
    if (is_compat(hs)) {
        PTN_TRY(ptn_emit_change_cipher_spec(hs)); // RFC 9846 §E.4: before the second flight
    }
    return emit_client_hello(hs);
}

// Finds our share that the server's answers, and completes the exchange.
static patina_err finish_key_exchange(struct ptn_hs *hs, const struct ptn_server_hello *hello,
                                      struct patina_kx_secret *out)
{
    struct ptn_client *c = hs->client;
    uint16_t group = hello->share.group;
    // RFC 9846 §9.2: without PSK the ServerHello has a key_share.
    PTN_REQUIRE((hello->extensions & PTN_EXT_KEY_SHARE) != 0, PATINA_ERR_MISSING_KEY_SHARE);
    // RFC 9846 §4.3.8: the group of the HelloRetryRequest, offered, and one we sent a share of.
    PTN_REQUIRE(c->retry_group == 0 || group == c->retry_group, PATINA_ERR_HELLO_RETRY_CHANGED);
    PTN_REQUIRE(ptn_number_list_has(&hs->common->groups, group), PATINA_ERR_UNOFFERED_GROUP);
    for (size_t i = 0; i < c->shares_count; i++) {
        struct ptn_kx *kx = &PTN_AT(c->shares, i);
        bool is_curve_of_hybrid =
            kx->group.kem != NULL && group == c->curve_share && kx->group.curve->id == group;
        if (kx->group.id == group || is_curve_of_hybrid) {
            hs->facts.group = group;
            return ptn_kx_finish(kx, group, hello->share.key_exchange, out);
        }
    }
    return PATINA_ERR_SHARE_IN_WRONG_GROUP;
}

// RFC 9846 §7.1: handshake secrets, and both directions on their keys.
static patina_err enter_handshake_keys(struct ptn_hs *hs, const struct patina_kx_secret *kx)
{
    struct ptn_client *c = hs->client;
    struct patina_digest hello_hash;
    PTN_TRY(ptn_hkdf_init(&c->h.hkdf, hs->suite->hmac, hs->alloc));
    PTN_TRY(ptn_transcript_hash(&c->h, &hello_hash));
    PTN_TRY(ptn_schedule13_start(&c->h.hkdf, (patina_span){0}, kx, &hello_hash, &c->h.secrets));
    ptn_key_log(hs, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", PTN_SPAN_OF(c->random),
                &c->h.secrets.client);
    ptn_key_log(hs, "SERVER_HANDSHAKE_TRAFFIC_SECRET", PTN_SPAN_OF(c->random),
                &c->h.secrets.server);
    if (is_compat(hs)) {
        PTN_TRY(ptn_emit_change_cipher_spec(hs));
    }
    PTN_TRY(ptn_set_traffic_key(hs, &c->h.hkdf, PTN_SEND, &c->h.secrets.client));
    return ptn_set_traffic_key(hs, &c->h.hkdf, PTN_RECEIVE, &c->h.secrets.server);
}

static patina_err on_real_server_hello(struct ptn_hs *hs, const struct ptn_server_hello *hello,
                                       const struct ptn_message *msg)
{
    struct ptn_client *c = hs->client;
    struct patina_kx_secret secret = {0};
    patina_err err = finish_key_exchange(hs, hello, &secret);
    if (err == PATINA_OK) {
        hs->suite = ptn_provider_suite(hs->common->provider, hello->cipher_suite);
        if (!hs->facts.was_retried) {
            err = ptn_transcript_choose(&c->h.transcript, hs->suite->hmac->hash);
        }
    }
    if (err == PATINA_OK) {
        err = ptn_transcript_add(&c->h.transcript, msg->whole);
    }
    if (err == PATINA_OK) {
        err = enter_handshake_keys(hs, &secret);
    }
    ptn_wipe(&secret, sizeof secret);
    PTN_TRY(err);
    clear_shares(c);
    return ptn_become(hs, &ptn_client13_expect_encrypted_extensions);
}

static patina_err on_server_hello(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_server_hello hello;
    patina_err err = ptn_parse_server_hello(msg->body, hs->client->asked, &hello);
    // RFC 9846 §4.3 names no alert for duplicates; BoGo fixes decode_error elsewhere and
    // illegal_parameter here.
    PTN_REQUIRE(err != PATINA_ERR_DUPLICATE_EXTENSION,
                PATINA_ERR_DUPLICATE_EXTENSION_IN_SERVER_HELLO);
    PTN_TRY(err);
    PTN_TRY(check_hello(hs, &hello));
    return hello.is_hello_retry ? on_hello_retry_request(hs, &hello, msg)
                                : on_real_server_hello(hs, &hello, msg);
}

static const struct ptn_state expect_server_hello = {
    .name = "expect_server_hello",
    .accepts = PTN_ACCEPT(SERVER_HELLO),
    .handle = on_server_hello,
};
