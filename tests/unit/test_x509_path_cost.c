// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What paths cost: budgets on steps, signatures and comparisons, lengths, memory.
#include "x509_judge.h"

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
        // All but the first are permitted by the last subtree alone, so that all are compared.
        at += (size_t)snprintf(names + at, size - at, "%s", i == 0 ? "DNS:1.test" : ",DNS:89.test");
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
    assert_in_range(result.comparisons, 299 * 90, 28000);
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

// A self-issued intermediate (a key rollover) is exempt from the constraints above it, RFC 5280
// §6.1.3 (b); what it issues is not.
static void self_issued_under_constraints(void **state)
{
    (void)state;
    struct test_cert ca;
    struct test_cert rollover;
    struct test_cert good;
    struct test_cert bad;
    const char *is_ca = "basicConstraints=critical,CA:TRUE";
    issue(&ca, &pki.root, "CN=Only B", is_ca, "nameConstraints=critical,permitted;DNS:b.test",
          NULL);
    issue(&rollover, &ca, "CN=Only B", is_ca, "subjectAltName=DNS:elsewhere.test", NULL);
    test_make_server("x", "DNS:x.b.test", TEST_P256, &rollover, &good);
    test_make_server("x", "DNS:bank.test", TEST_P256, &rollover, &bad);
    expect_ok(WITH_ROOT(.chain = {&good, &rollover, &ca}, .name = "x.b.test"));
    expect(WITH_ROOT(.chain = {&bad, &rollover, &ca}, .name = "bank.test"),
           PATINA_ERR_CERT_NAME_CONSTRAINT, 0, "bank.test");
    test_cert_free(&bad);
    test_cert_free(&good);
    test_cert_free(&rollover);
    test_cert_free(&ca);
}

// leaf <- M1 or M2 <- A <- B <- two roots of one key. A names B, but another key has signed it:
// found once, not once a root and a way.
static void each_link_once(void **state)
{
    (void)state;
    struct test_cert root2;
    struct test_cert b;
    struct test_cert other_b;
    struct test_cert a;
    struct test_cert m1;
    struct test_cert m2;
    struct test_cert leaf;
    const char *is_ca = "basicConstraints=critical,CA:TRUE";
    test_issue(&(struct test_cert_options){.subject = "O=Patina Test/CN=Root",
                                           .use_key_of = &pki.root,
                                           .extensions = {is_ca}},
               NULL, &root2);
    issue(&b, &pki.root, "CN=B", is_ca, NULL, NULL);
    issue(&other_b, &pki.root, "CN=B", is_ca, NULL, NULL);
    issue(&a, &other_b, "CN=A", is_ca, NULL, NULL);
    issue(&m1, &a, "CN=M", is_ca, NULL, NULL);
    issue(&m2, &a, "CN=M", is_ca, NULL, NULL);
    test_make_server("a.test", "DNS:a.test", TEST_P256, &m1, &leaf);
    struct ptn_path_result result;
    struct question q = {
        .roots = {&pki.root, &root2}, .chain = {&leaf, &m1, &m2, &a, &b}, .name = "a.test"};
    assert_err(judge(&q, &result), PATINA_ERR_CERT_BAD_SIGNATURE);
    assert_int_equal(result.certificate, 3);
    assert_int_equal(result.signatures, 3); // B by each root, A by B
    // Four candidates looked at for each of the six certificates on a path, two roots under B; B is
    // not gone up to again.
    assert_int_equal(result.steps, 6 * 4 + 2);
    test_cert_free(&leaf);
    test_cert_free(&m2);
    test_cert_free(&m1);
    test_cert_free(&a);
    test_cert_free(&other_b);
    test_cert_free(&b);
    test_cert_free(&root2);
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
                                       .purpose = PATINA_PURPOSE_SERVER,
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
        T(six_intermediates_but_not_seven),
        T(many_of_one_name),
        T(chains_out_of_bounds),
        T(comparisons_run_out),
        T(constrained_authority),
        T(self_issued_under_constraints),
        T(each_link_once),
        T(failing_allocation),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
