// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The two rules of alignment (docs/RULES.md, RFC 9846 §5.1): no handshake byte is left over where
// the receive key changes, and none where the peer's flight ends. At each such place something is
// packed behind the message: one byte, a header, a whole message, in the same record or in one that
// the message only ends in. Within a flight any packing is right.
#include "craft.h"

#include "wire/codepoints.h"

#include <string.h>

enum place {
    CLIENT_HELLO,
    SECOND_CLIENT_HELLO,
    HELLO_RETRY_REQUEST,
    SERVER_HELLO,
    LATE_SERVER_HELLO, // after a HelloRetryRequest
    SERVER_FINISHED,
    CLIENT_FINISHED,
    UPDATE_TO_CLIENT,
    UPDATE_TO_SERVER,
};

struct row {
    enum place place;
    patina_err err;
};

struct target {
    struct pair_side *side;
    struct craft_message *message; // whole, aligned
    bool is_protected;
};

static const uint8_t key_update[] = {24, 0, 0, 1, 0};

static struct target hello_target(struct craft *c, enum place place)
{
    craft_new(c, place == SECOND_CLIENT_HELLO);
    craft_take_hello(c);
    if (place == SECOND_CLIENT_HELLO) {
        craft_give_hello(c);
        (void)pair_move(&c->p, &c->p.server, &c->p.client);
        craft_take_hello(c);
    }
    return (struct target){&c->p.server, &c->hello, false};
}

static struct target server_hello_target(struct craft *c, enum place place)
{
    craft_new(c, place != SERVER_HELLO);
    craft_server_flight(c);
    if (place == LATE_SERVER_HELLO) {
        craft_deal(c, SH);
        craft_server_flight(c);
    }
    return (struct target){&c->p.client, &c->flight[SH], false};
}

static struct target finished_target(struct craft *c, enum place place)
{
    craft_new(c, false);
    craft_server_flight(c);
    craft_deal_until(c, place == SERVER_FINISHED ? FIN : FLIGHT_MESSAGES);
    if (place == SERVER_FINISHED) {
        return (struct target){&c->p.client, &c->flight[FIN], true};
    }
    craft_take_hello(c); // the client's Finished
    assert_int_equal(c->hello.bytes[0], PTN_HS_FINISHED);
    return (struct target){&c->p.server, &c->hello, true};
}

static struct target reach(struct craft *c, enum place place)
{
    switch (place) {
    case CLIENT_HELLO:
    case SECOND_CLIENT_HELLO:
        return hello_target(c, place);
    case HELLO_RETRY_REQUEST:
    case SERVER_HELLO:
    case LATE_SERVER_HELLO:
        return server_hello_target(c, place);
    case SERVER_FINISHED:
    case CLIENT_FINISHED:
        return finished_target(c, place);
    case UPDATE_TO_CLIENT:
    case UPDATE_TO_SERVER:
    default:
        craft_new(c, false);
        craft_finish(c);
        craft_set(&c->hello, (patina_span){key_update, sizeof key_update});
        return (struct target){place == UPDATE_TO_CLIENT ? &c->p.client : &c->p.server, &c->hello,
                               true};
    }
}

static void put(const struct target *t, const uint8_t *text, size_t len)
{
    if (t->is_protected) {
        craft_sealed(t->side, CRAFT_HANDSHAKE, text, len, 0);
    } else {
        craft_record(t->side, CRAFT_HANDSHAKE, 0x0303, text, len);
    }
}

// `split`: bytes of the message that go ahead in a record of their own.
static void check(const struct row *row, size_t extra, patina_span more, size_t split)
{
    static struct craft c;
    struct target t = reach(&c, row->place);
    size_t ahead = split < t.message->len ? split : t.message->len - 1;
    craft_splice(t.message, t.message->len, 0, more.ptr, extra);
    // craft_splice mended the length of the message: that is not wanted here.
    size_t body = t.message->len - 4 - extra;
    t.message->bytes[2] = (uint8_t)(body >> 8);
    t.message->bytes[3] = (uint8_t)(body & 0xff);
    if (ahead != 0) {
        put(&t, t.message->bytes, ahead);
    }
    put(&t, t.message->bytes + ahead, t.message->len - ahead);
    pair_step(&c.p, t.side);
    if (extra == 0) {
        craft_expect(t.side, PATINA_OK, 0);
    } else {
        craft_expect(t.side, row->err, PATINA_ALERT_UNEXPECTED_MESSAGE);
    }
    craft_free(&c);
}

