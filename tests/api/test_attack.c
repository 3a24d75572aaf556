// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Connections under attack, by the peer, by the caller's odd order of calls, and by a provider or a
// key that lies: what outlives what, what is sent after close_notify, what is kept, what a flood
// costs. docs/RULES.md and limits.h.
#include "craft.h"

#include "conn/conn.h"
#include "null_provider.h"
#include "wire/codepoints.h"

#include <stdlib.h>
#include <string.h>

// ---- A counted provider made of the null provider's rows, with a place to look and to lie

enum { MAX_ROWS = 4 };

struct hooked {
    struct patina_provider table;
    const struct patina_provider *real;
    struct patina_suite suites[MAX_ROWS];
    struct patina_aead aeads[MAX_ROWS];
    const struct patina_suite *rows[MAX_ROWS];
    size_t references;
};

static struct hooked hooked; // one at a time
static size_t late_clears;   // contexts cleared when the provider was gone
static patina_err (*real_open)(void *, const struct patina_nonce *, patina_span, patina_span,
                               patina_mspan);
static void (*real_clear)(void *);
static patina_err (*real_init)(const struct patina_aead *, void *, patina_span, bool);
static patina_err open_answer, init_answer; // OK: the real one's

static void hooked_ref(const struct patina_provider *p)
{
    (void)p;
    hooked.references++;
}

static void hooked_unref(const struct patina_provider *p)
{
    (void)p;
    hooked.references--;
}

static void hooked_clear(void *ctx)
{
    late_clears += hooked.references == 0;
    real_clear(ctx);
}

static patina_err hooked_open(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                              patina_span in, patina_mspan out)
{
    return open_answer != PATINA_OK ? open_answer : real_open(ctx, nonce, aad, in, out);
}

static patina_err hooked_init(const struct patina_aead *a, void *ctx, patina_span key, bool seal)
{
    return init_answer != PATINA_OK ? init_answer : real_init(a, ctx, key, seal);
}

static const struct patina_provider *hook(const struct patina_provider *real, uint64_t seal_limit)
{
    memset(&hooked, 0, sizeof hooked);
    late_clears = 0;
    open_answer = PATINA_OK;
    init_answer = PATINA_OK;
    hooked.real = real;
    hooked.table = *real;
    hooked.table.ref = hooked_ref;
    hooked.table.unref = hooked_unref;
    hooked.references = 1;
    assert_true(real->suites_count <= MAX_ROWS);
    for (size_t i = 0; i < real->suites_count; i++) {
        hooked.suites[i] = *real->suites[i];
        hooked.aeads[i] = *real->suites[i]->aead;
        real_open = hooked.aeads[i].open;
        real_clear = hooked.aeads[i].clear;
        real_init = hooked.aeads[i].init;
        hooked.aeads[i].open = hooked_open;
        hooked.aeads[i].clear = hooked_clear;
        hooked.aeads[i].init = hooked_init;
        hooked.aeads[i].seal_limit = seal_limit;
        hooked.suites[i].aead = &hooked.aeads[i];
        hooked.rows[i] = &hooked.suites[i];
    }
    hooked.table.suites = hooked.rows;
    return &hooked.table;
}

// A pair over the hooked provider.
static void hooked_options(struct craft *c, uint64_t seal_limit)
{
    memset(c, 0, sizeof *c);
    c->provider = null_provider_new(1);
    assert_non_null(c->provider);
    const struct patina_provider *p = hook(c->provider, seal_limit);
    fixture_options(&c->f, p, p, TEST_P256);
}

// The connection's last references to config and provider are its own: they go last.
static void test_provider_goes_last(void **state)
{
    (void)state;
    struct craft c;
    hooked_options(&c, 1000000);
    craft_start(&c);
    craft_finish(&c);
    fixture_free(&c.f);
    hooked_unref(&hooked.table); // ours
    assert_true(hooked.references > 0);
    pair_free(&c.p);
    assert_int_equal(hooked.references, 0);
    assert_int_equal(late_clears, 0);
    patina_provider_unref(c.provider);
}

// ---- Nothing follows close_notify, RFC 9846 §6.1

static struct patina_op *kept;

