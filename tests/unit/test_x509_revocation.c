// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Paths under revocation lists, RFC 5280 §6.3: which list speaks for which certificate, what it
// takes to be believed, what follows when none does.
#include "x509_judge.h"

#include "support/mkstatus.h"

#include "x509/crls.h"

enum { LISTS = 80 };

// Lists made for one test.
struct lists {
    patina_span der[LISTS];
    size_t count;
    struct patina_crls *crls;
};

static void add_list(struct lists *l, const struct test_crl_options *o)
{
    assert_true(l->count < LISTS);
    l->der[l->count] = test_make_crl(o);
    l->count++;
}

static struct patina_crls *set_of(struct lists *l)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    o.der = l->der;
    o.der_count = l->count;
    patina_crls_unref(l->crls);
    assert_err(patina_crls_new(&o, &l->crls, NULL), PATINA_OK);
    return l->crls;
}

static void drop(struct lists *l)
{
    for (size_t i = 0; i < l->count; i++) {
        status_free(l->der[i]);
    }
    patina_crls_unref(l->crls);
    *l = (struct lists){.count = 0};
}

// Judges `cert`, issued by the root, under one list of the root.
static void expect_under(const struct test_cert *cert, const struct test_crl_options *list,
                         uint32_t flags, patina_err want, const char *words)
{
    struct lists l = {.count = 0};
    struct test_crl_options o = *list;
    o.issuer = o.issuer == NULL ? &pki.root : o.issuer;
    add_list(&l, &o);
    expect(WITH_ROOT(.chain = {cert}, .revocation = {.crls = set_of(&l), .flags = flags}), want,
           want == PATINA_OK ? -1 : 0, words);
    drop(&l);
}

#define UNDER(...)             \
    &(struct test_crl_options) \
    {                          \
        __VA_ARGS__            \
    }
#define OTHER_ENTRY "30{ 020105 17{ '261101000000Z' } }"

// ---- One list

static void not_listed(void **state)
{
    (void)state;
    struct ptn_path_result result;
    struct lists l = {.count = 0};
    add_list(&l, UNDER(.issuer = &pki.root, .entries = OTHER_ENTRY));
    assert_err(judge(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.crls = set_of(&l)}), &result),
               PATINA_OK);
    assert_int_equal(result.signatures, 2); // the list's is in the same budget
    assert_err(judge(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.crls = l.crls}), &result),
               PATINA_OK);
    assert_int_equal(result.signatures, 1); // known to hold
    drop(&l);
}

static void listed(void **state)
{
    (void)state;
    static const struct {
        const char *extensions, *words;
    } rows[] = {
        {"", "the certificate was revoked by its issuer on 2026-11-01; get a new one"},
        {TEST_REASON("00"), "on 2026-11-01; get"},
        {TEST_REASON("01"), "on 2026-11-01 (its key was stolen or lost); get"},
        {TEST_REASON("02"), "(the CA's key was stolen or lost)"},
        {TEST_REASON("03"), "(its holder or name changed)"},
        {TEST_REASON("04"), "(it was replaced)"},
        {TEST_REASON("05"), "(it is no longer used)"},
        {TEST_REASON("06"), "(it is on hold)"},
        {TEST_REASON("09"), "(what it allowed was withdrawn)"},
        {TEST_REASON("0a"), "(the key of an attribute authority was stolen or lost)"},
    };
    static const uint32_t flags[] = {0, PATINA_REVOCATION_ALLOW_UNKNOWN,
                                     PATINA_REVOCATION_LEAF_ONLY};
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        char entries[1024];
        (void)snprintf(entries, sizeof entries, OTHER_ENTRY "%s",
                       test_crl_entry(&pki.leaf, rows[i].extensions));
        for (size_t k = 0; k < PTN_COUNT(flags); k++) {
            expect_under(&pki.leaf, UNDER(.entries = entries), flags[k], PATINA_ERR_CERT_REVOKED,
                         rows[i].words);
        }
    }
}

