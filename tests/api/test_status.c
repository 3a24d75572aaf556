// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// status_request and signed_certificate_timestamp (RFC 9846 §4.5.1.1, RFC 6066 §8, RFC 6962 §3.3):
// asked for by the client, answered from the server's credential, kept with the peer's chain, shown
// to callbacks and getters. What such a response says is judged elsewhere.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "../unit/counting.h"
#include "base/bytes.h"
#include "craft.h"
#include "wire/codepoints.h"

#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

static const uint8_t staple_bytes[] = {0x30, 0x03, 0x0a, 0x01, 0x06};
static const uint8_t scts_bytes[] = {0, 6, 0, 4, 1, 2, 3, 4};
static const patina_span no_bytes = {NULL, 0};

static patina_span staple(void)
{
    return PTN_SPAN_OF(staple_bytes);
}

static patina_span scts(void)
{
    return PTN_SPAN_OF(scts_bytes);
}

static void assert_span(patina_span have, patina_span want)
{
    assert_true(ptn_span_equal(have, want));
}

// Puts a staple and an SCT list to the fixture's credential.
static void give_status(struct fixture *f, patina_span ocsp_response, patina_span sct_list)
{
    struct patina_credential *plain = f->credential;
    assert_err(patina_credential_with_status(plain, ocsp_response, sct_list, &f->credential),
               PATINA_OK);
    patina_credential_unref(plain);
}

// ---- From the credential to the getters

struct seen {
    size_t calls;
    bool refuse;
    patina_span staple, scts; // lengths alone are looked at after the callback
};

static patina_err look(void *user, struct patina_op *op)
{
    struct seen *s = user;
    s->calls++;
    s->staple = patina_verify_op_staple(op);
    s->scts = patina_verify_op_scts(op);
    assert_true(s->staple.len == 0 || ptn_span_equal(s->staple, staple()));
    assert_true(s->scts.len == 0 || ptn_span_equal(s->scts, scts()));
    return s->refuse ? patina_verify_op_reject(op, PATINA_ERR_CERT_UNKNOWN_ISSUER)
                     : patina_verify_op_accept(op);
}

static struct patina_verifier *looking(const struct fixture *f, struct seen *seen)
{
    struct patina_verifier_callback_options v = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    struct patina_verifier *verifier = NULL;
    v.provider = f->client.provider;
    v.verify = look;
    v.user = seen;
    v.then = f->verifier;
    assert_err(patina_verifier_callback_new(&v, &verifier), PATINA_OK);
    return verifier;
}

struct row {
    uint32_t flags; // of the client's config
    bool has_staple, has_scts;
    bool gets_staple, gets_scts;
    bool retry, refuse;
    size_t piece;
};

static void test_row(void **state)
{
    const struct row *row = *state;
    static const uint16_t groups[] = {PTN_GROUP_SECP256R1, PTN_GROUP_X25519};
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        struct fixture f;
        struct pair p;
        struct seen seen = {.refuse = row->refuse};
        fixture_options(&f, fixture_provider(i), fixture_provider(i), TEST_P256);
        give_status(&f, row->has_staple ? staple() : no_bytes, row->has_scts ? scts() : no_bytes);
        struct patina_verifier *verifier = looking(&f, &seen);
        f.client.verifier = verifier;
        f.client.flags = row->flags;
        f.client.groups = groups;
        f.client.groups_count = 2;
        f.client.key_shares = groups;
        f.client.key_shares_count = 1;
        f.server.groups = row->retry ? groups + 1 : groups;
        f.server.groups_count = 1;
        fixture_configs(&f);
        fixture_pair(&f, &p);
        p.piece = row->piece;
        assert_span(patina_conn_peer_staple(p.client.conn), no_bytes);
        pair_run(&p);
        assert_err(p.client.err, row->refuse ? PATINA_ERR_CERT_UNKNOWN_ISSUER : PATINA_OK);
        assert_int_equal(patina_conn_was_retried(p.client.conn), row->retry);
        assert_int_equal(seen.calls, 1);
        assert_int_equal(seen.staple.len, row->gets_staple ? sizeof staple_bytes : 0);
        assert_int_equal(seen.scts.len, row->gets_scts ? sizeof scts_bytes : 0);
        assert_span(patina_conn_peer_staple(p.client.conn), row->gets_staple ? staple() : no_bytes);
        assert_span(patina_conn_peer_scts(p.client.conn), row->gets_scts ? scts() : no_bytes);
        assert_span(patina_conn_peer_staple(p.server.conn), no_bytes);
        assert_span(patina_conn_peer_scts(p.server.conn), no_bytes);
        pair_free(&p);
        fixture_free(&f);
        patina_verifier_unref(verifier);
    }
}

