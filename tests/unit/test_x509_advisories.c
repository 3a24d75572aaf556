// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What other libraries got wrong about certificates: a row an advisory, rebuilt from its
// description. Paths, names, keys and encodings; those about revocation are in
// test_x509_advisories_status.c. Every chain here is one that must be refused, for the reason the
// row gives; where the same chain without the fault has a use, that one is accepted first.
#include "x509_judge.h"

#include "support/mkstatus.h"

#define CA "basicConstraints=critical,CA:TRUE"
#define IS_NAME PATINA_ERR_CERT_NAME_MISMATCH
#define IS_CONSTRAINT PATINA_ERR_CERT_NAME_CONSTRAINT

static void refuse(const struct question *q, patina_err want)
{
    struct ptn_path_result result;
    patina_err err = judge(q, &result);
    if (err != want) {
        print_error("%s: %s\n", patina_err_name(err), result.text);
    }
    assert_err(err, want);
    assert_int_equal(patina_err_class(err), PATINA_CLASS_CERTIFICATE);
    assert_string_not_equal(result.text, "");
    assert_true(result.signatures <= PTN_MAX_PATH_SIGNATURES);
    assert_true(result.steps <= PTN_MAX_PATH_STEPS);
    assert_true(result.comparisons <= PTN_MAX_NAME_COMPARISONS);
}

// An authority with these constraints, and a leaf of it with these names.
static patina_err judge_constrained(const char *constraints, const char *san, const char *name)
{
    struct test_cert ca;
    struct test_cert leaf;
    struct ptn_path_result result;
    issue(&ca, &pki.root, "CN=CA", CA, constraints, NULL);
    issue(&leaf, &ca, "CN=x", san, NULL, NULL);
    patina_err err = judge(WITH_ROOT(.chain = {&leaf, &ca}, .name = name), &result);
    test_cert_free(&leaf);
    test_cert_free(&ca);
    return err;
}

static void refuse_constrained(const char *constraints, const char *san)
{
    assert_err(judge_constrained(constraints, san, NULL), IS_CONSTRAINT);
}

// A leaf in DER notation, of the root.
static void refuse_parts(const struct test_part_options *o, const char *name, patina_err want)
{
    struct test_part_options parts = *o;
    parts.issuer = &pki.root;
    struct test_cert leaf = {.der = test_make_parts(&parts)};
    refuse(WITH_ROOT(.chain = {&leaf}, .name = name), want);
    status_free(leaf.der);
}

#define PARTS(...)              \
    &(struct test_part_options) \
    {                           \
        __VA_ARGS__             \
    }
#define SAN(names) "30{ 0603551d11 04{ 30{ " names " } } }"
#define A_TEST SAN("82{ 'a.test' }")
#define CN_A "30{ 31{ 30{ 0603550403 0c{ 'a.test' } } } }"

// ---- Searching for a path

enum { MANY = 60 };

// Authorities of one name that all could have signed each other, under no root that is trusted.
static void exponential_paths(void **state)
{
    (void)state;
    struct test_cert cas[MANY];
    struct question q = {.roots = {&pki.root}, .name = "a.test"};
    struct test_cert leaf;
    for (size_t i = 0; i < MANY; i++) {
        issue(&cas[i], &pki.other_root, "O=Patina Test/CN=Other Root", CA, NULL, NULL);
        q.chain[i + 1] = &cas[i];
    }
    test_make_server("a.test", "DNS:a.test", TEST_P256, &cas[0], &leaf);
    q.chain[0] = &leaf;
    refuse(&q, PATINA_ERR_CERT_BUDGET);
    // With a root of that name that has signed none of them.
    struct test_cert twin;
    test_make_ca("Other Root", TEST_P256, NULL, &twin);
    q.roots[0] = &twin;
    refuse(&q, PATINA_ERR_CERT_BUDGET);
    test_cert_free(&twin);
    test_cert_free(&leaf);
    for (size_t i = 0; i < MANY; i++) {
        test_cert_free(&cas[i]);
    }
}

static void cycle_of_authorities(void **state)
{
    (void)state;
    struct test_cert a;
    struct test_cert b;
    struct test_cert a_by_b;
    struct test_cert leaf;
    issue(&a, &pki.other_root, "CN=A", CA, NULL, NULL);
    issue(&b, &a, "CN=B", CA, NULL, NULL);
    test_issue(&(struct test_cert_options){.subject = "CN=A", .use_key_of = &a, .extensions = {CA}},
               &b, &a_by_b);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &a, &leaf);
    refuse(WITH_ROOT(.chain = {&leaf, &a_by_b, &b}, .name = "a.test"),
           PATINA_ERR_CERT_UNKNOWN_ISSUER);
    test_cert_free(&leaf);
    test_cert_free(&a_by_b);
    test_cert_free(&b);
    test_cert_free(&a);
}

