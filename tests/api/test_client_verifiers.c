// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Verifiers of clients: what a server asks for, whom it trusts, which authorities it names.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "../unit/counting.h"
#include "base/bytes.h"
#include "config/verifier.h"
#include "fixture.h"
#include "x509/cert.h"

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

static const struct patina_provider *provider(void)
{
    return fixture_provider(0);
}

struct clients {
    struct test_cert root, other, client, server;
    struct patina_roots *roots;
};
static struct clients c;

static int make_clients(void **state)
{
    (void)state;
    test_make_ca("Clients Root", TEST_P256, NULL, &c.root);
    test_make_ca("Another Root", TEST_P256, NULL, &c.other);
    test_make_client("Ada", TEST_P256, &c.root, &c.client);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &c.root, &c.server);
    const patina_span der[] = {c.root.der, c.other.der};
    assert_err(patina_roots_from_der(der, 2, NULL, &c.roots), PATINA_OK);
    return 0;
}

static int free_clients(void **state)
{
    (void)state;
    patina_roots_unref(c.roots);
    test_cert_free(&c.client);
    test_cert_free(&c.server);
    test_cert_free(&c.other);
    test_cert_free(&c.root);
    return 0;
}

static struct patina_verifier_options client_options(void)
{
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    o.provider = provider();
    o.roots = c.roots;
    o.purpose = PATINA_PURPOSE_CLIENT;
    return o;
}

static void test_client_certificates(void **state)
{
    (void)state;
    struct patina_verifier *v = NULL;
    struct patina_verifier_options o = client_options();
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    o.client_auth = PATINA_CLIENT_AUTH_OPTIONAL;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    in.chain = &c.client.der;
    in.chain_count = 1;
    in.now_s = INT64_C(1790000000);
    assert_err(patina_verifier_judge(v, &in, NULL, NULL), PATINA_OK);
    in.chain = &c.server.der; // what a client shows is for clients
    assert_err(patina_verifier_judge(v, &in, NULL, NULL), PATINA_ERR_CERT_PURPOSE);

    // And it is no verifier of servers.
    struct fixture f;
    fixture_options(&f, provider(), provider(), TEST_P256);
    f.client.verifier = v;
    assert_err(patina_client_config_new(&f.client, &f.client_config, NULL), PATINA_ERR_BAD_OPTION);
    fixture_free(&f);
    patina_verifier_unref(v);
}

static void test_client_options(void **state)
{
    (void)state;
    static const uint8_t name[] = {0x30, 0};
    static const uint8_t trailing[] = {0x30, 0, 0};
    static const uint8_t other_tag[] = {0x31, 0};
    static const uint8_t cut[] = {0x30, 1};
    const patina_span bad[] = {
        PTN_SPAN_OF(trailing), PTN_SPAN_OF(other_tag), PTN_SPAN_OF(cut), {NULL, 0}, {NULL, 2}};
    patina_span many[257];
    struct patina_verifier *v = NULL;
    struct patina_verifier_options o = client_options();
    for (size_t i = 0; i < PTN_COUNT(many); i++) {
        many[i] = PTN_SPAN_OF(name);
    }
    for (size_t i = 0; i < PTN_COUNT(bad); i++) {
        o.hints = &bad[i];
        o.hints_count = 1;
        assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    }
    o.hints = many;
    o.hints_count = PTN_COUNT(many);
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_TOO_MANY_OPTIONS);
    o.hints = NULL;
    o.hints_count = 1;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    o.hints = many;
    o.flags = PATINA_VERIFIER_NO_HINTS;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    o.flags = 2;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    o.flags = 0;
    o.client_auth = 2;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);

    // None of it is for verifiers of servers.
    o = client_options();
    o.purpose = PATINA_PURPOSE_SERVER;
    o.client_auth = PATINA_CLIENT_AUTH_OPTIONAL;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    o.client_auth = 0;
    o.flags = PATINA_VERIFIER_NO_HINTS;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    o.flags = 0;
    o.hints = many;
    o.hints_count = 1;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    assert_null(v);
}