static patina_err keep(void *user, struct patina_op *op)
{
    (void)user;
    kept = patina_op_keep(op);
    assert_non_null(kept);
    return PATINA_PENDING;
}

static void expect_silence(struct pair_side *side)
{
    struct patina_event ev;
    size_t used;
    patina_output_sent(&side->out, SIZE_MAX); // user_canceled and close_notify
    assert_err(patina_conn_receive(side->conn, (patina_mspan){NULL, 0}, &used, &side->out, &ev),
               PATINA_OK);
    assert_int_equal(ev.kind, PATINA_EVENT_CLOSED);
    assert_err(patina_conn_flush(side->conn, &side->out), PATINA_OK);
    assert_int_equal(patina_output_unsent(&side->out).len, 0);
    assert_int_equal(patina_conn_queued(side->conn), 0);
}

static void test_closed_before_the_start(void **state)
{
    (void)state;
    struct craft c;
    craft_new(&c, false);
    assert_err(patina_conn_close(c.p.client.conn, &c.p.client.out), PATINA_OK);
    assert_int_equal(patina_output_unsent(&c.p.client.out).len, 2 * 7);
    expect_silence(&c.p.client);
    craft_free(&c);
}

static void test_closed_while_suspended(void **state)
{
    const uint32_t kind = *(const uint32_t *)*state;
    struct craft c;
    craft_options(&c, false);
    c.f.server.choose_config = kind == PATINA_OP_CONFIG ? keep : NULL;
    c.f.server.choose_credential = kind == PATINA_OP_CREDENTIAL ? keep : NULL;
    craft_start(&c);
    craft_take_hello(&c);
    craft_give_hello(&c);
    assert_true(pair_saw(&c.p.server, PATINA_EVENT_SUSPENDED));
    assert_err(patina_conn_close(c.p.server.conn, &c.p.server.out), PATINA_OK);
    assert_err(kind == PATINA_OP_CONFIG ? patina_config_op_complete(kept, NULL)
                                        : patina_credential_op_complete(kept, NULL),
               PATINA_OK);
    expect_silence(&c.p.server);
    patina_op_release(kept);
    craft_free(&c);
}

// close_notify is still unsealed when the peer breaks the protocol: the alert takes its place.
static void test_alert_instead_of_unsealed_close(void **state)
{
    (void)state;
    struct craft c;
    craft_new(&c, false);
    craft_finish(&c);
    struct patina_output none = PATINA_OUTPUT_FIXED(NULL, 0);
    assert_err(patina_conn_close(c.p.client.conn, &none), PATINA_OK);
    craft_sealed(&c.p.client, CRAFT_HANDSHAKE, "", 0, 0); // an empty fragment
    struct patina_event ev;
    size_t used;
    const patina_mspan in = {c.p.client.in, c.p.client.in_len};
    c.p.client.err = patina_conn_receive(c.p.client.conn, in, &used, &none, &ev);
    assert_err(patina_conn_flush(c.p.client.conn, &c.p.client.out), PATINA_OK);
    craft_expect(&c.p.client, PATINA_ERR_EMPTY_FRAGMENT, PATINA_ALERT_UNEXPECTED_MESSAGE);
    craft_free(&c);
}

// RFC 9846 §6.1: user_canceled is followed by close_notify, whoever chose it.
static void test_abort_with_user_canceled(void **state)
{
    (void)state;
    struct craft c;
    craft_new(&c, false);
    craft_finish(&c);
    assert_err(patina_conn_abort(c.p.client.conn, PATINA_ALERT_USER_CANCELED, &c.p.client.out),
               PATINA_OK);
    assert_true(pair_move(&c.p, &c.p.client, &c.p.server));
    pair_step(&c.p, &c.p.server);
    assert_err(c.p.server.err, PATINA_OK);
    assert_true(pair_saw(&c.p.server, PATINA_EVENT_CLOSED));
    craft_free(&c);
}

// ---- Floods

