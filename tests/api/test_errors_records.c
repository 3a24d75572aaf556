// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What is refused in records, alerts, change_cipher_spec and skipped early data, and the floods
// that are cut off: records of the test's own cut. RFC 9846 §5, §6, §4.3.10, §E.4.
#include "craft.h"

#include "null_provider.h"
#include "wire/codepoints.h"

#include <string.h>

enum where {
    SERVER_START,  // waits for the ClientHello
    CLIENT_START,  // waits for the ServerHello
    CLIENT_MIDDLE, // waits for EncryptedExtensions, has keys
    SERVER_MIDDLE, // waits for Finished, has keys
    CLIENT_LATER,  // after the handshake
    SERVER_LATER,
};

enum how { RAW, PLAIN, SEALED };

struct row {
    enum where where;
    enum how how;
    uint8_t type;
    size_t len; // of the text: `bytes`, then zeros
    uint8_t bytes[16];
    size_t padding;
    int pass; // so many of them are taken first
    patina_err err;
    uint8_t alert;
};

static struct pair_side *reach(struct craft *c, enum where where)
{
    craft_new(c, false);
    switch (where) {
    case SERVER_START:
        return &c->p.server;
    case CLIENT_START:
        craft_take_hello(c);
        return &c->p.client;
    case CLIENT_MIDDLE:
        craft_server_flight(c);
        craft_deal(c, SH);
        return &c->p.client;
    case SERVER_MIDDLE:
        craft_server_flight(c);
        return &c->p.server;
    case CLIENT_LATER:
    case SERVER_LATER:
    default:
        craft_finish(c);
        return where == CLIENT_LATER ? &c->p.client : &c->p.server;
    }
}

static void put(struct pair_side *side, const struct row *row)
{
    static uint8_t text[20000];
    memset(text, 0, sizeof text);
    memcpy(text, row->bytes, sizeof row->bytes);
    if (row->how == RAW) {
        craft_bytes(side, text, row->len);
    } else if (row->how == PLAIN) {
        craft_record(side, row->type, 0x0303, text, row->len);
    } else {
        craft_sealed(side, row->type, text, row->len, row->padding);
    }
}

static void test_record(void **state)
{
    const struct row *row = *state;
    static struct craft c;
    struct pair_side *side = reach(&c, row->where);
    for (int i = 0; i < row->pass; i++) {
        put(side, row);
    }
    pair_step(&c.p, side);
    craft_expect(side, PATINA_OK, 0);
    put(side, row);
    pair_step(&c.p, side);
    craft_expect(side, row->err, row->alert);
    craft_free(&c);
}

// The flood counters begin anew with application data.
static void test_data_resets(void **state)
{
    const struct row *row = *state;
    static struct craft c;
    struct pair_side *side = reach(&c, row->where);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < row->pass; i++) {
            put(side, row);
        }
        craft_sealed(side, CRAFT_DATA, "x", 1, 0);
        pair_step(&c.p, side);
        craft_expect(side, PATINA_OK, 0);
    }
    craft_free(&c);
}

// ---- Messages cut by other records, RFC 9846 §5.1

static void test_interleaved(void **state)
{
    const struct row *row = *state;
    static struct craft c;
    struct pair_side *side = reach(&c, row->where);
    if (row->where == SERVER_START) {
        craft_take_hello(&c);
        craft_record(side, CRAFT_HANDSHAKE, 0x0301, c.hello.bytes, 50);
    } else if (row->where == CLIENT_MIDDLE) {
        craft_sealed(side, CRAFT_HANDSHAKE, c.flight[EE].bytes, 3, 0);
    } else {
        craft_sealed(side, CRAFT_HANDSHAKE, "\x18\0\0", 3, 0);
    }
    put(side, row);
    pair_step(&c.p, side);
    craft_expect(side, row->err, row->alert);
    craft_free(&c);
}

// ---- Messages too large, told by their header

