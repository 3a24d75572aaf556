// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The rules for issuers (x509/profile.h): a good certificate of each role with one part replaced at
// a time, and the ids of all rules that it then breaks. Then the same over paths: profile WEB
// refuses, with words, and profile PRIVATE does not.
#include "x509_judge.h"

#include "patina/inspect.h"
#include "x509/profile.h"

// ---- A certificate in parts. NULL: the usual one of its role; "": left out.

#define EXT(arc, value) "30{ 06{ 551d" arc " } 04{ " value " } } "
#define CRITICAL(arc, value) "30{ 06{ 551d" arc " } 0101ff 04{ " value " } } "
#define CN(text) "30{ 31{ 30{ 06{ 550403 } 0c{'" text "'} } } }"
#define DNS(text) "82{'" text "'} "
#define TIMES(a, b) "30{ " a " " b " }"
#define UTC(text) "17{'" text "000000Z'}"
#define LONG(text) "18{'" text "000000Z'}"

#define AKI EXT("23", "30{ 80{ 0102 } }")
#define SKI EXT("0e", "04{ 0304 }")
#define SIGNS CRITICAL("0f", "03{ 0780 }")
#define ISSUES CRITICAL("0f", "03{ 0106 }")
#define AUTHORITY CRITICAL("13", "30{ 0101ff }")
#define FOR_SERVERS EXT("25", "30{ 06{ 2b06010505070301 } }")
#define NAMES EXT("11", "30{ " DNS("a.test") "}")

#define EC_KEY "30{ 30{ 06072a8648ce3d0201 06082a8648ce3d030107 } 03{ 00 04 64*11 } }"
#define RSA_KEY(modulus) \
    "30{ 30{ 06092a864886f70d010101 0500 } 03{ 00 30{ 02{ " modulus " } 02{ 010001 } } } }"

struct parts {
    enum ptn_role role;
    const char *serial, *issuer, *validity, *subject, *spki, *extensions;
};

static const char *or_usual(const char *part, const char *usual)
{
    return part == NULL ? usual : part;
}

static patina_span build(const struct parts *p)
{
    static const struct parts usual[] = {
        [PTN_ROLE_SERVER] = {.subject = CN("a.test"),
                             .extensions = AKI SKI SIGNS FOR_SERVERS NAMES},
        [PTN_ROLE_END_ENTITY] = {.subject = CN("someone"), .extensions = AKI SIGNS},
        [PTN_ROLE_AUTHORITY] = {.subject = CN("Sub"), .extensions = AUTHORITY ISSUES AKI SKI},
        [PTN_ROLE_ANCHOR] = {.subject = CN("Sub"), .extensions = AUTHORITY ISSUES SKI},
        [PTN_ROLE_ROOT] = {.subject = CN("Root"), .extensions = AUTHORITY ISSUES SKI},
    };
    const struct parts *u = &usual[p->role];
    char text[8192];
    int len = snprintf(
        text, sizeof text,
        "30{ 30{ a0{ 020102 } 02{ %s } 30{ 06082a8648ce3d040302 } %s %s %s %s a3{ 30{ %s } } } "
        "30{ 06082a8648ce3d040302 } 03{ 00 3006020101020101 } }",
        or_usual(p->serial, "8*11"), or_usual(p->issuer, CN("Root")),
        or_usual(p->validity, TIMES(UTC("260101"), UTC("260601"))),
        or_usual(p->subject, u->subject), or_usual(p->spki, EC_KEY),
        or_usual(p->extensions, u->extensions));
    assert_in_range(len, 1, sizeof text - 1);
    return der_bytes(text);
}

