// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Paths, RFC 5280 §6, over certificates made here: what is accepted, what is refused with which
// error, certificate and words.
#include "x509_judge.h"

// ---- What is accepted

static void leaf_under_root(void **state)
{
    (void)state;
    struct ptn_path_result result;
    assert_err(judge(WITH_ROOT(.chain = {&pki.leaf}, .name = "a.test"), &result), PATINA_OK);
    assert_int_equal(result.signatures, 1);
    assert_int_equal(result.steps, 1);
    assert_int_equal(result.comparisons, 1);
    expect_ok(WITH_ROOT(.chain = {&pki.leaf}, .name = "x.b.test"));
    expect_ok(WITH_ROOT(.chain = {&pki.leaf}, .name = "192.0.2.1"));
    expect_ok(WITH_ROOT(.chain = {&pki.leaf}));
    expect_ok(WITH_ROOT(.chain = {&pki.leaf}, .name = "a.test", .profile = PATINA_PROFILE_WEB));
}

static void intermediate_between(void **state)
{
    (void)state;
    struct ptn_path_result result;
    struct question q = {
        .roots = {&pki.root}, .chain = {&pki.far_leaf, &pki.intermediate}, .name = "a.test"};
    assert_err(judge(&q, &result), PATINA_OK);
    assert_int_equal(result.signatures, 2);
    expect_ok(&q);
}

static void root_sent_along(void **state)
{
    (void)state;
    expect_ok(WITH_ROOT(.chain = {&pki.far_leaf, &pki.intermediate, &pki.root}, .name = "a.test"));
}

static void any_order_and_strangers(void **state)
{
    (void)state;
    expect_ok(WITH_ROOT(.chain = {&pki.far_leaf, &pki.other_root, &pki.leaf, &pki.root,
                                  &pki.intermediate},
                        .name = "a.test"));
}

static void intermediate_as_trust_anchor(void **state)
{
    (void)state;
    expect_ok(&(struct question){
        .roots = {&pki.intermediate}, .chain = {&pki.far_leaf}, .name = "a.test"});
}

static void every_key_type(void **state)
{
    (void)state;
    static const enum test_key kinds[] = {TEST_P256, TEST_P384, TEST_P521, TEST_ED25519,
                                          TEST_RSA2048};
    for (size_t i = 0; i < PTN_COUNT(kinds); i++) {
        struct test_cert root;
        struct test_cert leaf;
        test_make_ca("Root of a kind", kinds[i], NULL, &root);
        test_make_server("a.test", "DNS:a.test", kinds[i], &root, &leaf);
        expect_ok(&(struct question){.roots = {&root}, .chain = {&leaf}, .name = "a.test"});
        test_cert_free(&leaf);
        test_cert_free(&root);
    }
}

static void pss_and_other_hashes(void **state)
{
    (void)state;
    static const char *const digests[] = {"SHA256", "SHA384", "SHA512"};
    struct test_cert root;
    test_make_ca("RSA Root", TEST_RSA2048, NULL, &root);
    for (size_t i = 0; i < 2 * PTN_COUNT(digests); i++) {
        struct test_cert leaf;
        test_issue(&(struct test_cert_options){.subject = "CN=x",
                                               .digest = digests[i / 2],
                                               .pss = i % 2 != 0,
                                               .extensions = {"subjectAltName=DNS:a.test"}},
                   &root, &leaf);
        expect_ok(&(struct question){.roots = {&root}, .chain = {&leaf}, .name = "a.test"});
        test_cert_free(&leaf);
    }
    test_cert_free(&root);
}

static void bare_private_chain(void **state)
{
    (void)state;
    // No key identifiers, no keyUsage, no extendedKeyUsage, a critical subjectAltName, no subject.
    struct test_cert root;
    struct test_cert leaf;
    issue(&root, NULL, "CN=Bare Root", "basicConstraints=CA:TRUE", NULL, NULL);
    issue(&leaf, &root, NULL, "subjectAltName=critical,DNS:a.test", NULL, NULL);
    expect_ok(&(struct question){.roots = {&root}, .chain = {&leaf}, .name = "a.test"});
    test_cert_free(&leaf);
    test_cert_free(&root);
}