static void test_left_over(void **state)
{
    const struct row *row = *state;
    static const uint8_t ticket[] = {4, 0, 0, 14, 0, 0, 0, 9, 1, 2, 3, 4, 0, 0, 1, 't', 0, 0};
    static const uint8_t extensions[] = {8, 0, 0, 2, 0, 0};
    static const uint8_t hello[] = {1, 0, 0, 4, 3, 3, 0, 0};
    static const uint8_t finished[4 + 32] = {20, 0, 0, 32};
    static const patina_span all[] = {{key_update, sizeof key_update},
                                      {ticket, sizeof ticket},
                                      {extensions, sizeof extensions},
                                      {hello, sizeof hello},
                                      {finished, sizeof finished}};
    static const size_t splits[] = {0, 1, 4, SIZE_MAX};
    for (size_t s = 0; s < sizeof splits / sizeof splits[0]; s++) {
        check(row, 0, all[0], splits[s]);
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
            check(row, 1, all[i], splits[s]);
            check(row, 4, all[i], splits[s]);
            check(row, all[i].len, all[i], splits[s]);
        }
    }
}

// ---- Within a flight

struct packing {
    size_t fragment; // bytes of the flight a record
};

static void test_packed_flight(void **state)
{
    const struct packing *row = *state;
    static struct craft c;
    static uint8_t flight[FLIGHT_MESSAGES * CRAFT_MAX_MESSAGE];
    craft_new(&c, false);
    craft_server_flight(&c);
    for (size_t i = 0; i < c.flight[SH].len; i += row->fragment) { // plaintext by itself
        size_t left = c.flight[SH].len - i;
        craft_record(&c.p.client, CRAFT_HANDSHAKE, 0x0303, c.flight[SH].bytes + i,
                     left < row->fragment ? left : row->fragment);
    }
    size_t len = 0;
    for (size_t i = EE; i < FLIGHT_MESSAGES; i++) {
        memcpy(flight + len, c.flight[i].bytes, c.flight[i].len);
        len += c.flight[i].len;
    }
    for (size_t i = 0; i < len; i += row->fragment) {
        size_t n = len - i < row->fragment ? len - i : row->fragment;
        craft_sealed(&c.p.client, CRAFT_HANDSHAKE, flight + i, n, i % 7);
    }
    pair_run(&c.p);
    craft_expect(&c.p.client, PATINA_OK, 0);
    craft_expect(&c.p.server, PATINA_OK, 0);
    assert_true(pair_saw(&c.p.client, PATINA_EVENT_HANDSHAKE_DONE));
    assert_true(pair_saw(&c.p.server, PATINA_EVENT_HANDSHAKE_DONE));
    craft_free(&c);
}

// Tickets may share records, and a KeyUpdate may follow them: it is the end that counts.
static void test_packed_later(void **state)
{
    (void)state;
    static const uint8_t packed[] = {4, 0,   0, 14, 0, 0,   0, 9,  1,  2, 3, 4, 0, 0,
                                     1, 't', 0, 0,  4, 0,   0, 14, 0,  0, 0, 9, 1, 2,
                                     3, 4,   0, 0,  1, 't', 0, 0,  24, 0, 0, 1, 0};
    for (size_t split = 1; split < sizeof packed; split++) {
        static struct craft c;
        craft_new(&c, false);
        craft_finish(&c);
        craft_sealed(&c.p.client, CRAFT_HANDSHAKE, packed, split, 0);
        craft_sealed(&c.p.client, CRAFT_HANDSHAKE, packed + split, sizeof packed - split, 0);
        pair_step(&c.p, &c.p.client);
        craft_expect(&c.p.client, PATINA_OK, 0);
        craft_free(&c);
    }
}