// Records without content cost an attacker five bytes each: they too are counted as early data.
static void test_empty_early_data(void **state)
{
    const bool retry = *(const bool *)*state;
    struct craft c;
    craft_new(&c, retry);
    craft_take_hello(&c);
    craft_extension(&c.hello, PTN_EXTENSION_EARLY_DATA, NULL, 0);
    craft_give_hello(&c);
    assert_err(c.p.server.err, PATINA_OK);
    for (size_t i = 0; i < 20000 && c.p.server.err == PATINA_OK; i++) {
        craft_record(&c.p.server, CRAFT_DATA, 0x0303, NULL, 0);
        pair_step(&c.p, &c.p.server);
    }
    craft_expect(&c.p.server, PATINA_ERR_TOO_MUCH_SKIPPED_EARLY_DATA,
                 PATINA_ALERT_UNEXPECTED_MESSAGE);
    craft_free(&c);
}

// While the output is full, a KeyUpdate that is due is queued once, not at every call.
static void test_one_key_update_while_full(void **state)
{
    (void)state;
    struct craft c;
    hooked_options(&c, 16);
    craft_start(&c);
    craft_finish(&c);
    const patina_span text = {(const uint8_t *)"x", 1};
    size_t taken;
    struct patina_output none = PATINA_OUTPUT_FIXED(NULL, 0);
    for (size_t i = 0; i < 7; i++) {
        assert_err(patina_conn_send(c.p.client.conn, &text, 1, &taken, &c.p.client.out), PATINA_OK);
    }
    uint8_t room[5 + 1 + 1 + 16]; // for the eighth record alone
    struct patina_output tight = PATINA_OUTPUT_FIXED(room, sizeof room);
    assert_err(patina_conn_send(c.p.client.conn, &text, 1, &taken, &tight), PATINA_OK);
    assert_int_equal(taken, 1);
    size_t queued = patina_conn_queued(c.p.client.conn);
    assert_true(queued > 0);
    for (size_t i = 0; i < 5; i++) {
        assert_err(patina_conn_flush(c.p.client.conn, &none), PATINA_OK);
        assert_err(patina_conn_send(c.p.client.conn, &text, 1, &taken, &none), PATINA_OK);
        assert_int_equal(taken, 0);
        assert_int_equal(patina_conn_queued(c.p.client.conn), queued);
    }
    pair_free(&c.p);
    fixture_free(&c.f);
    patina_provider_unref(c.provider);
}

// RFC 9846 §5.5: at half of the limit our own KeyUpdate goes out by itself, again and again, and
// the peer follows.
struct updates {
    size_t count[2]; // of client and server
};

static void count_updates(void *user, bool from_client, patina_mspan bytes)
{
    struct updates *u = user;
    for (size_t at = 0; at + 5 <= bytes.len;) {
        size_t len = ((size_t)bytes.ptr[at + 3] << 8) | bytes.ptr[at + 4];
        const uint8_t *text = bytes.ptr + at + 5;
        bool is_handshake = bytes.ptr[at] == CRAFT_DATA && text[len - 17] == CRAFT_HANDSHAKE;
        u->count[from_client ? 0 : 1] += is_handshake && text[0] == PTN_HS_KEY_UPDATE;
        at += 5 + len;
    }
}

static void test_update_at_the_limit(void **state)
{
    (void)state;
    enum { LIMIT = 16, RECORDS = 100 };
    struct craft c;
    struct updates updates = {{0, 0}};
    hooked_options(&c, LIMIT);
    craft_start(&c);
    craft_finish(&c);
    c.p.tap = count_updates;
    c.p.tap_user = &updates;
    for (size_t i = 1; i <= RECORDS; i++) {
        assert_err(pair_send(&c.p, &c.p.client, "x", 1), PATINA_OK);
        assert_err(pair_send(&c.p, &c.p.server, "y", 1), PATINA_OK);
        assert_int_equal(c.p.server.data_len, i);
        assert_int_equal(c.p.client.data_len, i);
    }
    // Half of the limit in records, the last of them the KeyUpdate.
    assert_in_range(updates.count[0], RECORDS / (LIMIT / 2), RECORDS / (LIMIT / 2) + 2);
    assert_in_range(updates.count[1], RECORDS / (LIMIT / 2), RECORDS / (LIMIT / 2) + 2);
    static uint8_t text[40 * 16384]; // many records in one call
    assert_err(pair_send(&c.p, &c.p.client, text, sizeof text), PATINA_OK);
    assert_int_equal(c.p.server.data_len, RECORDS + sizeof text);
    pair_free(&c.p);
    fixture_free(&c.f);
    patina_provider_unref(c.provider);
}