static void listed_by_another_issuer(void **state)
{
    (void)state;
    struct lists l = {.count = 0};
    add_list(&l, UNDER(.issuer = &pki.root));
    add_list(&l, UNDER(.issuer = &pki.other_root, .entries = test_crl_entry(&pki.leaf, "")));
    expect_ok(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.crls = set_of(&l)}));
    drop(&l);
}

static void no_list(void **state)
{
    (void)state;
    const char *words = "no revocation list given here speaks of it";
    expect_under(&pki.leaf, UNDER(.issuer = &pki.other_root), 0, PATINA_ERR_CERT_REVOCATION_UNKNOWN,
                 words);
    expect_under(&pki.leaf, UNDER(.issuer = &pki.other_root), PATINA_REVOCATION_ALLOW_UNKNOWN,
                 PATINA_OK, "");
}

static void dates(void **state)
{
    (void)state;
    // 2026-11-21 is now.
    expect_under(&pki.leaf, UNDER(.next_update = "17{ '261120235959Z' }"), 0,
                 PATINA_ERR_CRL_EXPIRED, "its issuer's revocation list ended 2026-11-20");
    expect_under(&pki.leaf, UNDER(.next_update = "17{ '261121000000Z' }"), 0, PATINA_OK, "");
    expect_under(&pki.leaf, UNDER(.next_update = "17{ '261120235959Z' }"),
                 PATINA_REVOCATION_ACCEPT_EXPIRED, PATINA_OK, "");
    expect_under(&pki.leaf, UNDER(.next_update = "17{ '261120235959Z' }"),
                 PATINA_REVOCATION_ALLOW_UNKNOWN, PATINA_OK, "");
    expect_under(
        &pki.leaf,
        UNDER(.next_update = "17{ '261120235959Z' }", .entries = test_crl_entry(&pki.leaf, "")),
        PATINA_REVOCATION_ACCEPT_EXPIRED, PATINA_ERR_CERT_REVOKED, "was revoked");
    expect_under(
        &pki.leaf,
        UNDER(.next_update = "17{ '261120235959Z' }", .entries = test_crl_entry(&pki.leaf, "")), 0,
        PATINA_ERR_CRL_EXPIRED, "ended");
    // Without nextUpdate it has ended with the day it was made.
    expect_under(&pki.leaf, UNDER(.next_update = ""), 0, PATINA_ERR_CRL_EXPIRED, "2026-11-01");
    expect_under(&pki.leaf, UNDER(.this_update = "17{ '261121000500Z' }"), 0, PATINA_OK, "");
    expect_under(&pki.leaf, UNDER(.this_update = "17{ '261121000501Z' }"), 0,
                 PATINA_ERR_CERT_REVOCATION_UNKNOWN, "list begins only on 2026-11-21");
}

// ---- Who signed

static void signatures(void **state)
{
    (void)state;
    struct test_cert impostor;
    struct test_cert silent;
    struct test_cert plain;
    struct test_cert leaf;
    test_make_ca("Root", TEST_P256, NULL, &impostor); // the name, another key
    expect_under(&pki.leaf, UNDER(.issuer = &impostor), 0, PATINA_ERR_CRL_BAD_SIGNATURE,
                 "is not signed by its issuer's key");
    expect_under(&pki.leaf, UNDER(.issuer = &impostor), PATINA_REVOCATION_ALLOW_UNKNOWN, PATINA_OK,
                 "");
    expect_under(&pki.leaf, UNDER(.signature = "03{ 00 3006020101020101 }"), 0,
                 PATINA_ERR_CRL_BAD_SIGNATURE, "");
    // SHA-1 is no algorithm.
    expect_under(
        &pki.leaf,
        UNDER(.inner_alg = "30{ 06072a8648ce3d0401 }", .outer_alg = "30{ 06072a8648ce3d0401 }"), 0,
        PATINA_ERR_CRL_BAD_SIGNATURE, "");
    // RFC 5280 §6.3.3 (f): keyUsage without cRLSign; without keyUsage there is nothing to check.
    issue(&silent, NULL, "CN=Silent", "basicConstraints=critical,CA:TRUE",
          "keyUsage=critical,keyCertSign", NULL);
    issue(&leaf, &silent, "CN=x", "subjectAltName=DNS:a.test", NULL, NULL);
    struct lists l = {.count = 0};
    add_list(&l, UNDER(.issuer = &silent));
    expect(&(struct question){.roots = {&silent},
                              .chain = {&leaf},
                              .revocation = {.crls = set_of(&l)}},
           PATINA_ERR_CRL_KEY_USAGE, 0, "may not sign revocation lists (keyUsage lacks cRLSign)");
    test_cert_free(&leaf);
    drop(&l);
    issue(&plain, NULL, "CN=Plain", "basicConstraints=critical,CA:TRUE", NULL, NULL);
    issue(&leaf, &plain, "CN=x", "subjectAltName=DNS:a.test", NULL, NULL);
    add_list(&l, UNDER(.issuer = &plain));
    expect_ok(&(struct question){
        .roots = {&plain}, .chain = {&leaf}, .revocation = {.crls = set_of(&l)}});
    drop(&l);
    test_cert_free(&leaf);
    test_cert_free(&plain);
    test_cert_free(&silent);
    test_cert_free(&impostor);
}

