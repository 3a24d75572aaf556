// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Verifiers outside a connection: patina_verifier_judge, purposes, depth, names that are not
// judged, and what the result says.
#include "craft.h"

#include <string.h>

static struct fixture f;
static struct test_cert second, deep, client, signer;

static int set_up(void **state)
{
    (void)state;
    fixture_options(&f, fixture_provider(0), fixture_provider(0), TEST_P256);
    test_make_ca("Second Intermediate", TEST_P256, &f.intermediate, &second);
    test_make_server("deep.test", "DNS:deep.test", TEST_P256, &second, &deep);
    test_make_client("a client", TEST_P256, &f.intermediate, &client);
    const struct test_cert_options o = {
        .subject = "CN=a signer",
        .extensions = {"keyUsage=digitalSignature", "extendedKeyUsage=1.2.3.4"}};
    test_issue(&o, &f.intermediate, &signer);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_cert_free(&second);
    test_cert_free(&deep);
    test_cert_free(&client);
    test_cert_free(&signer);
    fixture_free(&f);
    return 0;
}

static struct patina_verifier_options options(void)
{
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    o.provider = fixture_provider(0);
    o.roots = f.roots;
    return o;
}

static patina_err judge(const struct patina_verifier_options *o,
                        const struct test_cert *const *chain, const char *name,
                        struct patina_verify_result *result, struct patina_report *report)
{
    struct patina_verifier *v = NULL;
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    patina_span ders[8];
    size_t count = 0;
    while (chain[count] != NULL) {
        ders[count] = chain[count]->der;
        count++;
    }
    assert_err(patina_verifier_new(o, &v), PATINA_OK);
    in.chain = ders;
    in.chain_count = count;
    in.name = name == NULL ? (patina_span){0} : fixture_text(name);
    in.now_s = f.now_s;
    patina_err err = patina_verifier_judge(v, &in, result, report);
    patina_verifier_unref(v);
    return err;
}
#define CHAIN(...) ((const struct test_cert *const[]){__VA_ARGS__, NULL})

static void result_of_an_accepted_chain(void **state)
{
    (void)state;
    const struct patina_verifier_options o = options();
    struct patina_verify_result r;
    // The path is found among what was sent, in whatever order.
    assert_err(judge(&o, CHAIN(&deep, &client, &f.intermediate, &second), "deep.test", &r, NULL),
               PATINA_OK);
    assert_int_equal(r.path_count, 3);
    assert_int_equal(r.path[0], 0);
    assert_int_equal(r.path[1], 3);
    assert_int_equal(r.path[2], 2);
    assert_int_equal(r.signatures, 3);
    const patina_span root = patina_roots_certificate(f.roots, (size_t)r.root);
    assert_int_equal(root.len, f.root.der.len);
    assert_memory_equal(root.ptr, f.root.der.ptr, root.len);
    assert_int_equal(patina_roots_certificate(f.roots, 1).len, 0);
    assert_int_equal(patina_roots_certificate(NULL, 0).len, 0);
}

static void result_of_a_refused_chain(void **state)
{
    (void)state;
    const struct patina_verifier_options o = options();
    struct patina_verify_result r;
    struct patina_report report;
    assert_err(judge(&o, CHAIN(&deep, &second), "deep.test", &r, &report),
               PATINA_ERR_CERT_UNKNOWN_ISSUER);
    assert_int_equal(r.path_count, 0);
    assert_int_equal(r.root, -1);
    assert_int_equal(report.err, PATINA_ERR_CERT_UNKNOWN_ISSUER);
    assert_int_equal(report.certificate, 1);
    assert_int_equal(report.rfc, 5280);
}