static void root_of_version_1(void **state)
{
    (void)state;
    struct test_cert root;
    struct test_cert leaf;
    test_issue(&(struct test_cert_options){.subject = "CN=Old Root", .v1 = true}, NULL, &root);
    issue(&leaf, &root, "CN=a.test", "subjectAltName=DNS:a.test", "extendedKeyUsage=serverAuth",
          "2.5.29.35=DER:30:03:80:01:01");
    struct question q = {.roots = {&root}, .chain = {&leaf}, .name = "a.test"};
    expect_ok(&q);
    q.profile = PATINA_PROFILE_WEB;
    expect(&q, PATINA_ERR_CERT_NOT_A_CA, -1, "is not an authority");
    // As an intermediate it does not even parse.
    struct test_cert below;
    test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &below);
    expect(&(struct question){.roots = {&pki.root}, .chain = {&below, &root}, .name = "a.test"},
           PATINA_ERR_CERT_ENCODING, 1, "not well-formed");
    test_cert_free(&below);
    test_cert_free(&leaf);
    test_cert_free(&root);
}

static void any_extended_key_usage(void **state)
{
    (void)state;
    struct test_cert leaf;
    issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test",
          "extendedKeyUsage=anyExtendedKeyUsage", NULL);
    expect_ok(WITH_ROOT(.chain = {&leaf}, .name = "a.test"));
    test_cert_free(&leaf);
}

// ---- Cross-signing, loops, same names

static void cross_signed_with_an_expired_way(void **state)
{
    (void)state;
    // "New Root" is trusted by itself and was also issued by a root that has ended: both ways are
    // given.
    struct test_cert old_root;
    struct test_cert new_root;
    struct test_cert cross;
    struct test_cert leaf;
    const char *ca = "basicConstraints=critical,CA:TRUE";
    test_issue(&(struct test_cert_options){.subject = "CN=Old Root",
                                           .not_after_s = NOW - 100 * DAY,
                                           .extensions = {ca}},
               NULL, &old_root);
    issue(&new_root, NULL, "CN=New Root", ca, NULL, NULL);
    test_issue(&(struct test_cert_options){.subject = "CN=New Root",
                                           .use_key_of = &new_root,
                                           .extensions = {ca}},
               &old_root, &cross);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &new_root, &leaf);
    expect_ok(&(struct question){
        .roots = {&old_root, &new_root}, .chain = {&leaf, &cross, &old_root}, .name = "a.test"});
    // With the old root alone the reason is its end, not an unknown issuer.
    expect(&(struct question){.roots = {&old_root}, .chain = {&leaf, &cross}, .name = "a.test"},
           PATINA_ERR_CERT_EXPIRED, -1,
           "the root certificate \"Old Root\" ended 2026-08-13, 100 days ago");
    test_cert_free(&leaf);
    test_cert_free(&cross);
    test_cert_free(&new_root);
    test_cert_free(&old_root);
}

static void loop_of_two(void **state)
{
    (void)state;
    struct test_cert a;
    struct test_cert b;
    struct test_cert a_by_b;
    struct test_cert b_by_a;
    struct test_cert leaf;
    const char *ca = "basicConstraints=critical,CA:TRUE";
    issue(&a, NULL, "CN=A", ca, NULL, NULL);
    issue(&b, NULL, "CN=B", ca, NULL, NULL);
    test_issue(&(struct test_cert_options){.subject = "CN=A", .use_key_of = &a, .extensions = {ca}},
               &b, &a_by_b);
    test_issue(&(struct test_cert_options){.subject = "CN=B", .use_key_of = &b, .extensions = {ca}},
               &a, &b_by_a);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &a, &leaf);
    struct ptn_path_result result;
    struct question q = {
        .roots = {&pki.root}, .chain = {&leaf, &a_by_b, &b_by_a}, .name = "a.test"};
    assert_err(judge(&q, &result), PATINA_ERR_CERT_UNKNOWN_ISSUER);
    assert_int_equal(result.signatures, 0);
    assert_in_range(result.steps, 1, 10);
    test_cert_free(&leaf);
    test_cert_free(&b_by_a);
    test_cert_free(&a_by_b);
    test_cert_free(&b);
    test_cert_free(&a);
}

static void two_roots_of_one_name(void **state)
{
    (void)state;
    struct test_cert first;
    struct test_cert second;
    struct test_cert leaf;
    test_make_ca("Twin", TEST_P256, NULL, &first);
    test_make_ca("Twin", TEST_P256, NULL, &second);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &second, &leaf);
    expect_ok(&(struct question){.roots = {&first, &second}, .chain = {&leaf}, .name = "a.test"});
    expect(&(struct question){.roots = {&first}, .chain = {&leaf}, .name = "a.test"},
           PATINA_ERR_CERT_BAD_SIGNATURE, 0, "another key than that of \"Twin\"");
    test_cert_free(&leaf);
    test_cert_free(&second);
    test_cert_free(&first);
}

// ---- What is refused at the leaf

