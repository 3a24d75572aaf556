// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What flags and limits change on the wire, and what must not matter there: shuffled extensions,
// middlebox compatibility, record sizes, padding, the key log, GREASE (RFC 8701).
#include "craft.h"

#include "null_provider.h"
#include "wire/codepoints.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- Flags

static size_t order_of(const struct craft_message *m, uint16_t out[32])
{
    size_t at = craft_block(m);
    size_t end = at + 2 + (((size_t)m->bytes[at] << 8) | m->bytes[at + 1]);
    size_t count = 0;
    for (at += 2; at < end && count < 32;) {
        out[count++] = (uint16_t)((m->bytes[at] << 8) | m->bytes[at + 1]);
        at += 4 + (((size_t)m->bytes[at + 2] << 8) | m->bytes[at + 3]);
    }
    return count;
}

static bool order_varies(uint32_t flags)
{
    uint16_t first[32];
    uint16_t other[32];
    bool varies = false;
    for (uint64_t seed = 0; seed < 8; seed++) {
        static struct craft c;
        craft_defaults(&c);
        c.f.client.flags = flags;
        craft_start(&c);
        null_provider_reseed(c.provider, seed);
        craft_take_hello(&c);
        size_t count = order_of(&c.hello, seed == 0 ? first : other);
        assert_true(count >= 5);
        varies = varies || (seed != 0 && memcmp(first, other, count * sizeof first[0]) != 0);
        craft_free(&c);
    }
    return varies;
}

static void test_shuffle(void **state)
{
    (void)state;
    assert_true(order_varies(0));
    assert_false(order_varies(PATINA_CONFIG_NO_EXTENSION_SHUFFLE));
}

struct saw {
    size_t ccs[2]; // of client and server
};

static void count_ccs(void *user, bool from_client, patina_mspan bytes)
{
    struct saw *s = user;
    for (size_t at = 0; at + 5 <= bytes.len;
         at += 5 + (((size_t)bytes.ptr[at + 3] << 8) | bytes.ptr[at + 4])) {
        s->ccs[from_client ? 0 : 1] += bytes.ptr[at] == CRAFT_CCS;
    }
}

static void test_compat(void **state)
{
    (void)state;
    for (int off = 0; off <= 1; off++) {
        for (int retry = 0; retry <= 1; retry++) {
            static struct craft c;
            struct saw saw = {{0, 0}};
            craft_options(&c, retry == 1);
            c.f.client.flags = off == 1 ? PATINA_CONFIG_NO_MIDDLEBOX_COMPAT : 0;
            craft_start(&c);
            c.p.tap = count_ccs;
            c.p.tap_user = &saw;
            craft_finish(&c);
            assert_int_equal(saw.ccs[0], off == 1 ? 0 : 1); // once, also with a HelloRetryRequest
            assert_int_equal(saw.ccs[1], 1);
            craft_free(&c);
        }
    }
    static struct craft c;
    craft_defaults(&c);
    c.f.client.flags = PATINA_CONFIG_NO_MIDDLEBOX_COMPAT;
    craft_start(&c);
    craft_take_hello(&c);
    assert_int_equal(c.hello.bytes[38], 0); // legacy_session_id
    craft_free(&c);
}

static void test_unknown_flag(void **state)
{
    (void)state;
    static struct craft c;
    craft_defaults(&c);
    craft_start(&c);
    struct patina_conn_options o = c.f.client_conn;
    struct patina_conn *conn;
    o.flags = 1;
    assert_err(patina_client_new(c.f.client_config, &o, &conn), PATINA_ERR_BAD_OPTION);
    craft_free(&c);
}

// ---- Records of ours

struct sizes {
    size_t max, total;
};

static void note_sizes(void *user, bool from_client, patina_mspan bytes)
{
    struct sizes *s = user;
    for (size_t at = 0; at + 5 <= bytes.len && from_client;) {
        size_t len = ((size_t)bytes.ptr[at + 3] << 8) | bytes.ptr[at + 4];
        s->max = len > s->max ? len : s->max;
        s->total += len;
        at += 5 + len;
    }
}

static void test_max_fragment(void **state)
{
    (void)state;
    static const uint32_t fragments[] = {64, 100, 1000, 16384, 0};
    static uint8_t text[20000];
    for (size_t i = 0; i < sizeof fragments / sizeof fragments[0]; i++) {
        static struct craft c;
        struct sizes sizes = {0, 0};
        craft_defaults(&c);
        c.f.client.max_fragment = fragments[i];
        craft_start(&c);
        c.p.tap = note_sizes;
        c.p.tap_user = &sizes;
        craft_finish(&c); // the ClientHello obeys, too
        assert_err(pair_send(&c.p, &c.p.client, text, sizeof text), PATINA_OK);
        assert_int_equal(c.p.server.data_len, sizeof text);
        size_t limit = fragments[i] == 0 ? 16384 : fragments[i];
        assert_int_equal(sizes.max, limit + 1 + 16);
        craft_free(&c);
    }
}