static void every_key_type(void **state)
{
    (void)state;
    static const enum test_key kinds[] = {TEST_P256, TEST_ED25519, TEST_RSA2048};
    for (size_t i = 0; i < PTN_COUNT(kinds); i++) {
        struct test_cert root;
        struct test_cert leaf;
        struct lists l = {.count = 0};
        test_make_ca("Root of a kind", kinds[i], NULL, &root);
        test_make_server("a.test", "DNS:a.test", TEST_P256, &root, &leaf);
        add_list(&l, UNDER(.issuer = &root));
        expect_ok(&(struct question){
            .roots = {&root}, .chain = {&leaf}, .revocation = {.crls = set_of(&l)}});
        drop(&l);
        test_cert_free(&leaf);
        test_cert_free(&root);
    }
}

// A key for which one list was seen to hold does not stand for another of the same name.
static void known_by_one_key_alone(void **state)
{
    (void)state;
    struct test_cert twin;
    struct test_cert leaf;
    struct ptn_path_result result;
    struct lists l = {.count = 0};
    test_make_ca("Root", TEST_P256, NULL, &twin);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &twin, &leaf);
    add_list(&l, UNDER(.issuer = &pki.root));
    struct ptn_revocation revocation = {.crls = set_of(&l)};
    expect_ok(WITH_ROOT(.chain = {&pki.leaf}, .revocation = revocation));
    struct question q = {.roots = {&twin}, .chain = {&leaf}, .revocation = revocation};
    expect(&q, PATINA_ERR_CRL_BAD_SIGNATURE, 0, "");
    expect(&q, PATINA_ERR_CRL_BAD_SIGNATURE, 0, "");
    assert_err(judge(WITH_ROOT(.chain = {&pki.leaf}, .revocation = revocation), &result),
               PATINA_OK);
    assert_int_equal(result.signatures, 1);
    drop(&l);
    test_cert_free(&leaf);
    test_cert_free(&twin);
}

// ---- Depth

static void whole_chain(void **state)
{
    (void)state;
    struct lists l = {.count = 0};
    struct question q = {.roots = {&pki.root}, .chain = {&pki.far_leaf, &pki.intermediate}};
    add_list(&l, UNDER(.issuer = &pki.intermediate));
    q.revocation.crls = set_of(&l);
    expect(&q, PATINA_ERR_CERT_REVOCATION_UNKNOWN, 1,
           "the issuer's certificate \"Intermediate\": no revocation list");
    q.revocation.flags = PATINA_REVOCATION_LEAF_ONLY;
    expect_ok(&q);
    add_list(&l, UNDER(.issuer = &pki.root));
    q.revocation = (struct ptn_revocation){.crls = set_of(&l)};
    expect_ok(&q);
    drop(&l);

    add_list(&l, UNDER(.issuer = &pki.intermediate));
    add_list(&l, UNDER(.issuer = &pki.root,
                       .entries = test_crl_entry(&pki.intermediate, TEST_REASON("02"))));
    q.revocation = (struct ptn_revocation){.crls = set_of(&l)};
    expect(&q, PATINA_ERR_CERT_REVOKED, 1,
           "the issuer's certificate \"Intermediate\" was revoked by its issuer on 2026-11-01 (the "
           "CA's key was stolen or lost)");
    q.revocation.flags = PATINA_REVOCATION_LEAF_ONLY;
    expect_ok(&q);
    drop(&l);

    // The same serial number on the list of the wrong issuer says nothing.
    add_list(&l,
             UNDER(.issuer = &pki.intermediate, .entries = test_crl_entry(&pki.intermediate, "")));
    add_list(&l, UNDER(.issuer = &pki.root, .entries = test_crl_entry(&pki.far_leaf, "")));
    q.revocation = (struct ptn_revocation){.crls = set_of(&l)};
    expect_ok(&q);
    drop(&l);
}