static void an_empty_name_is_not_judged(void **state)
{
    (void)state;
    struct patina_verifier_options o = options();
    assert_err(judge(&o, CHAIN(&f.leaf, &f.intermediate), NULL, NULL, NULL), PATINA_OK);
    assert_err(judge(&o, CHAIN(&f.leaf, &f.intermediate), "other.test", NULL, NULL),
               PATINA_ERR_CERT_NAME_MISMATCH);
    struct patina_verifier *v = NULL;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    assert_err(patina_verifier_check(v, &f.leaf.der, 1, (patina_span){0}, f.now_s, NULL),
               PATINA_ERR_BAD_SERVER_NAME);
    patina_verifier_unref(v);
}

static void a_uri_for_a_name(void **state)
{
    (void)state;
    struct test_cert leaf;
    const struct patina_verifier_options o = options();
    struct patina_report report;
    test_make_server("x", "URI:spiffe://a.test/x", TEST_P256, &f.intermediate, &leaf);
    assert_err(judge(&o, CHAIN(&leaf, &f.intermediate), "spiffe://a.test/x", NULL, NULL),
               PATINA_OK);
    assert_err(judge(&o, CHAIN(&leaf, &f.intermediate), "spiffe://a.test/y", NULL, &report),
               PATINA_ERR_CERT_NAME_MISMATCH);
    assert_non_null(strstr(report.text, "spiffe://a.test/x"));
    assert_err(judge(&o, CHAIN(&leaf, &f.intermediate), "a.test", NULL, NULL),
               PATINA_ERR_CERT_NAME_MISMATCH);
    assert_err(judge(&o, CHAIN(&leaf, &f.intermediate), "spiffe://a.test/x/", NULL, NULL),
               PATINA_ERR_BAD_SERVER_NAME);
    test_cert_free(&leaf);
}

// What would pass for a name beyond ASCII is asked for by its A-labels.
static void names_beyond_ascii(void **state)
{
    (void)state;
    struct test_cert leaf;
    const struct patina_verifier_options o = options();
    test_make_server("x", "DNS:xn--bcher-kva.test", TEST_P256, &f.intermediate, &leaf);
    assert_err(judge(&o, CHAIN(&leaf, &f.intermediate),
                     "b\xc3\xbc"
                     "cher.test",
                     NULL, NULL),
               PATINA_ERR_BAD_SERVER_NAME);
    assert_err(judge(&o, CHAIN(&leaf, &f.intermediate), "xn--bcher-kva.test.", NULL, NULL),
               PATINA_OK);
    test_cert_free(&leaf);
}

// A leaf's key is judged here too, where no CertificateVerify follows.
static void a_weak_key(void **state)
{
    (void)state;
    struct test_cert leaf;
    const struct patina_verifier_options o = options();
    struct patina_report report;
    test_make_server("weak.test", "DNS:weak.test", TEST_RSA1024, &f.intermediate, &leaf);
    assert_err(judge(&o, CHAIN(&leaf, &f.intermediate), "weak.test", NULL, &report),
               PATINA_ERR_CERT_UNSUPPORTED_KEY);
    assert_int_equal(report.certificate, 0);
    assert_string_equal(report.rule, "4.1.2.7");
    test_cert_free(&leaf);
}

static void purposes(void **state)
{
    (void)state;
    struct patina_verifier_options o = options();
    struct patina_report report;
    assert_err(judge(&o, CHAIN(&client, &f.intermediate), NULL, NULL, &report),
               PATINA_ERR_CERT_PURPOSE);
    o.purpose = PATINA_PURPOSE_CLIENT;
    assert_err(judge(&o, CHAIN(&client, &f.intermediate), NULL, NULL, NULL), PATINA_OK);
    assert_err(judge(&o, CHAIN(&f.leaf, &f.intermediate), NULL, NULL, &report),
               PATINA_ERR_CERT_PURPOSE);
    assert_non_null(strstr(report.text, "clientAuth"));
}