static void more_than_sixteen(void **state)
{
    (void)state;
    struct test_cert cas[20];
    struct test_cert leaf;
    struct question q = {.roots = {&pki.root}, .name = "a.test"};
    for (size_t i = 0; i < 20; i++) {
        char subject[32];
        (void)snprintf(subject, sizeof subject, "CN=CA %zu", i);
        issue(&cas[i], i == 0 ? &pki.root : &cas[i - 1], subject, CA, NULL, NULL);
        q.chain[20 - i] = &cas[i];
    }
    test_make_server("a.test", "DNS:a.test", TEST_P256, &cas[19], &leaf);
    q.chain[0] = &leaf;
    struct ptn_path_result result;
    patina_err err = judge(&q, &result);
    assert_true(err == PATINA_ERR_CERT_PATH_LEN || err == PATINA_ERR_CERT_UNKNOWN_ISSUER ||
                err == PATINA_ERR_CERT_BUDGET);
    for (size_t i = 1; i <= PTN_MAX_CERTIFICATES; i++) {
        q.chain[i] = &cas[i % 20];
    }
    assert_err(judge(&q, &result), PATINA_ERR_TOO_MANY_CERTIFICATES);
    test_cert_free(&leaf);
    for (size_t i = 0; i < 20; i++) {
        test_cert_free(&cas[i]);
    }
}

static void leaf_as_issuer(void **state)
{
    (void)state;
    struct test_cert evil;
    test_make_server("bank.test", "DNS:bank.test", TEST_P256, &pki.leaf, &evil);
    refuse(WITH_ROOT(.chain = {&evil, &pki.leaf}, .name = "bank.test"), PATINA_ERR_CERT_NOT_A_CA);
    refuse(
        WITH_ROOT(.chain = {&evil, &pki.leaf}, .name = "bank.test", .profile = PATINA_PROFILE_WEB),
        PATINA_ERR_CERT_NOT_A_CA);
    test_cert_free(&evil);
}

// The name and key identifier of an authority, the certificate of an end entity: beside the
// authority's own certificate, which is expired, it must not stand in for it.
static void alternative_issuer(void **state)
{
    (void)state;
    struct test_cert expired;
    struct test_cert posing;
    struct test_cert leaf;
    test_issue(&(struct test_cert_options){.subject = "CN=CA",
                                           .not_after_s = NOW - DAY,
                                           .extensions = {CA, "subjectKeyIdentifier=hash"}},
               &pki.root, &expired);
    test_issue(&(struct test_cert_options){.subject = "CN=CA",
                                           .use_key_of = &expired,
                                           .extensions = {"basicConstraints=CA:FALSE",
                                                          "keyUsage=keyCertSign,digitalSignature",
                                                          "subjectKeyIdentifier=hash"}},
               &pki.root, &posing);
    issue(&leaf, &expired, "CN=x", "subjectAltName=DNS:bank.test", "authorityKeyIdentifier=keyid",
          NULL);
    struct ptn_path_result result;
    patina_err err =
        judge(WITH_ROOT(.chain = {&leaf, &expired, &posing}, .name = "bank.test"), &result);
    assert_true(err == PATINA_ERR_CERT_NOT_A_CA || err == PATINA_ERR_CERT_EXPIRED);
    refuse(WITH_ROOT(.chain = {&leaf, &posing}, .name = "bank.test"), PATINA_ERR_CERT_NOT_A_CA);
    test_cert_free(&leaf);
    test_cert_free(&posing);
    test_cert_free(&expired);
}

// A leaf whose signature is rubbish, below an end entity's certificate that the root did sign.
static void signature_below_no_authority(void **state)
{
    (void)state;
    struct test_cert forged = {
        .der = test_make_parts(PARTS(.issuer = &pki.leaf, .extensions = SAN("82{ 'bank.test' }"),
                                     .signature = "03{ 00 30{ 020101 020101 } }"))};
    refuse(WITH_ROOT(.chain = {&forged, &pki.leaf}, .name = "bank.test"), PATINA_ERR_CERT_NOT_A_CA);
    status_free(forged.der);
}

static void sent_along_is_not_trusted(void **state)
{
    (void)state;
    struct test_cert leaf;
    struct test_cert middle;
    struct test_cert low;
    test_make_server("a.test", "DNS:a.test", TEST_P256, &pki.other_root, &leaf);
    refuse(WITH_ROOT(.chain = {&leaf, &pki.other_root}, .name = "a.test"),
           PATINA_ERR_CERT_UNKNOWN_ISSUER);
    issue(&middle, &pki.other_root, "CN=Middle", CA, NULL, NULL);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &middle, &low);
    refuse(WITH_ROOT(.chain = {&low, &middle}, .name = "a.test"), PATINA_ERR_CERT_UNKNOWN_ISSUER);
    test_cert_free(&low);
    test_cert_free(&middle);
    test_cert_free(&leaf);
}