// ---- Credentials

static void test_credential_options(void **state)
{
    (void)state;
    static const uint8_t empty[] = {0, 0};
    static const uint8_t empty_sct[] = {0, 6, 0, 2, 1, 2, 0, 0};
    static const uint8_t cut[] = {0, 6, 0, 4, 1, 2, 3};
    static const uint8_t trailing[] = {0, 3, 0, 1, 7, 0};
    static const uint8_t inner_cut[] = {0, 3, 0, 2, 7};
    static const uint8_t long_bytes[PATINA_STAPLE_MAX + 1] = {0x3f, 0xff, 0x3f, 0xfd};
    const patina_span lists[] = {PTN_SPAN_OF(empty),     PTN_SPAN_OF(empty_sct),
                                 PTN_SPAN_OF(cut),       PTN_SPAN_OF(trailing),
                                 PTN_SPAN_OF(inner_cut), PTN_SPAN_OF(long_bytes)};
    struct fixture f;
    struct patina_credential *c = NULL;
    fixture_options(&f, fixture_provider(0), fixture_provider(0), TEST_P256);
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    o.provider = fixture_provider(0);
    o.chain_der = &f.leaf.der;
    o.chain_der_count = 1;
    o.key_pem = fixture_text(f.leaf.key_pem);
    for (size_t i = 0; i < PTN_COUNT(lists); i++) {
        o.sct_list = lists[i];
        assert_err(patina_credential_new(&o, &c, NULL), PATINA_ERR_BAD_OPTION);
        assert_err(patina_credential_with_status(f.credential, no_bytes, lists[i], &c),
                   PATINA_ERR_BAD_OPTION);
        assert_null(c);
    }
    o.sct_list = no_bytes;
    o.ocsp_response = PTN_SPAN_OF(long_bytes);
    assert_err(patina_credential_new(&o, &c, NULL), PATINA_ERR_BAD_OPTION);
    assert_err(patina_credential_with_status(f.credential, o.ocsp_response, no_bytes, &c),
               PATINA_ERR_BAD_OPTION);
    o.ocsp_response.len--;
    assert_err(patina_credential_new(&o, &c, NULL), PATINA_OK);
    patina_credential_unref(c);
    assert_err(patina_credential_with_status(NULL, no_bytes, no_bytes, &c), PATINA_ERR_MISUSE);
    assert_null(c);
    assert_err(patina_credential_with_status(f.credential, no_bytes, no_bytes, NULL),
               PATINA_ERR_MISUSE);
    fixture_free(&f);
}

// Renewed often, one is kept alive by its last copy alone, and nothing piles up; the n-th
// allocation fails cleanly.
static void test_renewed(void **state)
{
    (void)state;
    struct fixture f;
    struct counting counting;
    fixture_options(&f, fixture_provider(0), fixture_provider(0), TEST_P256);
    counting_init(&counting);
    struct patina_credential *c =
        fixture_credential(fixture_provider(0), &f.leaf, &f.intermediate, &counting.alloc);
    size_t plain = counting.live_blocks;
    for (int i = 0; i < 5; i++) {
        struct patina_credential *old = c;
        assert_err(patina_credential_with_status(old, staple(), scts(), &c), PATINA_OK);
        assert_ptr_equal(patina_credential_chain(c), patina_credential_chain(old));
        patina_credential_unref(old);
        assert_int_equal(counting.live_blocks, plain + 3); // the copy, its staple, its list
    }
    struct patina_credential *none = NULL;
    for (size_t n = 1; n <= 3; n++) {
        counting.fail_at = counting.allocations + n;
        assert_err(patina_credential_with_status(c, staple(), scts(), &none), PATINA_ERR_NO_MEMORY);
        assert_null(none);
        assert_int_equal(counting.live_blocks, plain + 3);
    }
    patina_credential_unref(f.credential);
    f.credential = c;
    fixture_configs(&f);
    struct pair p;
    fixture_pair(&f, &p);
    pair_run(&p);
    assert_err(p.client.err, PATINA_OK);
    assert_span(patina_conn_peer_staple(p.client.conn), staple());
    pair_free(&p);
    fixture_free(&f);
    assert_int_equal(counting.live_blocks, 0);
    assert_int_equal(counting.unwiped, 0);
}

static patina_err choose(void *user, struct patina_op *op)
{
    return patina_credential_op_complete(op, user);
}