static void an_own_purpose(void **state)
{
    (void)state;
    static const uint8_t oid[] = {0x2a, 0x03, 0x04}; // 1.2.3.4
    struct patina_verifier_options o = options();
    struct patina_report report;
    assert_err(judge(&o, CHAIN(&signer, &f.intermediate), NULL, NULL, NULL),
               PATINA_ERR_CERT_PURPOSE);
    o.own_eku = (patina_span){oid, sizeof oid};
    assert_err(judge(&o, CHAIN(&signer, &f.intermediate), NULL, NULL, NULL), PATINA_OK);
    assert_err(judge(&o, CHAIN(&f.leaf, &f.intermediate), NULL, NULL, &report),
               PATINA_ERR_CERT_PURPOSE);
    assert_non_null(strstr(report.text, "1.2.3.4"));
}

static void depth(void **state)
{
    (void)state;
    struct patina_verifier_options o = options();
    o.max_intermediates = 1;
    assert_err(judge(&o, CHAIN(&f.leaf, &f.intermediate), "server.test", NULL, NULL), PATINA_OK);
    assert_err(judge(&o, CHAIN(&deep, &second, &f.intermediate), "deep.test", NULL, NULL),
               PATINA_ERR_CERT_BUDGET);
    o.max_intermediates = 2;
    assert_err(judge(&o, CHAIN(&deep, &second, &f.intermediate), "deep.test", NULL, NULL),
               PATINA_OK);
    o.max_intermediates = PATINA_NO_INTERMEDIATES;
    assert_err(judge(&o, CHAIN(&f.leaf, &f.intermediate), "server.test", NULL, NULL),
               PATINA_ERR_CERT_BUDGET);
}

static void bad_options(void **state)
{
    (void)state;
    static const uint8_t long_oid[65] = {1};
    struct patina_verifier *v = NULL;
    struct patina_verifier_options o = options();
    o.purpose = 2;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    o = options();
    o.max_intermediates = 7;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    o = options();
    o.own_eku = (patina_span){long_oid, sizeof long_oid};
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    assert_null(v);
}

static void misuse(void **state)
{
    (void)state;
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    in.chain = &f.leaf.der;
    assert_err(patina_verifier_judge(f.verifier, &in, NULL, NULL), PATINA_ERR_MISUSE);
    in.chain_count = 1;
    in.flags = 1;
    assert_err(patina_verifier_judge(f.verifier, &in, NULL, NULL), PATINA_ERR_MISUSE);
    in.flags = 0;
    in.chain_count = 65;
    assert_err(patina_verifier_judge(f.verifier, &in, NULL, NULL), PATINA_ERR_TOO_MANY_OPTIONS);
    assert_err(patina_verifier_judge(NULL, &in, NULL, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_verifier_judge(f.verifier, NULL, NULL, NULL), PATINA_ERR_MISUSE);
}

static void a_verifier_of_clients_serves_no_client(void **state)
{
    (void)state;
    struct patina_verifier *v = NULL;
    struct patina_client_config *cfg = NULL;
    struct patina_verifier_options o = options();
    o.purpose = PATINA_PURPOSE_CLIENT;
    assert_err(patina_verifier_new(&o, &v), PATINA_OK);
    struct patina_client_options c = f.client;
    c.verifier = v;
    assert_err(patina_client_config_new(&c, &cfg, NULL), PATINA_ERR_BAD_OPTION);
    assert_null(cfg);
    patina_verifier_unref(v);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(result_of_an_accepted_chain),
        cmocka_unit_test(result_of_a_refused_chain),
        cmocka_unit_test(an_empty_name_is_not_judged),
        cmocka_unit_test(a_uri_for_a_name),
        cmocka_unit_test(names_beyond_ascii),
        cmocka_unit_test(a_weak_key),
        cmocka_unit_test(purposes),
        cmocka_unit_test(an_own_purpose),
        cmocka_unit_test(depth),
        cmocka_unit_test(bad_options),
        cmocka_unit_test(misuse),
        cmocka_unit_test(a_verifier_of_clients_serves_no_client),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