static void version_1_issuer(void **state)
{
    (void)state;
    struct test_cert old;
    struct test_cert leaf;
    struct ptn_path_result result;
    test_issue(&(struct test_cert_options){.subject = "CN=Old", .v1 = true}, &pki.root, &old);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &old, &leaf);
    patina_err err = judge(WITH_ROOT(.chain = {&leaf, &old}, .name = "a.test"), &result);
    assert_true(err == PATINA_ERR_CERT_NOT_A_CA || err == PATINA_ERR_CERT_ENCODING);
    test_cert_free(&leaf);
    test_cert_free(&old);
}

// ---- Policies: no tree is built, so none can grow

// Four authorities, each with two policies and both mapped to both, which is 2^4 nodes of a tree.
static void growing_policies(void **state)
{
    (void)state;
    struct test_cert cas[4];
    struct test_cert leaf;
    struct ptn_path_result result;
    static const char *const subjects[] = {"CN=A", "CN=B", "CN=C", "CN=D"};
    for (size_t i = 0; i < 4; i++) {
        const struct test_cert_options o = {
            .subject = subjects[i],
            .extensions = {CA, "2.5.29.32=DER:30:0c:30:04:06:02:2a:03:30:04:06:02:2a:04",
                           "2.5.29.33=critical,DER:30:28:30:08:06:02:2a:03:06:02:2a:03:30:08:06:02:"
                           "2a:03:06:02:2a:04:30:08:06:02:2a:04:06:02:2a:03:30:08:06:02:2a:04:06:"
                           "02:2a:04",
                           i == 0 ? "policyConstraints=critical,requireExplicitPolicy:0" : NULL}};
        test_issue(&o, i == 0 ? &pki.root : &cas[i - 1], &cas[i]);
    }
    test_make_server("a.test", "DNS:a.test", TEST_P256, &cas[3], &leaf);
    refuse(WITH_ROOT(.chain = {&leaf, &cas[3], &cas[2], &cas[1], &cas[0]}, .name = "a.test"),
           PATINA_ERR_CERT_POLICY);
    assert_err(judge(&(struct question){.roots = {&cas[1]},
                                        .chain = {&leaf, &cas[3], &cas[2]},
                                        .name = "a.test"},
                     &result),
               PATINA_OK);
    assert_int_equal(result.signatures, 3);
    test_cert_free(&leaf);
    for (size_t i = 0; i < 4; i++) {
        test_cert_free(&cas[i]);
    }
}

// A policy that is demanded is no policy that may be broken.
static void broken_policies(void **state)
{
    (void)state;
    struct test_cert ca;
    struct test_cert leaf;
    issue(&ca, &pki.root, "CN=CA", CA, "policyConstraints=critical,requireExplicitPolicy:0", NULL);
    issue(&leaf, &ca, "CN=x", "subjectAltName=DNS:a.test",
          "2.5.29.32=DER:30:0c:30:04:06:02:2a:03:30:04:06:02:2a:03", NULL); // twice the same
    refuse(WITH_ROOT(.chain = {&leaf, &ca}, .name = "a.test"), PATINA_ERR_CERT_POLICY);
    test_cert_free(&leaf);
    // Any purpose at all does not switch that off.
    issue(&leaf, &ca, "CN=x", "subjectAltName=DNS:a.test", "extendedKeyUsage=anyExtendedKeyUsage",
          NULL);
    refuse(WITH_ROOT(.chain = {&leaf, &ca}, .name = "a.test"), PATINA_ERR_CERT_POLICY);
    test_cert_free(&leaf);
    test_cert_free(&ca);
}

// ---- Names

static void wildcard_wider_than_permitted(void **state)
{
    (void)state;
    const char *only = "nameConstraints=critical,permitted;DNS:accept.example.test";
    assert_err(
        judge_constrained(only, "subjectAltName=DNS:accept.example.test", "accept.example.test"),
        PATINA_OK);
    refuse_constrained(only, "subjectAltName=DNS:*.example.test");
}

static void wildcard_over_excluded(void **state)
{
    (void)state;
    const char *but = "nameConstraints=critical,excluded;DNS:foo.example.test";
    assert_err(judge_constrained(but, "subjectAltName=DNS:*.other.test", "x.other.test"),
               PATINA_OK);
    refuse_constrained(but, "subjectAltName=DNS:*.example.test");
}

static void case_of_names(void **state)
{
    (void)state;
    refuse_constrained("nameConstraints=critical,excluded;DNS:Bad.Test",
                       "subjectAltName=DNS:www.bAD.tEST");
    refuse_constrained("nameConstraints=critical,permitted;DNS:GOOD.test",
                       "subjectAltName=DNS:www.bad.test");
    refuse_constrained("nameConstraints=critical,excluded;email:Bad.Test",
                       "subjectAltName=email:me@bAD.tEST");
    assert_err(judge_constrained("nameConstraints=critical,permitted;DNS:GOOD.test",
                                 "subjectAltName=DNS:www.good.TEST", "www.good.test"),
               PATINA_OK);
}