static void test_resolver(void **state)
{
    (void)state;
    struct fixture f;
    struct pair p;
    struct patina_credential *stapled = NULL;
    fixture_options(&f, fixture_provider(0), fixture_provider(0), TEST_P256);
    assert_err(patina_credential_with_status(f.credential, staple(), no_bytes, &stapled),
               PATINA_OK);
    f.server.choose_credential = choose;
    f.server.resolver_user = stapled;
    fixture_configs(&f);
    fixture_pair(&f, &p);
    pair_run(&p);
    assert_err(p.client.err, PATINA_OK);
    assert_span(patina_conn_peer_staple(p.client.conn), staple());
    pair_free(&p);
    fixture_free(&f);
    patina_credential_unref(stapled);
}

// ---- What the client refuses, and what it passes over

struct entry_row {
    uint32_t flags;
    size_t certificate; // whose extension
    uint16_t type;
    patina_span body;
    patina_err err;
    uint8_t alert;
};

enum { LIST_AT = 5 }; // header, empty context

// Puts an extension to the i-th entry of a Certificate message without any.
static void put_extension(struct craft_message *m, size_t i, uint16_t type, patina_span body)
{
    uint8_t block[64] = {0, (uint8_t)(4 + body.len), (uint8_t)(type >> 8), (uint8_t)type,
                         0, (uint8_t)body.len};
    size_t at = LIST_AT + 3;
    for (size_t k = 0;; k++) {
        at +=
            3 + (((size_t)m->bytes[at] << 16) | ((size_t)m->bytes[at + 1] << 8) | m->bytes[at + 2]);
        if (k == i) {
            break;
        }
        at += 2;
    }
    assert_in_range(body.len, 0, sizeof block - 6);
    if (body.len != 0) {
        memcpy(block + 6, body.ptr, body.len);
    }
    craft_splice(m, at, 2, block, 6 + body.len);
    size_t len = m->len - LIST_AT - 3;
    m->bytes[LIST_AT] = (uint8_t)(len >> 16);
    m->bytes[LIST_AT + 1] = (uint8_t)(len >> 8);
    m->bytes[LIST_AT + 2] = (uint8_t)len;
}

static void test_entry(void **state)
{
    const struct entry_row *row = *state;
    static struct craft c;
    craft_options(&c, false);
    c.f.client.flags = row->flags;
    craft_start(&c);
    craft_server_flight(&c);
    craft_deal_until(&c, CERT);
    put_extension(&c.flight[CERT], row->certificate, row->type, row->body);
    craft_deal(&c, CERT);
    if (row->err != PATINA_OK) {
        craft_expect(&c.p.client, row->err, row->alert);
    } else {
        assert_err(c.p.client.err, PATINA_OK);
    }
    assert_span(patina_conn_peer_staple(c.p.client.conn), no_bytes);
    assert_span(patina_conn_peer_scts(c.p.client.conn), no_bytes);
    craft_free(&c);
}

// ---- What the server is asked

struct hello_row {
    uint16_t type;
    patina_span body;
    patina_err err;
};

static void test_hello(void **state)
{
    const struct hello_row *row = *state;
    static struct craft c;
    craft_options(&c, false);
    give_status(&c.f, staple(), scts());
    c.f.client.flags = PATINA_CONFIG_NO_STATUS_REQUEST;
    craft_start(&c);
    craft_take_hello(&c);
    craft_extension(&c.hello, row->type, row->body.ptr, row->body.len);
    craft_give_hello(&c);
    if (row->err != PATINA_OK) {
        craft_expect(&c.p.server, row->err, PATINA_ALERT_DECODE_ERROR);
    } else {
        assert_err(c.p.server.err, PATINA_OK);
    }
    craft_free(&c);
}

static const uint8_t good_status[] = {1, 0, 0, 1, 0x30};
static const uint8_t empty_status[] = {1, 0, 0, 0};
static const uint8_t other_status[] = {2, 0, 0, 1, 0x30};
static const uint8_t cut_status[] = {1, 0, 0, 2, 0x30};
static const uint8_t long_status[] = {1, 0, 0, 1, 0x30, 0};
static const uint8_t empty_scts[] = {0, 0};
static const uint8_t empty_sct[] = {0, 6, 0, 2, 1, 2, 0, 0};
static const uint8_t asked_cut[] = {1, 0, 0, 0};
static const uint8_t asked_empty_id[] = {1, 0, 2, 0, 0, 0, 0};
static const uint8_t asked_other[] = {7, 1, 2, 3};
static const uint8_t one_byte[] = {0};

#define ROW(text, test, type, ...)             \
    {                                          \
        text, test, NULL, NULL, &(struct type) \
        {                                      \
            __VA_ARGS__                        \
        }                                      \
    }
