// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Every state x all 256 message types: what the state's table does not accept is unexpected_message
// (RFC 9846 §4), told on the header alone; what it accepts reaches its parser. Reached with the
// null provider, whose records can be cut anew: the server's flight is dealt out one message a
// record.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "conn/conn.h"
#include "fixture.h"
#include "null_provider.h"

#include <stdlib.h>
#include <string.h>

enum { HANDSHAKE = 22, APPLICATION_DATA = 23, MAX_RECORD = 20000 };

struct row {
    const char *state; // its name in the table
    bool is_server;
    bool retry;
    bool request;    // a CertificateRequest is put in before the Certificate
    size_t messages; // of the peer's protected flight, dealt before
    bool finish;     // run the handshake to its end
};

static void put(struct pair_side *side, const uint8_t *bytes, size_t len)
{
    side->in = realloc(side->in, side->in_len + len);
    assert_non_null(side->in);
    memcpy(side->in + side->in_len, bytes, len);
    side->in_len += len;
    side->in_cap = side->in_len;
}

static void put_plain(struct pair *p, struct pair_side *side, const uint8_t *message, size_t len)
{
    uint8_t record[MAX_RECORD] = {HANDSHAKE, 3, 3, (uint8_t)(len >> 8), (uint8_t)(len & 0xff)};
    memcpy(record + 5, message, len);
    put(side, record, 5 + len);
    pair_step(p, side);
}

static void put_protected(struct pair *p, struct pair_side *side, const uint8_t *message,
                          size_t len)
{
    uint8_t record[MAX_RECORD] = {APPLICATION_DATA, 3, 3};
    size_t inner = len + 1 + NULL_TAG_LEN;
    record[3] = (uint8_t)(inner >> 8);
    record[4] = (uint8_t)(inner & 0xff);
    memcpy(record + 5, message, len);
    record[5 + len] = HANDSHAKE;
    null_aead_tag((patina_span){record, 5}, (patina_span){record + 5, len + 1},
                  record + 5 + len + 1);
    put(side, record, 5 + inner);
    pair_step(p, side);
}

static size_t record_len(const uint8_t *record)
{
    return 5 + (((size_t)record[3] << 8) | record[4]);
}

// Gives the client the server's flight: plaintext records as they are, then `messages` of the
// protected ones.
static void deal(struct pair *p, const struct row *row)
{
    static const uint8_t request[] = {13, 0, 0, 11, 0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3};
    patina_span sent = patina_output_unsent(&p->server.out);
    size_t dealt = 0;
    for (size_t at = 0; at + 5 <= sent.len; at += record_len(sent.ptr + at)) {
        const uint8_t *record = sent.ptr + at;
        size_t len = record_len(record);
        if (record[0] != APPLICATION_DATA) {
            put(&p->client, record, len);
            pair_step(p, &p->client);
            continue;
        }
        const uint8_t *text = record + 5;
        size_t text_len = len - 5 - NULL_TAG_LEN - 1;
        for (size_t i = 0; i + 4 <= text_len && dealt < row->messages; dealt++) {
            size_t message =
                4 + (((size_t)text[i + 1] << 16) | ((size_t)text[i + 2] << 8) | text[i + 3]);
            if (row->request && text[i] == 11) {
                put_protected(p, &p->client, request, sizeof request);
                return;
            }
            put_protected(p, &p->client, text + i, message);
            i += message;
        }
    }
    patina_output_sent(&p->server.out, sent.len);
}

static void reach(struct fixture *f, const struct row *row, struct pair *p)
{
    fixture_pair(f, p);
    if (row->finish) {
        pair_run(p);
        return;
    }
    pair_step(p, &p->client);
    pair_step(p, &p->server);
    if (row->is_server && row->messages == 0) {
        return; // waits for the ClientHello
    }
    (void)pair_move(p, &p->client, &p->server);
    pair_step(p, &p->server);
    if (row->is_server && row->retry) {
        return; // waits for the second ClientHello
    }
    if (row->retry) {
        (void)pair_move(p, &p->server, &p->client);
        pair_step(p, &p->client);
        return; // waits for the ServerHello after its HelloRetryRequest
    }
    if (!row->is_server && row->messages != SIZE_MAX) {
        deal(p, row);
    }
}

