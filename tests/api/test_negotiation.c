// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What two sides agree on, and how a config changes it: certificate by name and by what the client
// can verify, protocol, suite, group, the group memory, server_name.
#include "craft.h"

#include "null_provider.h"
#include "wire/codepoints.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- Certificate by name

static patina_err accept(void *user, struct patina_op *op)
{
    (void)user;
    return patina_verify_op_accept(op);
}

static struct patina_verifier *anyone(const struct patina_provider *p)
{
    struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    struct patina_verifier *v;
    o.provider = p;
    o.verify = accept;
    assert_err(patina_verifier_callback_new(&o, &v), PATINA_OK);
    return v;
}

struct name_row {
    const char *name; // the client's
    int expected;     // index of the credential; -1: refused
    uint32_t flags;   // of the server
};

static void check_leaf(const struct patina_conn *conn, const struct test_cert *leaf)
{
    patina_span have = patina_chain_certificate(patina_conn_peer_chain(conn), 0);
    assert_int_equal(have.len, leaf->der.len);
    assert_memory_equal(have.ptr, leaf->der.ptr, have.len);
}

static void test_name(void **state)
{
    const struct name_row *row = *state;
    static struct craft c;
    struct test_cert leaves[3];
    struct patina_credential *credentials[3];
    craft_defaults(&c);
    static const char *const names[] = {"DNS:first.test", "DNS:second.test,DNS:Third.Test",
                                        "DNS:*.wild.test,IP:192.0.2.1"};
    for (size_t i = 0; i < 3; i++) {
        test_make_server("x", names[i], TEST_P256, &c.f.intermediate, &leaves[i]);
        credentials[i] = fixture_credential(c.provider, &leaves[i], &c.f.intermediate, NULL);
    }
    struct patina_verifier *v = anyone(c.provider);
    c.f.client.verifier = v;
    c.f.client_conn.server_name = fixture_text(row->name);
    c.f.server.credentials = credentials;
    c.f.server.credentials_count = 3;
    c.f.server.flags = row->flags;
    if (row->expected >= 0) {
        craft_agree(&c);
        check_leaf(c.p.client.conn, &leaves[row->expected]);
    } else {
        craft_start(&c);
        craft_take_hello(&c);
        craft_give_hello(&c);
        craft_expect(&c.p.server, PATINA_ERR_UNRECOGNIZED_NAME, PATINA_ALERT_UNRECOGNIZED_NAME);
    }
    craft_free(&c);
    patina_verifier_unref(v);
    for (size_t i = 0; i < 3; i++) {
        patina_credential_unref(credentials[i]);
        test_cert_free(&leaves[i]);
    }
}

// ---- Certificate by what the client can verify

struct scheme_row {
    uint16_t offered[2];
    uint16_t expected;
};

static void test_scheme(void **state)
{
    const struct scheme_row *row = *state;
    static struct craft c;
    static const enum test_key keys[] = {TEST_RSA2048, TEST_P256, TEST_ED25519};
    struct test_cert leaves[3];
    struct patina_credential *credentials[3];
    craft_defaults(&c);
    for (size_t i = 0; i < 3; i++) {
        test_make_server("x", "DNS:server.test", keys[i], &c.f.intermediate, &leaves[i]);
        credentials[i] = fixture_credential(c.provider, &leaves[i], &c.f.intermediate, NULL);
    }
    c.f.client.verify_schemes = row->offered;
    c.f.client.verify_schemes_count = 2;
    c.f.server.credentials = credentials;
    c.f.server.credentials_count = 3;
    craft_agree(&c);
    assert_int_equal(patina_conn_scheme(c.p.client.conn), row->expected);
    craft_free(&c);
    for (size_t i = 0; i < 3; i++) {
        patina_credential_unref(credentials[i]);
        test_cert_free(&leaves[i]);
    }
}

