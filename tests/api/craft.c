// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Connections whose peer is the test: see craft.h.
#include "craft.h"

#include "conn/conn.h"
#include "hs/roles.h"
#include "null_provider.h"
#include "wire/codepoints.h"

#include <stdlib.h>
#include <string.h>

static const uint16_t groups[] = {PTN_GROUP_SECP256R1, PTN_GROUP_X25519};

static size_t u16_at(const uint8_t *p)
{
    return ((size_t)p[0] << 8) | p[1];
}

static void put_u16(uint8_t *p, size_t n)
{
    p[0] = (uint8_t)(n >> 8);
    p[1] = (uint8_t)(n & 0xff);
}

// ---- The world

void craft_options(struct craft *c, bool retry)
{
    memset(c, 0, sizeof *c);
    c->provider = null_provider_new(1);
    assert_non_null(c->provider);
    fixture_options(&c->f, c->provider, c->provider, TEST_P256);
    c->f.client.groups = groups;
    c->f.client.groups_count = 2;
    c->f.client.key_shares = &groups[retry ? 0 : 1];
    c->f.client.key_shares_count = 1;
    c->f.server.groups = &groups[1];
    c->f.server.groups_count = 1;
}

void craft_defaults(struct craft *c)
{
    craft_options(c, false);
    c->f.client.groups = NULL; // the defaults
    c->f.client.groups_count = 0;
    c->f.client.key_shares = NULL;
    c->f.client.key_shares_count = 0;
    c->f.server.groups = NULL;
    c->f.server.groups_count = 0;
}

void craft_start(struct craft *c)
{
    fixture_configs(&c->f);
    fixture_pair(&c->f, &c->p);
}

void craft_new(struct craft *c, bool retry)
{
    craft_options(c, retry);
    craft_start(c);
}

void craft_free(struct craft *c)
{
    pair_free(&c->p);
    fixture_free(&c->f);
    patina_provider_unref(c->provider);
}

// The first record of this type in what a side sent; the text of a protected one.
static patina_span record_text(patina_span *sent, uint8_t *out_type)
{
    assert_true(sent->len >= 5);
    *out_type = sent->ptr[0];
    size_t len = u16_at(sent->ptr + 3);
    assert_true(sent->len >= 5 + len);
    patina_span text = {sent->ptr + 5, len};
    if (*out_type == CRAFT_DATA) {
        text.len -= NULL_TAG_LEN + 1;
        *out_type = text.ptr[text.len];
    }
    sent->ptr += 5 + len;
    sent->len -= 5 + len;
    return text;
}

void craft_take_hello(struct craft *c)
{
    pair_step(&c->p, &c->p.client);
    assert_err(c->p.client.err, PATINA_OK);
    patina_span sent = patina_output_unsent(&c->p.client.out);
    size_t all = sent.len;
    uint8_t type = 0;
    size_t len = 0;
    while (sent.len != 0) {
        patina_span text = record_text(&sent, &type);
        if (type == CRAFT_HANDSHAKE) {
            assert_true(len + text.len <= sizeof c->hello.bytes);
            memcpy(c->hello.bytes + len, text.ptr, text.len);
            len += text.len;
            c->hello.len = len;
        }
    }
    patina_output_sent(&c->p.client.out, all);
}

void craft_give_hello(struct craft *c)
{
    craft_record(&c->p.server, CRAFT_HANDSHAKE, 0x0303, c->hello.bytes, c->hello.len);
    pair_step(&c->p, &c->p.server);
}

void craft_take_flight(struct craft *c)
{
    patina_span sent = patina_output_unsent(&c->p.server.out);
    size_t all = sent.len;
    size_t count = 0;
    while (sent.len != 0) {
        uint8_t type;
        patina_span text = record_text(&sent, &type);
        while (type == CRAFT_HANDSHAKE && text.len != 0) {
            size_t len = 4 + (((size_t)text.ptr[1] << 16) | u16_at(text.ptr + 2));
            assert_true(len <= text.len && count < FLIGHT_MESSAGES);
            craft_set(&c->flight[count++], (patina_span){text.ptr, len});
            text.ptr += len;
            text.len -= len;
        }
    }
    patina_output_sent(&c->p.server.out, all);
}

void craft_server_flight(struct craft *c)
{
    craft_take_hello(c);
    craft_give_hello(c);
    assert_err(c->p.server.err, PATINA_OK);
    craft_take_flight(c);
}

void craft_deal(struct craft *c, size_t i)
{
    const struct craft_message *m = &c->flight[i];
    if (i == SH) {
        craft_record(&c->p.client, CRAFT_HANDSHAKE, 0x0303, m->bytes, m->len);
    } else {
        craft_sealed(&c->p.client, CRAFT_HANDSHAKE, m->bytes, m->len, 0);
    }
    pair_step(&c->p, &c->p.client);
}

void craft_deal_until(struct craft *c, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        craft_deal(c, k);
        assert_err(c->p.client.err, PATINA_OK);
    }
}