static void test_padding(void **state)
{
    (void)state;
    static struct craft c;
    craft_new(&c, false);
    craft_finish(&c);
    static const size_t padding[] = {0, 1, 16, 1000, 16379};
    for (size_t i = 0; i < sizeof padding / sizeof padding[0]; i++) {
        craft_sealed(&c.p.server, CRAFT_DATA, "hello", 5, padding[i]);
        pair_step(&c.p, &c.p.server);
        craft_expect(&c.p.server, PATINA_OK, 0);
        assert_int_equal(c.p.server.data_len, 5 * (i + 1));
    }
    craft_free(&c);
}

// ---- The key log, RFC 9850

struct log {
    char lines[8][300];
    size_t count;
};

static void log_line(void *user, patina_span line)
{
    struct log *log = user;
    assert_true(log->count < 8 && line.len < sizeof log->lines[0]);
    memcpy(log->lines[log->count], line.ptr, line.len);
    log->lines[log->count][line.len] = 0;
    log->count++;
}

static bool is_hex(const char *s, size_t len)
{
    return strspn(s, "0123456789abcdef") >= len;
}

static void check_log(bool retry, uint16_t suite, size_t secret_len)
{
    static const char *const labels[] = {
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0", "EXPORTER_SECRET"};
    static struct craft c;
    static struct log logs[2];
    struct patina_dangerous_options d[2] = {PATINA_DANGEROUS_OPTIONS_INIT,
                                            PATINA_DANGEROUS_OPTIONS_INIT};
    memset(logs, 0, sizeof logs);
    craft_options(&c, retry);
    for (size_t i = 0; i < 2; i++) {
        d[i].key_log = log_line;
        d[i].key_log_user = &logs[i];
    }
    c.f.client.dangerous = &d[0];
    c.f.server.dangerous = &d[1];
    c.f.client.suites = &suite;
    c.f.client.suites_count = 1;
    craft_agree(&c);
    assert_int_equal(logs[0].count, 5);
    assert_int_equal(logs[1].count, 5);
    for (size_t i = 0; i < 5; i++) {
        const char *line = logs[0].lines[i];
        size_t label = strlen(labels[i]);
        assert_string_equal(line, logs[1].lines[i]); // both sides, in the same order
        assert_int_equal(strlen(line), label + 1 + 64 + 1 + 2 * secret_len);
        assert_memory_equal(line, labels[i], label);
        assert_true(line[label] == ' ' && is_hex(line + label + 1, 64));
        assert_true(line[label + 65] == ' ' && is_hex(line + label + 66, 2 * secret_len));
    }
    craft_free(&c);
}

static void test_key_log(void **state)
{
    (void)state;
    check_log(false, PTN_TLS_AES_128_GCM_SHA256, 32);
    check_log(false, PTN_TLS_AES_256_GCM_SHA384, 48);
    check_log(true, PTN_TLS_CHACHA20_POLY1305_SHA256, 32);
}

// ---- GREASE, RFC 8701: unknown values everywhere, and the handshake completes

enum { SUITES = 0x10000 }; // not an extension

struct grease_row {
    uint32_t in;   // extension type, or SUITES
    size_t at;     // where in the list
    size_t prefix; // bytes of the list's length
    uint8_t value[8];
    size_t value_len;
};

static void grease_list(struct craft_message *m, const struct grease_row *row)
{
    uint8_t body[2000];
    if (row->in == SUITES) {
        size_t at = 39 + (size_t)m->bytes[38];
        m->bytes[at + 1] = (uint8_t)(m->bytes[at + 1] + row->value_len);
        craft_splice(m, at + 2 + row->at, 0, row->value, row->value_len);
        return;
    }
    patina_span old = craft_find_extension(m, (uint16_t)row->in);
    assert_true(old.len >= row->prefix + row->at && old.len + row->value_len <= sizeof body);
    size_t head = row->prefix + row->at;
    memcpy(body, old.ptr, head);
    memcpy(body + head, row->value, row->value_len);
    memcpy(body + head + row->value_len, old.ptr + head, old.len - head);
    size_t len = old.len + row->value_len;
    if (row->prefix == 1) {
        body[0] = (uint8_t)(len - 1);
    } else {
        body[0] = (uint8_t)((len - 2) >> 8);
        body[1] = (uint8_t)((len - 2) & 0xff);
    }
    craft_extension(m, (uint16_t)row->in, body, len);
}

static void grease_all(struct craft_message *m)
{
    craft_add_extension(m, 0x1a1a, "", 0);
    craft_add_extension(m, 0xfafa, "\0", 1);
}

static void complete(struct craft *c)
{
    static struct craft_message finished;
    craft_give_hello(c);
    craft_expect(&c->p.server, PATINA_OK, 0);
    craft_forge_finished(&c->p.server, &finished);
    craft_sealed(&c->p.server, CRAFT_HANDSHAKE, finished.bytes, finished.len, 0);
    pair_step(&c->p, &c->p.server);
    craft_expect(&c->p.server, PATINA_OK, 0);
    assert_true(pair_saw(&c->p.server, PATINA_EVENT_HANDSHAKE_DONE));
}

static void grease_start(struct craft *c)
{
    const patina_span h2 = fixture_text("h2");
    craft_defaults(c);
    c->f.client.alpn = &h2;
    c->f.client.alpn_count = 1;
    c->f.server.alpn = &h2;
    c->f.server.alpn_count = 1;
    craft_start(c);
    craft_take_hello(c);
    craft_add_extension(&c->hello, PTN_EXTENSION_PSK_KEY_EXCHANGE_MODES, "\1\1", 2);
}

static const struct grease_row greases[] = {
    {SUITES, 0, 0, {0x0a, 0x0a}, 2},
    {SUITES, 2, 0, {0xda, 0xda, 0x00, 0xff}, 4},
    {PTN_EXTENSION_SUPPORTED_VERSIONS, 0, 1, {0x2a, 0x2a}, 2},
    {PTN_EXTENSION_SUPPORTED_VERSIONS, 2, 1, {0x7f, 0x1c}, 2},
    {PTN_EXTENSION_SUPPORTED_GROUPS, 0, 2, {0x3a, 0x3a}, 2},
    {PTN_EXTENSION_SIGNATURE_ALGORITHMS, 0, 2, {0x4a, 0x4a}, 2},
    {PTN_EXTENSION_SIGNATURE_ALGORITHMS_CERT, 0, 2, {0x5a, 0x5a}, 2},
    {PTN_EXTENSION_ALPN, 0, 2, {2, 0x6a, 0x6a}, 3},
    {PTN_EXTENSION_KEY_SHARE, 0, 2, {0x3a, 0x3a, 0, 1, 0}, 5},
    {PTN_EXTENSION_PSK_KEY_EXCHANGE_MODES, 0, 1, {0x0b}, 1},
};
enum { GREASES = sizeof greases / sizeof greases[0] };

static void test_grease(void **state)
{
    (void)state;
    static struct craft c;
    for (size_t i = 0; i < GREASES; i++) { // each alone
        grease_start(&c);
        grease_list(&c.hello, &greases[i]);
        if (greases[i].in == PTN_EXTENSION_KEY_SHARE) { // its group is offered
            grease_list(&c.hello, &greases[4]);
        }
        complete(&c);
        craft_free(&c);
    }
    grease_start(&c); // all at once
    for (size_t i = 0; i < GREASES; i++) {
        grease_list(&c.hello, &greases[i]);
    }
    grease_all(&c.hello);
    complete(&c);
    assert_int_equal(patina_conn_alpn(c.p.server.conn).len, 2);
    craft_free(&c);
}

// All sixteen reserved values as extensions and suites.
static void test_grease_values(void **state)
{
    (void)state;
    static struct craft c;
    for (unsigned i = 0; i < 16; i++) {
        uint8_t byte = (uint8_t)(0x0a + 0x10 * i);
        const struct grease_row suite = {SUITES, 0, 0, {byte, byte}, 2};
        grease_start(&c);
        craft_add_extension(&c.hello, (uint16_t)(byte * 0x101), "grease, any length", i);
        grease_list(&c.hello, &suite);
        complete(&c);
        craft_free(&c);
    }
}

// A server may send GREASE in CertificateRequest and NewSessionTicket alone (RFC 8701 §4): those
// are rows of test_errors_flight.c and test_errors_alignment.c.

#define PLAIN(name, test) {name, test, NULL, NULL, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN("flags: extensions are shuffled, or not", test_shuffle),
        PLAIN("flags: middlebox compatibility, or not", test_compat),
        PLAIN("flags: unknown ones of a connection", test_unknown_flag),
        PLAIN("records: max_fragment", test_max_fragment),
        PLAIN("records: padding is accepted", test_padding),
        PLAIN("key log: both sides agree", test_key_log),
        PLAIN("GREASE: in each list, and in all", test_grease),
        PLAIN("GREASE: all values", test_grease_values),
    };
    return cmocka_run_group_tests_name("flags", tests, NULL, NULL) != 0;
}
