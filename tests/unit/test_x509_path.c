// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Paths, RFC 5280 §6, over certificates made here: what is accepted, what is refused with which
// error, certificate and words, and what it costs.
#include "x509_rows.h"

#include "support/mkcert.h"
#include "test_provider.h"

#include "x509/path.h"
#include "x509/roots.h"

enum { NOW = 1795219200 }; // 2026-11-21
#define DAY 86400

// The usual certificates, made once.
static struct {
    struct test_cert root, other_root, intermediate, leaf, far_leaf;
} pki;

static const struct patina_provider *provider;

static int set_up(void **state)
{
    (void)state;
    provider = test_provider();
    test_make_ca("Root", TEST_P256, NULL, &pki.root);
    test_make_ca("Other Root", TEST_P256, NULL, &pki.other_root);
    test_make_ca("Intermediate", TEST_P256, &pki.root, &pki.intermediate);
    test_make_server("a.test", "DNS:a.test,DNS:*.b.test,IP:192.0.2.1", TEST_P256, &pki.root,
                     &pki.leaf);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &pki.intermediate, &pki.far_leaf);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_cert_free(&pki.root);
    test_cert_free(&pki.other_root);
    test_cert_free(&pki.intermediate);
    test_cert_free(&pki.leaf);
    test_cert_free(&pki.far_leaf);
    patina_provider_unref(provider);
    return 0;
}

// One judgement. Roots and chain end with NULL.
struct question {
    const struct test_cert *roots[8];
    const struct test_cert *chain[70];
    const char *name; // NULL: none
    int64_t now_s;    // 0: NOW
    enum ptn_purpose purpose;
    enum patina_profile profile;
};

static patina_err judge(const struct question *q, struct ptn_path_result *result)
{
    patina_span roots_der[8];
    patina_span chain[70];
    size_t roots_count = 0;
    size_t chain_count = 0;
    struct patina_roots *roots = NULL;
    struct ptn_server_name name;
    struct ptn_arena arena;

    while (roots_count < 8 && q->roots[roots_count] != NULL) {
        roots_der[roots_count] = q->roots[roots_count]->der;
        roots_count++;
    }
    while (chain_count < 70 && q->chain[chain_count] != NULL) {
        chain[chain_count] = q->chain[chain_count]->der;
        chain_count++;
    }
    assert_err(patina_roots_from_der(roots_der, roots_count, NULL, &roots), PATINA_OK);
    if (q->name != NULL) {
        assert_err(ptn_server_name_parse(ptn_span_of_string(q->name), &name), PATINA_OK);
    }
    ptn_arena_init(&arena, &ptn_heap, PTN_MAX_ARENA_BYTES);
    struct ptn_path_request request = {
        .provider = provider,
        .roots = roots,
        .chain = chain,
        .chain_count = chain_count,
        .name = q->name == NULL ? NULL : &name,
        .now_s = q->now_s == 0 ? NOW : q->now_s,
        .purpose = q->purpose == 0 ? PTN_PURPOSE_SERVER : q->purpose,
        .profile = q->profile,
        .arena = &arena,
    };
    patina_err err = ptn_path_verify(&request, result);
    ptn_arena_clear(&arena);
    patina_roots_unref(roots);
    return err;
}

static void expect(const struct question *q, patina_err want, int certificate, const char *words)
{
    struct ptn_path_result result;
    patina_err err = judge(q, &result);
    if (err != want) {
        print_error("%s: %s\n", patina_err_name(err), result.text);
    }
    assert_err(err, want);
    assert_int_equal(result.certificate, certificate);
    if (want == PATINA_OK) {
        assert_string_equal(result.text, "");
        assert_int_equal(result.rfc, 0);
        return;
    }
    if (strstr(result.text, words) == NULL) {
        print_error("text: %s\n", result.text);
    }
    assert_non_null(strstr(result.text, words));
    assert_int_not_equal(result.rfc, 0);
    assert_string_not_equal(result.rule, "");
}

static void expect_ok(const struct question *q)
{
    expect(q, PATINA_OK, -1, "");
}

#define WITH_ROOT(...)                    \
    &(struct question)                    \
    {                                     \
        .roots = {&pki.root}, __VA_ARGS__ \
    }

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

// A certificate with these extensions under the root.
static void issue(struct test_cert *out, const struct test_cert *issuer, const char *subject,
                  const char *a, const char *b, const char *c)
{
    test_issue(&(struct test_cert_options){.subject = subject, .extensions = {a, b, c}}, issuer,
               out);
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
    test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &leaf);
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
    // Among the roots neither is more than it was.
    expect(&(struct question){.roots = {&own}, .chain = {&own}, .name = "a.test"},
           PATINA_ERR_CERT_SELF_SIGNED, 0, "stands among the roots, but it is no authority");
    expect(&(struct question){.roots = {&own_ca}, .chain = {&own_ca}, .name = "a.test"},
           PATINA_ERR_CERT_CA_AS_LEAF, 0, "certificate of an authority");
    test_cert_free(&own_ca);
    test_cert_free(&own);
}