#define RUN(text, ...) ROW(text, test_row, row, __VA_ARGS__)
#define ENTRY(text, flags, i, type, bytes, err, alert)                                           \
    ROW(text, test_entry, entry_row, flags, i, PTN_EXTENSION_##type, {bytes, sizeof bytes}, err, \
        PATINA_ALERT_##alert)
#define ASKS(text, type, bytes, err) \
    ROW(text, test_hello, hello_row, PTN_EXTENSION_##type, {bytes, sizeof bytes}, err)
#define PTN_EXTENSION_SCT PTN_EXTENSION_SIGNED_CERTIFICATE_TIMESTAMP
#define WANT PATINA_CONFIG_WANT_SCTS
#define NO_STATUS PATINA_CONFIG_NO_STATUS_REQUEST

static const struct CMUnitTest tests[] = {
    RUN("OCSP response asked for by default", 0, true, true, true, false, false, false, 0),
    RUN("and certificate timestamps", WANT, true, true, true, true, false, false, 0),
    RUN("timestamps alone", WANT | NO_STATUS, true, true, false, true, false, false, 0),
    RUN("neither asked for, neither sent", NO_STATUS, true, true, false, false, false, false, 0),
    RUN("asked for, and the server has none", WANT, false, false, false, false, false, false, 0),
    RUN("after a HelloRetryRequest", WANT, true, true, true, true, true, false, 0),
    RUN("byte by byte", WANT, true, true, true, true, false, false, 1),
    RUN("kept when the chain is refused", WANT, true, true, true, true, false, true, 0),
    {"a credential's staple and list: lengths and form", test_credential_options, NULL, NULL, NULL},
    {"a staple renewed again and again shares the key", test_renewed, NULL, NULL, NULL},
    {"a resolver staples", test_resolver, NULL, NULL, NULL},
    ENTRY("OCSP response not asked for, RFC 9846 §4.3", NO_STATUS, 0, STATUS_REQUEST, good_status,
          PATINA_ERR_UNSOLICITED_EXTENSION, UNSUPPORTED_EXTENSION),
    ENTRY("the same for an intermediate", NO_STATUS, 1, STATUS_REQUEST, good_status,
          PATINA_ERR_UNSOLICITED_EXTENSION, UNSUPPORTED_EXTENSION),
    ENTRY("timestamps not asked for, RFC 9846 §4.3", 0, 0, SCT, scts_bytes,
          PATINA_ERR_UNSOLICITED_EXTENSION, UNSUPPORTED_EXTENSION),
    ENTRY("an intermediate's response is not the leaf's", 0, 1, STATUS_REQUEST, good_status,
          PATINA_OK, NONE),
    ENTRY("an intermediate's timestamps are not the leaf's", WANT, 1, SCT, scts_bytes, PATINA_OK,
          NONE),
    ENTRY("an empty response, RFC 6066 §8", 0, 0, STATUS_REQUEST, empty_status,
          PATINA_ERR_DECODE_STATUS_REQUEST, DECODE_ERROR),
    ENTRY("another type of response, RFC 6066 §8", 0, 0, STATUS_REQUEST, other_status,
          PATINA_ERR_DECODE_STATUS_REQUEST, DECODE_ERROR),
    ENTRY("a response cut short, RFC 6066 §8", 0, 0, STATUS_REQUEST, cut_status,
          PATINA_ERR_DECODE_STATUS_REQUEST, DECODE_ERROR),
    ENTRY("bytes after a response, RFC 9846 §4.3", 0, 0, STATUS_REQUEST, long_status,
          PATINA_ERR_DECODE_STATUS_REQUEST, DECODE_ERROR),
    ENTRY("an intermediate's response cut short", 0, 1, STATUS_REQUEST, cut_status,
          PATINA_ERR_DECODE_STATUS_REQUEST, DECODE_ERROR),
    ENTRY("an empty list of timestamps, RFC 6962 §3.3", WANT, 0, SCT, empty_scts,
          PATINA_ERR_DECODE_SCT, DECODE_ERROR),
    ENTRY("an empty timestamp, RFC 6962 §3.3", WANT, 0, SCT, empty_sct, PATINA_ERR_DECODE_SCT,
          DECODE_ERROR),
    ASKS("ClientHello: status_request of another type is passed over", STATUS_REQUEST, asked_other,
         PATINA_OK),
    ASKS("ClientHello: status_request cut, RFC 6066 §8", STATUS_REQUEST, asked_cut,
         PATINA_ERR_DECODE_STATUS_REQUEST),
    ASKS("ClientHello: an empty responder, RFC 6066 §8", STATUS_REQUEST, asked_empty_id,
         PATINA_ERR_DECODE_STATUS_REQUEST),
    ASKS("ClientHello: timestamps with a body, RFC 6962 §3.3.1", SCT, one_byte,
         PATINA_ERR_DECODE_SCT),
};

int main(void)
{
    return cmocka_run_group_tests_name("status", tests, NULL, NULL) != 0;
}
