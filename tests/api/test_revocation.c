// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation as an application meets it: the verifier's options, patina_verifier_judge, and whole
// handshakes in which a list or a stapled answer decides. Which list and which answer counts for
// what is tested in tests/unit.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "../unit/counting.h"
#include "base/bytes.h"
#include "fixture.h"
#include "mkstatus.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

// The fixture's day is 2026-09-21.
#define THIS "18{ '20260920000000Z' }"
#define NEXT "a0{ 18{ '20260930000000Z' } }"
#define REVOKED "a1{ 18{ '20260919000000Z' } a0{ 0a0101 } }"
#define LIST_THIS "17{ '260920000000Z' }"
#define LIST_NEXT "17{ '260930000000Z' }"

static struct fixture f;
static struct test_cert must_staple;

static int set_up(void **state)
{
    (void)state;
    fixture_options(&f, fixture_provider(0), fixture_provider(0), TEST_P256);
    test_issue(&(struct test_cert_options){.subject = "CN=server.test",
                                           .extensions = {"subjectAltName=DNS:server.test",
                                                          "1.3.6.1.5.5.7.1.24=DER:30:03:02:01:05"}},
               &f.intermediate, &must_staple);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_cert_free(&must_staple);
    fixture_free(&f);
    return 0;
}

static patina_span answer(const struct test_cert *cert, const char *status)
{
    return test_make_ocsp(&(struct test_ocsp_options){.signer = &f.intermediate,
                                                      .produced_at = THIS,
                                                      .answers = {{.cert = cert,
                                                                   .issuer = &f.intermediate,
                                                                   .status = status,
                                                                   .this_update = THIS,
                                                                   .next_update = NEXT}}});
}

static patina_span list_of(const struct test_cert *issuer, const char *entries)
{
    return test_make_crl(&(struct test_crl_options){
        .issuer = issuer, .this_update = LIST_THIS, .next_update = LIST_NEXT, .entries = entries});
}

// A set with a list of the root and one of the intermediate, on which `revoked` may stand.
static struct patina_crls *lists(const struct patina_allocator *alloc,
                                 const struct test_cert *revoked)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crls *crls = NULL;
    patina_span der[2] = {
        list_of(&f.root, NULL),
        list_of(&f.intermediate, revoked == NULL ? NULL : test_crl_entry(revoked, ""))};
    o.alloc = alloc;
    o.der = der;
    o.der_count = 2;
    assert_err(patina_crls_new(&o, &crls, NULL), PATINA_OK);
    status_free(der[0]);
    status_free(der[1]);
    return crls;
}

static struct patina_verifier *verifier(struct patina_crls *crls, uint32_t flags)
{
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    struct patina_verifier *v = NULL;
    o.provider = f.client.provider;
    o.roots = f.roots;
    o.crls = crls;
    o.revocation = flags;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    return v;
}

static void options(void **state)
{
    (void)state;
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    struct patina_verifier *v = NULL;
    o.provider = f.client.provider;
    o.roots = f.roots;
    o.revocation = 15;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    patina_verifier_unref(v);
    o.revocation = 16;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    o.revocation = 0;
    o.reserved = 1;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
}

// ---- Outside a connection

static patina_err judge(const struct patina_verifier *v, const struct test_cert *leaf,
                        patina_span staple, struct patina_verify_result *result,
                        struct patina_report *report)
{
    const patina_span chain[2] = {leaf->der, f.intermediate.der};
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    in.chain = chain;
    in.chain_count = 2;
    in.name = fixture_text("server.test");
    in.now_s = f.now_s;
    in.staple = staple;
    return patina_verifier_judge(v, &in, result, report);
}

static void judged_by_lists(void **state)
{
    (void)state;
    struct patina_report report;
    struct patina_verify_result result;
    struct patina_crls *crls = lists(NULL, &f.leaf);
    struct patina_verifier *v = verifier(crls, 0);
    patina_crls_unref(crls); // the verifier has its own reference
    assert_err(judge(v, &f.leaf, (patina_span){0}, &result, &report), PATINA_ERR_CERT_REVOKED);
    assert_int_equal(report.alert, PATINA_ALERT_CERTIFICATE_REVOKED);
    assert_int_equal(report.certificate, 0);
    assert_int_equal(report.rfc, 5280);
    assert_string_equal(report.rule, "6.3.3 (i)");
    assert_non_null(strstr(report.text, "was revoked by its issuer on 2026-11-01"));
    assert_int_equal(result.path_count, 0);
    assert_int_equal(result.signatures, 4);
    assert_err(patina_verifier_check(v, &f.leaf.der, 1, fixture_text("server.test"), f.now_s, NULL),
               PATINA_ERR_CERT_UNKNOWN_ISSUER);
    patina_verifier_unref(v);

    crls = lists(NULL, &must_staple);
    v = verifier(crls, 0);
    assert_err(judge(v, &f.leaf, (patina_span){0}, &result, &report), PATINA_OK);
    assert_int_equal(result.path_count, 2);
    patina_verifier_unref(v);
    patina_crls_unref(crls);
}