static void expired_and_not_yet_valid(void **state)
{
    (void)state;
    struct test_cert leaf;
    test_issue(&(struct test_cert_options){.subject = "CN=a.test",
                                           .not_before_s = NOW - 400 * DAY,
                                           .not_after_s = NOW - 50 * DAY,
                                           .extensions = {"subjectAltName=DNS:a.test"}},
               &pki.root, &leaf);
    struct question q = {.roots = {&pki.root}, .chain = {&leaf}, .name = "a.test"};
    expect(&q, PATINA_ERR_CERT_EXPIRED, 0,
           "the certificate ended 2026-10-02, 50 days ago; renew it");
    q.now_s = NOW - 50 * DAY; // the last second counts
    expect_ok(&q);
    q.now_s = NOW - 50 * DAY + 1;
    expect(&q, PATINA_ERR_CERT_EXPIRED, 0, "less than an hour ago");
    q.now_s = NOW - 400 * DAY;
    expect_ok(&q);
    q.now_s = NOW - 401 * DAY;
    expect(&q, PATINA_ERR_CERT_NOT_YET_VALID, 0, "begins 2025-10-17, 1 day from now");
    test_cert_free(&leaf);
}

// A clock may say anything: the distance to it is then more than a number can hold.
static void clock_at_either_end(void **state)
{
    (void)state;
    struct test_cert leaf;
    test_issue(&(struct test_cert_options){.subject = "CN=a.test",
                                           .not_before_s = -10 * DAY,
                                           .not_after_s = -5 * DAY,
                                           .extensions = {"subjectAltName=DNS:a.test"}},
               &pki.root, &leaf);
    struct question q = {.roots = {&pki.root}, .chain = {&leaf}, .name = "a.test"};
    q.now_s = INT64_MAX;
    expect(&q, PATINA_ERR_CERT_EXPIRED, 0, "ended 1969-12-27, 106751991167300 days ago");
    test_cert_free(&leaf);
    q.chain[0] = &pki.leaf;
    q.now_s = INT64_MIN;
    expect(&q, PATINA_ERR_CERT_NOT_YET_VALID, 0, "106751991167300 days from now");
}

static void other_name(void **state)
{
    (void)state;
    expect(WITH_ROOT(.chain = {&pki.leaf}, .name = "c.test"), PATINA_ERR_CERT_NAME_MISMATCH, 0,
           "the certificate is for a.test, *.b.test, 192.0.2.1; you asked for c.test");
    expect(WITH_ROOT(.chain = {&pki.leaf}, .name = "2001:db8::1"), PATINA_ERR_CERT_NAME_MISMATCH, 0,
           "you asked for 2001:db8::1");
    struct test_cert nameless;
    issue(&nameless, &pki.root, "CN=a.test", "basicConstraints=CA:FALSE", NULL, NULL);
    expect(WITH_ROOT(.chain = {&nameless}, .name = "a.test"), PATINA_ERR_CERT_NAME_MISMATCH, 0,
           "names no host");
    test_cert_free(&nameless);
}

static void unknown_issuer(void **state)
{
    (void)state;
    expect(&(struct question){.roots = {&pki.other_root}, .chain = {&pki.leaf}, .name = "a.test"},
           PATINA_ERR_CERT_UNKNOWN_ISSUER, 0, "issued by \"Root\"");
    expect(WITH_ROOT(.chain = {&pki.far_leaf}, .name = "a.test"), PATINA_ERR_CERT_UNKNOWN_ISSUER, 0,
           "the server must send its intermediate");
    expect(&(struct question){.roots = {&pki.other_root},
                              .chain = {&pki.far_leaf, &pki.intermediate},
                              .name = "a.test"},
           PATINA_ERR_CERT_UNKNOWN_ISSUER, 1,
           "issued by \"Root\", which is neither trusted here nor sent along");
}

