// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The TLS 1.3 client after ServerHello, RFC 9846 §4.4 and §4.5.
#include "hs/roles.h"
#include "x509/chain.h"

// In protocol order.
static const struct ptn_state expect_certificate_or_request;
static const struct ptn_state expect_certificate;
static const struct ptn_state expect_certificate_verify;
static const struct ptn_state expect_finished;

// EncryptedExtensions, RFC 9846 §4.4.1.
static patina_err on_encrypted_extensions(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_client *c = hs->client;
    struct ptn_encrypted_extensions ee;
    PTN_TRY(ptn_parse_encrypted_extensions(msg->body, c->asked, &ee));
    if (ee.alpn.len != 0) {
        // RFC 7301 §3.1: the protocol is one of those offered.
        bool own = c->alpn_count != 0;
        const patina_span *offered = own ? c->alpn : hs->common->alpn;
        size_t count = own ? c->alpn_count : hs->common->alpn_count;
        bool is_offered = false;
        for (size_t i = 0; i < count; i++) {
            is_offered = is_offered || ptn_span_equal(PTN_ITEM(offered, count, i), ee.alpn);
        }
        PTN_REQUIRE(is_offered, PATINA_ERR_UNOFFERED_PROTOCOL_NAME);
        PTN_REQUIRE(ptn_span_dup(hs->alloc, ee.alpn, &hs->facts.alpn), PATINA_ERR_NO_MEMORY);
    }
    PTN_TRY(ptn_transcript_add(&c->h.transcript, msg->whole));
    return ptn_become(hs, &expect_certificate_or_request);
}

const struct ptn_state ptn_client13_expect_encrypted_extensions = {
    .name = "expect_encrypted_extensions",
    .accepts = PTN_ACCEPT(ENCRYPTED_EXTENSIONS),
    .handle = on_encrypted_extensions,
};

// CertificateRequest, RFC 9846 §4.4.2. It is answered with an empty Certificate.
static patina_err on_certificate_request(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_client *c = hs->client;
    struct ptn_certificate_request request;
    PTN_TRY(ptn_parse_certificate_request(msg->body, &request));
    // RFC 9846 §4.4.2: the context is empty in the handshake.
    PTN_REQUIRE(request.context.len == 0, PATINA_ERR_BAD_REQUEST_CONTEXT);
    c->certificate_requested = true;
    PTN_TRY(ptn_transcript_add(&c->h.transcript, msg->whole));
    return ptn_become(hs, &expect_certificate);
}

// Copies the chain out of the message, and what was stapled to its leaf, into the counted object
// that the getters, verifiers and operations share. What is stapled to other certificates (RFC 9846
// §4.5.1.1) was checked in form; nobody asks for it.
static patina_err keep_chain(struct ptn_hs *hs, const struct ptn_certificate_message *message)
{
    patina_span certificates[PTN_MAX_CERTIFICATES];
    size_t count = 0;
    size_t position = 0;
    struct ptn_certificate_entry entry;
    struct ptn_certificate_entry leaf = ptn_certificate_at(message, 0);
    while (count < PTN_MAX_CERTIFICATES && ptn_certificate_next(message, &position, &entry)) {
        PTN_AT(certificates, count) = entry.der;
        count++;
    }
    const struct ptn_chain_parts parts = {
        .certificates = certificates, .count = count, .staple = leaf.ocsp, .scts = leaf.scts};
    return ptn_chain_make(hs->alloc, &parts, &hs->facts.peer_chain);
}

static patina_err on_chain_verified(struct ptn_hs *hs)
{
    PTN_TRY(ptn_verify_leaf(hs, &hs->client->h));
    return ptn_become(hs, &expect_certificate_verify);
}

// Certificate, RFC 9846 §4.5.1.
static patina_err on_certificate(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_client *c = hs->client;
    struct ptn_certificate_message message;
    PTN_TRY(ptn_parse_certificate(msg->body, c->asked, &message));
    PTN_REQUIRE(message.context.len == 0, PATINA_ERR_BAD_REQUEST_CONTEXT);
    // RFC 9846 §4.5.1.2: a server's list is never empty.
    PTN_REQUIRE(message.count != 0, PATINA_ERR_EMPTY_CERTIFICATE);
    PTN_TRY(keep_chain(hs, &message));
    PTN_TRY(ptn_transcript_add(&c->h.transcript, msg->whole));
    PTN_TRY(ptn_verify_chain_start(hs, &c->h));
    return on_chain_verified(hs);
}

static patina_err on_certificate_done(struct ptn_hs *hs)
{
    PTN_TRY(ptn_verify_chain_result(hs));
    return on_chain_verified(hs);
}