// ---- Memory

struct meter {
    struct patina_allocator allocator;
    size_t live, peak;
};

static void *meter_alloc(void *user, size_t size)
{
    struct meter *m = user;
    m->live += size;
    m->peak = m->live > m->peak ? m->live : m->peak;
    return malloc(size);
}

static void *meter_resize(void *user, void *p, size_t old_size, size_t new_size)
{
    (void)user, (void)p, (void)old_size, (void)new_size;
    return NULL;
}

static void meter_release(void *user, void *p, size_t size)
{
    struct meter *m = user;
    m->live -= size;
    free(p);
}

static void meter_init(struct meter *m)
{
    *m = (struct meter){
        .allocator = {sizeof m->allocator, 0, m, meter_alloc, meter_resize, meter_release}};
}

// Once the handshake is over, nothing of its messages is kept, however they were cut.
static void test_idle_memory(void **state)
{
    (void)state;
    struct meter m;
    meter_init(&m);
    struct craft c;
    craft_options(&c, false);
    c.f.server.alloc = &m.allocator;
    craft_start(&c);
    size_t before = m.live - sizeof(struct patina_conn); // the config
    craft_take_hello(&c);
    const uint8_t padding[8000] = {0};
    craft_extension(&c.hello, PTN_EXTENSION_PADDING, padding, sizeof padding);
    // The ClientHello in two records: it is joined.
    craft_record(&c.p.server, CRAFT_HANDSHAKE, 0x0303, c.hello.bytes, 5000);
    craft_record(&c.p.server, CRAFT_HANDSHAKE, 0x0303, c.hello.bytes + 5000, c.hello.len - 5000);
    pair_step(&c.p, &c.p.server);
    assert_err(c.p.server.err, PATINA_OK);
    struct craft_message finished;
    craft_forge_finished(&c.p.server, &finished);
    craft_sealed(&c.p.server, CRAFT_HANDSHAKE, finished.bytes, finished.len, 0);
    pair_step(&c.p, &c.p.server);
    assert_err(c.p.server.err, PATINA_OK);
    assert_true(pair_saw(&c.p.server, PATINA_EVENT_HANDSHAKE_DONE));
    assert_true(m.live - before < sizeof(struct patina_conn) + 512); // two contexts and the SNI
    craft_free(&c);
    assert_int_equal(m.live, 0);
}

// A client that allows a long Certificate message takes one, also past the bytes a handshake has
// otherwise; a limit of the connection's own still holds.
static void test_long_certificate_list(void **state)
{
    const bool limited = *(const bool *)*state;
    static const uint8_t zeros[16000];
    static const uint8_t header[] = {PTN_HS_CERTIFICATE, 300000 >> 16, (300000 >> 8) & 0xff,
                                     300000 & 0xff};
    struct craft c;
    craft_options(&c, false);
    c.f.client.max_cert_list = 400000;
    c.f.client_conn.handshake_memory_limit = limited ? 100000 : 0;
    craft_start(&c);
    craft_server_flight(&c);
    craft_deal_until(&c, CERT);
    craft_sealed(&c.p.client, CRAFT_HANDSHAKE, header, sizeof header, 0);
    for (size_t i = 0; i < 15; i++) {
        craft_sealed(&c.p.client, CRAFT_HANDSHAKE, zeros, sizeof zeros, 0);
        pair_step(&c.p, &c.p.client);
    }
    assert_err(c.p.client.err, limited ? PATINA_ERR_HANDSHAKE_TOO_LARGE : PATINA_OK);
    craft_free(&c);
}

// ---- The config that is chosen

static struct patina_server_config *other;

static patina_err choose_other(void *user, struct patina_op *op)
{
    (void)user;
    return patina_config_op_complete(op, other);
}