static void self_signed(void **state)
{
    (void)state;
    struct test_cert own;
    struct test_cert own_ca;
    test_make_server("a.test", "DNS:a.test", TEST_P256, NULL, &own);
    issue(&own_ca, NULL, "CN=a.test", "basicConstraints=critical,CA:TRUE",
          "subjectAltName=DNS:a.test", NULL);
    expect(WITH_ROOT(.chain = {&own}, .name = "a.test"), PATINA_ERR_CERT_SELF_SIGNED, 0,
           "made by itself (\"a.test\")");
    // As `openssl req -x509` makes them: said to be an authority as well.
    expect(WITH_ROOT(.chain = {&own_ca}, .name = "a.test"), PATINA_ERR_CERT_SELF_SIGNED, 0,
           "made by itself");
    // Among private roots an end entity is trusted for itself, and for nothing else; among those of
    // the web it is no authority.
    expect_ok(&(struct question){.roots = {&own}, .chain = {&own}, .name = "a.test"});
    expect(&(struct question){.roots = {&own}, .chain = {&own}, .name = "b.test"},
           PATINA_ERR_CERT_NAME_MISMATCH, 0, "");
    expect(&(struct question){.roots = {&own}, .chain = {&pki.leaf, &own}, .name = "a.test"},
           PATINA_ERR_CERT_UNKNOWN_ISSUER, 0, "");
    expect(
        &(struct question){
            .roots = {&own}, .chain = {&own}, .name = "a.test", .profile = PATINA_PROFILE_WEB},
        PATINA_ERR_CERT_SELF_SIGNED, 0, "stands among the roots, but it is no authority");
    expect(&(struct question){.roots = {&own_ca}, .chain = {&own_ca}, .name = "a.test"},
           PATINA_ERR_CERT_CA_AS_LEAF, 0, "certificate of an authority");
    test_cert_free(&own_ca);
    test_cert_free(&own);
}

static void self_signed_without_constraints_among_roots(void **state)
{
    (void)state;
    // No basicConstraints: a root of such a form may issue, and may be the end entity itself.
    struct test_cert own;
    issue(&own, NULL, "CN=a.test", "subjectAltName=DNS:a.test", NULL, NULL);
    expect_ok(&(struct question){.roots = {&own}, .chain = {&own}, .name = "a.test"});
    test_cert_free(&own);
}

static void authority_as_leaf(void **state)
{
    (void)state;
    expect(WITH_ROOT(.chain = {&pki.intermediate}, .name = "a.test"), PATINA_ERR_CERT_CA_AS_LEAF, 0,
           "let that CA issue one");
}

static void wrong_purpose(void **state)
{
    (void)state;
    struct test_cert client;
    test_make_client("someone", TEST_P256, &pki.root, &client);
    expect(WITH_ROOT(.chain = {&client}), PATINA_ERR_CERT_PURPOSE, 0, "is not made for servers");
    expect_ok(WITH_ROOT(.chain = {&client}, .purpose = PATINA_PURPOSE_CLIENT));
    expect(WITH_ROOT(.chain = {&pki.leaf}, .purpose = PATINA_PURPOSE_CLIENT),
           PATINA_ERR_CERT_PURPOSE, 0, "is not made for clients");
    test_cert_free(&client);
}

static void leaf_key_usage(void **state)
{
    (void)state;
    struct test_cert leaf;
    issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test", "keyUsage=keyEncipherment", NULL);
    expect(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), PATINA_ERR_CERT_LEAF_KEY_USAGE, 0,
           "digitalSignature");
    test_cert_free(&leaf);
    issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test",
          "keyUsage=digitalSignature,keyCertSign", NULL);
    expect_ok(WITH_ROOT(.chain = {&leaf}, .name = "a.test"));
    expect(WITH_ROOT(.chain = {&leaf}, .name = "a.test", .profile = PATINA_PROFILE_WEB),
           PATINA_ERR_CERT_KEY_USAGE, 0, "keyCertSign");
    test_cert_free(&leaf);
}

static void unknown_critical(void **state)
{
    (void)state;
    struct test_cert leaf;
    struct test_cert ca;
    struct test_cert below;
    issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test", "1.2.3.4=critical,DER:05:00",
          NULL);
    expect(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), PATINA_ERR_CERT_CRITICAL_EXTENSION, 0,
           "critical extension");
    test_cert_free(&leaf);
    issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test", "1.2.3.4=DER:05:00", NULL);
    expect_ok(WITH_ROOT(.chain = {&leaf}, .name = "a.test"));
    issue(&ca, &pki.root, "CN=CA", "basicConstraints=CA:TRUE", "1.2.3.4=critical,DER:05:00", NULL);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &below);
    expect(WITH_ROOT(.chain = {&below, &ca}, .name = "a.test"), PATINA_ERR_CERT_CRITICAL_EXTENSION,
           1, "\"CA\"");
    test_cert_free(&below);
    test_cert_free(&ca);
    test_cert_free(&leaf);
}