// An issuer that is revoked on one way may be good on another.
static void another_way(void **state)
{
    (void)state;
    struct test_cert cross;
    struct lists l = {.count = 0};
    issue(&cross, NULL, "O=Patina Test/CN=Intermediate", "basicConstraints=CA:TRUE", NULL, NULL);
    test_cert_free(&cross);
    test_issue(&(struct test_cert_options){.subject = "O=Patina Test/CN=Intermediate",
                                           .use_key_of = &pki.intermediate,
                                           .extensions = {"basicConstraints=CA:TRUE"}},
               &pki.other_root, &cross);
    add_list(&l, UNDER(.issuer = &pki.intermediate));
    add_list(&l, UNDER(.issuer = &pki.root, .entries = test_crl_entry(&pki.intermediate, "")));
    add_list(&l, UNDER(.issuer = &pki.other_root));
    struct question q = {.roots = {&pki.root},
                         .chain = {&pki.far_leaf, &pki.intermediate, &cross},
                         .revocation = {.crls = set_of(&l)}};
    expect(&q, PATINA_ERR_CERT_REVOKED, 1, "");
    q.roots[1] = &pki.other_root;
    expect_ok(&q);
    drop(&l);
    test_cert_free(&cross);
}

// ---- Which list

static void newest_number_decides(void **state)
{
    (void)state;
    const char *entry = test_crl_entry(&pki.leaf, "");
    struct lists l = {.count = 0};
    add_list(&l, UNDER(.issuer = &pki.root, .entries = entry));
    add_list(&l, UNDER(.issuer = &pki.root, .extensions = TEST_CRL_NUMBER("02")));
    expect_ok(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.crls = set_of(&l)}));
    add_list(&l,
             UNDER(.issuer = &pki.root, .extensions = TEST_CRL_NUMBER("0100"), .entries = entry));
    struct question q = {
        .roots = {&pki.root}, .chain = {&pki.leaf}, .revocation = {.crls = set_of(&l)}};
    expect(&q, PATINA_ERR_CERT_REVOKED, 0, "");
    // A newer one that is not signed, not yet begun, or for another scope does not count.
    add_list(&l, UNDER(.issuer = &pki.root, .extensions = TEST_CRL_NUMBER("0200"),
                       .signature = "03{ 00 3006020101020101 }"));
    add_list(&l, UNDER(.issuer = &pki.root, .extensions = TEST_CRL_NUMBER("0201"),
                       .this_update = "17{ '261122000000Z' }"));
    add_list(&l, UNDER(.issuer = &pki.root,
                       .extensions = TEST_CRL_NUMBER("0202") TEST_CRL_SCOPE("8101ff")));
    q.revocation.crls = set_of(&l);
    expect(&q, PATINA_ERR_CERT_REVOKED, 0, "");
    drop(&l);
}