// signature_algorithms_cert decides between two chains for one name; if none fits one is sent all
// the same (RFC 9846 §4.5.1.2).
static void test_chain_fits(void **state)
{
    (void)state;
    static const struct {
        uint8_t scheme[2];
        size_t expected;
    } rows[] = {{{4, 1}, 0}, {{4, 3}, 1}, {{8, 7}, 0}};
    struct test_cert rsa_ca;
    struct test_cert leaves[2];
    test_make_ca("RSA", TEST_RSA2048, NULL, &rsa_ca);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static struct craft c;
        craft_defaults(&c);
        test_make_server("x", "DNS:server.test", TEST_P256, &rsa_ca, &leaves[0]);
        test_make_server("x", "DNS:server.test", TEST_P256, &c.f.intermediate, &leaves[1]);
        struct patina_credential *credentials[2] = {
            fixture_credential(c.provider, &leaves[0], &rsa_ca, NULL),
            fixture_credential(c.provider, &leaves[1], &c.f.intermediate, NULL)};
        c.f.server.credentials = credentials;
        c.f.server.credentials_count = 2;
        craft_start(&c);
        craft_take_hello(&c);
        const uint8_t list[4] = {0, 2, rows[i].scheme[0], rows[i].scheme[1]};
        craft_extension(&c.hello, PTN_EXTENSION_SIGNATURE_ALGORITHMS_CERT, list, 4);
        craft_give_hello(&c);
        craft_expect(&c.p.server, PATINA_OK, 0);
        craft_take_flight(&c);
        const struct test_cert *leaf = &leaves[rows[i].expected];
        assert_memory_equal(c.flight[CERT].bytes + 11, leaf->der.ptr, leaf->der.len);
        craft_free(&c);
        for (size_t k = 0; k < 2; k++) {
            patina_credential_unref(credentials[k]);
            test_cert_free(&leaves[k]);
        }
    }
    test_cert_free(&rsa_ca);
}

// ---- Application protocols, RFC 7301

struct alpn_row {
    const char *client[3], *own[2], *server[3];
    const char *expected; // NULL: refused
};

static size_t spans(const char *const *texts, size_t max, patina_span *out)
{
    size_t count = 0;
    while (count < max && texts[count] != NULL) {
        out[count] = fixture_text(texts[count]);
        count++;
    }
    return count;
}

static void test_alpn(void **state)
{
    const struct alpn_row *row = *state;
    static struct craft c;
    patina_span client[3];
    patina_span own[2];
    patina_span server[3];
    craft_defaults(&c);
    c.f.client.alpn = client;
    c.f.client.alpn_count = spans(row->client, 3, client);
    c.f.client_conn.alpn = own;
    c.f.client_conn.alpn_count = spans(row->own, 2, own);
    c.f.server.alpn = server;
    c.f.server.alpn_count = spans(row->server, 3, server);
    if (row->expected == NULL) {
        craft_start(&c);
        pair_run(&c.p);
        assert_err(c.p.server.err, PATINA_ERR_NO_APPLICATION_PROTOCOL);
        struct patina_report report;
        patina_conn_report(c.p.client.conn, &report);
        assert_int_equal(report.alert, PATINA_ALERT_NO_APPLICATION_PROTOCOL);
    } else {
        craft_agree(&c);
        patina_span have = patina_conn_alpn(c.p.client.conn);
        assert_int_equal(have.len, strlen(row->expected));
        assert_true(have.len == 0 || memcmp(have.ptr, row->expected, have.len) == 0);
    }
    craft_free(&c);
}

// ---- Suites

struct suite_row {
    uint16_t client[3], server[3];
    uint32_t flags;
    uint16_t expected; // 0: none
};

static size_t numbers(const uint16_t *list)
{
    size_t count = 0;
    while (count < 3 && list[count] != 0) {
        count++;
    }
    return count;
}

static void test_suite(void **state)
{
    const struct suite_row *row = *state;
    static struct craft c;
    craft_defaults(&c);
    c.f.client.suites = row->client;
    c.f.client.suites_count = numbers(row->client);
    c.f.server.suites = row->server;
    c.f.server.suites_count = numbers(row->server);
    c.f.server.flags = row->flags;
    if (row->expected != 0) {
        craft_agree(&c);
        assert_int_equal(patina_conn_suite(c.p.client.conn), row->expected);
    } else {
        craft_start(&c);
        craft_take_hello(&c);
        craft_give_hello(&c);
        craft_expect(&c.p.server, PATINA_ERR_NO_CIPHER_SUITE_IN_COMMON,
                     PATINA_ALERT_HANDSHAKE_FAILURE);
    }
    craft_free(&c);
}

// ---- Groups

#define HYBRID PTN_GROUP_X25519MLKEM768
#define X25519 PTN_GROUP_X25519
#define P256 PTN_GROUP_SECP256R1
#define P384 PTN_GROUP_SECP384R1

struct group_row {
    uint16_t client[3], shares[3], server[3];
    bool no_shares;
    uint16_t expected; // 0: none
    bool retried;
};