// Those of a critical extension have to be understood, RFC 5280 §4.2.1.4.
static void policy_qualifiers(void **state)
{
    (void)state;
    static const struct {
        const char *policies;
        bool is_understood;
    } rows[] = {
        // id-qt-cps; id-qt-unotice; of another kind, critical and not; the same behind a policy
        // without any, and behind a qualifier that is known; none, which is no list.
        {"critical,DER:30:16:30:14:06:02:2a:03:30:0e:30:0c:06:08:2b:06:01:05:05:07:02:01:16:00",
         true},
        {"critical,DER:30:16:30:14:06:02:2a:03:30:0e:30:0c:06:08:2b:06:01:05:05:07:02:02:30:00",
         true},
        {"critical,DER:30:0d:30:0b:06:02:2a:03:30:05:30:03:06:01:2a", false},
        {"DER:30:0d:30:0b:06:02:2a:03:30:05:30:03:06:01:2a", true},
        {"critical,DER:30:13:30:04:06:02:2a:04:30:0b:06:02:2a:03:30:05:30:03:06:01:2a", false},
        {"critical,DER:30:1b:30:19:06:02:2a:03:30:13:30:0c:06:08:2b:06:01:05:05:07:02:01:16:00:30:"
         "03:06:01:2a",
         false},
        {"critical,DER:30:0a:30:08:06:02:2a:03:30:02:05:00", false},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        char extension[160];
        struct test_cert ca;
        struct test_cert leaf;
        patina_err want = rows[i].is_understood ? PATINA_OK : PATINA_ERR_CERT_CRITICAL_EXTENSION;
        (void)snprintf(extension, sizeof(extension), "2.5.29.32=%s", rows[i].policies);
        issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test", extension, NULL);
        expect(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), want, want == PATINA_OK ? -1 : 0,
               "critical extension that is not understood");
        test_cert_free(&leaf);
        issue(&ca, &pki.root, "CN=CA", "basicConstraints=CA:TRUE", extension, NULL);
        test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &leaf);
        expect(WITH_ROOT(.chain = {&leaf, &ca}, .name = "a.test"), want, want == PATINA_OK ? -1 : 1,
               "critical extension that is not understood");
        test_cert_free(&leaf);
        test_cert_free(&ca);
    }
}

// Policies that no one requires change nothing, also when they are critical (RFC 5280 §6.1.5 (g)).
static void policies(void **state)
{
    (void)state;
    struct test_cert leaf;
    struct test_cert ca;
    struct test_cert below;
    issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test",
          "2.5.29.32=critical,DER:30:06:30:04:06:02:2a:03",
          "policyConstraints=critical,inhibitPolicyMapping:0");
    expect_ok(WITH_ROOT(.chain = {&leaf}, .name = "a.test"));
    test_cert_free(&leaf);
    issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test",
          "policyConstraints=requireExplicitPolicy:0", NULL);
    expect(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), PATINA_ERR_CERT_POLICY, 0,
           "requires certificate policies");
    issue(&ca, &pki.root, "CN=CA", "basicConstraints=CA:TRUE",
          "policyConstraints=critical,requireExplicitPolicy:1", NULL);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &below);
    expect(WITH_ROOT(.chain = {&below, &ca}, .name = "a.test"), PATINA_ERR_CERT_POLICY, 1,
           "\"CA\"");
    test_cert_free(&below);
    test_cert_free(&ca);
    test_cert_free(&leaf);
}

static void leaf_encoding(void **state)
{
    (void)state;
    static const uint8_t nonsense[] = {0x30, 0x03, 0x02, 0x01, 0x01};
    struct test_cert broken = {.der = {nonsense, sizeof nonsense}};
    expect(WITH_ROOT(.chain = {&broken}, .name = "a.test"), PATINA_ERR_CERT_ENCODING, 0,
           "the certificate is not well-formed");
    // Rubbish beside a good path does no harm; where the path ends it is the likely reason.
    expect_ok(WITH_ROOT(.chain = {&pki.far_leaf, &broken, &pki.intermediate}, .name = "a.test"));
    expect(WITH_ROOT(.chain = {&pki.far_leaf, &broken}, .name = "a.test"), PATINA_ERR_CERT_ENCODING,
           1, "a certificate is not well-formed");
}

static void duplicate_extension(void **state)
{
    (void)state;
    struct test_cert leaf;
    issue(&leaf, &pki.root, "CN=x", "subjectAltName=DNS:a.test", "subjectAltName=DNS:b.test", NULL);
    expect(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), PATINA_ERR_CERT_DUPLICATE_EXTENSION, 0,
           "the same extension twice");
    test_cert_free(&leaf);
}

// ---- What is refused at issuers

// root -> ca (with these extensions) -> leaf
static void expect_with_ca(const char *a, const char *b, const char *c, patina_err want,
                           const char *words)
{
    struct test_cert ca;
    struct test_cert leaf;
    issue(&ca, &pki.root, "CN=CA", a, b, c);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &leaf);
    expect(WITH_ROOT(.chain = {&leaf, &ca}, .name = "a.test"), want, want == PATINA_OK ? -1 : 1,
           words);
    test_cert_free(&leaf);
    test_cert_free(&ca);
}