static void permitted_after_excluded(void **state)
{
    (void)state;
    struct test_cert top;
    struct test_cert low;
    struct test_cert good;
    struct test_cert bad;
    issue(&top, &pki.root, "CN=Top", CA, "nameConstraints=critical,excluded;DNS:worse.test", NULL);
    issue(&low, &top, "CN=Low", CA, "nameConstraints=critical,permitted;DNS:good.test", NULL);
    issue(&good, &low, "CN=x", "subjectAltName=DNS:good.test", NULL, NULL);
    issue(&bad, &low, "CN=x", "subjectAltName=DNS:evil.test", NULL, NULL);
    expect_ok(WITH_ROOT(.chain = {&good, &low, &top}, .name = "good.test"));
    refuse(WITH_ROOT(.chain = {&bad, &low, &top}, .name = "evil.test"), IS_CONSTRAINT);
    test_cert_free(&bad);
    test_cert_free(&good);
    test_cert_free(&low);
    test_cert_free(&top);
}

static void constrained_addresses(void **state)
{
    (void)state;
    const char *only = "nameConstraints=critical,permitted;IP:10.0.0.0/255.0.0.0";
    assert_err(judge_constrained(only, "subjectAltName=IP:10.1.2.3", "10.1.2.3"), PATINA_OK);
    refuse_constrained(only, "subjectAltName=IP:192.0.2.1");
    refuse_constrained(only, "subjectAltName=DNS:a.test,IP:192.0.2.1");
}

static void constrained_uris(void **state)
{
    (void)state;
    const char *only = "nameConstraints=critical,permitted;URI:good.test";
    refuse_constrained(only, "subjectAltName=URI:https://bad.test/x");
    refuse_constrained(only, "subjectAltName=DNS:a.test,URI:https://bad.test/x");
    refuse_constrained("nameConstraints=critical,excluded;URI:bad.test",
                       "subjectAltName=URI:https://bad.test/x");
}

// A host that is an address with a zone is no name that a constraint could permit.
static void uri_with_a_zone(void **state)
{
    (void)state;
    refuse_constrained("nameConstraints=critical,permitted;URI:.good.test",
                       "subjectAltName=URI:https://[fe80::1%25.good.test]/");
    refuse_constrained("nameConstraints=critical,excluded;URI:.bad.test",
                       "subjectAltName=URI:https://[fe80::1%25.good.test]/");
}

static void constrained_registered_ids(void **state)
{
    (void)state;
    refuse_constrained("nameConstraints=critical,permitted;RID:1.2.3.4",
                       "subjectAltName=DNS:a.test,RID:1.2.3.5");
    refuse_constrained("nameConstraints=critical,excluded;RID:1.2.3.4",
                       "subjectAltName=DNS:a.test,RID:1.2.3.4");
}

static void mailboxes_of_one_user(void **state)
{
    (void)state;
    const char *without =
        "nameConstraints=critical,excluded;email:me@one.test,excluded;email:me@two.test";
    refuse_constrained(without, "subjectAltName=email:me@one.test");
    refuse_constrained(without, "subjectAltName=email:me@two.test");
}

static void mailboxes_below(void **state)
{
    (void)state;
    refuse_constrained("nameConstraints=critical,permitted;email:good.test",
                       "subjectAltName=email:me@sub.good.test");
    refuse_constrained("nameConstraints=critical,permitted;email:.good.test",
                       "subjectAltName=email:me@good.test");
}

static void punycode_in_a_constraint(void **state)
{
    (void)state;
    char constraints[2048] = "nameConstraints=critical,excluded;email:xn--";
    size_t len = strlen(constraints);
    memset(constraints + len, 'a', 1024);
    constraints[len + 1024] = 0;
    assert_true(judge_constrained(constraints, "subjectAltName=email:me@xn--bad.test", NULL) !=
                PATINA_OK);
    strcat(constraints, ",excluded;email:xn--bad.test");
    assert_true(judge_constrained(constraints, "subjectAltName=email:me@xn--bad.test", NULL) !=
                PATINA_OK);
}

// A zero byte ends no name, neither here nor there.
static void zero_in_a_constraint(void **state)
{
    (void)state;
    struct test_cert ca;
    struct test_cert leaf;
    struct ptn_path_result result;
    issue(&ca, &pki.root, "CN=CA", CA, // permitted: "test\0x"
          "2.5.29.30=critical,DER:30:0c:a0:0a:30:08:82:06:74:65:73:74:00:78", NULL);
    issue(&leaf, &ca, "CN=x", "subjectAltName=DNS:a.test", NULL, NULL);
    patina_err err = judge(WITH_ROOT(.chain = {&leaf, &ca}, .name = "a.test"), &result);
    assert_true(err == IS_CONSTRAINT || err == PATINA_ERR_CERT_ENCODING);
    test_cert_free(&leaf);
    test_cert_free(&ca);
}

