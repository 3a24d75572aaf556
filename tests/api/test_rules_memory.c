// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Rule 18 of docs/RULES.md and the limits of memory: memory grows with bytes received, never with
// bytes announced; a half-open server stays small; records cost no allocation. The allocator handed
// in is counted: the crypto library's own heap is the bench's matter.
#include "craft.h"

#include "unit/counting.h"
#include "wire/codepoints.h"

#include <stdlib.h>
#include <string.h>

enum { KIB = 1024 };

// A whole connection of a provider, its two sides counted apart.
struct counted {
    struct fixture f;
    struct pair p;
    struct counting client, server;
    size_t client_config, server_config; // bytes
};

static void start(struct counted *c, const struct patina_provider *provider)
{
    memset(c, 0, sizeof *c);
    counting_init(&c->client);
    counting_init(&c->server);
    fixture_options(&c->f, provider, provider, TEST_P256);
    c->f.client.alloc = &c->client.alloc;
    c->f.server.alloc = &c->server.alloc;
    fixture_configs(&c->f);
    c->client_config = c->client.live_bytes;
    c->server_config = c->server.live_bytes;
    fixture_pair(&c->f, &c->p);
}

static void end(struct counted *c)
{
    pair_free(&c->p);
    fixture_free(&c->f);
    assert_int_equal(c->client.live_blocks, 0);
    assert_int_equal(c->server.live_blocks, 0);
    assert_int_equal(c->client.unwiped, 0);
    assert_int_equal(c->server.unwiped, 0);
}

// ---- A half-open server: a hello came, the flight went out, and nothing more

static void test_half_open(void **state)
{
    (void)state;
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        struct counted c;
        start(&c, fixture_provider(i));
        pair_step(&c.p, &c.p.server);
        size_t silent = c.server.live_bytes - c.server_config;
        pair_step(&c.p, &c.p.client);
        (void)pair_move(&c.p, &c.p.client, &c.p.server);
        pair_step(&c.p, &c.p.server);
        assert_err(c.p.server.err, PATINA_OK);
        assert_true(patina_output_unsent(&c.p.server.out).len > 1000); // the flight is out
        size_t open = c.server.live_bytes - c.server_config;
        print_message("%s: silent %zu, half-open %zu, client waiting %zu bytes\n",
                      fixture_provider(i)->name, silent, open,
                      c.client.live_bytes - c.client_config);
        assert_true(silent <= 4 * KIB);
        assert_true(open <= 8 * KIB); // without the hello, whose stage is over; 10 are allowed
        end(&c);
    }
}

// An idle connection keeps its record keys and little else; all of the handshake is gone.
static void test_idle(void **state)
{
    (void)state;
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        struct counted c;
        start(&c, fixture_provider(i));
        pair_run(&c.p);
        assert_true(pair_saw(&c.p.server, PATINA_EVENT_HANDSHAKE_DONE));
        size_t client = c.client.live_bytes - c.client_config;
        size_t server = c.server.live_bytes - c.server_config;
        size_t chain = c.f.leaf.der.len + c.f.intermediate.der.len;
        print_message("%s: idle client %zu (chain %zu), server %zu bytes; peaks %zu, %zu\n",
                      fixture_provider(i)->name, client, chain, server,
                      c.client.peak_bytes - c.client_config, c.server.peak_bytes - c.server_config);
        assert_true(client <= 4 * KIB + chain);
        assert_true(server <= 4 * KIB);
        assert_true(c.client.peak_bytes - c.client_config <= 256 * KIB);
        end(&c);
    }
}

// ---- No allocation per record

static void send_records(struct counted *c, uint8_t *room, size_t cap, struct patina_output *out)
{
    static uint8_t text[40000];
    const struct patina_output fixed = PATINA_OUTPUT_FIXED(room, cap);
    const patina_span spans[2] = {{text, 100}, {text, sizeof text}};
    size_t taken;
    *out = fixed;
    assert_err(patina_conn_send(c->p.client.conn, spans, 2, &taken, out), PATINA_OK);
    assert_int_equal(taken, 100 + sizeof text);
}

enum how { WHOLE, INTO, BYTES };

static void receive_records(struct counted *c, struct patina_output *sent, enum how how)
{
    static uint8_t text[17000];
    uint8_t none[1];
    struct patina_output out = PATINA_OUTPUT_FIXED(none, 0);
    struct patina_conn *conn = c->p.server.conn;
    size_t want = how == BYTES ? 0 : SIZE_MAX;
    size_t total = 0;
    while (sent->start < sent->len) {
        size_t left = sent->len - sent->start;
        size_t give = want < left ? want : left;
        patina_mspan in = {sent->ptr + sent->start, give};
        struct patina_event ev;
        size_t used;
        patina_err err = how == INTO ? patina_conn_receive_into(conn, (patina_span){in.ptr, in.len},
                                                                (patina_mspan){text, sizeof text},
                                                                &used, &out, &ev)
                                     : patina_conn_receive(conn, in, &used, &out, &ev);
        assert_err(err, PATINA_OK);
        total += ev.kind == PATINA_EVENT_DATA ? ev.data.len : 0;
        sent->start += used;
        want = how == BYTES ? (used != 0 ? 0 : give + 1) : SIZE_MAX;
    }
    assert_int_equal(total, 40100);
}