static void issuers(void **state)
{
    (void)state;
    const char *ca = "basicConstraints=critical,CA:TRUE";
    expect_with_ca(ca, NULL, NULL, PATINA_OK, "");
    expect_with_ca(ca, "keyUsage=keyCertSign", "extendedKeyUsage=serverAuth,clientAuth", PATINA_OK,
                   "");
    expect_with_ca(ca, "extendedKeyUsage=anyExtendedKeyUsage", NULL, PATINA_OK, "");
    expect_with_ca("basicConstraints=critical,CA:TRUE,pathlen:0", NULL, NULL, PATINA_OK, "");
    expect_with_ca("basicConstraints=critical,CA:FALSE", NULL, NULL, PATINA_ERR_CERT_NOT_A_CA,
                   "\"CA\" is not an authority");
    expect_with_ca("subjectKeyIdentifier=hash", NULL, NULL, PATINA_ERR_CERT_NOT_A_CA,
                   "is not an authority");
    expect_with_ca(ca, "keyUsage=cRLSign", NULL, PATINA_ERR_CERT_KEY_USAGE,
                   "may not sign certificates");
    expect_with_ca(ca, "extendedKeyUsage=clientAuth", NULL, PATINA_ERR_CERT_PURPOSE,
                   "may not issue for servers");
}

static void leaf_as_issuer(void **state)
{
    (void)state;
    struct test_cert evil;
    test_make_server("bank.test", "DNS:bank.test", TEST_P256, &pki.leaf, &evil);
    expect(WITH_ROOT(.chain = {&evil, &pki.leaf}, .name = "bank.test"), PATINA_ERR_CERT_NOT_A_CA, 1,
           "\"a.test\" is not an authority");
    test_cert_free(&evil);
}

static void path_length(void **state)
{
    (void)state;
    struct test_cert top;
    struct test_cert low;
    struct test_cert self_issued;
    struct test_cert leaf;
    struct test_cert leaf2;
    issue(&top, &pki.root, "CN=Top", "basicConstraints=critical,CA:TRUE,pathlen:0", NULL, NULL);
    issue(&low, &top, "CN=Low", "basicConstraints=critical,CA:TRUE", NULL, NULL);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &low, &leaf);
    expect(WITH_ROOT(.chain = {&leaf, &low, &top}, .name = "a.test"), PATINA_ERR_CERT_PATH_LEN, 2,
           "\"Top\" allows 0 CA certificates below it");
    // A self-issued one (a key rollover) does not count, RFC 5280 §4.2.1.9.
    issue(&self_issued, &top, "CN=Top", "basicConstraints=critical,CA:TRUE", NULL, NULL);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &self_issued, &leaf2);
    expect_ok(WITH_ROOT(.chain = {&leaf2, &self_issued, &top}, .name = "a.test"));
    test_cert_free(&leaf2);
    test_cert_free(&self_issued);
    test_cert_free(&leaf);
    test_cert_free(&low);
    test_cert_free(&top);
}

static void intermediate_dates(void **state)
{
    (void)state;
    struct test_cert ca;
    struct test_cert leaf;
    test_issue(&(struct test_cert_options){.subject = "CN=CA",
                                           .not_after_s = NOW - DAY,
                                           .extensions = {"basicConstraints=CA:TRUE"}},
               &pki.root, &ca);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &leaf);
    expect(WITH_ROOT(.chain = {&leaf, &ca}, .name = "a.test"), PATINA_ERR_CERT_EXPIRED, 1,
           "the issuer's certificate \"CA\" ended 2026-11-20, 1 day ago");
    test_cert_free(&leaf);
    test_cert_free(&ca);
}

// ---- Signatures and keys

static void changed_certificate(void **state)
{
    (void)state;
    // Every part that is signed or signs: the last byte of the signature, a byte of the name.
    for (size_t back = 1; back <= 300 && back < pki.leaf.der.len; back += 23) {
        uint8_t copy[4096];
        struct ptn_path_result result;
        memcpy(copy, pki.leaf.der.ptr, pki.leaf.der.len);
        copy[pki.leaf.der.len - back] ^= 1;
        struct test_cert changed = {.der = {copy, pki.leaf.der.len}};
        patina_err err = judge(WITH_ROOT(.chain = {&changed}), &result);
        assert_int_equal(patina_err_class(err), PATINA_CLASS_CERTIFICATE);
    }
    uint8_t copy[4096];
    memcpy(copy, pki.leaf.der.ptr, pki.leaf.der.len);
    copy[pki.leaf.der.len - 1] ^= 1;
    struct test_cert changed = {.der = {copy, pki.leaf.der.len}};
    expect(WITH_ROOT(.chain = {&changed}, .name = "a.test"), PATINA_ERR_CERT_BAD_SIGNATURE, 0,
           "signature by \"Root\" is wrong");
}