static void zero_in_a_name(void **state)
{
    (void)state;
    struct test_cert leaf = {
        .der = test_make_parts(
            PARTS(.issuer = &pki.root, .extensions = SAN("82{ 'bank.test' 00 '.evil.test' }")))};
    struct ptn_path_result result;
    patina_err err = judge(WITH_ROOT(.chain = {&leaf}, .name = "bank.test"), &result);
    assert_true(err == IS_NAME || err == PATINA_ERR_CERT_ENCODING);
    status_free(leaf.der);
}

static void empty_name(void **state)
{
    (void)state;
    struct test_cert ca;
    struct ptn_path_result result;
    issue(&ca, &pki.root, "CN=CA", CA, "nameConstraints=critical,excluded;DNS:bad.test", NULL);
    struct test_cert leaf = {
        .der = test_make_parts(PARTS(.issuer = &ca, .extensions = SAN("82{ } 82{ 'bad.test' }")))};
    patina_err err = judge(WITH_ROOT(.chain = {&leaf, &ca}, .name = "bad.test"), &result);
    assert_true(err == IS_CONSTRAINT || err == PATINA_ERR_CERT_ENCODING);
    status_free(leaf.der);
    test_cert_free(&ca);
}

// A leaf with `count` names "0.test" and so on; free with status_free.
static patina_span leaf_of_many_names(const struct test_cert *issuer, size_t count)
{
    size_t size = 64 + count * 24;
    char *names = malloc(size);
    size_t at = (size_t)snprintf(names, size, "30{ 0603551d11 04{ 30{");
    for (size_t i = 0; i < count; i++) {
        at += (size_t)snprintf(names + at, size - at, " 82{ '%zu.test' }", i);
    }
    (void)snprintf(names + at, size - at, " } } }");
    patina_span der = test_make_parts(PARTS(.issuer = issuer, .extensions = names));
    free(names);
    return der;
}

static void many_names_and_constraints(void **state)
{
    (void)state;
    char constraints[4096];
    struct test_cert ca;
    size_t at = (size_t)snprintf(constraints, sizeof constraints, "nameConstraints=");
    for (size_t i = 0; i < 120; i++) {
        at += (size_t)snprintf(constraints + at, sizeof constraints - at, "%sexcluded;DNS:%zu.not",
                               i == 0 ? "" : ",", i);
    }
    issue(&ca, &pki.root, "CN=CA", CA, constraints, NULL);
    struct test_cert leaf = {.der = leaf_of_many_names(&ca, 100)};
    expect_ok(WITH_ROOT(.chain = {&leaf, &ca}, .name = "1.test"));
    status_free(leaf.der);
    leaf.der = leaf_of_many_names(&ca, 1500);
    refuse(WITH_ROOT(.chain = {&leaf, &ca}, .name = "1.test"), PATINA_ERR_CERT_BUDGET);
    status_free(leaf.der);
    test_cert_free(&ca);
}

// What is said of a name that does not match is short, however many the certificate has.
static void many_names_in_words(void **state)
{
    (void)state;
    struct ptn_path_result result;
    struct test_cert leaf = {.der = leaf_of_many_names(&pki.root, 2000)};
    assert_err(judge(WITH_ROOT(.chain = {&leaf}, .name = "bank.test"), &result), IS_NAME);
    assert_true(strlen(result.text) < sizeof result.text);
    assert_true(result.comparisons <= 2000);
    status_free(leaf.der);
}

// ---- The common name

static void no_way_back_to_the_common_name(void **state)
{
    (void)state;
    struct test_cert leaf;
    static const char *const names[] = {
        "subjectAltName=URI:https://b.test/",
        "subjectAltName=email:me@b.test",
        "subjectAltName=IP:192.0.2.7",
        "subjectAltName=RID:1.2.3.4",
        NULL,
    };
    for (size_t i = 0; i < PTN_COUNT(names); i++) {
        issue(&leaf, &pki.root, "CN=a.test", "keyUsage=digitalSignature", names[i], NULL);
        refuse(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), IS_NAME);
        test_cert_free(&leaf);
    }
    // SRVName, RFC 4985.
    refuse_parts(PARTS(.subject = CN_A,
                       .extensions = SAN("a0{ 06082b06010505070807 a0{ 16{ '_x.a.test' } } }")),
                 "a.test", IS_NAME);
}

static void oversized_name_and_common_name(void **state)
{
    (void)state;
    struct ptn_path_result result;
    static const char *const names[] = {SAN("82{ 1024*61 '.test' }"), SAN("82{ 9000*61 }")};
    for (size_t i = 0; i < PTN_COUNT(names); i++) {
        struct test_cert leaf = {.der = test_make_parts(PARTS(.issuer = &pki.root, .subject = CN_A,
                                                              .extensions = names[i]))};
        patina_err err = judge(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), &result);
        assert_true(err == IS_NAME || err == PATINA_ERR_CERT_ENCODING);
        status_free(leaf.der);
    }
}