static void profiles(void **state)
{
    (void)state;
    static const struct {
        struct test_crl_options list;
        patina_err want;
    } rows[] = {
        {{.extensions = NULL}, PATINA_OK},
        {{.extensions = ""}, PATINA_ERR_CERT_REVOCATION_UNKNOWN},
        {{.extensions = TEST_CRL_SCOPE("8101ff")}, PATINA_ERR_CERT_REVOCATION_UNKNOWN},
        {{.version = "", .extensions = ""}, PATINA_ERR_CERT_REVOCATION_UNKNOWN},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct lists l = {.count = 0};
        struct test_crl_options o = rows[i].list;
        o.issuer = &pki.root;
        add_list(&l, &o);
        struct question q = {.roots = {&pki.root},
                             .chain = {&pki.leaf},
                             .name = "a.test",
                             .revocation = {.crls = set_of(&l)}};
        expect_ok(&q);
        q.profile = PATINA_PROFILE_WEB;
        expect(&q, rows[i].want, rows[i].want == PATINA_OK ? -1 : 0, "");
        drop(&l);
    }
}

// RFC 5280 §6.3.3 (b)(2) and (e): what a list is for, and of which reasons it speaks.
static void scopes(void **state)
{
    (void)state;
    static const struct {
        const char *leaf, *ca; // scopes of the lists of intermediate and root; NULL: none at all
        patina_err want;
        int certificate;
    } rows[] = {
        {"8101ff", "8201ff", PATINA_OK, -1},
        {"8101ff", "8101ff", PATINA_ERR_CERT_REVOCATION_UNKNOWN, 1},
        {"8201ff", "8201ff", PATINA_ERR_CERT_REVOCATION_UNKNOWN, 0},
        {"8501ff", "8201ff", PATINA_ERR_CERT_REVOCATION_UNKNOWN, 0},
        {"8101ff", "8501ff", PATINA_ERR_CERT_REVOCATION_UNKNOWN, 1},
        {"830307 7f80", "8201ff", PATINA_OK, -1}, // every reason
        {"8302 0640", "8201ff", PATINA_ERR_CERT_REVOCATION_UNKNOWN, 0},
        {"8301 00", "8201ff", PATINA_ERR_CERT_REVOCATION_UNKNOWN, 0},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct lists l = {.count = 0};
        char leaf[200];
        char ca[200];
        (void)snprintf(leaf, sizeof leaf, TEST_CRL_NUMBER("01") TEST_CRL_SCOPE("%s"), rows[i].leaf);
        (void)snprintf(ca, sizeof ca, TEST_CRL_NUMBER("01") TEST_CRL_SCOPE("%s"), rows[i].ca);
        add_list(&l, UNDER(.issuer = &pki.intermediate, .extensions = leaf));
        add_list(&l, UNDER(.issuer = &pki.root, .extensions = ca));
        expect(WITH_ROOT(.chain = {&pki.far_leaf, &pki.intermediate},
                         .revocation = {.crls = set_of(&l)}),
               rows[i].want, rows[i].certificate, "");
        drop(&l);
    }
}

static void reasons_add_up(void **state)
{
    (void)state;
    struct lists l = {.count = 0};
    // keyCompromise alone, and all but keyCompromise.
    add_list(&l, UNDER(.issuer = &pki.root,
                       .extensions = TEST_CRL_NUMBER("01") TEST_CRL_SCOPE("8302 0640")));
    struct question q = {
        .roots = {&pki.root}, .chain = {&pki.leaf}, .revocation = {.crls = set_of(&l)}};
    expect(&q, PATINA_ERR_CERT_REVOCATION_UNKNOWN, 0, "");
    add_list(&l, UNDER(.issuer = &pki.root,
                       .extensions = TEST_CRL_NUMBER("01") TEST_CRL_SCOPE("830307 3f80")));
    q.revocation.crls = set_of(&l);
    expect_ok(&q);
    drop(&l);
    // What is revoked for one reason is revoked.
    add_list(&l, UNDER(.issuer = &pki.root,
                       .extensions = TEST_CRL_NUMBER("01") TEST_CRL_SCOPE("8302 0640"),
                       .entries = test_crl_entry(&pki.leaf, "")));
    q.revocation.crls = set_of(&l);
    expect(&q, PATINA_ERR_CERT_REVOKED, 0, "");
    drop(&l);
}

// ---- Distribution points, RFC 5280 §4.2.1.13

#define URI(x) "86{ 'http://a.test/" x "' }"
#define FULL(names) "a0{ a0{ " names " } }"
#define RELATIVE "a0{ a1{ 30{ 0603550403 0c{ 'part' } } } }"
#define POINTS(points) points