static bool is_protected(const struct patina_conn *c)
{
    return c->opener.aead != NULL;
}

static void check_type(struct fixture *f, const struct row *row, uint8_t type)
{
    const uint8_t message[4] = {type, 0, 0, 0};
    struct pair p;
    reach(f, row, &p);
    struct pair_side *side = row->is_server ? &p.server : &p.client;
    assert_int_equal(side->err, PATINA_OK);
    const struct ptn_state *state = side->conn->hs.state;
    assert_string_equal(state->name, row->state);
    bool accepted = type < 64 && ((state->accepts >> type) & 1) != 0;
    if (is_protected(side->conn)) {
        put_protected(&p, side, message, sizeof message);
    } else {
        put_plain(&p, side, message, sizeof message);
    }
    struct patina_report report;
    patina_conn_report(side->conn, &report);
    assert_int_equal(report.in_message, type);
    assert_string_equal(report.state, row->state);
    if (accepted) {
        assert_int_equal(report.alert, PATINA_ALERT_DECODE_ERROR); // an empty body fits none of
                                                                   // them
    } else if (type == PTN_HS_CERTIFICATE_REQUEST && row->finish && !row->is_server) {
        assert_int_equal(side->err, PATINA_ERR_POST_HANDSHAKE_CERTIFICATE_REQUEST);
        assert_int_equal(report.alert, PATINA_ALERT_UNEXPECTED_MESSAGE);
    } else {
        assert_string_equal(patina_err_name(side->err), "UNEXPECTED_MESSAGE");
        assert_int_equal(report.alert, PATINA_ALERT_UNEXPECTED_MESSAGE);
    }
    pair_free(&p);
}

static void test_row(void **state)
{
    const struct row *row = *state;
    static const uint16_t groups[] = {0x0017, 0x001d};
    const struct patina_provider *provider = null_provider_new(1);
    struct fixture f;
    fixture_options(&f, provider, provider, TEST_P256);
    f.client.groups = groups;
    f.client.groups_count = 2;
    f.client.key_shares = &groups[row->retry ? 0 : 1];
    f.client.key_shares_count = 1;
    f.server.groups = &groups[1];
    f.server.groups_count = 1;
    fixture_configs(&f);
    for (int type = 0; type < 256; type++) {
        check_type(&f, row, (uint8_t)type);
    }
    fixture_free(&f);
    patina_provider_unref(provider);
}

#define ROW(name, ...)                            \
    {                                             \
        name, test_row, NULL, NULL, &(struct row) \
        {                                         \
            __VA_ARGS__                           \
        }                                         \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("client: ServerHello", "expect_server_hello", .messages = SIZE_MAX),
        ROW("client: ServerHello after HelloRetryRequest", "expect_server_hello", .retry = true),
        ROW("client: EncryptedExtensions", "expect_encrypted_extensions", .messages = 0),
        ROW("client: Certificate or CertificateRequest", "expect_certificate_or_request",
            .messages = 1),
        ROW("client: Certificate after CertificateRequest", "expect_certificate", .messages = 2,
            .request = true),
        ROW("client: CertificateVerify", "expect_certificate_verify", .messages = 2),
        ROW("client: Finished", "expect_finished", .messages = 3),
        ROW("client: traffic", "client_traffic", .finish = true),
        ROW("server: ClientHello", "expect_client_hello", .is_server = true, .messages = 0),
        ROW("server: second ClientHello", "expect_second_client_hello", .is_server = true,
            .retry = true, .messages = 1),
        ROW("server: Finished", "expect_finished", .is_server = true, .messages = 1),
        ROW("server: traffic", "server_traffic", .is_server = true, .finish = true),
    };
    return cmocka_run_group_tests_name("states", tests, NULL, NULL) != 0;
}