static void test_too_large(void **state)
{
    (void)state;
    static const uint8_t headers[][4] = {{PTN_HS_CLIENT_HELLO, 0, 0x40, 1},
                                         {PTN_HS_SERVER_HELLO, 0, 0x40, 1},
                                         {PTN_HS_ENCRYPTED_EXTENSIONS, 0, 0x40, 1},
                                         {PTN_HS_FINISHED, 0, 0, 65},
                                         {PTN_HS_KEY_UPDATE, 0, 0, 65},
                                         {PTN_HS_NEW_SESSION_TICKET, 0, 0x40, 1}};
    static const enum where places[] = {SERVER_START,  CLIENT_START, CLIENT_MIDDLE,
                                        SERVER_MIDDLE, SERVER_LATER, CLIENT_LATER};
    for (size_t i = 0; i < 6; i++) {
        static struct craft c;
        struct pair_side *side = reach(&c, places[i]);
        if (places[i] == SERVER_START || places[i] == CLIENT_START) {
            craft_record(side, CRAFT_HANDSHAKE, 0x0303, headers[i], 4);
        } else {
            craft_sealed(side, CRAFT_HANDSHAKE, headers[i], 4, 0);
        }
        pair_step(&c.p, side);
        // What has one length only is malformed with another, the rest is more than we take.
        patina_err err = headers[i][0] == PTN_HS_FINISHED     ? PATINA_ERR_DECODE_FINISHED
                         : headers[i][0] == PTN_HS_KEY_UPDATE ? PATINA_ERR_DECODE_KEY_UPDATE
                                                              : PATINA_ERR_MESSAGE_TOO_LARGE;
        craft_expect(side, err, patina_err_alert(err));
        assert_int_equal(patina_err_alert(err), err == PATINA_ERR_MESSAGE_TOO_LARGE
                                                    ? PATINA_ALERT_ILLEGAL_PARAMETER
                                                    : PATINA_ALERT_DECODE_ERROR);
        craft_free(&c);
    }
}

static void test_certificate_too_large(void **state)
{
    (void)state;
    static const uint8_t header[] = {PTN_HS_CERTIFICATE, 0, 4, 1}; // 1025
    for (uint32_t limit = 1024; limit <= 1025; limit++) {
        static struct craft c;
        craft_options(&c, false);
        c.f.client.max_cert_list = limit;
        craft_start(&c);
        craft_server_flight(&c);
        craft_deal_until(&c, CERT);
        craft_sealed(&c.p.client, CRAFT_HANDSHAKE, header, 4, 0);
        pair_step(&c.p, &c.p.client);
        craft_expect(&c.p.client, limit == 1024 ? PATINA_ERR_MESSAGE_TOO_LARGE : PATINA_OK,
                     PATINA_ALERT_ILLEGAL_PARAMETER);
        craft_free(&c);
    }
}

// The connection's own limit of inbound handshake bytes: exactly the hello passes.
static void test_handshake_too_large(void **state)
{
    (void)state;
    for (uint32_t less = 0; less <= 1; less++) {
        static struct craft c;
        craft_new(&c, false);
        craft_take_hello(&c);
        craft_free(&c);
        uint32_t len = (uint32_t)c.hello.len;
        craft_options(&c, false);
        c.f.server_conn.handshake_memory_limit = len - less;
        craft_start(&c);
        craft_take_hello(&c);
        assert_int_equal(c.hello.len, len);
        craft_give_hello(&c);
        craft_expect(&c.p.server, less == 1 ? PATINA_ERR_HANDSHAKE_TOO_LARGE : PATINA_OK,
                     PATINA_ALERT_ILLEGAL_PARAMETER);
        craft_free(&c);
    }
}