struct point_row {
    const char *points; // contents of the certificate's CRLDistributionPoints; NULL: none
    const char *scope;  // of the list
    patina_err want;
};

static void run_point_row(void **state)
{
    const struct point_row *row = *state;
    char extension[8192];
    char scope[2048];
    struct test_cert leaf;
    struct lists l = {.count = 0};
    size_t at = 0;
    if (row->points != NULL) {
        patina_span der = der_bytes(row->points);
        at = (size_t)snprintf(extension, sizeof extension, "2.5.29.31=DER:");
        for (size_t i = 0; i < der.len; i++) {
            at += (size_t)snprintf(extension + at, sizeof extension - at, "%s%02x",
                                   i == 0 ? "" : ":", der.ptr[i]);
        }
        der_free(der);
    }
    issue(&leaf, &pki.root, "CN=a.test", "subjectAltName=DNS:a.test",
          row->points == NULL ? NULL : extension, NULL);
    (void)snprintf(scope, sizeof scope, TEST_CRL_NUMBER("01") TEST_CRL_SCOPE("%s"), row->scope);
    add_list(&l, UNDER(.issuer = &pki.root, .extensions = scope));
    struct question q = {
        .roots = {&pki.root}, .chain = {&leaf}, .revocation = {.crls = set_of(&l)}};
    expect(&q, row->want, row->want == PATINA_OK ? -1 : 0, "");
    drop(&l);
    // And where it speaks, it is heard; where it does not, nothing is revoked by it.
    add_list(&l,
             UNDER(.issuer = &pki.root, .extensions = scope, .entries = test_crl_entry(&leaf, "")));
    q.revocation =
        (struct ptn_revocation){.crls = set_of(&l), .flags = PATINA_REVOCATION_ALLOW_UNKNOWN};
    patina_err revoked = row->want == PATINA_OK ? PATINA_ERR_CERT_REVOKED : PATINA_OK;
    expect(&q, revoked, revoked == PATINA_OK ? -1 : 0, "");
    drop(&l);
    test_cert_free(&leaf);
}

#define UNKNOWN PATINA_ERR_CERT_REVOCATION_UNKNOWN
#define POINT_ROW(text, want, points, scope)                 \
    {                                                        \
        text, run_point_row, NULL, NULL, &(struct point_row) \
        {                                                    \
            points, scope, want                              \
        }                                                    \
    }
// The directoryName of the root, as mkcert makes it.
#define ROOT_NAME \
    "30{ 31{ 30{ 060355040a 0c{ 'Patina Test' } } } 31{ 30{ 0603550403 0c{ 'Root' } } } }"
#define ROOT_NAME_AND_PART                                                                \
    "30{ 31{ 30{ 060355040a 0c{ 'Patina Test' } } } 31{ 30{ 0603550403 0c{ 'Root' } } } " \
    "31{ 30{ 0603550403 0c{ 'part' } } } }"

static void points_and_reasons(void **state)
{
    (void)state;
    // One list at both points of a certificate, each for a part of the reasons.
    struct point_row row = {
        "30{ 30{ " FULL(URI("1")) " 8102 0640 } 30{ " FULL(URI("1")) " 8103 07 3f80 } }",
        FULL(URI("1")), PATINA_OK};
    void *row_state = &row;
    run_point_row(&row_state);
}

// ---- Budgets

static void signatures_are_counted(void **state)
{
    (void)state;
    struct test_cert impostor;
    struct ptn_path_result result;
    struct lists l = {.count = 0};
    test_make_ca("Root", TEST_P256, NULL, &impostor);
    for (size_t i = 0; i < PTN_MAX_PATH_SIGNATURES - 1; i++) {
        add_list(&l, UNDER(.issuer = &impostor));
    }
    struct question q = {
        .roots = {&pki.root}, .chain = {&pki.leaf}, .revocation = {.crls = set_of(&l)}};
    assert_err(judge(&q, &result), PATINA_ERR_CRL_BAD_SIGNATURE);
    assert_int_equal(result.signatures, PTN_MAX_PATH_SIGNATURES);
    add_list(&l, UNDER(.issuer = &impostor));
    q.revocation.crls = set_of(&l);
    q.revocation.flags = PATINA_REVOCATION_ALLOW_UNKNOWN;
    assert_err(judge(&q, &result), PATINA_ERR_CERT_BUDGET);
    assert_int_equal(result.signatures, PTN_MAX_PATH_SIGNATURES);
    assert_string_equal(result.rule, "6.3");
    drop(&l);
    test_cert_free(&impostor);
}