// All of the chosen config counts, also how long the records are; and it may be the last to hold
// its objects.
static void test_chosen_config_counts(void **state)
{
    (void)state;
    struct craft c;
    craft_options(&c, false);
    c.f.server.max_fragment = 100;
    assert_err(patina_server_config_new(&c.f.server, &other, NULL), PATINA_OK);
    c.f.server.max_fragment = 0;
    c.f.server.choose_config = choose_other;
    craft_start(&c);
    patina_server_config_unref(c.f.server_config);
    c.f.server_config = NULL;
    craft_take_hello(&c);
    craft_give_hello(&c);
    assert_err(c.p.server.err, PATINA_OK);
    patina_server_config_unref(other);
    patina_span sent = patina_output_unsent(&c.p.server.out);
    while (sent.len != 0) {
        size_t len = ((size_t)sent.ptr[3] << 8) | sent.ptr[4];
        assert_true(len <= 100 + 1 + NULL_TAG_LEN);
        sent.ptr += 5 + len;
        sent.len -= 5 + len;
    }
    struct craft_message finished;
    craft_forge_finished(&c.p.server, &finished);
    craft_sealed(&c.p.server, CRAFT_HANDSHAKE, finished.bytes, finished.len, 0);
    pair_step(&c.p, &c.p.server);
    assert_true(pair_saw(&c.p.server, PATINA_EVENT_HANDSHAKE_DONE));
    craft_free(&c);
}

// ---- Hellos

static uint16_t remembered(void *user, patina_span name)
{
    (void)user, (void)name;
    return PTN_GROUP_SECP256R1;
}

// RFC 9846 §4.3.8: shares stand in the order of supported_groups, however the caller lists them.
static void test_shares_in_order(void **state)
{
    (void)state;
    static const uint16_t wanted[] = {PTN_GROUP_SECP384R1, PTN_GROUP_SECP256R1, PTN_GROUP_X25519};
    static const uint16_t shares[] = {PTN_GROUP_X25519, PTN_GROUP_SECP384R1};
    static const struct patina_group_memory memory = {.struct_size = sizeof memory,
                                                      .get = remembered};
    struct craft c;
    craft_options(&c, false);
    c.f.client.groups = wanted;
    c.f.client.groups_count = 3;
    c.f.client.key_shares = shares;
    c.f.client.key_shares_count = 2;
    c.f.client.group_memory = &memory;
    craft_start(&c);
    craft_take_hello(&c);
    patina_span list = craft_find_extension(&c.hello, PTN_EXTENSION_KEY_SHARE);
    size_t at = 2;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal((list.ptr[at] << 8) | list.ptr[at + 1], wanted[i]);
        at += 4 + (((size_t)list.ptr[at + 2] << 8) | list.ptr[at + 3]);
    }
    assert_int_equal(at, list.len);
    craft_free(&c);
}

// RFC 9846 §4.3.2: a cookie is echoed, also one that fills a HelloRetryRequest.
static void test_long_cookie(void **state)
{
    (void)state;
    static uint8_t body[2 + 16200];
    struct craft c;
    craft_new(&c, true);
    craft_server_flight(&c);
    body[0] = 16200 >> 8;
    body[1] = 16200 & 0xff;
    memset(body + 2, 0xc0, 16200);
    craft_extension(&c.flight[SH], PTN_EXTENSION_COOKIE, body, sizeof body);
    craft_deal(&c, SH);
    assert_err(c.p.client.err, PATINA_OK);
    craft_take_hello(&c);
    patina_span cookie = craft_find_extension(&c.hello, PTN_EXTENSION_COOKIE);
    assert_int_equal(cookie.len, sizeof body);
    assert_memory_equal(cookie.ptr, body, sizeof body);
    craft_free(&c);
}

// ---- Odd options

static void test_unknown_flags(void **state)
{
    (void)state;
    struct craft c;
    craft_options(&c, false);
    struct patina_client_config *client = NULL;
    struct patina_server_config *server = NULL;
    c.f.client.flags = 1u << 31;
    c.f.server.flags = 1u << 31;
    assert_err(patina_client_config_new(&c.f.client, &client, NULL), PATINA_ERR_BAD_OPTION);
    assert_err(patina_server_config_new(&c.f.server, &server, NULL), PATINA_ERR_BAD_OPTION);
    c.f.client.flags = 0;
    c.f.server.flags = 0;
    craft_start(&c);
    craft_free(&c);
}