// A CertificateRequest is answered by an empty Certificate, ahead of Finished and in its record.
static void test_empty_certificate(void **state)
{
    (void)state;
    static const uint8_t request[] = {13, 0, 0, 15, 0, 0,    12,   0, 13, 0,
                                      4,  0, 2, 4,  3, 0x7a, 0x7a, 0, 0};
    static const uint8_t answer[] = {11, 0, 0, 4, 0, 0, 0, 0, PTN_HS_FINISHED};
    static struct craft c;
    craft_new(&c, false);
    craft_server_flight(&c);
    craft_deal_until(&c, CERT);
    craft_sealed(&c.p.client, CRAFT_HANDSHAKE, request, sizeof request, 0);
    pair_step(&c.p, &c.p.client);
    craft_deal(&c, CERT);
    craft_deal(&c, CV);
    craft_forge_finished(&c.p.client, &c.flight[FIN]);
    craft_deal(&c, FIN);
    craft_expect(&c.p.client, PATINA_OK, 0);
    assert_true(pair_saw(&c.p.client, PATINA_EVENT_HANDSHAKE_DONE));
    craft_take_hello(&c);
    assert_memory_equal(c.hello.bytes, answer, sizeof answer);
    craft_free(&c);
}

// ---- What is ours is aligned as well

static void test_own_records(void **state)
{
    (void)state;
    static const uint8_t expected[] = {22, 20, 23, 23, 23, 23};
    static struct craft c;
    craft_options(&c, false);
    c.f.server.max_fragment = 512; // several records a flight
    craft_start(&c);
    craft_take_hello(&c);
    craft_give_hello(&c);
    patina_span sent = patina_output_unsent(&c.p.server.out);
    size_t count = 0;
    size_t at = 0;
    while (at < sent.len) {
        assert_true(count > 5 || sent.ptr[at] == expected[count]);
        assert_int_equal(sent.ptr[at + 1], 3);
        assert_int_equal(sent.ptr[at + 2], 3);
        size_t len = ((size_t)sent.ptr[at + 3] << 8) | sent.ptr[at + 4];
        if (count == 0) { // the ServerHello alone
            assert_int_equal(len, 4 + (((size_t)sent.ptr[at + 7] << 8) | sent.ptr[at + 8]));
        }
        assert_true(len <= 512 + 1 + 16);
        at += 5 + len;
        count++;
    }
    assert_true(count >= 4);
    craft_free(&c);
}

#define FLIGHT(name, place)                             \
    {                                                   \
        name, test_left_over, NULL, NULL, &(struct row) \
        {                                               \
            place, PATINA_ERR_UNALIGNED_FLIGHT          \
        }                                               \
    }
#define KEY_CHANGE(name, place)                         \
    {                                                   \
        name, test_left_over, NULL, NULL, &(struct row) \
        {                                               \
            place, PATINA_ERR_UNALIGNED_KEY_CHANGE      \
        }                                               \
    }
#define PACKED(name, n)                                         \
    {                                                           \
        name, test_packed_flight, NULL, NULL, &(struct packing) \
        {                                                       \
            n                                                   \
        }                                                       \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLIGHT("behind the ClientHello", CLIENT_HELLO),
        FLIGHT("behind the second ClientHello", SECOND_CLIENT_HELLO),
        FLIGHT("behind the HelloRetryRequest", HELLO_RETRY_REQUEST),
        KEY_CHANGE("behind the ServerHello", SERVER_HELLO),
        KEY_CHANGE("behind the ServerHello after a HelloRetryRequest", LATE_SERVER_HELLO),
        FLIGHT("behind the server's Finished", SERVER_FINISHED),
        FLIGHT("behind the client's Finished", CLIENT_FINISHED),
        KEY_CHANGE("behind a KeyUpdate to the client", UPDATE_TO_CLIENT),
        KEY_CHANGE("behind a KeyUpdate to the server", UPDATE_TO_SERVER),
        PACKED("a flight of 1-byte records", 1),
        PACKED("a flight of 3-byte records", 3),
        PACKED("a flight of 100-byte records", 100),
        PACKED("a flight in one record", 16384),
        {"later messages share records", test_packed_later, NULL, NULL, NULL},
        {"CertificateRequest is answered by an empty Certificate", test_empty_certificate, NULL,
         NULL, NULL},
        {"our own records are aligned", test_own_records, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("alignment", tests, NULL, NULL) != 0;
}