static const struct ptn_state expect_certificate = {
    .name = "expect_certificate",
    .accepts = PTN_ACCEPT(CERTIFICATE),
    .handle = on_certificate,
    .resume = on_certificate_done,
};

static patina_err on_certificate_or_request(struct ptn_hs *hs, const struct ptn_message *msg)
{
    return msg->type == PTN_HS_CERTIFICATE_REQUEST ? on_certificate_request(hs, msg)
                                                   : on_certificate(hs, msg);
}

static const struct ptn_state expect_certificate_or_request = {
    .name = "expect_certificate_or_request",
    .accepts = PTN_ACCEPT(CERTIFICATE) | PTN_ACCEPT(CERTIFICATE_REQUEST),
    .handle = on_certificate_or_request,
    .resume = on_certificate_done,
};

// CertificateVerify, RFC 9846 §4.5.2: signed over the transcript up to, not including, itself.
static patina_err on_certificate_verify(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_client *c = hs->client;
    struct ptn_certificate_verify cv;
    PTN_TRY(ptn_parse_certificate_verify(msg->body, &cv));
    PTN_TRY(ptn_verify_signature13(hs, &c->h, &cv));
    PTN_TRY(ptn_transcript_add(&c->h.transcript, msg->whole));
    return ptn_become(hs, &expect_finished);
}

static const struct ptn_state expect_certificate_verify = {
    .name = "expect_certificate_verify",
    .accepts = PTN_ACCEPT(CERTIFICATE_VERIFY),
    .handle = on_certificate_verify,
};

static patina_err emit_empty_certificate(struct ptn_hs *hs)
{
    struct ptn_emit e;
    PTN_TRY(ptn_emit_start(hs, 16, &e));
    ptn_close_certificate(&e.w, ptn_open_certificate(&e.w, (patina_span){0}));
    return ptn_emit_end(hs, &e, &hs->client->h.transcript);
}

// The key of our last flight is in place since ServerHello; after our Finished come the traffic
// keys.
static patina_err enter_traffic(struct ptn_hs *hs, struct ptn_traffic_secrets13 *traffic)
{
    struct ptn_client *c = hs->client;
    struct patina_digest through_finished;
    PTN_TRY(ptn_transcript_hash(&c->h, &through_finished));
    PTN_TRY(ptn_schedule13_into_traffic(&c->h.hkdf, &c->h.secrets, &through_finished, traffic));
    ptn_key_log(hs, "CLIENT_TRAFFIC_SECRET_0", PTN_SPAN_OF(c->random), &traffic->client);
    ptn_key_log(hs, "SERVER_TRAFFIC_SECRET_0", PTN_SPAN_OF(c->random), &traffic->server);
    ptn_key_log(hs, "EXPORTER_SECRET", PTN_SPAN_OF(c->random), &traffic->exporter);
    hs->send_traffic = traffic->client;
    hs->recv_traffic = traffic->server;
    hs->exporter = traffic->exporter;
    if (c->certificate_requested) {
        PTN_TRY(emit_empty_certificate(hs));
    }
    PTN_TRY(ptn_emit_finished13(hs, &c->h, &c->h.secrets.client));
    PTN_TRY(ptn_set_traffic_key(hs, &c->h.hkdf, PTN_SEND, &hs->send_traffic));
    return ptn_set_traffic_key(hs, &c->h.hkdf, PTN_RECEIVE, &hs->recv_traffic);
}

static void remember_group(const struct ptn_hs *hs)
{
    const struct patina_group_memory *memory = hs->client_config->group_memory;
    if (memory != NULL && memory->put != NULL && hs->facts.was_retried &&
        hs->client->retry_group != 0) {
        memory->put(memory->user, hs->client->verify_name, hs->client->retry_group);
    }
}

// Finished, RFC 9846 §4.5.3.
static patina_err on_finished(struct ptn_hs *hs, const struct ptn_message *msg)
{
    struct ptn_client *c = hs->client;
    PTN_TRY(ptn_end_of_flight(hs));
    PTN_TRY(ptn_check_finished13(hs, &c->h, &c->h.secrets.server, msg));
    struct ptn_traffic_secrets13 traffic = {0};
    patina_err err = enter_traffic(hs, &traffic);
    ptn_wipe(&traffic, sizeof traffic);
    PTN_TRY(err);
    remember_group(hs);
    ptn_link_cache_add(hs->client_config->links, &c->links);
    return ptn_hs_complete(hs);
}

static const struct ptn_state expect_finished = {
    .name = "expect_finished",
    .accepts = PTN_ACCEPT(FINISHED),
    .handle = on_finished,
};