// ---- Providers and keys that lie

// Whatever number a provider gives, the connection fails; it is never taken for a suspension, nor
// for a mistake of the caller's.
static void test_odd_number_from_open(void **state)
{
    const patina_err odd = *(const patina_err *)*state;
    struct craft c;
    hooked_options(&c, 1000000);
    craft_start(&c);
    craft_finish(&c);
    craft_sealed(&c.p.client, CRAFT_DATA, "x", 1, 0);
    open_answer = odd;
    pair_step(&c.p, &c.p.client);
    assert_err(c.p.client.err, PATINA_ERR_INTERNAL);
    assert_int_equal(patina_conn_phase(c.p.client.conn), PATINA_PHASE_FAILED);
    pair_free(&c.p);
    fixture_free(&c.f);
    patina_provider_unref(c.provider);
}

// The same of a new sending key: the KeyUpdate is queued by then, so the connection cannot go on.
static void test_odd_number_from_init(void **state)
{
    const patina_err odd = *(const patina_err *)*state;
    struct craft c;
    hooked_options(&c, 1000000);
    craft_start(&c);
    craft_finish(&c);
    init_answer = odd;
    assert_err(patina_conn_update_keys(c.p.client.conn, false, &c.p.client.out),
               PATINA_ERR_INTERNAL);
    init_answer = PATINA_OK;
    assert_int_equal(patina_conn_phase(c.p.client.conn), PATINA_PHASE_FAILED);
    pair_free(&c.p);
    fixture_free(&c.f);
    patina_provider_unref(c.provider);
}

struct liar {
    struct patina_key base;
    struct patina_key *real;
    size_t schemes_count, signature_len;
    patina_err answer;
};

static const uint16_t *liar_schemes(const struct patina_key *key, size_t *out_count)
{
    static const uint16_t schemes[] = {PTN_ECDSA_SECP256R1_SHA256};
    *out_count = ((const struct liar *)key)->schemes_count;
    return *out_count != 0 ? schemes : NULL;
}

static patina_err liar_sign(struct patina_key *key, struct patina_op *op)
{
    static const uint8_t signature[2000] = {1};
    const struct liar *l = (const struct liar *)key;
    patina_err err = patina_sign_op_complete(op, (patina_span){signature, l->signature_len});
    bool fits = l->signature_len >= 1 && l->signature_len <= PATINA_SIGNATURE_MAX;
    assert_err(err, fits ? PATINA_OK : PATINA_ERR_MISUSE);
    return l->answer;
}

static patina_err liar_spki(const struct patina_key *key, patina_span *out)
{
    const struct liar *l = (const struct liar *)key;
    return l->real->vtable->spki(l->real, out);
}

static void liar_drop(struct patina_key *key)
{
    struct liar *l = (struct liar *)key;
    l->real->vtable->drop(l->real);
    free(l);
}

static const struct patina_key_vtable liar_vtable = {
    .struct_size = sizeof liar_vtable,
    .schemes = liar_schemes,
    .sign = liar_sign,
    .spki = liar_spki,
    .drop = liar_drop,
};

struct lie {
    const char *name;
    size_t schemes_count, signature_len;
    patina_err answer, made, err;
};

static void test_lying_key(void **state)
{
    const struct lie *lie = *state;
    struct craft c;
    craft_options(&c, false);
    struct liar *l = calloc(1, sizeof *l);
    assert_non_null(l);
    patina_span spki;
    struct patina_key *real = c.f.credential->key;
    assert_err(real->vtable->spki(real, &spki), PATINA_OK);
    assert_err(null_key_new(spki, &l->real), PATINA_OK);
    l->base.vtable = &liar_vtable;
    l->schemes_count = lie->schemes_count;
    l->signature_len = lie->signature_len;
    l->answer = lie->answer;
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    o.provider = c.provider;
    o.chain_der = &c.f.leaf.der;
    o.chain_der_count = 1;
    o.key = &l->base;
    struct patina_credential *credential;
    patina_err made = patina_credential_new(&o, &credential, NULL);
    assert_err(made, lie->made);
    if (made == PATINA_OK) {
        patina_credential_unref(c.f.credential);
        c.f.credential = credential;
    } else {
        liar_drop(&l->base); // stays the caller's
    }
    craft_start(&c);
    if (made == PATINA_OK) {
        craft_take_hello(&c);
        craft_give_hello(&c);
        assert_err(c.p.server.err, lie->err);
        if (lie->err != PATINA_OK) {
            craft_expect(&c.p.server, lie->err, PATINA_ALERT_INTERNAL_ERROR);
        }
    }
    craft_free(&c);
}