static void weak_hash_and_keys(void **state)
{
    (void)state;
    struct test_cert leaf;
    struct test_cert root;
    test_issue(&(struct test_cert_options){.subject = "CN=x",
                                           .digest = "SHA1",
                                           .extensions = {"subjectAltName=DNS:a.test"}},
               &pki.root, &leaf);
    expect(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE, 0,
           "algorithm not accepted here (1.2.840.10045.4.1)");
    test_cert_free(&leaf);
    test_make_ca("Weak", TEST_RSA1024, NULL, &root);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &leaf);
    expect(&(struct question){.roots = {&root}, .chain = {&leaf}, .name = "a.test"},
           PATINA_ERR_CERT_UNSUPPORTED_KEY, -1, "the key of \"Weak\" is too weak");
    test_cert_free(&leaf);
    test_cert_free(&root);
    test_make_ca("Curve", TEST_SECP256K1, NULL, &root);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &leaf);
    expect(&(struct question){.roots = {&root}, .chain = {&leaf}, .name = "a.test"},
           PATINA_ERR_CERT_UNSUPPORTED_KEY, -1, "the key of \"Curve\" is too weak");
    test_cert_free(&leaf);
    test_cert_free(&root);
}

// RFC 5280 §4.1.2.7: the end entity's own key, which signs nothing on the path, in both profiles.
static void weak_key_of_a_leaf(void **state)
{
    (void)state;
    static const enum test_key keys[] = {TEST_RSA1024, TEST_SECP256K1};
    for (size_t i = 0; i < PTN_COUNT(keys); i++) {
        struct test_cert leaf;
        test_make_server("weak.test", "DNS:a.test", keys[i], &pki.root, &leaf);
        for (int profile = 0; profile < 2; profile++) {
            expect(WITH_ROOT(.chain = {&leaf}, .name = "a.test",
                             .profile = (enum patina_profile)profile),
                   PATINA_ERR_CERT_UNSUPPORTED_KEY, 0, "the key of \"weak.test\" is too weak");
        }
        test_cert_free(&leaf);
    }
}

// RFC 5280 §4.1.2.2: zero and negative ones pass in profile PRIVATE, and of roots.
static void serial_numbers_not_positive(void **state)
{
    (void)state;
    static const char *const serials[] = {"0", "-5", "-128", "1"};
    for (size_t i = 0; i < PTN_COUNT(serials); i++) {
        struct test_cert root;
        struct test_cert ca;
        struct test_cert leaf;
        struct test_cert under;
        struct test_cert_options o = {.subject = "CN=Numbered",
                                      .serial = serials[i],
                                      .extensions = {"basicConstraints=critical,CA:TRUE",
                                                     "keyUsage=critical,keyCertSign",
                                                     "subjectKeyIdentifier=hash"}};
        bool positive = serials[i][0] == '1';
        test_issue(&o, NULL, &root);
        o.extensions[3] = "authorityKeyIdentifier=keyid";
        test_issue(&o, &pki.root, &ca);
        test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &under);
        o = (struct test_cert_options){
            .subject = "CN=a.test",
            .serial = serials[i],
            .extensions = {"subjectAltName=DNS:a.test", "extendedKeyUsage=serverAuth",
                           "authorityKeyIdentifier=keyid", "keyUsage=critical,digitalSignature"}};
        test_issue(&o, &root, &leaf);
        for (int profile = 0; profile < 2; profile++) {
            bool good = positive || profile == PATINA_PROFILE_PRIVATE;
            expect(&(struct question){.roots = {&root},
                                      .chain = {&leaf},
                                      .profile = (enum patina_profile)profile},
                   good ? PATINA_OK : PATINA_ERR_CERT_SERIAL, good ? -1 : 0,
                   "the certificate's serial number is zero or negative");
            expect(WITH_ROOT(.chain = {&under, &ca}, .profile = (enum patina_profile)profile),
                   good ? PATINA_OK : PATINA_ERR_CERT_SERIAL, good ? -1 : 1,
                   "\"Numbered\"'s serial number is zero or negative");
        }
        test_cert_free(&root);
        test_make_server("b.test", "DNS:b.test", TEST_P256, &ca, &root);
        expect(&(struct question){.roots = {&ca}, .chain = {&root}, .profile = PATINA_PROFILE_WEB},
               PATINA_OK, -1, "");
        test_cert_free(&under);
        test_cert_free(&root);
        test_cert_free(&leaf);
        test_cert_free(&ca);
    }
}