struct row {
    struct parts parts;
    patina_err want; // of profile WEB
    const char *ids; // of all broken rules, "a b"
};

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span der = build(&row->parts);
    struct ptn_cert cert;
    char ids[1024] = "";
    assert_err(ptn_cert_parse(der, &cert), PATINA_OK);
    uint64_t broken = ptn_rules_broken(&cert, row->parts.role);
    for (size_t i = 0; i < 64; i++) {
        if (((broken >> i) & 1) != 0) {
            assert_non_null(ptn_rule_at(i));
            (void)snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%s",
                           ids[0] != '\0' ? " " : "", ptn_rule_at(i)->id);
        }
    }
    assert_string_equal(ids, row->ids);
    struct ptn_rule rule;
    bool refuses = ptn_profile_refuses(&cert, row->parts.role, &rule);
    assert_err(rule.err, row->want);
    assert_true(refuses == (row->want != PATINA_OK));
    assert_true(!refuses || strstr(ids, rule.id) != NULL);
    der_free(der);
}

#define ROW(text, wanted, broken, ...)                            \
    {                                                             \
        text, run_row, NULL, NULL, &(struct row)                  \
        {                                                         \
            .parts = {__VA_ARGS__}, .want = wanted, .ids = broken \
        }                                                         \
    }
#define SERVER .role = PTN_ROLE_SERVER
#define CLIENT .role = PTN_ROLE_END_ENTITY
#define SUB .role = PTN_ROLE_AUTHORITY
#define ANCHOR .role = PTN_ROLE_ANCHOR
#define ROOT .role = PTN_ROLE_ROOT
#define GOOD PATINA_OK
#define CRITICALITY PATINA_ERR_CERT_CRITICALITY
#define NO_AKI PATINA_ERR_CERT_AUTHORITY_KEY_ID
#define MISPLACED PATINA_ERR_CERT_MISPLACED_EXTENSION
#define OLD_DATES .validity = TIMES(UTC("080101"), UTC("400101"))
// A server with a common name and these names.
#define NAMED(text, wanted, broken, common, names)                           \
    ROW("common name: " text, wanted, broken, SERVER, .subject = CN(common), \
        .extensions = AKI SKI SIGNS FOR_SERVERS EXT("11", "30{ " names " }"))
#define CONTRARY PATINA_ERR_CERT_COMMON_NAME
#define IP4 "87{ c0000201 } "
#define IP6 "87{ 20010db8 0000 0000 0001 0000 0000 0001 } "
#define CONSTRAINTS(subtrees) CRITICAL("1e", "30{ " subtrees " }")
#define WITH_KEY(modulus) .spki = RSA_KEY(modulus)

// ---- Lint

static void lint_of(const struct parts *p, const char *ids)
{
    patina_span der = build(p);
    struct patina_lint_finding list[PATINA_LINT_MAX];
    char have[1024] = "";
    size_t count = 0;
    assert_err(patina_cert_lint(der, list, PATINA_LINT_MAX, &count), PATINA_OK);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(have + strlen(have), sizeof have - strlen(have), "%s%s", i > 0 ? " " : "",
                       list[i].id);
        assert_true(list[i].rfc != 0 || strncmp(list[i].section, "BR ", 3) == 0);
        assert_string_not_equal(list[i].text, "");
    }
    assert_string_equal(have, ids);
    der_free(der);
}

static void lint_takes_it_for_what_it_seems(void **state)
{
    (void)state;
    lint_of(&(struct parts){SERVER}, "");
    lint_of(&(struct parts){SUB}, "");
    lint_of(&(struct parts){ROOT}, "");
    lint_of(&(struct parts){ANCHOR}, "authority-key-id");
    // For servers as long as nothing says otherwise.
    lint_of(&(struct parts){CLIENT}, "purposes names");
    lint_of(
        &(struct parts){CLIENT, .extensions = AKI SIGNS EXT("25", "30{ 06{ 2b06010505070302 } }")},
        "");
    lint_of(&(struct parts){SERVER, .extensions = SKI SIGNS NAMES}, "authority-key-id purposes");
}

