// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the tests of paths share: a few certificates made once, and a question put to
// ptn_path_verify.
#ifndef PTN_TESTS_X509_JUDGE_H
#define PTN_TESTS_X509_JUDGE_H

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

static inline int set_up(void **state)
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

static inline int tear_down(void **state)
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
    enum patina_purpose purpose;
    enum patina_profile profile;
    struct ptn_revocation revocation;
};

static inline patina_err judge(const struct question *q, struct ptn_path_result *result)
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
        .purpose = q->purpose,
        .max_intermediates = PTN_MAX_INTERMEDIATES,
        .profile = q->profile,
        .revocation = q->revocation,
        .arena = &arena,
    };
    patina_err err = ptn_path_verify(&request, result);
    ptn_arena_clear(&arena);
    patina_roots_unref(roots);
    return err;
}

static inline void expect(const struct question *q, patina_err want, int certificate,
                          const char *words)
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
    assert_true(result.rfc != 0 || strncmp(result.rule, "BR ", 3) == 0);
    assert_string_not_equal(result.rule, "");
}

static inline void expect_ok(const struct question *q)
{
    expect(q, PATINA_OK, -1, "");
}

#define WITH_ROOT(...)                    \
    &(struct question)                    \
    {                                     \
        .roots = {&pki.root}, __VA_ARGS__ \
    }

// A certificate with these extensions under the root.
static inline void issue(struct test_cert *out, const struct test_cert *issuer, const char *subject,
                         const char *a, const char *b, const char *c)
{
    test_issue(&(struct test_cert_options){.subject = subject, .extensions = {a, b, c}}, issuer,
               out);
}

#endif