static void self_signed_without_constraints_among_roots(void **state)
{
    (void)state;
    // No basicConstraints: a root of such a form may issue, but not itself.
    struct test_cert own;
    issue(&own, NULL, "CN=a.test", "subjectAltName=DNS:a.test", NULL, NULL);
    expect(&(struct question){.roots = {&own}, .chain = {&own}, .name = "a.test"},
           PATINA_ERR_CERT_SELF_SIGNED, 0, "stands among the roots");
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
    expect_ok(WITH_ROOT(.chain = {&client}, .purpose = PTN_PURPOSE_CLIENT));
    expect(WITH_ROOT(.chain = {&pki.leaf}, .purpose = PTN_PURPOSE_CLIENT), PATINA_ERR_CERT_PURPOSE,
           0, "is not made for clients");
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
           PATINA_ERR_CERT_UNSUPPORTED_KEY, 0, "the key of \"Weak\" is too weak");
    test_cert_free(&leaf);
    test_cert_free(&root);
    test_make_ca("Curve", TEST_SECP256K1, NULL, &root);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &leaf);
    expect(&(struct question){.roots = {&root}, .chain = {&leaf}, .name = "a.test"},
           PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE, 0, "ecdsa-with-SHA256");
    test_cert_free(&leaf);
    test_cert_free(&root);
}

// ---- Budgets

static void six_intermediates_but_not_seven(void **state)
{
    (void)state;
    struct test_cert cas[8];
    struct test_cert leaves[8];
    for (size_t i = 0; i < 7; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "Level %zu", i + 1);
        test_make_ca(name, TEST_P256, i == 0 ? &pki.root : &cas[i - 1], &cas[i]);
        test_make_server("a.test", "DNS:a.test", TEST_P256, &cas[i], &leaves[i]);
    }
    expect_ok(WITH_ROOT(.chain = {&leaves[5], &cas[0], &cas[1], &cas[2], &cas[3], &cas[4], &cas[5]},
                        .name = "a.test"));
    expect(WITH_ROOT(.chain = {&leaves[6], &cas[0], &cas[1], &cas[2], &cas[3], &cas[4], &cas[5],
                               &cas[6]},
                     .name = "a.test"),
           PATINA_ERR_CERT_BUDGET, 1, "longer than 6");
    for (size_t i = 0; i < 7; i++) {
        test_cert_free(&leaves[i]);
        test_cert_free(&cas[i]);
    }
}

// Sixty-three authorities of one name with keys of their own, each issued by that name: every order
// of six of them is a path as far as names go.
static void many_of_one_name(void **state)
{
    (void)state;
    enum { MANY = 63 };
    static struct test_cert cas[MANY];
    struct test_cert leaf;
    struct test_cert twin_root;
    struct question q = {.roots = {&pki.root}, .name = "a.test"};
    const char *ca = "basicConstraints=critical,CA:TRUE";
    issue(&twin_root, NULL, "CN=Twin", ca, NULL, NULL);
    for (size_t i = 0; i < MANY; i++) {
        issue(&cas[i], &twin_root, "CN=Twin", ca, NULL, NULL);
        q.chain[i + 1] = &cas[i];
    }
    issue(&leaf, &cas[5], "CN=x", "subjectAltName=DNS:a.test", NULL, NULL);
    q.chain[0] = &leaf;
    struct ptn_path_result result;
    assert_err(judge(&q, &result), PATINA_ERR_CERT_BUDGET);
    assert_int_equal(result.steps, PTN_MAX_PATH_STEPS);
    assert_int_equal(result.signatures, 0);
    assert_non_null(strstr(result.text, "more work than is allowed"));

    // With a root of that name every one of them gets to a signature, and those run out.
    struct test_cert third;
    issue(&third, NULL, "CN=Twin", ca, NULL, NULL);
    q.roots[0] = &third;
    assert_err(judge(&q, &result), PATINA_ERR_CERT_BUDGET);
    assert_in_range(result.signatures, 60, PTN_MAX_PATH_SIGNATURES);
    for (size_t i = 0; i < MANY; i++) {
        test_cert_free(&cas[i]);
    }
    test_cert_free(&third);
    test_cert_free(&leaf);
    test_cert_free(&twin_root);
}

static void chains_out_of_bounds(void **state)
{
    (void)state;
    struct question q = {.roots = {&pki.root}, .name = "a.test"};
    struct ptn_path_result result;
    assert_err(judge(&q, &result), PATINA_ERR_EMPTY_CERTIFICATE);
    for (size_t i = 0; i < PTN_MAX_CERTIFICATES; i++) {
        q.chain[i] = &pki.leaf;
    }
    assert_err(judge(&q, &result), PATINA_OK);
    q.chain[PTN_MAX_CERTIFICATES] = &pki.leaf;
    assert_err(judge(&q, &result), PATINA_ERR_TOO_MANY_CERTIFICATES);
    assert_int_equal(result.certificate, -1);
}