static void test_group(void **state)
{
    const struct group_row *row = *state;
    static struct craft c;
    craft_defaults(&c);
    c.f.client.groups = row->client;
    c.f.client.groups_count = numbers(row->client);
    c.f.client.key_shares_count = numbers(row->shares);
    c.f.client.key_shares = c.f.client.key_shares_count != 0 || row->no_shares ? row->shares : NULL;
    c.f.server.groups = row->server;
    c.f.server.groups_count = numbers(row->server);
    if (row->expected != 0) {
        craft_agree(&c);
        assert_int_equal(patina_conn_group(c.p.client.conn), row->expected);
        assert_true(patina_conn_was_retried(c.p.client.conn) == row->retried);
    } else {
        craft_start(&c);
        craft_take_hello(&c);
        craft_give_hello(&c);
        craft_expect(&c.p.server, PATINA_ERR_NO_GROUP_IN_COMMON, PATINA_ALERT_HANDSHAKE_FAILURE);
    }
    craft_free(&c);
}

// The groups of the shares in a ClientHello, in order.
static size_t shared_groups(const struct craft_message *m, uint16_t out[8])
{
    patina_span body = craft_find_extension(m, PTN_EXTENSION_KEY_SHARE);
    size_t count = 0;
    for (size_t at = 2; at + 4 <= body.len && count < 8;) {
        out[count++] = (uint16_t)((body.ptr[at] << 8) | body.ptr[at + 1]);
        at += 4 + (((size_t)body.ptr[at + 2] << 8) | body.ptr[at + 3]);
    }
    return count;
}

static void test_default_shares(void **state)
{
    (void)state;
    static struct craft c;
    uint16_t groups[8];
    craft_defaults(&c);
    craft_start(&c);
    craft_take_hello(&c);
    assert_int_equal(shared_groups(&c.hello, groups), 2);
    assert_int_equal(groups[0], HYBRID);
    assert_int_equal(groups[1], X25519);
    // The hybrid's curve share is the classical one: the same bytes, ML-KEM first.
    patina_span body = craft_find_extension(&c.hello, PTN_EXTENSION_KEY_SHARE);
    assert_int_equal(body.len, 2 + 4 + 1184 + 32 + 4 + 32);
    assert_memory_equal(body.ptr + 2 + 4 + 1184, body.ptr + body.len - 32, 32);
    craft_free(&c);
}

// ---- The group memory

struct memory {
    uint16_t known, put;
    size_t gets, puts;
    char name[64];
};

static uint16_t memory_get(void *user, patina_span name)
{
    struct memory *m = user;
    m->gets++;
    assert_true(name.len < sizeof m->name);
    memcpy(m->name, name.ptr, name.len);
    m->name[name.len] = 0;
    return m->known;
}

static void memory_put(void *user, patina_span name, uint16_t group)
{
    struct memory *m = user;
    m->puts++;
    m->put = group;
    assert_int_equal(name.len, 11);
    assert_memory_equal(name.ptr, "server.test", 11);
}

static void memory_options(struct craft *c, struct patina_group_memory *hook, struct memory *m)
{
    static const uint16_t p384[] = {P384};
    craft_defaults(c);
    *hook = (struct patina_group_memory){
        .struct_size = sizeof *hook, .user = m, .get = memory_get, .put = memory_put};
    c->f.client.group_memory = hook;
    c->f.server.groups = p384;
    c->f.server.groups_count = 1;
}

static void test_group_memory(void **state)
{
    (void)state;
    static struct craft c;
    struct patina_group_memory hook;
    struct memory m = {0};
    uint16_t groups[8];
    memory_options(&c, &hook, &m);
    craft_agree(&c); // nothing known: retried, then remembered
    assert_int_equal(m.gets, 1);
    assert_string_equal(m.name, "server.test");
    assert_int_equal(m.puts, 1);
    assert_int_equal(m.put, P384);
    assert_true(patina_conn_was_retried(c.p.client.conn));
    craft_free(&c);

    m = (struct memory){.known = P384};
    memory_options(&c, &hook, &m);
    craft_agree(&c);
    assert_false(patina_conn_was_retried(c.p.client.conn));
    assert_int_equal(m.puts, 0); // learnt nothing new
    craft_free(&c);

    memory_options(&c, &hook, &m);
    craft_start(&c);
    craft_take_hello(&c); // added to the default shares, which stay
    assert_int_equal(shared_groups(&c.hello, groups), 3);
    assert_int_equal(groups[0], HYBRID);
    assert_int_equal(groups[1], X25519);
    assert_int_equal(groups[2], P384);
    craft_free(&c);

    m = (struct memory){.known = 0x4444}; // nonsense, or no longer offered
    memory_options(&c, &hook, &m);
    craft_start(&c);
    craft_take_hello(&c);
    assert_int_equal(shared_groups(&c.hello, groups), 2);
    craft_free(&c);
}