// All messages together count as well, each of them small enough.
static void test_handshake_too_large_in_sum(void **state)
{
    (void)state;
    static struct craft c;
    size_t sum = 0;
    craft_new(&c, false);
    craft_server_flight(&c);
    for (size_t i = 0; i < FLIGHT_MESSAGES; i++) {
        sum += c.flight[i].len;
    }
    craft_free(&c);
    for (size_t less = 0; less <= 1; less++) {
        craft_options(&c, false);
        c.f.client_conn.handshake_memory_limit = (uint32_t)(sum - less);
        craft_start(&c);
        craft_server_flight(&c);
        craft_deal_until(&c, FIN);
        craft_deal(&c, FIN);
        craft_expect(&c.p.client, less == 1 ? PATINA_ERR_HANDSHAKE_TOO_LARGE : PATINA_OK,
                     PATINA_ALERT_ILLEGAL_PARAMETER);
        craft_free(&c);
    }
}

// ---- Early data that is not taken, RFC 9846 §4.3.10

static const uint8_t psk[] = {0, 7, 0, 1, 'i', 0, 0, 0, 0, 0, 33, 32, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0,
                              1, 2, 3, 4, 5,   6, 7, 8, 9, 0, 1,  2,  3, 4, 5, 6, 7, 8, 9, 0, 1, 2};

// Gives the server a ClientHello with early data; it rejects it, with a HelloRetryRequest if
// `retry`.
static void offer_early(struct craft *c, bool retry)
{
    craft_new(c, retry);
    craft_take_hello(c);
    craft_add_extension(&c->hello, PTN_EXTENSION_PSK_KEY_EXCHANGE_MODES, "\1\1", 2);
    craft_add_extension(&c->hello, PTN_EXTENSION_EARLY_DATA, "", 0);
    craft_add_extension(&c->hello, PTN_EXTENSION_PRE_SHARED_KEY, psk, sizeof psk);
    craft_give_hello(c);
    craft_expect(&c->p.server, PATINA_OK, 0);
}

static void unopenable(struct craft *c, size_t len)
{
    static const uint8_t junk[16640];
    craft_record(&c->p.server, CRAFT_DATA, 0x0303, junk, len);
    pair_step(&c->p, &c->p.server);
}

static void finish_server(struct craft *c)
{
    static struct craft_message finished;
    craft_forge_finished(&c->p.server, &finished);
    craft_sealed(&c->p.server, CRAFT_HANDSHAKE, finished.bytes, finished.len, 0);
    pair_step(&c->p, &c->p.server);
    craft_expect(&c->p.server, PATINA_OK, 0);
    assert_true(pair_saw(&c->p.server, PATINA_EVENT_HANDSHAKE_DONE));
}

static void test_skip(void **state)
{
    (void)state;
    static struct craft c;
    offer_early(&c, false);
    for (int i = 0; i < 4; i++) {
        unopenable(&c, 4096);
        craft_expect(&c.p.server, PATINA_OK, 0);
    }
    craft_record(&c.p.server, CRAFT_CCS, 0x0303, "\1", 1);
    finish_server(&c);
    assert_int_equal(c.p.server.data_len, 0); // none of it is ever shown
    craft_free(&c);

    offer_early(&c, false);
    unopenable(&c, 16384);
    craft_expect(&c.p.server, PATINA_OK, 0);
    unopenable(&c, 17);
    craft_expect(&c.p.server, PATINA_ERR_TOO_MUCH_SKIPPED_EARLY_DATA,
                 PATINA_ALERT_UNEXPECTED_MESSAGE);
    craft_free(&c);
}