void craft_forge_finished(struct pair_side *side, struct craft_message *out)
{
    struct ptn_hs *hs = &side->conn->hs;
    struct ptn_handshake *h = hs->is_server ? &hs->server->h : &hs->client->h;
    const struct ptn_secret *base = hs->is_server ? &h->secrets.client : &h->secrets.server;
    struct patina_digest transcript;
    struct patina_digest verify_data;
    assert_err(ptn_transcript_peek(&h->transcript, &transcript), PATINA_OK);
    assert_err(ptn_derive_finished13(&h->hkdf, base, &transcript, &verify_data), PATINA_OK);
    const uint8_t header[4] = {PTN_HS_FINISHED, 0, 0, (uint8_t)verify_data.len};
    craft_set(out, (patina_span){header, sizeof header});
    craft_splice(out, 4, 0, verify_data.bytes, verify_data.len);
}

void craft_finish(struct craft *c)
{
    pair_run(&c->p);
    assert_err(c->p.client.err, PATINA_OK);
    assert_err(c->p.server.err, PATINA_OK);
    assert_true(pair_saw(&c->p.client, PATINA_EVENT_HANDSHAKE_DONE));
    assert_true(pair_saw(&c->p.server, PATINA_EVENT_HANDSHAKE_DONE));
}

void craft_agree(struct craft *c)
{
    craft_start(c);
    craft_finish(c);
    const struct patina_conn *a = c->p.client.conn;
    const struct patina_conn *b = c->p.server.conn;
    assert_int_equal(patina_conn_version(a), 0x0304);
    assert_int_equal(patina_conn_version(b), 0x0304);
    assert_int_equal(patina_conn_suite(a), patina_conn_suite(b));
    assert_int_equal(patina_conn_group(a), patina_conn_group(b));
    assert_int_equal(patina_conn_scheme(a), patina_conn_scheme(b));
    assert_int_equal(patina_conn_was_retried(a), patina_conn_was_retried(b));
    patina_span alpn_a = patina_conn_alpn(a);
    patina_span alpn_b = patina_conn_alpn(b);
    assert_int_equal(alpn_a.len, alpn_b.len);
    assert_true(alpn_a.len == 0 || memcmp(alpn_a.ptr, alpn_b.ptr, alpn_a.len) == 0);
}

// ---- Records

void craft_bytes(struct pair_side *side, const void *bytes, size_t len)
{
    side->in = realloc(side->in, side->in_len + len + 1);
    assert_non_null(side->in);
    if (len != 0) {
        memcpy(side->in + side->in_len, bytes, len);
    }
    side->in_len += len;
    side->in_cap = side->in_len + 1;
}

void craft_record(struct pair_side *side, uint8_t type, uint16_t version, const void *text,
                  size_t len)
{
    uint8_t header[5] = {type};
    put_u16(header + 1, version);
    put_u16(header + 3, len);
    craft_bytes(side, header, sizeof header);
    craft_bytes(side, text, len);
}

void craft_sealed(struct pair_side *side, uint8_t inner_type, const void *text, size_t len,
                  size_t padding)
{
    size_t inner = len + 1 + padding;
    uint8_t *record = calloc(1, 5 + inner + NULL_TAG_LEN);
    assert_non_null(record);
    record[0] = CRAFT_DATA;
    put_u16(record + 1, 0x0303);
    put_u16(record + 3, inner + NULL_TAG_LEN);
    if (len != 0) {
        memcpy(record + 5, text, len);
    }
    record[5 + len] = inner_type;
    null_aead_tag((patina_span){record, 5}, (patina_span){record + 5, inner}, record + 5 + inner);
    craft_bytes(side, record, 5 + inner + NULL_TAG_LEN);
    free(record);
}

// ---- Editing

void craft_set(struct craft_message *m, patina_span whole)
{
    assert_true(whole.len <= sizeof m->bytes);
    memcpy(m->bytes, whole.ptr, whole.len);
    m->len = whole.len;
}

void craft_splice(struct craft_message *m, size_t at, size_t remove, const void *bytes, size_t len)
{
    assert_true(at + remove <= m->len && m->len - remove + len <= sizeof m->bytes);
    memmove(m->bytes + at + len, m->bytes + at + remove, m->len - at - remove);
    if (len != 0) {
        memcpy(m->bytes + at, bytes, len);
    }
    m->len = m->len - remove + len;
    m->bytes[1] = (uint8_t)((m->len - 4) >> 16);
    put_u16(m->bytes + 2, (m->len - 4) & 0xffff);
}

size_t craft_block(const struct craft_message *m)
{
    size_t at = 4;
    switch (m->bytes[0]) {
    case PTN_HS_CLIENT_HELLO:
        at += 2 + 32;
        at += 1 + (size_t)m->bytes[at];       // legacy_session_id
        at += 2 + u16_at(m->bytes + at);      // cipher_suites
        return at + 1 + (size_t)m->bytes[at]; // legacy_compression_methods
    case PTN_HS_SERVER_HELLO:
        at += 2 + 32;
        return at + 1 + (size_t)m->bytes[at] + 2 + 1;
    case PTN_HS_CERTIFICATE_REQUEST:
        return at + 1 + (size_t)m->bytes[at];
    default:
        return at; // EncryptedExtensions
    }
}