// 300 names of a certificate's points against 300 of a list's are more than may be compared, and
// that is not taken for an unknown status.
// Names may have taken all that is allowed.
static void no_comparisons_left(void **state)
{
    (void)state;
    struct lists l = {.count = 0};
    struct ptn_cert root;
    struct ptn_cert leaf;
    struct ptn_status status;
    assert_err(ptn_cert_parse(pki.root.der, &root), PATINA_OK);
    assert_err(ptn_cert_parse(pki.leaf.der, &leaf), PATINA_OK);
    add_list(&l, UNDER(.issuer = &pki.root));
    const struct ptn_revocation revocation = {.crls = set_of(&l)};
    struct ptn_status_query q = {.provider = provider,
                                 .revocation = &revocation,
                                 .cert = &leaf,
                                 .issuer = &root,
                                 .now_s = NOW,
                                 .is_leaf = true,
                                 .signatures_left = 8};
    assert_err(ptn_crls_check(&q, &status), PATINA_ERR_CERT_BUDGET);
    assert_int_equal(q.comparisons_left, 0);
    q.comparisons_left = 8;
    assert_err(ptn_crls_check(&q, &status), PATINA_OK);
    drop(&l);
}

static void comparisons_are_counted(void **state)
{
    (void)state;
    char *points = malloc(1 << 16);
    char *scope = malloc(1 << 16);
    size_t at = (size_t)snprintf(points, 1 << 16, "30{ 30{ a0{ a0{ ");
    size_t scope_at =
        (size_t)snprintf(scope, 1 << 16, TEST_CRL_NUMBER("01") "30{ 0603551d1c 04{ 30{ a0{ a0{ ");
    for (uint32_t i = 0; i < 300; i++) {
        at += (size_t)snprintf(points + at, (1 << 16) - at, "86{ 'a%u' } ", i);
        scope_at += (size_t)snprintf(scope + scope_at, (1 << 16) - scope_at, "86{ 'b%u' } ", i);
    }
    (void)snprintf(points + at, (1 << 16) - at, "} } } }");
    (void)snprintf(scope + scope_at, (1 << 16) - scope_at, "} } } } }");
    patina_span der = der_bytes(points);
    char *extension = malloc(1 << 16);
    at = (size_t)snprintf(extension, 1 << 16, "2.5.29.31=DER:");
    for (size_t i = 0; i < der.len; i++) {
        at += (size_t)snprintf(extension + at, (1 << 16) - at, "%02x", der.ptr[i]);
    }
    struct test_cert leaf;
    struct ptn_path_result result;
    struct lists l = {.count = 0};
    assert_true(at < 4096); // what mkcert takes
    issue(&leaf, &pki.root, "CN=a.test", "subjectAltName=DNS:a.test", extension, NULL);
    add_list(&l, UNDER(.issuer = &pki.root, .extensions = scope));
    struct question q = {
        .roots = {&pki.root},
        .chain = {&leaf},
        .revocation = {.crls = set_of(&l), .flags = PATINA_REVOCATION_ALLOW_UNKNOWN}};
    assert_err(judge(&q, &result), PATINA_ERR_CERT_BUDGET);
    assert_string_equal(result.rule, "6.3");
    assert_int_equal(result.comparisons, PTN_MAX_NAME_COMPARISONS);
    drop(&l);
    test_cert_free(&leaf);
    der_free(der);
    free(points);
    free(scope);
    free(extension);
}

