// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Authorities whose name is written in another way than in the certificates they issued, RFC 5280
// §6.1.3 (a)(4) and §7.1: as they are when another program renewed them.
#include "x509_judge.h"

#include "support/mkstatus.h"

// An authority of this name with the key of another one, unless that is NULL.
static void make_ca(struct test_cert *out, const char *name, const struct test_cert *key_of,
                    const struct test_cert *issuer)
{
    test_issue(&(struct test_cert_options){.subject = name,
                                           .use_key_of = key_of,
                                           .extensions = {"basicConstraints=critical,CA:TRUE",
                                                          "subjectKeyIdentifier=hash",
                                                          "keyUsage=critical,keyCertSign,cRLSign"}},
               issuer, out);
}

static const struct {
    const char *issuer, *subject; // as the leaf names it, as it names itself
    bool is_same;
} names[] = {
    {"O=Example Trust/CN=Good CA", "O=Example  Trust/CN= GOOD ca ", true},
    {"CN=Good CA one", "CN=Good  CA one", true},
    {"CN=Good_CA", "CN=good_CA", true}, // "_" is in no PrintableString
    {"O=Example Trust/CN=Good CA", "O=Example Trust/CN=GoodCA", false},
    {"O=Example Trust/CN=Good CA", "O=Example Trust", false},
    {"O=Example Trust", "O=Example Trust/CN=Good CA", false},
    {"O=Example Trust/CN=Good CA", "CN=Good CA/O=Example Trust", false},
    {"CN=Gut\xc3\xa4 CA", "CN=gut\xc3\xa4 CA", false}, // takes all of Unicode to tell
};

// `as_root`: the authority is a root; else it was sent along.
static void judge_names(bool as_root)
{
    for (size_t i = 0; i < PTN_COUNT(names); i++) {
        const struct test_cert *above = as_root ? NULL : &pki.root;
        struct test_cert old;
        struct test_cert renewed;
        struct test_cert leaf;
        make_ca(&old, names[i].issuer, NULL, above);
        make_ca(&renewed, names[i].subject, &old, above);
        test_make_server("a.test", "DNS:a.test", TEST_P256, &old, &leaf);
        struct question q = {.roots = {&pki.root, as_root ? &renewed : NULL, &pki.other_root},
                             .chain = {&leaf, as_root ? NULL : &renewed},
                             .name = "a.test"};
        expect(&q, names[i].is_same ? PATINA_OK : PATINA_ERR_CERT_UNKNOWN_ISSUER,
               names[i].is_same ? -1 : 0, "neither trusted");
        // The web's authorities write their name in one way, BR 7.1.4.1.
        q.profile = PATINA_PROFILE_WEB;
        expect(&q, PATINA_ERR_CERT_UNKNOWN_ISSUER, 0, "neither trusted");
        test_cert_free(&leaf);
        test_cert_free(&renewed);
        test_cert_free(&old);
    }
}

static void issuers_sent_along(void **state)
{
    (void)state;
    judge_names(false);
}

static void roots(void **state)
{
    (void)state;
    judge_names(true);
}

// However the name is written, each root of it is tried once, the ones of the same bytes first.
static void every_root(void **state)
{
    (void)state;
    static const char *const others[] = {"CN=Good CA", "CN=Good CA", "CN=GOOD CA", "CN=GOOD CA",
                                         "CN=good  ca"};
    struct test_cert made[PTN_COUNT(others)];
    struct test_cert issuer;
    struct test_cert leaf;
    struct ptn_path_result result;
    struct question q = {.chain = {&leaf}, .name = "a.test"};
    make_ca(&issuer, "CN=Good CA", NULL, NULL);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &issuer, &leaf);
    for (size_t i = 0; i < PTN_COUNT(others); i++) { // the last of them has the right key
        bool is_last = i + 1 == PTN_COUNT(others);
        make_ca(&made[i], others[i], is_last ? &issuer : NULL, NULL);
        q.roots[i] = &made[i];
    }
    assert_err(judge(&q, &result), PATINA_OK);
    assert_int_equal(result.signatures, PTN_COUNT(others));
    assert_int_equal(result.steps, PTN_COUNT(others));
    assert_string_equal(result.text, "");
    q.roots[PTN_COUNT(others) - 1] = NULL;
    expect(&q, PATINA_ERR_CERT_BAD_SIGNATURE, 0, "Good CA");
    for (size_t i = 0; i < PTN_COUNT(others); i++) {
        test_cert_free(&made[i]);
    }
    test_cert_free(&issuer);
    test_cert_free(&leaf);
}

// What comparing costs ends the search: long names that are no other's to the last byte.
static void names_are_counted(void **state)
{
    (void)state;
    enum { CERTS = 62, PARTS = 100, PART = 60 };
    static char name[PARTS * PART + 8];
    struct test_cert made[CERTS];
    struct test_cert leaf;
    struct ptn_path_result result;
    struct question q = *WITH_ROOT(.chain = {&leaf}, .name = "a.test");
    for (size_t i = 0; i < PARTS; i++) {
        (void)snprintf(name + i * PART, PART + 1, "O=%0*d/", PART - 3, 0);
    }
    for (size_t i = 0; i < CERTS; i++) { // each signed by the one before
        (void)snprintf(name + (PARTS - 1) * PART, PART, "O=%s", i % 2 == 0 ? "name" : "NAME");
        make_ca(&made[i], name, NULL, i == 0 ? NULL : &made[i - 1]);
        q.chain[i + 1] = &made[i];
    }
    test_make_server("a.test", "DNS:a.test", TEST_P256, &made[CERTS - 1], &leaf);
    assert_err(judge(&q, &result), PATINA_ERR_CERT_BUDGET);
    assert_int_equal(result.comparisons, PTN_MAX_NAME_COMPARISONS);
    assert_true(result.signatures == 0);
    for (size_t i = 0; i < CERTS; i++) {
        test_cert_free(&made[i]);
    }
    test_cert_free(&leaf);
}

// Revocation lists in either way of writing the issuer's name speak of what it issued.
static void lists_in_other_words(void **state)
{
    (void)state;
    struct test_cert old;
    struct test_cert renewed;
    struct test_cert leaf;
    make_ca(&old, "CN=Good CA", NULL, NULL);
    make_ca(&renewed, "CN=GOOD CA", &old, NULL);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &old, &leaf);
    const struct test_cert *const issuers[] = {&old, &renewed};
    for (size_t i = 0; i < 2 * PTN_COUNT(issuers); i++) {
        bool listed = i % 2 != 0;
        struct test_crl_options o = {.issuer = issuers[i / 2],
                                     .entries = listed ? test_crl_entry(&leaf, "") : ""};
        patina_span der = test_make_crl(&o);
        struct patina_crls_options options = PATINA_CRLS_OPTIONS_INIT;
        struct patina_crls *crls = NULL;
        options.der = &der;
        options.der_count = 1;
        assert_err(patina_crls_new(&options, &crls, NULL), PATINA_OK);
        expect(&(struct question){.roots = {&renewed},
                                  .chain = {&leaf},
                                  .name = "a.test",
                                  .revocation = {.crls = crls}},
               listed ? PATINA_ERR_CERT_REVOKED : PATINA_OK, listed ? 0 : -1, "was revoked");
        patina_crls_unref(crls);
        status_free(der);
    }
    test_cert_free(&leaf);
    test_cert_free(&renewed);
    test_cert_free(&old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(issuers_sent_along),   cmocka_unit_test(roots),
        cmocka_unit_test(every_root),           cmocka_unit_test(names_are_counted),
        cmocka_unit_test(lists_in_other_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