static size_t find(const struct craft_message *m, uint16_t type)
{
    size_t block = craft_block(m);
    size_t end = block + 2 + u16_at(m->bytes + block);
    for (size_t at = block + 2; at < end; at += 4 + u16_at(m->bytes + at + 2)) {
        if (u16_at(m->bytes + at) == type) {
            return at;
        }
    }
    return 0;
}

static void grow_block(struct craft_message *m, size_t removed, size_t added)
{
    size_t block = craft_block(m);
    put_u16(m->bytes + block, u16_at(m->bytes + block) - removed + added);
}

void craft_add_extension(struct craft_message *m, uint16_t type, const void *body, size_t len)
{
    uint8_t header[4];
    put_u16(header, type);
    put_u16(header + 2, len);
    size_t block = craft_block(m);
    size_t at = block + 2 + u16_at(m->bytes + block);
    craft_splice(m, at, 0, header, sizeof header);
    craft_splice(m, at + 4, 0, body, len);
    grow_block(m, 0, 4 + len);
}

void craft_extension(struct craft_message *m, uint16_t type, const void *body, size_t len)
{
    size_t at = find(m, type);
    if (at == 0) {
        craft_add_extension(m, type, body, len);
        return;
    }
    size_t old = u16_at(m->bytes + at + 2);
    put_u16(m->bytes + at + 2, len);
    craft_splice(m, at + 4, old, body, len);
    grow_block(m, old, len);
}

void craft_drop_extension(struct craft_message *m, uint16_t type)
{
    size_t at = find(m, type);
    assert_true(at != 0);
    size_t whole = 4 + u16_at(m->bytes + at + 2);
    craft_splice(m, at, whole, NULL, 0);
    grow_block(m, whole, 0);
}

patina_span craft_find_extension(const struct craft_message *m, uint16_t type)
{
    size_t at = find(m, type);
    return at == 0 ? (patina_span){NULL, 0}
                   : (patina_span){m->bytes + at + 4, u16_at(m->bytes + at + 2)};
}

// ---- Judging

// Whether what a side sends in this state goes under a key: a client's from the ServerHello on, a
// server's from its own.
static bool sends_protected(const char *state)
{
    static const char *const plain[] = {
        "client_idle",     "expect_server_hello",        "expect_client_hello",
        "choosing_config", "expect_second_client_hello", "choosing_credential"};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (strcmp(state, plain[i]) == 0) {
            return false;
        }
    }
    return true;
}

static bool breaks_our_limit(patina_err err)
{
    return strncmp(patina_err_name(err), "TOO_MANY_", 9) == 0 ||
           err == PATINA_ERR_MESSAGE_TOO_LARGE || err == PATINA_ERR_HANDSHAKE_TOO_LARGE;
}

void craft_expect(const struct pair_side *side, patina_err err, uint8_t alert)
{
    assert_err(side->err, err);
    if (err == PATINA_OK) {
        return;
    }
    struct patina_report report;
    patina_conn_report(side->conn, &report);
    assert_err(report.err, err);
    assert_string_equal(patina_alert_name(report.alert), patina_alert_name(alert));
    assert_int_equal(report.alert, alert);
    // What breaks the protocol breaks a rule that can be read; the others break a limit of ours.
    if (patina_err_class(err) == PATINA_CLASS_PEER) {
        assert_true((report.rfc != 0 && report.rule[0] != 0) != breaks_our_limit(err));
    }
    assert_int_equal(patina_conn_phase(side->conn), PATINA_PHASE_FAILED);
    char text[512];
    assert_true(patina_conn_explain(side->conn, text, sizeof text) > 0);
    patina_span sent = patina_output_unsent(&side->out);
    uint8_t type = 0;
    patina_span last = {NULL, 0};
    bool is_protected = false;
    while (sent.len != 0) {
        is_protected = sent.ptr[0] == CRAFT_DATA;
        last = record_text(&sent, &type);
    }
    if (report.alert_from_peer != 0 || alert == PATINA_ALERT_NONE) {
        assert_true(type != CRAFT_ALERT);
        return;
    }
    assert_int_equal(type, CRAFT_ALERT);
    assert_int_equal(last.len, 2);
    assert_int_equal(last.ptr[0], 2); // fatal
    assert_int_equal(last.ptr[1], alert);
    // Under the newest key, and never before one. A client that refuses what stands behind the
    // ServerHello has its key by then; a server may sign before its flight is out.
    bool want = err == PATINA_ERR_UNALIGNED_KEY_CHANGE || sends_protected(report.state);
    assert_true(is_protected == want || strcmp(report.state, "signing") == 0);
}