#define T(name) {#name, name, NULL, NULL, NULL}
static const struct CMUnitTest tests[] = {
    T(not_listed),
    T(listed),
    T(listed_by_another_issuer),
    T(no_list),
    T(dates),
    T(signatures),
    T(every_key_type),
    T(known_by_one_key_alone),
    T(whole_chain),
    T(another_way),
    T(newest_number_decides),
    T(profiles),
    T(scopes),
    T(reasons_add_up),
    POINT_ROW("no point, list at none", PATINA_OK, NULL, "8101ff"),
    POINT_ROW("no point, list at a URI", UNKNOWN, NULL, FULL(URI("1"))),
    POINT_ROW("no point, list at its issuer's name", PATINA_OK, NULL, FULL("a4{ " ROOT_NAME " }")),
    POINT_ROW("no point, list at another name", UNKNOWN, NULL, FULL("a4{ 30{ } }")),
    POINT_ROW("a point, list at none", PATINA_OK, "30{ 30{ " FULL(URI("1")) " } }", "8101ff"),
    POINT_ROW("the same point", PATINA_OK, "30{ 30{ " FULL(URI("1")) " } }", FULL(URI("1"))),
    POINT_ROW("another point", UNKNOWN, "30{ 30{ " FULL(URI("1")) " } }", FULL(URI("2"))),
    POINT_ROW("the second point, RUSTSEC-2026-0049", PATINA_OK,
              "30{ 30{ " FULL(URI("1")) " } 30{ " FULL(URI("2")) " } }", FULL(URI("2"))),
    POINT_ROW("the second name of a point", PATINA_OK, "30{ 30{ " FULL(URI("1") URI("2")) " } }",
              FULL(URI("2"))),
    POINT_ROW("the second name of the list", PATINA_OK, "30{ 30{ " FULL(URI("2")) " } }",
              FULL(URI("1") URI("2"))),
    POINT_ROW("the same text as another kind of name", UNKNOWN,
              "30{ 30{ " FULL("82{ 'http://a.test/1' }") " } }", FULL(URI("1"))),
    POINT_ROW("a point of an indirect list", UNKNOWN,
              "30{ 30{ " FULL(URI("1")) " a2{ a4{ " ROOT_NAME " } } } }", FULL(URI("1"))),
    POINT_ROW("a point of an indirect list before the right one", PATINA_OK,
              "30{ 30{ " FULL(URI("1")) " a2{ a4{ 30{ } } } } 30{ " FULL(URI("1")) " } }",
              FULL(URI("1"))),
    POINT_ROW("a point without a name", UNKNOWN, "30{ 30{ a2{ a4{ " ROOT_NAME " } } } }",
              FULL(URI("1"))),
    POINT_ROW("relative names", PATINA_OK, "30{ 30{ " RELATIVE " } }", RELATIVE),
    POINT_ROW("relative name against the full one", PATINA_OK, "30{ 30{ " RELATIVE " } }",
              FULL("a4{ " ROOT_NAME_AND_PART " }")),
    POINT_ROW("full name against the relative one", PATINA_OK,
              "30{ 30{ " FULL("a4{ " ROOT_NAME_AND_PART " }") " } }", RELATIVE),
    POINT_ROW("relative name against the issuer's", UNKNOWN, "30{ 30{ " FULL("a4{ 30{ } }") " } }",
              RELATIVE),
    POINT_ROW("all reasons of a point", PATINA_OK, "30{ 30{ " FULL(URI("1")) " 8103 07 7f80 } }",
              FULL(URI("1"))),
    POINT_ROW("malformed point before the right one", UNKNOWN,
              "30{ 30{ 0500 } 30{ " FULL(URI("1")) " } }", FULL(URI("1"))),
    POINT_ROW("malformed reasons", UNKNOWN, "30{ 30{ " FULL(URI("1")) " 8102 08 00 } }",
              FULL(URI("1"))),
    POINT_ROW("malformed name", UNKNOWN, "30{ 30{ a0{ a0{ 8605 61 } } } }", FULL(URI("1"))),
    T(points_and_reasons),
    T(signatures_are_counted),
    T(comparisons_are_counted),
    T(no_comparisons_left),
};

int main(void)
{
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