static size_t hints_of(const struct patina_verifier *v, patina_span *out, size_t room)
{
    struct ptn_pinned_trust pinned;
    ptn_verifier_pin_trust(v, &pinned);
    size_t count = ptn_verifier_hints(v, &pinned, out, room);
    for (size_t i = 0; i < count; i++) {
        struct ptn_reader r = ptn_reader_of(out[i]);
        uint16_t head;
        assert_true(ptn_read_u16(&r, &head) && head >> 8 == 0x30);
    }
    ptn_trust_unpin(&pinned);
    return count;
}

static patina_span subject_of(const struct test_cert *cert)
{
    struct ptn_cert parsed;
    assert_err(ptn_cert_parse(cert->der, &parsed), PATINA_OK);
    return parsed.subject;
}

static void test_hints(void **state)
{
    (void)state;
    static const uint8_t name[] = {0x30, 0};
    const patina_span own = PTN_SPAN_OF(name);
    patina_span hints[8];
    struct patina_verifier *v = NULL;
    struct patina_verifier_options o = client_options();
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    assert_int_equal(hints_of(v, hints, 8), 2); // in the order of the names
    assert_true(ptn_span_equal(hints[0], subject_of(&c.other)));
    assert_true(ptn_span_equal(hints[1], subject_of(&c.root)));
    assert_int_equal(hints_of(v, hints, 1), 1);
    patina_verifier_unref(v);

    o.flags = PATINA_VERIFIER_NO_HINTS;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    assert_int_equal(hints_of(v, hints, 8), 0);
    patina_verifier_unref(v);

    o.flags = 0;
    o.hints = &own;
    o.hints_count = 1;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    assert_int_equal(hints_of(v, hints, 8), 1);
    assert_true(ptn_span_equal(hints[0], own));
    assert_ptr_not_equal(hints[0].ptr, own.ptr); // its own copy
    patina_verifier_unref(v);

    // Servers have nobody to tell.
    o = client_options();
    o.purpose = PATINA_PURPOSE_SERVER;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    assert_int_equal(hints_of(v, hints, 8), 0);
    patina_verifier_unref(v);
}

// Two roots of one name are named once; a slot's hints follow what is in it.
static void test_hints_of_trust(void **state)
{
    (void)state;
    patina_span hints[8];
    struct test_cert again;
    struct patina_roots *roots = NULL;
    struct patina_trust *trust = NULL;
    struct patina_verifier *v = NULL;
    struct patina_verifier_options o = client_options();
    test_make_ca("Clients Root", TEST_P256, NULL, &again);
    const patina_span der[] = {c.root.der, again.der};
    assert_err(patina_roots_from_der(der, 2, NULL, &roots), PATINA_OK);
    assert_err(patina_trust_new(roots, NULL, &trust), PATINA_OK);
    o.roots = NULL;
    o.trust = trust;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    assert_int_equal(hints_of(v, hints, 8), 1);
    assert_err(patina_trust_set(trust, c.roots), PATINA_OK);
    assert_int_equal(hints_of(v, hints, 8), 2);
    patina_verifier_unref(v);
    patina_trust_unref(trust);
    patina_roots_unref(roots);
    test_cert_free(&again);
}

static void test_no_memory(void **state)
{
    (void)state;
    static const uint8_t name[] = {0x30, 0};
    const patina_span two[] = {PTN_SPAN_OF(name), PTN_SPAN_OF(name)};
    struct counting heap;
    struct patina_verifier *v = NULL;
    counting_init(&heap);
    for (size_t n = 1; v == NULL; n++) {
        struct patina_verifier_options o = client_options();
        heap.fail_at = heap.allocations + n;
        o.alloc = &heap.alloc;
        o.hints = two;
        o.hints_count = 2;
        patina_err err = patina_verifier_new(&o, &v);
        assert_true(err == PATINA_OK || err == PATINA_ERR_NO_MEMORY);
        assert_int_equal(heap.live_blocks != 0, err == PATINA_OK);
        assert_in_range(n, 1, 9);
    }
    patina_verifier_unref(v);
    assert_int_equal(heap.live_blocks, 0);
    assert_int_equal(heap.unwiped, 0);
}

#define ROW(name, test) {name, test, NULL, NULL, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("certificates for clients alone", test_client_certificates),
        ROW("options", test_client_options),
        ROW("the authorities named to them", test_hints),
        ROW("the authorities of a slot", test_hints_of_trust),
        ROW("the n-th allocation fails", test_no_memory),
    };
    return cmocka_run_group_tests_name("client_verifiers", tests, make_clients, free_clients) != 0;
}