// Constraints times names: 128 subtrees over 2,048 names are more comparisons than are allowed.
static void comparisons_run_out(void **state)
{
    (void)state;
    size_t size = 64 * 1024;
    char *constraints = malloc(size);
    char *names = malloc(size);
    size_t at = (size_t)snprintf(constraints, size, "nameConstraints=");
    for (size_t i = 0; i < 90; i++) {
        at += (size_t)snprintf(constraints + at, size - at, "%spermitted;DNS:%zu.test",
                               i == 0 ? "" : ",", i);
    }
    at = (size_t)snprintf(names, size, "subjectAltName=");
    for (size_t i = 0; i < 300; i++) {
        at += (size_t)snprintf(names + at, size - at, "%sDNS:%zu.test", i == 0 ? "" : ",", i % 90);
    }
    struct test_cert cas[3];
    struct test_cert leaf;
    for (size_t i = 0; i < 3; i++) {
        char subject[32];
        (void)snprintf(subject, sizeof subject, "CN=CA %zu", i);
        issue(&cas[i], i == 0 ? &pki.root : &cas[i - 1], subject, "basicConstraints=CA:TRUE",
              constraints, NULL);
    }
    issue(&leaf, &cas[0], "", names, NULL, NULL);
    struct ptn_path_result result;
    // One such authority is within the budget, two are not.
    assert_err(judge(WITH_ROOT(.chain = {&leaf, &cas[0]}, .name = "1.test"), &result), PATINA_OK);
    assert_in_range(result.comparisons, 27000, 28000);
    test_cert_free(&leaf);
    issue(&leaf, &cas[1], "", names, NULL, NULL);
    assert_err(judge(WITH_ROOT(.chain = {&leaf, &cas[0], &cas[1]}, .name = "1.test"), &result),
               PATINA_ERR_CERT_BUDGET);
    assert_int_equal(result.comparisons, PTN_MAX_NAME_COMPARISONS);
    assert_non_null(strstr(result.text, "more work than is allowed"));
    test_cert_free(&leaf);
    for (size_t i = 0; i < 3; i++) {
        test_cert_free(&cas[i]);
    }
    free(names);
    free(constraints);
}

// ---- Name constraints on the path; their rules are in test_x509_constraints.c

static void constrained_authority(void **state)
{
    (void)state;
    struct test_cert ca;
    struct test_cert good;
    struct test_cert bad;
    issue(&ca, &pki.root, "CN=Only B", "basicConstraints=critical,CA:TRUE",
          "nameConstraints=critical,permitted;DNS:b.test", NULL);
    test_make_server("x", "DNS:x.b.test", TEST_P256, &ca, &good);
    test_make_server("x", "DNS:x.b.test,DNS:bank.test", TEST_P256, &ca, &bad);
    expect_ok(WITH_ROOT(.chain = {&good, &ca}, .name = "x.b.test"));
    expect(WITH_ROOT(.chain = {&bad, &ca}, .name = "x.b.test"), PATINA_ERR_CERT_NAME_CONSTRAINT, 0,
           "the name bank.test is outside of what \"Only B\" may issue for");
    // A root may be constrained as well.
    expect(&(struct question){.roots = {&ca}, .chain = {&bad}, .name = "x.b.test"},
           PATINA_ERR_CERT_NAME_CONSTRAINT, 0, "bank.test");
    test_cert_free(&bad);
    test_cert_free(&good);
    test_cert_free(&ca);
}

// ---- Memory

static void failing_allocation(void **state)
{
    (void)state;
    struct patina_roots *roots = NULL;
    struct ptn_arena arena;
    struct ptn_path_result result;
    assert_err(patina_roots_from_der(&pki.root.der, 1, NULL, &roots), PATINA_OK);
    ptn_arena_init(&arena, &ptn_heap, 256);
    struct ptn_path_request request = {.provider = provider,
                                       .roots = roots,
                                       .chain = &pki.leaf.der,
                                       .chain_count = 1,
                                       .now_s = NOW,
                                       .purpose = PTN_PURPOSE_SERVER,
                                       .arena = &arena};
    assert_err(ptn_path_verify(&request, &result), PATINA_ERR_NO_MEMORY);
    assert_int_equal(result.certificate, -1);
    ptn_arena_clear(&arena);
    patina_roots_unref(roots);
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
        T(other_name),
        T(unknown_issuer),
        T(self_signed),
        T(self_signed_without_constraints_among_roots),
        T(authority_as_leaf),
        T(wrong_purpose),
        T(leaf_key_usage),
        T(unknown_critical),
        T(leaf_encoding),
        T(duplicate_extension),
        T(issuers),
        T(leaf_as_issuer),
        T(path_length),
        T(intermediate_dates),
        T(changed_certificate),
        T(weak_hash_and_keys),
        T(six_intermediates_but_not_seven),
        T(many_of_one_name),
        T(chains_out_of_bounds),
        T(comparisons_run_out),
        T(constrained_authority),
        T(failing_allocation),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