// Once a record has opened a later failure is fatal, also inside Finished.
static void test_skip_ends(void **state)
{
    (void)state;
    static struct craft c;
    static struct craft_message finished;
    offer_early(&c, false);
    unopenable(&c, 100);
    craft_forge_finished(&c.p.server, &finished);
    craft_sealed(&c.p.server, CRAFT_HANDSHAKE, finished.bytes, 1, 0);
    pair_step(&c.p, &c.p.server);
    craft_expect(&c.p.server, PATINA_OK, 0);
    unopenable(&c, 100);
    craft_expect(&c.p.server, PATINA_ERR_BAD_RECORD_MAC, PATINA_ALERT_BAD_RECORD_MAC);
    craft_free(&c);

    offer_early(&c, false);
    finish_server(&c);
    unopenable(&c, 100);
    craft_expect(&c.p.server, PATINA_ERR_BAD_RECORD_MAC, PATINA_ALERT_BAD_RECORD_MAC);
    craft_free(&c);

    craft_new(&c, false); // nobody offered any
    craft_server_flight(&c);
    unopenable(&c, 100);
    craft_expect(&c.p.server, PATINA_ERR_BAD_RECORD_MAC, PATINA_ALERT_BAD_RECORD_MAC);
    craft_free(&c);
}

static void second_hello(struct craft *c)
{
    (void)pair_move(&c->p, &c->p.server, &c->p.client);
    craft_take_hello(c);
    craft_add_extension(&c->hello, PTN_EXTENSION_PSK_KEY_EXCHANGE_MODES, "\1\1", 2);
    craft_give_hello(c);
}

static void test_skip_after_retry(void **state)
{
    (void)state;
    static struct craft c;
    offer_early(&c, true);
    unopenable(&c, 10000);
    unopenable(&c, 6384);
    craft_expect(&c.p.server, PATINA_OK, 0);
    second_hello(&c);
    craft_expect(&c.p.server, PATINA_OK, 0);
    finish_server(&c);
    craft_free(&c);

    offer_early(&c, true);
    unopenable(&c, 16000);
    unopenable(&c, 385);
    craft_expect(&c.p.server, PATINA_ERR_TOO_MUCH_SKIPPED_EARLY_DATA,
                 PATINA_ALERT_UNEXPECTED_MESSAGE);
    craft_free(&c);

    offer_early(&c, true); // after the second ClientHello there is none
    second_hello(&c);
    unopenable(&c, 100);
    craft_expect(&c.p.server, PATINA_ERR_BAD_RECORD_MAC, PATINA_ALERT_BAD_RECORD_MAC);
    craft_free(&c);

    offer_early(&c, true); // it may stand before the second ClientHello, not inside it
    (void)pair_move(&c.p, &c.p.server, &c.p.client);
    craft_take_hello(&c);
    craft_record(&c.p.server, CRAFT_HANDSHAKE, 0x0303, c.hello.bytes, 50);
    unopenable(&c, 100);
    craft_expect(&c.p.server, PATINA_ERR_MESSAGE_INTERLEAVED, PATINA_ALERT_UNEXPECTED_MESSAGE);
    craft_free(&c);

    craft_new(&c, true); // nobody offered any
    craft_take_hello(&c);
    craft_give_hello(&c);
    unopenable(&c, 100);
    craft_expect(&c.p.server, PATINA_ERR_PROTECTED_RECORD, PATINA_ALERT_UNEXPECTED_MESSAGE);
    craft_free(&c);
}

// ---- A record behind close_notify is nobody's; every description ends a connection

static void test_all_alerts(void **state)
{
    (void)state;
    for (int description = 0; description < 256; description++) {
        for (uint8_t level = 0; level < 4; level++) { // ignored, RFC 9846 §6
            static struct craft c;
            struct pair_side *side = reach(&c, CLIENT_MIDDLE);
            const uint8_t alert[2] = {level, (uint8_t)description};
            craft_sealed(side, CRAFT_ALERT, alert, 2, 0);
            pair_step(&c.p, side);
            if (description == PATINA_ALERT_CLOSE_NOTIFY) {
                assert_true(pair_saw(side, PATINA_EVENT_CLOSED));
            } else if (description == PATINA_ALERT_USER_CANCELED) {
                craft_expect(side, PATINA_OK, 0);
            } else {
                craft_expect(side, PATINA_ERR_PEER_ALERT, (uint8_t)description);
            }
            craft_free(&c);
        }
    }
}