// Written only after a completed handshake.
static void test_group_memory_failure(void **state)
{
    (void)state;
    static struct craft c;
    struct patina_group_memory hook;
    struct memory m = {0};
    memory_options(&c, &hook, &m);
    craft_start(&c);
    c.f.now_s = 1; // the chain is refused
    pair_run(&c.p);
    assert_err(c.p.client.err, PATINA_ERR_CERT_NOT_YET_VALID);
    assert_int_equal(m.puts, 0);
    craft_free(&c);
}

// ---- server_name

struct sni_row {
    const char *name, *sni;
    uint32_t flags;
    const char *sent; // NULL: no extension
};

static void test_sni(void **state)
{
    const struct sni_row *row = *state;
    static struct craft c;
    craft_defaults(&c);
    c.f.client.flags = row->flags;
    c.f.client_conn.server_name = fixture_text(row->name);
    if (row->sni != NULL) {
        c.f.client_conn.sni = fixture_text(row->sni);
    }
    craft_start(&c);
    craft_take_hello(&c);
    patina_span body = craft_find_extension(&c.hello, PTN_EXTENSION_SERVER_NAME);
    if (row->sent == NULL) {
        assert_int_equal(body.len, 0);
    } else {
        size_t len = strlen(row->sent);
        assert_int_equal(body.len, 5 + len);
        assert_memory_equal(body.ptr + 5, row->sent, len);
    }
    craft_give_hello(&c);
    craft_expect(&c.p.server, PATINA_OK, 0);
    patina_span seen = patina_conn_server_name(c.p.server.conn);
    assert_int_equal(seen.len, row->sent == NULL ? 0 : strlen(row->sent));
    craft_take_flight(&c); // acknowledged only where it was sent
    patina_span answer = craft_find_extension(&c.flight[EE], PTN_EXTENSION_SERVER_NAME);
    assert_true((answer.ptr != NULL) == (row->sent != NULL));
    assert_int_equal(answer.len, 0);
    craft_free(&c);
}

static void test_bad_names(void **state)
{
    (void)state;
    static const char *const bad[] = {"a b",  ".test",         "-a.test",      "a..test",
                                      "a_\n", "127.0.0.1.5.6", "\xc3\xa9.test"};
    static struct craft c;
    craft_defaults(&c);
    craft_start(&c);
    struct patina_conn *conn;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
        o.server_name = fixture_text(bad[i]);
        assert_err(patina_client_new(c.f.client_config, &o, &conn), PATINA_ERR_BAD_SERVER_NAME);
        assert_null(conn);
        o.server_name = fixture_text("server.test");
        o.sni = fixture_text(bad[i]);
        assert_err(patina_client_new(c.f.client_config, &o, &conn), PATINA_ERR_BAD_SERVER_NAME);
    }
    struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
    o.server_name = fixture_text("server.test");
    o.sni = fixture_text("127.0.0.1"); // RFC 6066 §3: no addresses
    assert_err(patina_client_new(c.f.client_config, &o, &conn), PATINA_ERR_BAD_SERVER_NAME);
    craft_free(&c);
}

#define ENTRY(name, test, type, ...)    \
    {                                   \
        name, test, NULL, NULL, &(type) \
        {                               \
            __VA_ARGS__                 \
        }                               \
    }
#define NAME(name, ...) ENTRY("certificate: " name, test_name, struct name_row, __VA_ARGS__)
#define SCHEME(name, ...) ENTRY("certificate: " name, test_scheme, struct scheme_row, __VA_ARGS__)
#define ALPN(name, ...) ENTRY("protocol: " name, test_alpn, struct alpn_row, __VA_ARGS__)
#define SUITE(name, ...) ENTRY("suite: " name, test_suite, struct suite_row, __VA_ARGS__)
#define GROUP(name, ...) ENTRY("group: " name, test_group, struct group_row, __VA_ARGS__)
#define SNI(name, ...) ENTRY("server_name: " name, test_sni, struct sni_row, __VA_ARGS__)
#define PLAIN(name, test) {name, test, NULL, NULL, NULL}
#define REFUSE PATINA_CONFIG_REFUSE_UNKNOWN_NAME
#define A128 PTN_TLS_AES_128_GCM_SHA256
#define A256 PTN_TLS_AES_256_GCM_SHA384
#define CHACHA PTN_TLS_CHACHA20_POLY1305_SHA256