static void wildcard_in_the_common_name(void **state)
{
    (void)state;
    struct test_cert ca;
    struct test_cert leaf;
    issue(&ca, &pki.root, "CN=CA", CA, "nameConstraints=critical,permitted;DNS:good.test", NULL);
    issue(&leaf, &ca, "CN=*.example.test", "keyUsage=digitalSignature", NULL, NULL);
    refuse(WITH_ROOT(.chain = {&leaf, &ca}, .name = "bank.example.test"), IS_NAME);
    test_cert_free(&leaf);
    test_cert_free(&ca);
}

// A name of another type is not compared as if it were text.
static void other_name_as_text(void **state)
{
    (void)state;
    // id-on-SmtpUTF8Mailbox (RFC 9598) with an INTEGER, with text, with nothing.
    static const char *const names[] = {
        SAN("a0{ 06082b06010505070809 a0{ 0204 612e7465 } }"),
        SAN("a0{ 06082b06010505070809 a0{ 0c{ 'a.test' } } }"),
        SAN("a0{ 06082b06010505070809 a0{ 0500 } }"),
        SAN("81{ 'a.test' }"),
        SAN("86{ 'a.test' }"),
        SAN("88{ 'a.test' }"),
    };
    for (size_t i = 0; i < PTN_COUNT(names); i++) {
        struct ptn_path_result result;
        struct test_cert leaf = {
            .der = test_make_parts(PARTS(.issuer = &pki.root, .extensions = names[i]))};
        patina_err err = judge(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), &result);
        assert_true(err == IS_NAME || err == PATINA_ERR_CERT_ENCODING);
        status_free(leaf.der);
    }
}

// ---- Encodings

static void name_longer_than_its_list(void **state)
{
    (void)state;
    refuse_parts(PARTS(.extensions = "30{ 0603551d11 04{ 30{ 8220 'a.test' } } }"), "a.test",
                 PATINA_ERR_CERT_ENCODING);
    refuse_parts(PARTS(.extensions = "30{ 0603551d11 04{ 3008 82{ 'a.test' } 8201 61 } }"),
                 "a.test", PATINA_ERR_CERT_ENCODING);
}

static void deep_nesting(void **state)
{
    (void)state;
    enum { DEPTH = 4000 };
    // An element in an element and so on, where a name or a certificate is to be.
    size_t size = (size_t)DEPTH * 8;
    char *text = malloc(size);
    size_t at = 0;
    for (size_t i = 0; i < DEPTH; i++) {
        at += (size_t)snprintf(text + at, size - at, "30{ ");
    }
    for (size_t i = 0; i < DEPTH; i++) {
        at += (size_t)snprintf(text + at, size - at, "} ");
    }
    struct test_cert nested = {.der = der_bytes(text)};
    refuse(WITH_ROOT(.chain = {&nested}, .name = "a.test"), PATINA_ERR_CERT_ENCODING);
    struct patina_cert_info info;
    assert_err(patina_cert_describe(nested.der, &info), PATINA_ERR_CERT_ENCODING);
    // Where it is passed over, as in a subject, it costs its length.
    struct test_cert leaf = {
        .der = test_make_parts(PARTS(.issuer = &pki.root, .subject = text, .extensions = A_TEST))};
    struct ptn_path_result result;
    patina_err err = judge(WITH_ROOT(.chain = {&leaf}, .name = "bank.test"), &result);
    assert_true(err == IS_NAME || err == PATINA_ERR_CERT_ENCODING);
    err = patina_cert_describe(leaf.der, &info);
    assert_true(err == PATINA_OK || err == PATINA_ERR_CERT_ENCODING);
    assert_true(strlen(info.subject) < sizeof info.subject);
    status_free(leaf.der);
    der_free(nested.der);
    free(text);
}

static void timestamps_with_a_wrong_length(void **state)
{
    (void)state;
    refuse_parts(PARTS(.extensions = A_TEST " 30{ 060a2b06010401d679020402 "
                                            "04{ 04{ ffff 0001 00 } } }"),
                 "a.test", PATINA_ERR_CERT_ENCODING);
    refuse_parts(PARTS(.extensions = A_TEST " 30{ 060a2b06010401d679020402 04{ 04{ 0000 } } }"),
                 "a.test", PATINA_ERR_CERT_ENCODING);
}

// ---- Keys and signatures

#define EC "06072a8648ce3d0201"
#define POINT "03{ 00 04 64*11 }"