#define UNEXPECTED(name) .err = PATINA_ERR_##name, .alert = PATINA_ALERT_UNEXPECTED_MESSAGE
#define MALFORMED(name) .err = PATINA_ERR_##name, .alert = PATINA_ALERT_DECODE_ERROR
#define OVERFLOW .err = PATINA_ERR_RECORD_OVERFLOW, .alert = PATINA_ALERT_RECORD_OVERFLOW
#define ENTRY(name, test, ...)                \
    {                                         \
        name, test, NULL, NULL, &(struct row) \
        {                                     \
            __VA_ARGS__                       \
        }                                     \
    }
#define ROW(name, ...) ENTRY(name, test_record, __VA_ARGS__)
#define TEXT(...) .bytes = {__VA_ARGS__}, .len = sizeof((const uint8_t[]){__VA_ARGS__})

static const struct CMUnitTest tests[] = {
    ROW("an HTTP request", SERVER_START, RAW, TEXT('G', 'E', 'T', ' ', '/', ' ', 'H', 'T'),
        MALFORMED(HTTP_REQUEST)),
    ROW("another protocol", SERVER_START, RAW, TEXT('S', 'S', 'H', '-', '2', '.', '0', '-'),
        MALFORMED(NOT_TLS)),
    ROW("another protocol's answer", CLIENT_START, RAW, TEXT('2', '2', '0', ' ', 'm', 'x'),
        MALFORMED(NOT_TLS)),
    ROW("unknown type first", SERVER_START, RAW, TEXT(24, 3, 1, 0, 3, 1, 64, 0),
        UNEXPECTED(UNKNOWN_CONTENT_TYPE)),
    ROW("unknown type later", CLIENT_LATER, RAW, TEXT(24, 3, 3, 0, 1, 0),
        UNEXPECTED(UNKNOWN_CONTENT_TYPE)),
    ROW("version 2.0", SERVER_START, RAW, TEXT(22, 2, 0, 0, 1, 0), MALFORMED(BAD_RECORD_VERSION)),
    ROW("protected record says 0x0301", CLIENT_LATER, RAW, TEXT(23, 3, 1, 0, 1, 0),
        MALFORMED(BAD_RECORD_VERSION)),
    ROW("plaintext of 2^14 + 1", SERVER_START, PLAIN, 22, 16385, OVERFLOW),
    ROW("header of 2^14 + 257", CLIENT_LATER, RAW, TEXT(23, 3, 3, 0x41, 1), OVERFLOW),
    ROW("inner plaintext of 2^14 + 2", CLIENT_LATER, SEALED, 23, 16385, OVERFLOW),
    ROW("padding over 2^14 + 1", CLIENT_LATER, SEALED, 23, 1, {1}, .padding = 16385, OVERFLOW),
    ROW("padding up to 2^14 + 1", CLIENT_LATER, SEALED, 23, 1, {1}, .padding = 16383, .pass = 2,
        .err = PATINA_OK),
    ROW("does not open", SERVER_LATER, PLAIN, 23, 100, .err = PATINA_ERR_BAD_RECORD_MAC,
        .alert = PATINA_ALERT_BAD_RECORD_MAC),
    ROW("shorter than a tag", SERVER_LATER, PLAIN, 23, 15, .err = PATINA_ERR_BAD_RECORD_MAC,
        .alert = PATINA_ALERT_BAD_RECORD_MAC),

    ROW("empty handshake record", SERVER_START, PLAIN, 22, 0, UNEXPECTED(EMPTY_FRAGMENT)),
    ROW("empty alert record", SERVER_START, PLAIN, 21, 0, UNEXPECTED(EMPTY_FRAGMENT)),
    ROW("empty protected handshake record", CLIENT_MIDDLE, SEALED, 22, 0,
        UNEXPECTED(EMPTY_FRAGMENT)),
    ROW("empty protected alert", SERVER_LATER, SEALED, 21, 0, UNEXPECTED(EMPTY_FRAGMENT)),
    ROW("empty protected handshake record later", CLIENT_LATER, SEALED, 22, 0,
        UNEXPECTED(EMPTY_FRAGMENT)),
    ROW("no content type", CLIENT_LATER, SEALED, 0, 3, UNEXPECTED(NO_CONTENT_TYPE)),
    ROW("protected change_cipher_spec", CLIENT_MIDDLE, SEALED, 20, TEXT(1),
        UNEXPECTED(BAD_INNER_CONTENT_TYPE)),
    ROW("protected unknown type", CLIENT_LATER, SEALED, 24, TEXT(1),
        UNEXPECTED(BAD_INNER_CONTENT_TYPE)),
    ROW("plaintext message behind keys", CLIENT_MIDDLE, PLAIN, 22, TEXT(8, 0, 0, 2, 0, 0),
        UNEXPECTED(UNPROTECTED_RECORD)),
    ROW("plaintext message later", SERVER_LATER, PLAIN, 22, TEXT(24, 0, 0, 1, 0),
        UNEXPECTED(UNPROTECTED_RECORD)),
    ROW("plaintext alert later", SERVER_LATER, PLAIN, 21, TEXT(1, 0),
        UNEXPECTED(UNPROTECTED_RECORD)),
    ROW("plaintext close_notify behind keys", SERVER_MIDDLE, PLAIN, 21, TEXT(1, 0),
        UNEXPECTED(UNPROTECTED_RECORD)),
    ROW("plaintext alert before the first protected record", SERVER_MIDDLE, PLAIN, 21, TEXT(2, 47),
        .err = PATINA_ERR_PEER_ALERT, .alert = PATINA_ALERT_ILLEGAL_PARAMETER),
    ROW("protected record before keys", SERVER_START, PLAIN, 23, 20, UNEXPECTED(PROTECTED_RECORD)),
    ROW("protected record before the ServerHello", CLIENT_START, PLAIN, 23, 20,
        UNEXPECTED(PROTECTED_RECORD)),
    ROW("data before Finished, client", CLIENT_MIDDLE, SEALED, 23, TEXT('x'),
        UNEXPECTED(UNEXPECTED_APPLICATION_DATA)),
    ROW("data before Finished, server", SERVER_MIDDLE, SEALED, 23, TEXT('x'),
        UNEXPECTED(UNEXPECTED_APPLICATION_DATA)),
    ROW("empty data before Finished", SERVER_MIDDLE, SEALED, 23, 0,
        UNEXPECTED(UNEXPECTED_APPLICATION_DATA)),
    ROW("32 empty records pass, 33 fail", SERVER_LATER, SEALED, 23, 0, .pass = 32,
        UNEXPECTED(TOO_MANY_EMPTY_RECORDS)),
    ROW("32 empty padded records pass, 33 fail", CLIENT_LATER, SEALED, 23, 0, .padding = 40,
        .pass = 32, UNEXPECTED(TOO_MANY_EMPTY_RECORDS)),
    ENTRY("data resets the empty records", test_data_resets, SERVER_LATER, SEALED, 23, 0,
          .pass = 32),

    ROW("change_cipher_spec first", SERVER_START, PLAIN, 20, TEXT(1),
        UNEXPECTED(UNEXPECTED_CHANGE_CIPHER_SPEC)),
    ROW("change_cipher_spec later, client", CLIENT_LATER, PLAIN, 20, TEXT(1),
        UNEXPECTED(UNEXPECTED_CHANGE_CIPHER_SPEC)),
    ROW("change_cipher_spec later, server", SERVER_LATER, PLAIN, 20, TEXT(1),
        UNEXPECTED(UNEXPECTED_CHANGE_CIPHER_SPEC)),
    ROW("two change_cipher_spec pass, three fail, client", CLIENT_MIDDLE, PLAIN, 20, TEXT(1),
        .pass = 2, UNEXPECTED(TOO_MANY_CHANGE_CIPHER_SPECS)),
    ROW("two change_cipher_spec pass, three fail, server", SERVER_MIDDLE, PLAIN, 20, TEXT(1),
        .pass = 2, UNEXPECTED(TOO_MANY_CHANGE_CIPHER_SPECS)),
    ROW("change_cipher_spec 2", CLIENT_MIDDLE, PLAIN, 20, TEXT(2),
        UNEXPECTED(BAD_CHANGE_CIPHER_SPEC)),
    ROW("change_cipher_spec of two bytes", CLIENT_START, PLAIN, 20, TEXT(1, 1),
        UNEXPECTED(BAD_CHANGE_CIPHER_SPEC)),
    ROW("empty change_cipher_spec", SERVER_MIDDLE, PLAIN, 20, 0,
        UNEXPECTED(BAD_CHANGE_CIPHER_SPEC)),

    ROW("alert of one byte", CLIENT_START, PLAIN, 21, TEXT(2), MALFORMED(BAD_ALERT)),
    ROW("alert of three bytes", SERVER_LATER, SEALED, 21, TEXT(2, 40, 0), MALFORMED(BAD_ALERT)),
    ROW("two alerts in a record", SERVER_LATER, SEALED, 21, TEXT(2, 40, 2, 40),
        MALFORMED(BAD_ALERT)),
    ROW("4 user_canceled pass, 5 fail", CLIENT_START, PLAIN, 21, TEXT(1, 90), .pass = 4,
        UNEXPECTED(TOO_MANY_USER_CANCELED)),
    ROW("4 user_canceled pass, 5 fail later", SERVER_LATER, SEALED, 21, TEXT(1, 90), .pass = 4,
        UNEXPECTED(TOO_MANY_USER_CANCELED)),
    ENTRY("data resets user_canceled", test_data_resets, SERVER_LATER, SEALED, 21, TEXT(1, 90),
          .pass = 4),
    {"every alert: known or not, of any level", test_all_alerts, NULL, NULL, NULL},

    ENTRY("change_cipher_spec inside a ClientHello", test_interleaved, SERVER_START, PLAIN, 20,
          TEXT(1), UNEXPECTED(MESSAGE_INTERLEAVED)),
    ENTRY("protected record inside a ClientHello", test_interleaved, SERVER_START, PLAIN, 23, 20,
          UNEXPECTED(PROTECTED_RECORD)),
    ENTRY("change_cipher_spec inside a message", test_interleaved, CLIENT_MIDDLE, PLAIN, 20,
          TEXT(1), UNEXPECTED(MESSAGE_INTERLEAVED)),
    ENTRY("data inside a message", test_interleaved, CLIENT_LATER, SEALED, 23, TEXT('x'),
          UNEXPECTED(MESSAGE_INTERLEAVED)),
    ENTRY("empty data inside a message", test_interleaved, SERVER_LATER, SEALED, 23, 0,
          UNEXPECTED(MESSAGE_INTERLEAVED)),
    ENTRY("an alert inside a message", test_interleaved, SERVER_LATER, SEALED, 21, TEXT(2, 40),
          .err = PATINA_ERR_PEER_ALERT, .alert = PATINA_ALERT_HANDSHAKE_FAILURE),

    {"message too large for its type", test_too_large, NULL, NULL, NULL},
    {"Certificate larger than max_cert_list", test_certificate_too_large, NULL, NULL, NULL},
    {"handshake_memory_limit", test_handshake_too_large, NULL, NULL, NULL},
    {"handshake_memory_limit over several messages", test_handshake_too_large_in_sum, NULL, NULL,
     NULL},
    {"early data skipped up to 16384 bytes", test_skip, NULL, NULL, NULL},
    {"early data skipped until a record opens", test_skip_ends, NULL, NULL, NULL},
    {"early data skipped by type after HelloRetryRequest", test_skip_after_retry, NULL, NULL, NULL},
};

int main(void)
{
    return cmocka_run_group_tests_name("errors of records", tests, NULL, NULL) != 0;
}