static void lint_counts_what_does_not_fit(void **state)
{
    (void)state;
    patina_span der = build(&(struct parts){SERVER, .extensions = SKI SIGNS NAMES});
    struct patina_lint_finding one[2];
    size_t count = 9;
    memset(one, 0, sizeof one);
    assert_err(patina_cert_lint(der, one, 1, &count), PATINA_OK);
    assert_int_equal(count, 2);
    assert_string_equal(one[0].id, "authority-key-id");
    assert_int_equal(one[0].err, NO_AKI);
    assert_null(one[1].id);
    assert_err(patina_cert_lint(der, NULL, 0, &count), PATINA_OK);
    assert_int_equal(count, 2);
    assert_err(patina_cert_lint(der, NULL, 1, &count), PATINA_ERR_MISUSE);
    assert_err(patina_cert_lint(der, one, 1, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_cert_lint(ptn_span_first(der, der.len - 1), one, 2, &count),
               PATINA_ERR_CERT_ENCODING);
    assert_int_equal(count, 0);
    der_free(der);
}

// A report has 179 bytes, of which a quoted name takes 80 at most.
static void every_row_fits_a_report(void **state)
{
    (void)state;
    for (size_t i = 0; ptn_rule_at(i) != NULL; i++) {
        const struct ptn_rule *rule = ptn_rule_at(i);
        assert_in_range(strlen(rule->words), 1, 98);
        assert_in_range(strlen(rule->section), 1, 31);
        assert_true(rule->err == PATINA_OK ||
                    patina_err_class(rule->err) == PATINA_CLASS_CERTIFICATE);
    }
    assert_null(ptn_rule_at(64));
    assert_null(ptn_rule_at(SIZE_MAX));
}

// ---- Paths: profile WEB refuses, profile PRIVATE does not.

static void expect_web(const struct question *q, patina_err want, int certificate,
                       const char *words)
{
    struct question other = *q;
    expect_ok(q);
    other.profile = PATINA_PROFILE_WEB;
    expect(&other, want, certificate, words);
}

static void leaf_in_words(void **state)
{
    (void)state;
    struct test_cert leaf;
    issue(&leaf, &pki.root, "CN=a.test", "subjectAltName=DNS:a.test", NULL, NULL);
    struct question q = {.roots = {&pki.root}, .chain = {&leaf}, .name = "a.test"};
    expect_web(
        &q, NO_AKI, 0,
        "the certificate has no authorityKeyIdentifier with a keyIdentifier; have it issued");
    test_cert_free(&leaf);
    issue(&leaf, &pki.root, "CN=b.test", "subjectAltName=DNS:a.test",
          "authorityKeyIdentifier=keyid", "extendedKeyUsage=serverAuth");
    expect_web(&q, CONTRARY, 0, "has a common name that is none of its subjectAltName");
    // The rules for servers are not those for clients or for purposes of the application.
    q.purpose = PATINA_PURPOSE_CLIENT;
    q.profile = PATINA_PROFILE_WEB;
    expect(&q, PATINA_ERR_CERT_PURPOSE, 0, "clients");
    test_cert_free(&leaf);
    issue(&leaf, &pki.root, "CN=b.test", "subjectAltName=DNS:a.test",
          "authorityKeyIdentifier=keyid", "extendedKeyUsage=critical,clientAuth");
    expect_ok(&q);
    test_cert_free(&leaf);
}

static void what_else_is_wrong_comes_first(void **state)
{
    (void)state;
    struct test_cert leaf;
    issue(&leaf, &pki.root, "CN=a.test", "subjectAltName=DNS:a.test", NULL, NULL);
    expect(WITH_ROOT(.chain = {&leaf}, .name = "b.test", .profile = PATINA_PROFILE_WEB),
           PATINA_ERR_CERT_NAME_MISMATCH, 0, "you asked for b.test");
    test_cert_free(&leaf);
}

static void issuer_in_words(void **state)
{
    (void)state;
    struct test_cert sub;
    struct test_cert leaf;
    test_issue(&(struct test_cert_options){.subject = "CN=Sub",
                                           .extensions = {"basicConstraints=CA:TRUE",
                                                          "subjectKeyIdentifier=hash",
                                                          "authorityKeyIdentifier=keyid"}},
               &pki.root, &sub);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &sub, &leaf);
    struct question q = {.roots = {&pki.root}, .chain = {&leaf, &sub}, .name = "a.test"};
    expect_web(&q, CRITICALITY, 1,
               "the issuer's certificate \"Sub\" does not mark basicConstraints as critical");
    // Also when it is the trust anchor.
    q = (struct question){.roots = {&sub}, .chain = {&leaf}, .name = "a.test"};
    expect_web(&q, CRITICALITY, -1, "the root certificate \"Sub\" does not mark");
    test_cert_free(&leaf);
    test_cert_free(&sub);
}