static const struct CMUnitTest tests[] = {
    NAME("first name", "first.test", 0, 0),
    NAME("second name", "second.test", 1, 0),
    NAME("another name of the second", "third.test", 1, 0),
    NAME("any case", "SECOND.test", 1, 0),
    NAME("wildcard", "a.wild.test", 2, 0),
    NAME("wildcard does not cover two labels: default", "a.b.wild.test", 0, 0),
    NAME("unknown name: default", "unknown.test", 0, 0),
    NAME("address: default", "192.0.2.1", 0, 0),
    NAME("unknown name refused", "unknown.test", -1, REFUSE),
    NAME("known name, unknown refused", "a.wild.test", 2, REFUSE),
    NAME("no name, unknown refused", "192.0.2.1", 0, REFUSE),
    SCHEME("P-256 alone", {PTN_ECDSA_SECP256R1_SHA256, PTN_ECDSA_SECP384R1_SHA384},
           PTN_ECDSA_SECP256R1_SHA256),
    SCHEME("Ed25519 alone", {PTN_ED25519, PTN_ECDSA_SECP521R1_SHA512}, PTN_ED25519),
    SCHEME("RSA-PSS alone", {PTN_RSA_PSS_RSAE_SHA512, PTN_RSA_PKCS1_SHA256},
           PTN_RSA_PSS_RSAE_SHA512),
    SCHEME("several fit: the first credential", {PTN_ED25519, PTN_RSA_PSS_RSAE_SHA256},
           PTN_RSA_PSS_RSAE_SHA256),
    PLAIN("certificate: signature_algorithms_cert chooses the chain", test_chain_fits),

    ALPN("the server's order", {"http/1.1", "h2"}, {NULL}, {"h2", "http/1.1"}, "h2"),
    ALPN("one in common", {"x", "h2"}, {NULL}, {"y", "h2"}, "h2"),
    ALPN("the connection's own list", {"x"}, {"h2"}, {"h2", "x"}, "h2"),
    ALPN("none in common", {"x", "y"}, {NULL}, {"h2"}, NULL),
    ALPN("no prefix matches", {"h2c"}, {NULL}, {"h2"}, NULL),
    ALPN("the server has none", {"h2"}, {NULL}, {NULL}, ""),
    ALPN("the client has none", {NULL}, {NULL}, {"h2"}, ""),

    SUITE("the client's order", {CHACHA, A128}, {A128, CHACHA}, 0, CHACHA),
    SUITE("the server's order", {CHACHA, A128}, {A128, CHACHA}, PATINA_CONFIG_SERVER_ORDER, A128),
    SUITE("one in common", {CHACHA, A256}, {A128, A256}, 0, A256),
    SUITE("the server's order, one in common", {CHACHA, A256}, {A128, A256},
          PATINA_CONFIG_SERVER_ORDER, A256),
    SUITE("none in common", {CHACHA}, {A128, A256}, 0, 0),
    SUITE("the provider's", {0}, {0}, 0, A128),

    GROUP("defaults: the hybrid", .expected = HYBRID),
    GROUP("a server without the hybrid", .server = {X25519, P256}, .expected = X25519),
    GROUP("the hybrid is worth a HelloRetryRequest", .client = {HYBRID, X25519}, .shares = {X25519},
          .expected = HYBRID, .retried = true),
    GROUP("a classical share is taken before a better group without one", .client = {X25519, P256},
          .shares = {P256}, .server = {X25519, P256}, .expected = P256),
    GROUP("no shared group: the server's first in common", .client = {P256, P384, X25519},
          .shares = {X25519}, .server = {P384, P256}, .expected = P384, .retried = true),
    GROUP("no shares at all", .no_shares = true, .expected = HYBRID, .retried = true),
    GROUP("two shares", .client = {P256, P384}, .shares = {P256, P384}, .server = {P384},
          .expected = P384),
    GROUP("none in common", .client = {P256}, .server = {P384}),
    PLAIN("group: the first hybrid and the first classical share", test_default_shares),
    PLAIN("group memory: asked, added, remembered", test_group_memory),
    PLAIN("group memory: not after a failure", test_group_memory_failure),

    SNI("sent", "server.test", NULL, 0, "server.test"),
    SNI("of an address: none", "127.0.0.1", NULL, 0, NULL),
    SNI("of an IPv6 address: none", "::1", NULL, 0, NULL),
    SNI("flag: none", "server.test", NULL, PATINA_CONFIG_NO_SNI, NULL),
    SNI("another name", "server.test", "front.test", 0, "front.test"),
    SNI("another name for an address", "127.0.0.1", "front.test", 0, "front.test"),
    SNI("flag beats another name", "server.test", "front.test", PATINA_CONFIG_NO_SNI, NULL),
    SNI("without the trailing dot", "server.test.", NULL, 0, "server.test"),
    PLAIN("server_name: bad names", test_bad_names),
};

int main(void)
{
    return cmocka_run_group_tests_name("negotiation", tests, NULL, NULL) != 0;
}
