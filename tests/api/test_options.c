// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Errors of options: whatever a config, a credential or a verifier is made of is judged once, where
// it is handed in, so that nothing later can be half configured.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"
#include "unit/counting.h"

#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

struct world {
    struct fixture f;
};

static void world_options(struct world *w)
{
    const struct patina_provider *provider = fixture_provider(0);
    memset(w, 0, sizeof *w);
    fixture_options(&w->f, provider, provider, TEST_P256);
}

#define CLIENT_FAILS(want, ...)                      \
    do {                                             \
        struct patina_client_options o = w.f.client; \
        __VA_ARGS__;                                 \
        expect_client(&o, PATINA_ERR_##want);        \
    } while (0)
#define SERVER_FAILS(want, ...)                      \
    do {                                             \
        struct patina_server_options o = w.f.server; \
        __VA_ARGS__;                                 \
        expect_server(&o, PATINA_ERR_##want);        \
    } while (0)

static void expect_client(const struct patina_client_options *o, patina_err want)
{
    struct patina_client_config *cfg = (struct patina_client_config *)1;
    struct patina_report report;
    assert_err(patina_client_config_new(o, &cfg, &report), want);
    assert_null(cfg);
    assert_err(report.err, want);
}

static void expect_server(const struct patina_server_options *o, patina_err want)
{
    struct patina_server_config *cfg = (struct patina_server_config *)1;
    struct patina_report report;
    assert_err(patina_server_config_new(o, &cfg, &report), want);
    assert_null(cfg);
    assert_err(report.err, want);
}

static void expect_credential(const struct patina_credential_options *o, patina_err want)
{
    struct patina_credential *c = (struct patina_credential *)1;
    struct patina_report report = {0};
    assert_err(patina_credential_new(o, &c, &report), want);
    assert_null(c);
    assert_err(report.err, want);
}

// How often the caller's allocator is asked on the way to BAD_PEM.
static size_t allocations_of(const struct patina_credential_options *options,
                             struct patina_report *report)
{
    struct counting memory;
    struct patina_credential_options o = *options;
    struct patina_credential *c = NULL;
    counting_init(&memory);
    o.alloc = &memory.alloc;
    assert_err(patina_credential_new(&o, &c, report), PATINA_ERR_BAD_PEM);
    assert_int_equal(memory.live_bytes, 0);
    return memory.allocations;
}

// A malformed block is told by its line.
static void expect_line(const struct patina_credential_options *o, const char *words)
{
    struct patina_credential *c = NULL;
    struct patina_report report = {0};
    assert_err(patina_credential_new(o, &c, &report), PATINA_ERR_BAD_PEM);
    assert_err(report.err, PATINA_ERR_BAD_PEM);
    if (strstr(report.text, words) == NULL) {
        print_error("text: %s\n", report.text);
    }
    assert_non_null(strstr(report.text, words));
    assert_err(patina_credential_new(o, &c, NULL), PATINA_ERR_BAD_PEM);
}

// ---- What is required has no default

static void test_missing(void **state)
{
    (void)state;
    struct world w;
    struct patina_conn *conn;
    struct patina_clock no_now = {.struct_size = sizeof no_now};
    world_options(&w);
    CLIENT_FAILS(MISSING_PROVIDER, o.provider = NULL);
    CLIENT_FAILS(MISSING_VERIFIER, o.verifier = NULL);
    CLIENT_FAILS(MISSING_CLOCK, o.clock = NULL);
    CLIENT_FAILS(MISSING_CLOCK, o.clock = &no_now);
    SERVER_FAILS(MISSING_PROVIDER, o.provider = NULL);
    SERVER_FAILS(MISSING_CLOCK, o.clock = NULL);
    SERVER_FAILS(MISSING_CREDENTIAL, o.credentials_count = 0);
    fixture_configs(&w.f);
    struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
    assert_err(patina_client_new(w.f.client_config, &o, &conn), PATINA_ERR_MISSING_SERVER_NAME);
    assert_null(conn);
    assert_err(patina_client_new(w.f.client_config, NULL, &conn), PATINA_ERR_MISSING_SERVER_NAME);
    assert_err(patina_client_new(NULL, &o, &conn), PATINA_ERR_MISUSE);
    assert_err(patina_server_new(NULL, &o, &conn), PATINA_ERR_MISUSE);
    assert_err(patina_server_new(w.f.server_config, NULL, &conn), PATINA_OK);
    patina_conn_free(conn);
    struct patina_verifier_options v = PATINA_VERIFIER_OPTIONS_INIT;
    struct patina_verifier *verifier;
    v.roots = w.f.roots;
    assert_err(patina_verifier_new(&v, &verifier), PATINA_ERR_MISSING_PROVIDER);
    v.provider = w.f.client.provider;
    v.roots = NULL;
    assert_err(patina_verifier_new(&v, &verifier), PATINA_ERR_NO_ROOTS);
    assert_null(verifier);
    fixture_free(&w.f);
}

static void test_bad_lists(void **state)
{
    (void)state;
    struct world w;
    static const uint16_t unknown[] = {0x1234};
    static const uint16_t x25519[] = {0x001d};
    static const uint16_t p256[] = {0x0017};
    static uint16_t many[40];
    static uint8_t long_name[256];
    const patina_span empty = {NULL, 0};
    const patina_span longest = {long_name, 256};
    patina_span names[65];
    world_options(&w);
    for (size_t i = 0; i < 65; i++) {
        names[i] = fixture_text("h2");
    }
    CLIENT_FAILS(UNSUPPORTED_BY_PROVIDER, (o.suites = unknown, o.suites_count = 1));
    CLIENT_FAILS(UNSUPPORTED_BY_PROVIDER, (o.groups = unknown, o.groups_count = 1));
    CLIENT_FAILS(UNSUPPORTED_BY_PROVIDER, (o.verify_schemes = unknown, o.verify_schemes_count = 1));
    CLIENT_FAILS(TOO_MANY_OPTIONS, (o.suites = many, o.suites_count = 40));
    CLIENT_FAILS(TOO_MANY_OPTIONS, (o.key_shares = x25519, o.key_shares_count = 5));
    CLIENT_FAILS(TOO_MANY_OPTIONS, (o.alpn = names, o.alpn_count = 65));
    CLIENT_FAILS(BAD_OPTION, (o.suites = NULL, o.suites_count = 1));
    CLIENT_FAILS(BAD_OPTION, (o.groups = p256, o.groups_count = 1, o.key_shares = x25519,
                              o.key_shares_count = 1));
    CLIENT_FAILS(BAD_OPTION, (o.alpn = &empty, o.alpn_count = 1));
    CLIENT_FAILS(BAD_OPTION, (o.alpn = &longest, o.alpn_count = 1));
    CLIENT_FAILS(BAD_OPTION, o.max_fragment = 63);
    CLIENT_FAILS(BAD_OPTION, o.max_fragment = 16385);
    CLIENT_FAILS(BAD_OPTION, o.max_cert_list = 0x1000000);
    CLIENT_FAILS(BAD_OPTION, o.flags = UINT32_C(1) << 20);
    SERVER_FAILS(BAD_OPTION, o.flags = UINT32_C(1) << 31);
    struct patina_credential *none = NULL;
    SERVER_FAILS(BAD_OPTION, (o.credentials = &none, o.credentials_count = 1));
    fixture_free(&w.f);
}

// ---- Providers: a table with a row that cannot be used is refused by whatever is made with it

// A copy of a real provider with one row of each kind, to be spoilt.
struct spoilt {
    struct patina_provider table;
    struct patina_suite suite;
    struct patina_aead aead;
    struct patina_hmac hmac;
    struct patina_hash hash;
    struct patina_group group;
    struct patina_verify_alg alg;
    const struct patina_suite *suites[1];
    const struct patina_group *groups[1];
    const struct patina_verify_alg *algs[1];
};

static void copy_provider(const struct patina_provider *real, struct spoilt *out)
{
    size_t x25519 = 0;
    while (real->groups[x25519]->id != 0x001d) {
        x25519++;
    }
    out->table = *real;
    out->suite = *real->suites[0];
    out->aead = *out->suite.aead;
    out->hmac = *out->suite.hmac;
    out->hash = *out->hmac.hash;
    out->group = *real->groups[x25519];
    out->alg = *real->verify_algs[0];
    out->hmac.hash = &out->hash;
    out->suite.hmac = &out->hmac;
    out->suite.aead = &out->aead;
    out->suites[0] = &out->suite;
    out->groups[0] = &out->group;
    out->algs[0] = &out->alg;
    out->table.suites = out->suites;
    out->table.groups = out->groups;
    out->table.verify_algs = out->algs;
    out->table.suites_count = out->table.groups_count = out->table.verify_algs_count = 1;
    out->table.ref = NULL;
    out->table.unref = NULL;
}

static patina_err never(void *user, struct patina_op *op)
{
    (void)user;
    (void)op;
    return PATINA_ERR_REFUSED;
}

static void expect_all(const struct fixture *f, const struct patina_provider *p, patina_err want)
{
    struct patina_client_options client = f->client;
    struct patina_server_options server = f->server;
    struct patina_verifier_options v = PATINA_VERIFIER_OPTIONS_INIT;
    struct patina_verifier_callback_options vc = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    struct patina_credential_options co = PATINA_CREDENTIAL_OPTIONS_INIT;
    struct patina_verifier *verifier = NULL;
    client.provider = server.provider = v.provider = vc.provider = co.provider = p;
    expect_client(&client, want);
    expect_server(&server, want);
    v.roots = f->roots;
    assert_err(patina_verifier_new(&v, &verifier), want);
    assert_null(verifier);
    vc.verify = never;
    assert_err(patina_verifier_callback_new(&vc, &verifier), want);
    assert_null(verifier);
    co.chain_pem = fixture_text(f->leaf.pem);
    co.key_pem = fixture_text(f->leaf.key_pem);
    expect_credential(&co, want);
}

#define PART(row, member) \
    {#row "." #member, offsetof(struct spoilt, row.member), sizeof((struct spoilt *)0)->row.member}
#define ENTRY(list) \
    {#list "[0]", offsetof(struct spoilt, list), sizeof((struct spoilt *)0)->list[0]}

// Each is set to zero, alone. What is optional is not among them: ref, unref, load_key_uri, fips,
// import, hkdf_extract, hkdf_expand, and the rows outside of the lists.
static const struct {
    const char *name;
    size_t offset, size;
} parts[] = {
    PART(table, struct_size),
    PART(table, random),
    PART(table, load_key),
    PART(table, suites),
    PART(table, groups),
    PART(table, verify_algs),
    ENTRY(suites),
    ENTRY(groups),
    ENTRY(algs),
    PART(suite, struct_size),
    PART(suite, aead),
    PART(suite, hmac),
    PART(aead, struct_size),
    PART(aead, ctx_size),
    PART(aead, key_len),
    PART(aead, nonce_len),
    PART(aead, tag_len),
    PART(aead, init),
    PART(aead, seal),
    PART(aead, open),
    PART(aead, clear),
    PART(hmac, struct_size),
    PART(hmac, hash),
    PART(hmac, ctx_size),
    PART(hmac, key),
    PART(hmac, mac),
    PART(hmac, clear),
    PART(hash, struct_size),
    PART(hash, out_len),
    PART(hash, ctx_size),
    PART(hash, init),
    PART(hash, update),
    PART(hash, fork),
    PART(hash, peek),
    PART(hash, once),
    PART(hash, clear),
    PART(group, struct_size),
    PART(group, share_len),
    PART(group, reply_len),
    PART(group, secret_len),
    PART(group, ctx_size),
    PART(group, start),
    PART(group, respond),
    PART(group, finish),
    PART(group, clear),
    PART(alg, struct_size),
    PART(alg, key_alg_id),
    PART(alg, sig_alg_id),
    PART(alg, schemes),
    PART(alg, load),
    PART(alg, verify),
    PART(alg, drop),
};

static void test_holes(void **state)
{
    (void)state;
    struct world w;
    struct spoilt good;
    struct patina_client_config *client;
    struct patina_server_config *server;
    world_options(&w);
    copy_provider(w.f.client.provider, &good);
    w.f.client.provider = w.f.server.provider = &good.table; // as it is it does
    assert_err(patina_client_config_new(&w.f.client, &client, NULL), PATINA_OK);
    assert_err(patina_server_config_new(&w.f.server, &server, NULL), PATINA_OK);
    patina_client_config_unref(client);
    patina_server_config_unref(server);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct spoilt bad;
        copy_provider(fixture_provider(0), &bad);
        memset((uint8_t *)&bad + parts[i].offset, 0, parts[i].size);
        print_message("without %s\n", parts[i].name);
        expect_all(&w.f, &bad.table, PATINA_ERR_BAD_OPTION);
    }
    fixture_free(&w.f);
}

// Sizes the core has no room for.
static void test_too_large(void **state)
{
    (void)state;
    struct world w;
    struct spoilt bad;
    const struct patina_provider *real = fixture_provider(0);
    world_options(&w);
    uint32_t *const contexts[] = {&bad.aead.ctx_size, &bad.hmac.ctx_size, &bad.hash.ctx_size,
                                  &bad.group.ctx_size};
    for (size_t i = 0; i < 4; i++) {
        copy_provider(real, &bad);
        *contexts[i] = PATINA_CTX_MAX + 1;
        expect_all(&w.f, &bad.table, PATINA_ERR_BAD_OPTION);
    }
    copy_provider(real, &bad);
    bad.group.secret_len = PATINA_KX_SECRET_MAX + 1;
    expect_all(&w.f, &bad.table, PATINA_ERR_BAD_OPTION);
    copy_provider(real, &bad);
    bad.hash.out_len = PATINA_DIGEST_MAX + 1;
    expect_all(&w.f, &bad.table, PATINA_ERR_BAD_OPTION);
    copy_provider(real, &bad);
    bad.aead.key_len = 33;
    expect_all(&w.f, &bad.table, PATINA_ERR_BAD_OPTION);
    fixture_free(&w.f);
}

static void test_bad_providers(void **state)
{
    (void)state;
    struct world w;
    world_options(&w);
    struct patina_provider p = *w.f.client.provider;
    p.ref = NULL;
    p.unref = NULL;
    p.suites_count = 0;
    CLIENT_FAILS(NOTHING_IN_COMMON_WITH_PROVIDER, o.provider = &p);
    SERVER_FAILS(NOTHING_IN_COMMON_WITH_PROVIDER, o.provider = &p);
    p.suites_count = w.f.client.provider->suites_count;
    p.groups_count = 0;
    CLIENT_FAILS(NOTHING_IN_COMMON_WITH_PROVIDER, o.provider = &p);
    p.groups_count = w.f.client.provider->groups_count;
    p.abi++;
    CLIENT_FAILS(BAD_OPTION, o.provider = &p);
    fixture_free(&w.f);
}

static void test_bad_credentials(void **state)
{
    (void)state;
    struct world w;
    struct test_cert other;
    world_options(&w);
    test_make_server("other", "DNS:other.test", TEST_P256, NULL, &other);
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    o.chain_pem = fixture_text(w.f.leaf.pem);
    o.key_pem = fixture_text(w.f.leaf.key_pem);
    expect_credential(&o, PATINA_ERR_MISSING_PROVIDER);
    o.provider = w.f.server.provider;
    o.key_pem = fixture_text(other.key_pem);
    expect_credential(&o, PATINA_ERR_KEY_MISMATCH);
    o.key_pem = fixture_text(w.f.leaf.pem); // no key in it
    expect_credential(&o, PATINA_ERR_NO_KEY_FOUND);
    o.key_pem = (patina_span){NULL, 0};
    expect_credential(&o, PATINA_ERR_NO_KEY_FOUND);
    o.chain_pem = fixture_text(w.f.leaf.key_pem); // no certificate in it
    o.key_pem = fixture_text(w.f.leaf.key_pem);
    expect_credential(&o, PATINA_ERR_NO_CERTIFICATE_FOUND);
    o.chain_pem = fixture_text("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n");
    expect_credential(&o, PATINA_ERR_BAD_PEM);
    expect_line(&o, "certificates, line 1: ");
    o.chain_pem = fixture_text("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
    expect_credential(&o, PATINA_ERR_BAD_CERTIFICATE_INPUT);
    o.chain_pem = fixture_text(w.f.leaf.pem);
    o.key_pem = fixture_text("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n");
    expect_credential(&o, PATINA_ERR_BAD_KEY);
    o.key_pem = fixture_text("# a key\r\n\r\n-----BEGIN PRIVATE KEY-----\r\n");
    expect_line(&o, "private key, line 3: ");
    // The texts are read again for the line, in the caller's memory too.
    struct patina_report report = {0};
    assert_true(allocations_of(&o, &report) > allocations_of(&o, NULL));
    o.chain_der = &w.f.leaf.der; // what stands in chain_pem is not looked at then
    o.chain_der_count = 1;
    o.chain_pem = fixture_text("-----BEGIN CERTIFICATE-----\n");
    expect_line(&o, "private key, line 3: ");
    test_cert_free(&other);
    fixture_free(&w.f);
}

// ---- Keys of the application's own

static const uint16_t *no_schemes(const struct patina_key *key, size_t *out_count)
{
    (void)key;
    *out_count = 0;
    return NULL;
}

static patina_err no_sign(struct patina_key *key, struct patina_op *op)
{
    (void)key;
    (void)op;
    return PATINA_ERR_SIGN_FAILED;
}

static patina_err no_spki(const struct patina_key *key, patina_span *out)
{
    (void)key;
    *out = (patina_span){NULL, 0};
    return PATINA_OK;
}

static size_t drops;

static void count_drop(struct patina_key *key)
{
    (void)key;
    drops++;
}

// A key that cannot be called is refused, and stays the caller's.
static void test_bad_keys(void **state)
{
    (void)state;
    struct world w;
    world_options(&w);
    const struct patina_key_vtable whole = {
        .struct_size = sizeof whole,
        .schemes = no_schemes,
        .sign = no_sign,
        .spki = no_spki,
        .drop = count_drop,
    };
    struct patina_key_vtable vtables[] = {whole, whole, whole, whole, whole};
    vtables[0].struct_size = 0;
    vtables[1].schemes = NULL;
    vtables[2].sign = NULL;
    vtables[3].spki = NULL;
    vtables[4].drop = NULL;
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    struct patina_key key = {NULL};
    o.provider = w.f.server.provider;
    o.chain_pem = fixture_text(w.f.leaf.pem);
    o.key = &key;
    drops = 0;
    expect_credential(&o, PATINA_ERR_BAD_OPTION);
    for (size_t i = 0; i < sizeof vtables / sizeof vtables[0]; i++) {
        key.vtable = &vtables[i];
        expect_credential(&o, PATINA_ERR_BAD_OPTION);
    }
    key.vtable = &whole;
    expect_credential(&o, PATINA_ERR_KEY_MISMATCH);
    assert_int_equal(drops, 0);
    fixture_free(&w.f);
}

// ---- Out of memory: the report says so, whichever allocation it was, and nothing is left

static patina_err make_client(struct fixture *f, const struct patina_allocator *alloc,
                              struct patina_report *report)
{
    struct patina_client_config *cfg = NULL;
    const patina_span alpn[] = {fixture_text("h2"), fixture_text("http/1.1")};
    f->client.alloc = alloc;
    f->client.alpn = alpn;
    f->client.alpn_count = 2;
    patina_err err = patina_client_config_new(&f->client, &cfg, report);
    assert_true((cfg != NULL) == (err == PATINA_OK));
    patina_client_config_unref(cfg);
    return err;
}

static patina_err make_server(struct fixture *f, const struct patina_allocator *alloc,
                              struct patina_report *report)
{
    struct patina_server_config *cfg = NULL;
    const patina_span alpn[] = {fixture_text("h2"), fixture_text("http/1.1")};
    f->server.alloc = alloc;
    f->server.alpn = alpn;
    f->server.alpn_count = 2;
    patina_err err = patina_server_config_new(&f->server, &cfg, report);
    assert_true((cfg != NULL) == (err == PATINA_OK));
    patina_server_config_unref(cfg);
    return err;
}

static patina_err make_credential(struct fixture *f, const struct patina_allocator *alloc,
                                  struct patina_report *report)
{
    struct patina_credential *c = NULL;
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    o.provider = f->server.provider;
    o.alloc = alloc;
    o.chain_pem = fixture_text(f->leaf.pem);
    o.key_pem = fixture_text(f->leaf.key_pem);
    patina_err err = patina_credential_new(&o, &c, report);
    assert_true((c != NULL) == (err == PATINA_OK));
    patina_credential_unref(c);
    return err;
}

typedef patina_err make_fn(struct fixture *, const struct patina_allocator *,
                           struct patina_report *);

static void test_no_memory(void **state)
{
    (void)state;
    static make_fn *const makers[] = {make_client, make_server, make_credential};
    struct world w;
    world_options(&w);
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        struct counting memory;
        patina_err err = PATINA_ERR_NO_MEMORY;
        for (size_t n = 1; err != PATINA_OK; n++) {
            struct patina_report report;
            memset(&report, 0xff, sizeof report);
            counting_init(&memory);
            memory.fail_at = n;
            err = makers[i](&w.f, &memory.alloc, &report);
            assert_err(err, memory.allocations < n ? PATINA_OK : PATINA_ERR_NO_MEMORY);
            assert_err(report.err, err);
            assert_int_equal(report.certificate, -1);
            assert_int_equal(memory.live_blocks, 0);
            assert_int_equal(memory.unwiped, 0);
        }
        assert_true(memory.allocations >= 2);
    }
    fixture_free(&w.f);
}

#define ROW(name, test) {name, test, NULL, NULL, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("what is required", test_missing),
        ROW("lists and numbers", test_bad_lists),
        ROW("providers", test_bad_providers),
        ROW("providers with holes", test_holes),
        ROW("providers with rows too large", test_too_large),
        ROW("credentials", test_bad_credentials),
        ROW("keys of the application's own", test_bad_keys),
        ROW("out of memory, and the report says so", test_no_memory),
    };
    return cmocka_run_group_tests_name("options", tests, NULL, NULL) != 0;
}