static void another_path_without_the_fault(void **state)
{
    (void)state;
    struct test_cert bad;
    struct test_cert good;
    struct test_cert leaf;
    test_make_ca("Sub", TEST_P256, &pki.root, &good);
    test_issue(&(struct test_cert_options){.subject = "O=Patina Test/CN=Sub",
                                           .use_key_of = &good,
                                           .extensions = {"basicConstraints=CA:TRUE",
                                                          "subjectKeyIdentifier=hash",
                                                          "authorityKeyIdentifier=keyid"}},
               &pki.root, &bad);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &good, &leaf);
    expect_ok(
        WITH_ROOT(.chain = {&leaf, &bad, &good}, .name = "a.test", .profile = PATINA_PROFILE_WEB));
    test_cert_free(&leaf);
    test_cert_free(&good);
    test_cert_free(&bad);
}

// ---- The roots that this machine's programs trust

static void every_root_of_the_system(void **state)
{
    (void)state;
    const char *path = "/etc/ssl/certs/ca-certificates.crt";
    size_t size = 1 << 22;
    uint8_t *pem = malloc(size);
    FILE *f = fopen(path, "rb");
    assert_non_null(pem);
    if (f == NULL) {
        free(pem);
        skip();
    }
    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused_blocks;
    patina_span text = {pem, fread(pem, 1, size, f)};
    (void)fclose(f);
    assert_err(patina_roots_from_pem(text, NULL, &roots, &refused_blocks), PATINA_OK);
    assert_int_equal(refused_blocks.count, 0);
    size_t refused = 0;
    for (size_t i = 0; i < patina_roots_count(roots); i++) {
        struct ptn_cert cert;
        struct ptn_rule rule;
        assert_err(ptn_cert_parse_anchor(patina_roots_certificate(roots, i), &cert), PATINA_OK);
        bool self_issued = ptn_span_equal(cert.issuer, cert.subject);
        if (ptn_profile_refuses(&cert, self_issued ? PTN_ROLE_ROOT : PTN_ROLE_ANCHOR, &rule)) {
            char name[160];
            (void)patina_name_text(cert.subject, name, sizeof name);
            print_error("%s: %s\n", name, rule.id);
            refused++;
        }
    }
    assert_int_equal(refused, 0);
    patina_roots_unref(roots);
    free(pem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("a server's", GOOD, "", SERVER),
        ROW("a client's", GOOD, "", CLIENT),
        ROW("an authority's", GOOD, "", SUB),
        ROW("a trust anchor's", GOOD, "", ANCHOR),
        ROW("a root's", GOOD, "", ROOT),

        ROW("authorityKeyIdentifier: missing", NO_AKI, "authority-key-id", SERVER,
            .extensions = SKI SIGNS FOR_SERVERS NAMES),
        ROW("authorityKeyIdentifier: missing in an authority's", NO_AKI, "authority-key-id", SUB,
            .extensions = AUTHORITY ISSUES SKI),
        ROW("authorityKeyIdentifier: without keyIdentifier", NO_AKI,
            "authority-key-id authority-key-id-form", SERVER,
            .extensions = EXT("23", "30{ a1{ a4{ 3000 } } 82{ 01 } }") SKI SIGNS FOR_SERVERS NAMES),
        ROW("authorityKeyIdentifier: with more", GOOD, "authority-key-id-form", SERVER,
            .extensions =
                EXT("23", "30{ 80{ 01 } a1{ a4{ 3000 } } 82{ 01 } }") SKI SIGNS FOR_SERVERS NAMES),
        ROW("authorityKeyIdentifier: of one issued by itself", GOOD, "", SUB, .subject = CN("Root"),
            .extensions = AUTHORITY ISSUES SKI),
        ROW("authorityKeyIdentifier: critical", CRITICALITY, "authority-key-id-critical", SERVER,
            .extensions = CRITICAL("23", "30{ 80{ 01 } }") SKI SIGNS FOR_SERVERS NAMES),
        ROW("authorityKeyIdentifier: a root's own", GOOD, "", ROOT,
            .extensions = AUTHORITY ISSUES SKI EXT("23", "30{ 80{ 0304 } }")),
        ROW("authorityKeyIdentifier: a root's of another key", NO_AKI, "authority-key-id-root",
            ROOT, .extensions = AUTHORITY ISSUES SKI AKI),
        ROW("authorityKeyIdentifier: a root's without keyIdentifier", NO_AKI,
            "authority-key-id-root", ROOT, .extensions = AUTHORITY ISSUES SKI EXT("23", "30{ }")),
        ROW("authorityKeyIdentifier: a root's with issuer", NO_AKI, "authority-key-id-root", ROOT,
            .extensions = AUTHORITY ISSUES SKI EXT("23", "30{ 80{ 0304 } a1{ a4{ 3000 } } }")),
        ROW("authorityKeyIdentifier: a root's with serial", NO_AKI, "authority-key-id-root", ROOT,
            .extensions = AUTHORITY ISSUES SKI EXT("23", "30{ 80{ 0304 } 82{ 01 } }")),
        ROW("authorityKeyIdentifier: an old root's with both", GOOD, "", ROOT, OLD_DATES,
            .extensions =
                AUTHORITY ISSUES SKI EXT("23", "30{ 80{ 0304 } a1{ a4{ 3000 } } 82{ 01 } }")),

        ROW("subjectKeyIdentifier: missing", PATINA_ERR_CERT_SUBJECT_KEY_ID, "subject-key-id", SUB,
            .extensions = AUTHORITY ISSUES AKI),
        ROW("subjectKeyIdentifier: missing in a root's", PATINA_ERR_CERT_SUBJECT_KEY_ID,
            "subject-key-id", ROOT, .extensions = AUTHORITY ISSUES),
        ROW("subjectKeyIdentifier: missing in an old root's", GOOD, "", ROOT, OLD_DATES,
            .extensions = AUTHORITY ISSUES),
        ROW("subjectKeyIdentifier: missing in one of 1970", PATINA_ERR_CERT_SUBJECT_KEY_ID,
            "subject-key-id", ROOT, .extensions = AUTHORITY ISSUES,
            .validity = TIMES(UTC("700101"), UTC("400101"))),
        ROW("subjectKeyIdentifier: critical", CRITICALITY, "subject-key-id-critical", SUB,
            .extensions = AUTHORITY ISSUES AKI CRITICAL("0e", "04{ 0304 }")),
        ROW("subjectKeyIdentifier: an end entity needs none", GOOD, "", SERVER,
            .extensions = AKI SIGNS FOR_SERVERS NAMES),

        ROW("basicConstraints: not critical", CRITICALITY, "basic-constraints", SUB,
            .extensions = EXT("13", "30{ 0101ff }") ISSUES AKI SKI),
        ROW("basicConstraints: not critical in a root's", CRITICALITY, "basic-constraints", ROOT,
            .extensions = EXT("13", "30{ 0101ff }") ISSUES SKI),
        ROW("basicConstraints: not critical in an old root's", GOOD, "", ROOT, OLD_DATES,
            .extensions = EXT("13", "30{ 0101ff }") ISSUES SKI),
        ROW("basicConstraints: of an end entity", GOOD, "", SERVER,
            .extensions = EXT("13", "30{ }") AKI SIGNS FOR_SERVERS NAMES),
        ROW("pathLenConstraint: of an end entity", MISPLACED, "path-len", SERVER,
            .extensions = CRITICAL("13", "30{ 020100 }") AKI SIGNS FOR_SERVERS NAMES),
        ROW("nameConstraints: of an end entity", MISPLACED, "misplaced-constraints", SERVER,
            .extensions = CONSTRAINTS("a0{ 30{ 82{'test'} } }") AKI SIGNS FOR_SERVERS NAMES),
        ROW("nameConstraints: not critical", GOOD, "name-constraints", SUB,
            .extensions = AUTHORITY ISSUES AKI SKI EXT("1e", "30{ a0{ 30{ 82{'test'} } } }")),
        ROW("nameConstraints: permitted with a dot", PATINA_ERR_CERT_CONSTRAINT_FORM,
            "name-constraints-form", SUB,
            .extensions =
                AUTHORITY ISSUES AKI SKI CONSTRAINTS("a0{ 30{ 82{'a.test'} } 30{ 82{'.test'} } }")),
        ROW("nameConstraints: excluded with a dot", PATINA_ERR_CERT_CONSTRAINT_FORM,
            "name-constraints-form", SUB,
            .extensions = AUTHORITY ISSUES AKI SKI CONSTRAINTS(
                "a0{ 30{ 82{'a.test'} } } a1{ 30{ 82{'.test'} } }")),
        ROW("nameConstraints: a URI's may begin with a dot", GOOD, "", SUB,
            .extensions = AUTHORITY ISSUES AKI SKI CONSTRAINTS("a0{ 30{ 86{'.test'} } }")),
        ROW("nameConstraints: any name", GOOD, "", SUB,
            .extensions = AUTHORITY ISSUES AKI SKI CONSTRAINTS("a0{ 30{ 82{} } }")),

        ROW("policyConstraints: not critical", CRITICALITY, "policy-constraints", SUB,
            .extensions = AUTHORITY ISSUES AKI SKI EXT("24", "30{ 81{ 00 } }")),
        ROW("inhibitAnyPolicy: not critical", CRITICALITY, "inhibit-any-policy", SUB,
            .extensions = AUTHORITY ISSUES AKI SKI EXT("36", "020100")),
        ROW("both critical", GOOD, "", SUB,
            .extensions =
                AUTHORITY ISSUES AKI SKI CRITICAL("24", "30{ 81{ 00 } }") CRITICAL("36", "020100")),
        ROW("freshestCRL: critical", CRITICALITY, "freshest-crl", SUB,
            .extensions = AUTHORITY ISSUES AKI SKI CRITICAL("2e", "30{ 30{ } }")),
        ROW("cRLDistributionPoints: critical", GOOD, "crl-points", SERVER,
            .extensions = AKI SIGNS FOR_SERVERS NAMES CRITICAL("1f", "30{ 30{ } }")),
        ROW("authorityInfoAccess: critical", CRITICALITY, "authority-info", SERVER,
            .extensions = AKI SIGNS FOR_SERVERS NAMES
            "30{ 06{ 2b06010505070101 } 0101ff 04{ 30{ 30{ 06{ 2b06010505073001 } 86{'a'} } } } }"),
        ROW("TLS features: critical", GOOD, "tls-feature", SERVER,
            .extensions = AKI SIGNS FOR_SERVERS NAMES
            "30{ 06{ 2b06010505070118 } 0101ff 04{ 30{ 020105 } } }"),

        ROW("subject: none of an authority", PATINA_ERR_CERT_NO_SUBJECT, "subject", SUB,
            .subject = "30{ }"),
        ROW("issuer: no name", PATINA_ERR_CERT_EMPTY_ISSUER, "issuer", SERVER, .issuer = "30{ }"),
        ROW("dates: the year 2049", GOOD, "", CLIENT,
            .validity = TIMES(UTC("260101"), UTC("491231"))),
        ROW("dates: the year 2050", GOOD, "", CLIENT,
            .validity = TIMES(UTC("260101"), LONG("20500101"))),
        ROW("dates: the year 1950", GOOD, "", CLIENT,
            .validity = TIMES(UTC("500101"), UTC("491231"))),
        ROW("dates: the year 1949", GOOD, "", CLIENT,
            .validity = TIMES(LONG("19491231"), UTC("491231"))),
        ROW("dates: an end before 2050 as GeneralizedTime", PATINA_ERR_CERT_TIME_FORM, "time-form",
            CLIENT, .validity = TIMES(UTC("260101"), LONG("20491231"))),
        ROW("dates: a beginning before 2050 as GeneralizedTime", PATINA_ERR_CERT_TIME_FORM,
            "time-form", CLIENT, .validity = TIMES(LONG("20260101"), UTC("260601"))),
        ROW("dates: GeneralizedTime in an old root's", GOOD, "", ROOT,
            .validity = TIMES(LONG("20080101"), UTC("400101"))),
        ROW("key: 2048 bits", GOOD, "", SERVER, WITH_KEY("00 256*ff")),
        ROW("key: 2047 bits", PATINA_ERR_CERT_KEY_SIZE, "key-size", SERVER, WITH_KEY("7f 255*ff")),
        ROW("key: 2052 bits", PATINA_ERR_CERT_KEY_SIZE, "key-size", SERVER, WITH_KEY("0f 256*ff")),
        ROW("serial number: short", GOOD, "serial", SERVER, .serial = "7*11"),

        ROW("extendedKeyUsage: a root's", PATINA_ERR_CERT_PURPOSE_FORM, "root-purpose", ROOT,
            .extensions = AUTHORITY ISSUES SKI FOR_SERVERS),
        ROW("extendedKeyUsage: an authority's", GOOD, "", SUB,
            .extensions = AUTHORITY ISSUES AKI SKI FOR_SERVERS),
        ROW("extendedKeyUsage: missing", PATINA_ERR_CERT_PURPOSE_FORM, "purposes", SERVER,
            .extensions = AKI SIGNS NAMES),
        ROW("extendedKeyUsage: any", PATINA_ERR_CERT_PURPOSE_FORM, "any-purpose", SERVER,
            .extensions = AKI SIGNS NAMES EXT("25", "30{ 06{ 2b06010505070301 } 06{ 551d2500 } }")),
        ROW("extendedKeyUsage: critical", CRITICALITY, "purposes-critical", SERVER,
            .extensions = AKI SIGNS NAMES CRITICAL("25", "30{ 06{ 2b06010505070301 } }")),

        ROW("subjectAltName: critical beside a subject", CRITICALITY, "names-critical", SERVER,
            .extensions = AKI SIGNS FOR_SERVERS CRITICAL("11", "30{ " DNS("a.test") " }")),
        ROW("subjectAltName: not critical without a subject", CRITICALITY, "names-critical", SERVER,
            .subject = "30{ }"),
        ROW("subjectAltName: not critical without a subject, a client's", CRITICALITY,
            "names-critical", CLIENT, .subject = "30{ }", .extensions = AKI SIGNS NAMES),
        ROW("subjectAltName: critical without a subject", GOOD, "", SERVER, .subject = "30{ }",
            .extensions = AKI SIGNS FOR_SERVERS CRITICAL("11", "30{ " DNS("a.test") " }")),

        ROW("subjectAltName: missing", PATINA_ERR_CERT_NAME_MISMATCH, "names", SERVER,
            .extensions = AKI SIGNS FOR_SERVERS),
        NAMED("repeated", GOOD, "", "a.test", DNS("b.test") DNS("a.test")),
        NAMED("another host", CONTRARY, "common-name", "c.test", DNS("b.test") DNS("a.test")),
        NAMED("another case", CONTRARY, "common-name", "A.test", DNS("a.test")),
        NAMED("a host above", GOOD, "common-name", "a.test", DNS("b.a.test")),
        NAMED("a host above a wildcard", GOOD, "common-name", "a.test", DNS("*.a.test")),
        NAMED("a host below", CONTRARY, "common-name", "b.a.test", DNS("a.test")),
        NAMED("the end of a label", CONTRARY, "common-name", "a.test", DNS("aa.test")),
        NAMED("a host beside an address", GOOD, "common-name", "a.test", IP4),
        NAMED("for people", GOOD, "common-name", "Example GmbH, v1.0", DNS("a.test")),
        NAMED("a word", GOOD, "common-name", "printer", DNS("a.test")),
        NAMED("an address", GOOD, "", "192.0.2.1", IP4),
        NAMED("another address", CONTRARY, "common-name", "192.0.2.2", IP4),
        NAMED("an address with zeros", CONTRARY, "common-name", "192.000.002.001", IP4),
        NAMED("an address as a number", CONTRARY, "common-name", "0xC0000201", IP4),
        NAMED("an address beside a host", GOOD, "common-name", "192.0.2.1", DNS("a.test")),
        NAMED("an address of version 6", GOOD, "", "2001:db8::1:0:0:1", IP6),
        NAMED("one in capitals", CONTRARY, "common-name", "2001:DB8::1:0:0:1", IP6),
        NAMED("one written out", CONTRARY, "common-name", "2001:db8:0:0:1:0:0:1", IP6),
        NAMED("an empty one", GOOD, "common-name", "", DNS("a.test")),
        ROW("common name: the second of two", CONTRARY, "common-name", SERVER,
            .subject = "30{ 31{ 30{ 06{ 550403 } 0c{'a.test'} } } 31{ 30{ 06{ 55040a } 0c{'x.y'} } "
                       "30{ 06{ 550403 } 13{'b.test'} } } }"),
        ROW("common name: none", GOOD, "", SERVER,
            .subject = "30{ 31{ 30{ 06{ 55040a } 0c{'b.test'} } } }"),

        ROW("keyUsage: missing", GOOD, "key-usage", SUB, .extensions = AUTHORITY AKI SKI),
        ROW("keyUsage: not critical", GOOD, "key-usage-critical", SERVER,
            .extensions = AKI EXT("0f", "03{ 0780 }") FOR_SERVERS NAMES),
        ROW("keyUsage: without cRLSign", GOOD, "crl-sign", SUB,
            .extensions = AUTHORITY CRITICAL("0f", "03{ 0204 }") AKI SKI),
        ROW("lifetime: 398 days", GOOD, "", SERVER,
            .validity = TIMES(UTC("260101"), UTC("270203"))),
        ROW("lifetime: 399 days", GOOD, "lifetime", SERVER,
            .validity = TIMES(UTC("260101"), UTC("270204"))),
        ROW("lifetime: 201 days in 2026", GOOD, "lifetime", SERVER,
            .validity = TIMES(UTC("260401"), UTC("261019"))),
        ROW("lifetime: 47 days in 2030", GOOD, "", SERVER,
            .validity = TIMES(UTC("300101"), UTC("300217"))),
        ROW("lifetime: 48 days in 2030", GOOD, "lifetime", SERVER,
            .validity = TIMES(UTC("300101"), UTC("300218"))),

        cmocka_unit_test(lint_takes_it_for_what_it_seems),
        cmocka_unit_test(lint_counts_what_does_not_fit),
        cmocka_unit_test(every_row_fits_a_report),
        cmocka_unit_test(leaf_in_words),
        cmocka_unit_test(what_else_is_wrong_comes_first),
        cmocka_unit_test(issuer_in_words),
        cmocka_unit_test(another_path_without_the_fault),
        cmocka_unit_test(every_root_of_the_system),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