static const struct lie lies[] = {
    {"key: no scheme", 0, 1, PATINA_OK, PATINA_ERR_KEY_MISMATCH, PATINA_OK},
    {"key: empty signature", 1, 0, PATINA_OK, PATINA_OK, PATINA_ERR_SIGN_FAILED},
    {"key: 2000 bytes", 1, 2000, PATINA_OK, PATINA_OK, PATINA_ERR_SIGN_FAILED},
    {"key: signs and fails", 1, 64, PATINA_ERR_PROVIDER, PATINA_OK, PATINA_ERR_PROVIDER},
    {"key: PENDING, not kept", 1, 64, PATINA_PENDING, PATINA_OK, PATINA_ERR_SIGN_FAILED},
    {"key: a number of class USAGE", 1, 64, PATINA_ERR_BAD_KEY, PATINA_OK, PATINA_ERR_INTERNAL},
    {"key: a number of no row", 1, 64, (patina_err)31337, PATINA_OK, PATINA_ERR_INTERNAL},
    {"key: signs", 1, 64, PATINA_OK, PATINA_OK, PATINA_OK},
};

static const uint32_t config = PATINA_OP_CONFIG;
static const uint32_t credential = PATINA_OP_CREDENTIAL;
static const bool yes = true;
static const bool no = false;
static const patina_err pending = PATINA_PENDING;
static const patina_err busy = PATINA_ERR_BUSY;
static const patina_err misuse = PATINA_ERR_MISUSE;

#define ROW(name, test, state) {name, test, NULL, NULL, (void *)(uintptr_t)(state)}

int main(void)
{
    static struct CMUnitTest rows[64] = {
        ROW("provider and config go last", test_provider_goes_last, NULL),
        ROW("closed before the start", test_closed_before_the_start, NULL),
        ROW("closed while the config is chosen", test_closed_while_suspended, &config),
        ROW("closed while the certificate is chosen", test_closed_while_suspended, &credential),
        ROW("an alert instead of an unsealed close_notify", test_alert_instead_of_unsealed_close,
            NULL),
        ROW("user_canceled of the application's choice", test_abort_with_user_canceled, NULL),
        ROW("empty early data", test_empty_early_data, &no),
        ROW("empty early data after a retry", test_empty_early_data, &yes),
        ROW("KeyUpdate by itself at half of the limit", test_update_at_the_limit, NULL),
        ROW("one KeyUpdate while full", test_one_key_update_while_full, NULL),
        ROW("idle memory", test_idle_memory, NULL),
        ROW("a long certificate list", test_long_certificate_list, &no),
        ROW("a long certificate list, limited", test_long_certificate_list, &yes),
        ROW("the chosen config counts", test_chosen_config_counts, NULL),
        ROW("shares in the order of groups", test_shares_in_order, NULL),
        ROW("a cookie that fills its message", test_long_cookie, NULL),
        ROW("unknown flags", test_unknown_flags, NULL),
        ROW("open gives PENDING", test_odd_number_from_open, &pending),
        ROW("open gives BUSY", test_odd_number_from_open, &busy),
        ROW("init gives PENDING", test_odd_number_from_init, &pending),
        ROW("init gives BUSY", test_odd_number_from_init, &busy),
        ROW("init gives MISUSE", test_odd_number_from_init, &misuse),
    };
    size_t count = 0;
    while (rows[count].name != NULL) {
        count++;
    }
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        rows[count++] = (struct CMUnitTest)ROW(lies[i].name, test_lying_key, &lies[i]);
    }
    return _cmocka_run_group_tests("attack", rows, count, NULL, NULL) != 0;
}