// RFC 5280 §4.1.2.4: who has no name issues nothing.
static void empty_issuer(void **state)
{
    (void)state;
    struct test_cert root;
    struct test_cert ca;
    struct test_cert leaf;
    struct test_cert under;
    test_issue(&(struct test_cert_options){.extensions = {"basicConstraints=critical,CA:TRUE",
                                                          "keyUsage=critical,keyCertSign"}},
               NULL, &root);
    test_make_ca("Nameless", TEST_P256, &root, &ca);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &leaf);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &under);
    expect(&(struct question){.roots = {&root}, .chain = {&leaf}}, PATINA_ERR_CERT_EMPTY_ISSUER, 0,
           "the certificate does not say who issued it");
    expect(&(struct question){.roots = {&root}, .chain = {&under, &ca}},
           PATINA_ERR_CERT_EMPTY_ISSUER, 1, "\"Nameless\" does not say who issued it");
    // As a root it is what the caller trusts.
    expect_ok(&(struct question){.roots = {&ca}, .chain = {&under}});
    test_cert_free(&root);
    test_cert_free(&ca);
    test_cert_free(&leaf);
    test_cert_free(&under);
}

static void other_uri(void **state)
{
    (void)state;
    struct test_cert leaf;
    test_make_server("x", "DNS:a.test,URI:spiffe://a.test/x", TEST_P256, &pki.root, &leaf);
    expect_ok(WITH_ROOT(.chain = {&leaf}, .name = "spiffe://a.test/x"));
    expect_ok(WITH_ROOT(.chain = {&leaf}, .name = "a.test"));
    expect(WITH_ROOT(.chain = {&leaf}, .name = "spiffe://a.test/y"), PATINA_ERR_CERT_NAME_MISMATCH,
           0, "the certificate is for spiffe://a.test/x; you asked for spiffe://a.test/y");
    expect(WITH_ROOT(.chain = {&pki.far_leaf, &pki.intermediate}, .name = "spiffe://a.test/y"),
           PATINA_ERR_CERT_NAME_MISMATCH, 0, "the certificate has no URI (subjectAltName)");
    test_cert_free(&leaf);
}

// RFC 5280 §4.2.1.10: whose constraints cannot be read issues nothing.
static void malformed_constraints(void **state)
{
    (void)state;
    struct test_cert ca;
    struct test_cert leaf;
    issue(&ca, &pki.root, "CN=Loose", "basicConstraints=critical,CA:TRUE",
          "keyUsage=critical,keyCertSign", // a minimum of 1 in "a.test"
          "2.5.29.30=critical,DER:30:0f:a0:0d:30:0b:82:06:61:2e:74:65:73:74:80:01:01");
    test_make_server("a.test", "DNS:a.test", TEST_P256, &ca, &leaf);
    expect(WITH_ROOT(.chain = {&leaf, &ca}, .name = "a.test"), PATINA_ERR_CERT_ENCODING, 1,
           "the issuer's certificate \"Loose\" has malformed name constraints");
    test_cert_free(&leaf);
    test_cert_free(&ca);
}

#define T(f) cmocka_unit_test(f)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        T(leaf_under_root),
        T(intermediate_between),
        T(root_sent_along),
        T(any_order_and_strangers),
        T(intermediate_as_trust_anchor),
        T(every_key_type),
        T(pss_and_other_hashes),
        T(bare_private_chain),
        T(root_of_version_1),
        T(any_extended_key_usage),
        T(cross_signed_with_an_expired_way),
        T(loop_of_two),
        T(two_roots_of_one_name),
        T(expired_and_not_yet_valid),
        T(clock_at_either_end),
        T(other_name),
        T(other_uri),
        T(malformed_constraints),
        T(unknown_issuer),
        T(self_signed),
        T(self_signed_without_constraints_among_roots),
        T(authority_as_leaf),
        T(wrong_purpose),
        T(leaf_key_usage),
        T(unknown_critical),
        T(policies),
        T(policy_qualifiers),
        T(leaf_encoding),
        T(duplicate_extension),
        T(issuers),
        T(leaf_as_issuer),
        T(path_length),
        T(intermediate_dates),
        T(changed_certificate),
        T(weak_hash_and_keys),
        T(weak_key_of_a_leaf),
        T(serial_numbers_not_positive),
        T(empty_issuer),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