// Parameters spelled out in place of the curve's name: y^2 = x^3 + ax + b over a number that is no
// prime, and over that of P-256 with another generator.
static void explicit_curves(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "30{ 30{ " EC " 30{ 020101 30{ 06072a8648ce3d0101 02020101 } 30{ 0401 01 0401 02 } 0403 "
        "040101 0201 05 020101 } } " POINT " }",
        "30{ 30{ " EC " 30{ 020101 30{ 06072a8648ce3d0101 0221 00 ffffffff 00000001 12*00 12*ff } "
        "30{ 0420 ffffffff 00000001 12*00 11*ff fc 0420 32*5a } 0441 04 64*11 0221 00 ffffffff "
        "00000000 8*ff bce6faada7179e84f3b9cac2fc632551 020101 } } " POINT " }",
        "30{ 30{ " EC " 30{ 020101 30{ 06072a8648ce3d0102 30{ 02047fffffff 06092a8648ce3d01020302 "
        "020100 } } 30{ 0401 01 0401 02 } 0403 040101 0201 05 } } " POINT " }", // binary field
        "30{ 30{ " EC " 0500 } " POINT " }",                                    // implicit
        "30{ 30{ " EC " } " POINT " }",                                         // none
    };
    for (size_t i = 0; i < PTN_COUNT(keys); i++) {
        struct ptn_path_result result;
        struct test_cert leaf = {.der = test_make_parts(PARTS(.issuer = &pki.root, .spki = keys[i],
                                                              .extensions = A_TEST))};
        patina_err err = judge(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), &result);
        assert_true(err == PATINA_ERR_CERT_UNSUPPORTED_KEY || err == PATINA_ERR_CERT_ENCODING);
        assert_int_equal(result.signatures, 0); // found before any arithmetic
        status_free(leaf.der);
    }
}

static void keys_of_other_kinds(void **state)
{
    (void)state;
    static const char *const keys[] = {
        // DSA: with parameters, without, with those of no sense
        "30{ 30{ 06072a8648ce380401 30{ 020117 02010b 020104 } } 03{ 00 020103 } }",
        "30{ 30{ 06072a8648ce380401 } 03{ 00 020103 } }",
        "30{ 30{ 06072a8648ce380401 30{ 020100 020100 020100 } } 03{ 00 020100 } }",
        // an algorithm nobody knows
        "30{ 30{ 06032a0304 0500 } 03{ 00 01 } }",
    };
    for (size_t i = 0; i < PTN_COUNT(keys); i++) {
        refuse_parts(PARTS(.spki = keys[i], .extensions = A_TEST), "a.test",
                     PATINA_ERR_CERT_UNSUPPORTED_KEY);
    }
}

#define RSA(modulus, exponent)                                                                    \
    "30{ 30{ 06092a864886f70d010101 0500 } 03{ 00 30{ 02{ 00 " modulus " } 02{ " exponent " } } " \
    "} }"

// Keys of a size that would keep a processor, or a buffer, busy.
static void enormous_keys(void **state)
{
    (void)state;
    static const char *const keys[] = {
        RSA("1025*ff", "010001"),                              // 8,200 bits
        RSA("2048*ff", "010001"),                              // 16,384
        RSA("8000*ff", "010001"),                              // 64,000
        RSA("256*ff", "256*7f"),                               // an exponent of 2,048 bits
        RSA("256*ff", "01"),      RSA("255*ff 'd'", "010001"), // even
    };
    for (size_t i = 0; i < PTN_COUNT(keys); i++) {
        struct ptn_path_result result;
        struct test_cert ca;
        struct test_part_options o = {.issuer = &pki.root,
                                      .spki = keys[i],
                                      .extensions = "30{ 0603551d13 0101ff 04{ 30{ 0101ff } } }"};
        ca = (struct test_cert){.der = test_make_parts(&o)};
        // As issuer: CN=Parts has signed the leaf, so to speak.
        struct test_cert signer;
        struct test_cert leaf;
        issue(&signer, &pki.root, "CN=Parts", CA, NULL, NULL);
        test_make_server("a.test", "DNS:a.test", TEST_P256, &signer, &leaf);
        patina_err err = judge(WITH_ROOT(.chain = {&leaf, &ca}, .name = "a.test"), &result);
        assert_int_equal(patina_err_class(err), PATINA_CLASS_CERTIFICATE);
        assert_true(result.signatures <= 1); // never one by that key
        test_cert_free(&leaf);
        test_cert_free(&signer);
        status_free(ca.der);
    }
}

// A signature over a digest that is too short, and algorithms whose digests are.
static void short_digests(void **state)
{
    (void)state;
    static const struct {
        const char *alg;
        patina_err want;
    } rows[] = {
        {"30{ 06072a8648ce3d0401 }", PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE},   // SHA-1
        {"30{ 06082a8648ce3d040301 }", PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE}, // SHA-224
        {"30{ 06072a8648ce3d0402 }", PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE},   // "recommended"
        {"30{ 06082a8648ce3d0403 00 }", PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE},
        {"30{ 06082a8648ce3d040303 }", PATINA_ERR_CERT_BAD_SIGNATURE}, // SHA-384, it was SHA-256
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct ptn_path_result result;
        struct test_cert leaf = {
            .der = test_make_parts(PARTS(.issuer = &pki.root, .inner_alg = rows[i].alg,
                                         .outer_alg = rows[i].alg, .extensions = A_TEST))};
        patina_err err = judge(WITH_ROOT(.chain = {&leaf}, .name = "a.test"), &result);
        assert_true(err == rows[i].want || err == PATINA_ERR_CERT_ENCODING);
        status_free(leaf.der);
    }
    // Inside and outside they must be the same.
    refuse_parts(PARTS(.inner_alg = "30{ 06072a8648ce3d0401 }", .extensions = A_TEST), "a.test",
                 PATINA_ERR_CERT_ENCODING);
}