// The lists of a set remember which signatures have held, for all threads that judge by it.
static atomic_size_t wrong;

static void *judge_often(void *arg)
{
    const struct patina_verifier *v = arg;
    for (int i = 0; i < 8; i++) {
        struct patina_verify_result result;
        struct patina_report report;
        patina_err err = judge(v, &f.leaf, (patina_span){0}, &result, &report);
        // Two signatures of the chain, and those of the lists until they are known to hold.
        if (err != PATINA_ERR_CERT_REVOKED || result.signatures < 2 || result.signatures > 4) {
            (void)atomic_fetch_add(&wrong, 1);
        }
    }
    return NULL;
}

static void judged_by_many_threads(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct patina_crls *crls = lists(NULL, &f.leaf);
        struct patina_verifier *v = verifier(crls, 0);
        pthread_t threads[4];
        patina_crls_unref(crls);
        for (size_t k = 0; k < 4; k++) {
            assert_int_equal(pthread_create(&threads[k], NULL, judge_often, v), 0);
        }
        for (size_t k = 0; k < 4; k++) {
            assert_int_equal(pthread_join(threads[k], NULL), 0);
        }
        assert_int_equal(atomic_load(&wrong), 0);
        patina_verifier_unref(v);
    }
}

static void judged_by_a_staple(void **state)
{
    (void)state;
    struct patina_report report;
    struct patina_verifier *v = verifier(NULL, 0);
    patina_span good = answer(&f.leaf, NULL);
    patina_span revoked = answer(&f.leaf, REVOKED);
    assert_err(judge(v, &f.leaf, good, NULL, &report), PATINA_OK);
    assert_err(judge(v, &f.leaf, revoked, NULL, &report), PATINA_ERR_CERT_REVOKED);
    assert_int_equal(report.rfc, 6960);
    assert_err(judge(v, &must_staple, good, NULL, &report), PATINA_ERR_OCSP_NO_ANSWER);
    assert_int_equal(report.alert, PATINA_ALERT_BAD_CERTIFICATE_STATUS_RESPONSE);
    assert_err(judge(v, &must_staple, (patina_span){0}, NULL, &report),
               PATINA_ERR_MUST_STAPLE_MISSING);
    assert_int_equal(report.rfc, 7633);
    status_free(good);
    status_free(revoked);
    patina_verifier_unref(v);
}

// ---- Handshakes

struct row {
    const char *status;          // of the stapled answer; NULL: good
    bool staples, must, by_list; // an answer is stapled; the certificate demands one; it is listed
    bool garbled;                // the answer is of other bytes
    uint32_t flags;
    patina_err want;
    uint8_t alert;
};

static void handshake(void **state)
{
    const struct row *row = *state;
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        struct fixture g;
        struct pair p;
        struct patina_report report;
        const patina_span none = {NULL, 0};
        const uint8_t other_bytes[] = {0x30, 0x01, 0x02};
        fixture_options(&g, fixture_provider(i), fixture_provider(i), TEST_P256);
        const struct test_cert *leaf = row->must ? &must_staple : &f.leaf;
        patina_span good = answer(leaf, row->status);
        patina_span staple = row->garbled ? PTN_SPAN_OF(other_bytes) : good;
        struct patina_credential *plain =
            fixture_credential(g.server.provider, leaf, &f.intermediate, NULL);
        struct patina_credential *credential = NULL;
        assert_err(
            patina_credential_with_status(plain, row->staples ? staple : none, none, &credential),
            PATINA_OK);
        struct patina_crls *crls = row->by_list ? lists(NULL, leaf) : NULL;
        struct patina_verifier *v = verifier(crls, row->flags);
        g.client.verifier = v;
        g.server.credentials = &credential;
        fixture_configs(&g);
        fixture_pair(&g, &p);
        pair_run(&p);
        assert_err(p.client.err, row->want);
        if (row->want != PATINA_OK) {
            patina_conn_report(p.client.conn, &report);
            assert_int_equal(report.alert, row->alert);
            assert_int_equal(report.certificate, 0);
            assert_string_not_equal(report.text, "");
            patina_conn_report(p.server.conn, &report);
            assert_int_equal(report.alert_from_peer, 1);
            assert_int_equal(report.alert, row->alert);
        }
        pair_free(&p);
        fixture_free(&g);
        patina_verifier_unref(v);
        patina_crls_unref(crls);
        patina_credential_unref(plain);
        patina_credential_unref(credential);
        status_free(good);
    }
}