static void test_no_allocation(void **state)
{
    static uint8_t room[64 * KIB];
    enum how how = *(const enum how *)*state;
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        struct counted c;
        start(&c, fixture_provider(i));
        pair_run(&c.p);
        size_t client = c.client.allocations;
        size_t server = c.server.allocations;
        for (int round = 0; round < (how == BYTES ? 1 : 20); round++) {
            struct patina_output out;
            send_records(&c, room, sizeof room, &out);
            receive_records(&c, &out, how);
        }
        assert_int_equal(c.client.allocations, client);
        assert_int_equal(c.server.allocations, server);
        end(&c);
    }
}

// ---- Memory grows with bytes received

struct announced {
    bool client;
    uint8_t type;
    uint32_t body; // announced
};

static void test_announced(void **state)
{
    const struct announced *row = *state;
    static struct craft c;
    struct counting memory;
    counting_init(&memory);
    craft_options(&c, false);
    c.f.client.alloc = row->client ? &memory.alloc : NULL;
    c.f.server.alloc = row->client ? NULL : &memory.alloc;
    craft_start(&c);
    struct pair_side *side = row->client ? &c.p.client : &c.p.server;
    if (row->client) {
        craft_server_flight(&c);
        craft_deal_until(&c, row->type == PTN_HS_CERTIFICATE ? CERT : EE);
    }
    size_t before = memory.live_bytes;
    static uint8_t body[512];
    memset(body, 0, sizeof body);
    size_t received = 0;
    const uint8_t header[4] = {row->type, (uint8_t)(row->body >> 16),
                               (uint8_t)(row->body >> 8 & 0xff), (uint8_t)(row->body & 0xff)};
    while (received < 20 * sizeof body) {
        const uint8_t *text = received == 0 ? header : body;
        size_t len = received == 0 ? sizeof header : sizeof body;
        if (row->client && row->type != PTN_HS_SERVER_HELLO) {
            craft_sealed(side, CRAFT_HANDSHAKE, text, len, 0);
        } else {
            craft_record(side, CRAFT_HANDSHAKE, 0x0303, text, len);
        }
        pair_step(&c.p, side);
        assert_err(side->err, PATINA_OK);
        received += len;
        assert_true(memory.live_bytes - before <= 2 * received + 512);
    }
    craft_free(&c);
    assert_int_equal(memory.live_blocks, 0);
}

// Records are opened where they stand: a large one that is not whole costs nothing.
static void test_announced_record(void **state)
{
    (void)state;
    struct counted c;
    start(&c, fixture_provider(0));
    pair_run(&c.p);
    size_t before = c.server.live_bytes;
    uint8_t part[1000] = {23, 3, 3, 0x41, 0};
    struct patina_event ev;
    size_t used;
    assert_err(patina_conn_receive(c.p.server.conn, (patina_mspan){part, sizeof part}, &used,
                                   &c.p.server.out, &ev),
               PATINA_OK);
    assert_int_equal(used, 0);
    assert_int_equal(ev.want, 5 + 0x4100);
    assert_int_equal(c.server.live_bytes, before);
    end(&c);
}

// A failed connection gives the handshake's memory back at once.
static void test_failed_is_small(void **state)
{
    (void)state;
    struct counted c;
    start(&c, fixture_provider(0));
    pair_step(&c.p, &c.p.client);
    size_t waiting = c.client.live_bytes;
    uint8_t junk[] = {22, 3, 3, 0, 4, 1, 0, 0, 0};
    struct patina_event ev;
    size_t used;
    assert_err(patina_conn_receive(c.p.client.conn, (patina_mspan){junk, sizeof junk}, &used,
                                   &c.p.client.out, &ev),
               PATINA_ERR_UNEXPECTED_MESSAGE);
    assert_true(c.client.live_bytes < waiting);
    assert_true(c.client.live_bytes - c.client_config <= 4 * KIB);
    assert_int_equal(c.client.unwiped, 0);
    end(&c);
}

#define ROW(name, test) {name, test, NULL, NULL, NULL}
#define RECORDS(name, h)                                  \
    {                                                     \
        name, test_no_allocation, NULL, NULL, &(enum how) \
        {                                                 \
            h                                             \
        }                                                 \
    }
#define ANNOUNCED(name, ...)                                  \
    {                                                         \
        name, test_announced, NULL, NULL, &(struct announced) \
        {                                                     \
            __VA_ARGS__                                       \
        }                                                     \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("a half-open server stays under 10 KiB", test_half_open),
        ROW("an idle connection keeps little", test_idle),
        ROW("a failed connection keeps little", test_failed_is_small),
        RECORDS("no allocation per record: whole", WHOLE),
        RECORDS("no allocation per record: receive_into", INTO),
        RECORDS("no allocation per record: a byte a call", BYTES),
        ROW("an announced record costs nothing", test_announced_record),
        ANNOUNCED("memory grows with bytes received: ClientHello", false, PTN_HS_CLIENT_HELLO,
                  16384),
        ANNOUNCED("memory grows with bytes received: EncryptedExtensions", true,
                  PTN_HS_ENCRYPTED_EXTENSIONS, 16384),
        ANNOUNCED("memory grows with bytes received: Certificate", true, PTN_HS_CERTIFICATE, 65535),
    };
    return cmocka_run_group_tests_name("rules of memory", tests, NULL, NULL) != 0;
}