#define ROW(text, f) {text, f, NULL, NULL, NULL}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ROW("RUSTSEC-2023-0052, RUSTSEC-2023-0053 webpki: exponential paths", exponential_paths),
        ROW("CVE-2018-16875 Go: the cost of a chain", exponential_paths),
        ROW("CVE-2024-0567 GnuTLS: a cycle of cross-signed authorities", cycle_of_authorities),
        ROW("CVE-2024-28835 GnuTLS: more than 16 certificates", more_than_sixteen),
        ROW("CVE-2021-3450 OpenSSL: an end entity as issuer", leaf_as_issuer),
        ROW("CVE-2015-1793 OpenSSL: another issuer of that name", alternative_issuer),
        ROW("CVE-2026-5501 wolfSSL: no signature below what is no authority",
            signature_below_no_authority),
        ROW("CVE-2026-11310 wolfSSL: what is sent along is not trusted", sent_along_is_not_trusted),
        ROW("CVE-2014-1959 GnuTLS: version 1 as intermediate", version_1_issuer),
        ROW("CVE-2023-0464 OpenSSL: policies that grow", growing_policies),
        ROW("CVE-2023-0465 OpenSSL, CVE-2025-22874 Go: policies that are broken or passed over",
            broken_policies),
        ROW("RUSTSEC-2026-0099 webpki: a wildcard wider than what is permitted",
            wildcard_wider_than_permitted),
        ROW("CVE-2025-61727 Go: a wildcard over what is excluded", wildcard_over_excluded),
        ROW("CVE-2026-3833 GnuTLS: the case of constrained names", case_of_names),
        ROW("CVE-2026-42011 GnuTLS: permitted names after excluded ones", permitted_after_excluded),
        ROW("CVE-2026-7532 wolfSSL: constrained addresses", constrained_addresses),
        ROW("RUSTSEC-2026-0098 webpki, CVE-2026-5263 wolfSSL: constrained URIs", constrained_uris),
        ROW("CVE-2024-45341 Go: a URI with a zone", uri_with_a_zone),
        ROW("CVE-2026-5263 wolfSSL: constrained registered ids", constrained_registered_ids),
        ROW("CVE-2026-27137 Go: constraints on mailboxes of one user", mailboxes_of_one_user),
        ROW("CVE-2026-78664 Go: mailboxes below a constraint", mailboxes_below),
        ROW("CVE-2022-3602, CVE-2022-3786 OpenSSL: punycode in a constraint",
            punycode_in_a_constraint),
        ROW("CVE-2021-3712 OpenSSL: a zero byte in a constraint", zero_in_a_constraint),
        ROW("CVE-2009-2408 NSS: a zero byte in a name", zero_in_a_name),
        ROW("CVE-2026-27138 Go: an empty name under constraints", empty_name),
        ROW("CVE-2024-12243, CVE-2025-14831 GnuTLS, CVE-2025-58187 Go: names times constraints",
            many_names_and_constraints),
        ROW("CVE-2025-61729 Go: many names in words", many_names_in_words),
        ROW("CVE-2026-42012 GnuTLS: the common name beside names of other types",
            no_way_back_to_the_common_name),
        ROW("CVE-2026-42013 GnuTLS: the common name beside an oversized name",
            oversized_name_and_common_name),
        ROW("AWS-LC 2026: a wildcard in the common name", wildcard_in_the_common_name),
        ROW("CVE-2024-6119 OpenSSL: a name of another type compared as text", other_name_as_text),
        ROW("CVE-2026-5188 wolfSSL: a name longer than its list", name_longer_than_its_list),
        ROW("CVE-2018-0739 OpenSSL: deep nesting", deep_nesting),
        ROW("CVE-2025-32989 GnuTLS: timestamps with a wrong length",
            timestamps_with_a_wrong_length),
        ROW("CVE-2022-0778, CVE-2015-1788 OpenSSL, CVE-2020-0601 Windows: explicit curves",
            explicit_curves),
        ROW("CVE-2025-58188, CVE-2024-24783 Go: keys of other kinds", keys_of_other_kinds),
        ROW("CVE-2023-29409 Go, CVE-2021-43527 NSS: enormous keys", enormous_keys),
        ROW("CVE-2026-5194 wolfSSL: digests too short", short_digests),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