// ---- A set lives as long as its verifier, and a set of many is shared without harm

// What the link cache knows of the signatures says nothing of revocation: it is judged anew.
static void a_warm_link_cache(void **state)
{
    (void)state;
    static const char *const statuses[] = {NULL, NULL, REVOKED, NULL};
    struct fixture g;
    fixture_options(&g, fixture_provider(0), fixture_provider(0), TEST_P256);
    struct patina_verifier *v = verifier(NULL, 0);
    g.client.verifier = v;
    fixture_configs(&g);
    for (size_t i = 0; i < PTN_COUNT(statuses); i++) {
        struct pair p;
        patina_span staple = answer(&f.leaf, statuses[i]);
        struct patina_credential *credential = NULL;
        assert_err(patina_credential_with_status(g.credential, staple, (patina_span){NULL, 0},
                                                 &credential),
                   PATINA_OK);
        g.server.credentials = &credential;
        patina_server_config_unref(g.server_config);
        assert_err(patina_server_config_new(&g.server, &g.server_config, NULL), PATINA_OK);
        fixture_pair(&g, &p);
        pair_run(&p);
        assert_err(p.client.err, statuses[i] != NULL ? PATINA_ERR_CERT_REVOKED : PATINA_OK);
        pair_free(&p);
        patina_credential_unref(credential);
        status_free(staple);
    }
    fixture_free(&g);
    patina_verifier_unref(v);
}

static void memory(void **state)
{
    (void)state;
    struct counting c;
    counting_init(&c);
    struct patina_crls *crls = lists(&c.alloc, NULL);
    struct patina_verifier *v = verifier(crls, 0);
    struct patina_verifier *w = verifier(crls, PATINA_REVOCATION_LEAF_ONLY);
    patina_crls_unref(crls);
    patina_verifier_unref(v);
    assert_err(judge(w, &f.leaf, (patina_span){0}, NULL, NULL), PATINA_OK);
    patina_verifier_unref(w);
    assert_int_equal(c.live_blocks, 0);
    assert_int_equal(c.unwiped, 0);
}

#define ALERT_REVOKED PATINA_ALERT_CERTIFICATE_REVOKED
#define ALERT_STATUS PATINA_ALERT_BAD_CERTIFICATE_STATUS_RESPONSE
#define ROW(text, ...)                             \
    {                                              \
        text, handshake, NULL, NULL, &(struct row) \
        {                                          \
            __VA_ARGS__                            \
        }                                          \
    }
#define T(name) {#name, name, NULL, NULL, NULL}
static const struct CMUnitTest tests[] = {
    T(options),
    T(judged_by_lists),
    T(judged_by_many_threads),
    T(judged_by_a_staple),
    T(a_warm_link_cache),
    ROW("nothing asked", .staples = false),
    ROW("a good answer", .staples = true),
    ROW("a revoked certificate", .staples = true, .status = REVOKED,
        .want = PATINA_ERR_CERT_REVOKED, .alert = ALERT_REVOKED),
    ROW("an unknown certificate", .staples = true, .status = "8200",
        .want = PATINA_ERR_OCSP_UNKNOWN, .alert = ALERT_STATUS),
    ROW("a malformed answer", .staples = true, .garbled = true, .want = PATINA_ERR_OCSP_ENCODING,
        .alert = ALERT_STATUS),
    ROW("must-staple, answered", .must = true, .staples = true),
    ROW("must-staple, never answered", .must = true, .want = PATINA_ERR_MUST_STAPLE_MISSING,
        .alert = ALERT_STATUS),
    ROW("an answer required", .flags = PATINA_REVOCATION_REQUIRE_STAPLE,
        .want = PATINA_ERR_STAPLE_REQUIRED, .alert = ALERT_STATUS),
    ROW("an answer required and given", .staples = true, .flags = PATINA_REVOCATION_REQUIRE_STAPLE),
    ROW("listed", .by_list = true, .want = PATINA_ERR_CERT_REVOKED, .alert = ALERT_REVOKED),
    ROW("listed beside a good answer", .by_list = true, .staples = true,
        .want = PATINA_ERR_CERT_REVOKED, .alert = ALERT_REVOKED),
    T(memory),
};

int main(void)
{
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
