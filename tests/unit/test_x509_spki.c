// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider's rows for keys, signatures checked with a certificate's key, our own certificates
// judged by a peer's signature_algorithms_cert (RFC 9846 §4.3.3).
#include "x509_rows.h"

#include "support/mkcert.h"
#include "test_provider.h"

#include "x509/cert.h"

static const struct patina_provider *provider;

static int set_up(void **state)
{
    (void)state;
    provider = test_provider();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    patina_provider_unref(provider);
    return 0;
}

static struct ptn_cert parsed(const struct test_cert *c)
{
    struct ptn_cert cert;
    assert_err(ptn_cert_parse(c->der, &cert), PATINA_OK);
    return cert;
}

// Schemes that fit a kind of key, and one that does not.
static void rows_by_scheme(void **state)
{
    (void)state;
    static const struct {
        enum test_key key;
        uint16_t fits, other;
    } rows[] = {
        {TEST_P256, 0x0403, 0x0503},    {TEST_P384, 0x0503, 0x0403},
        {TEST_P521, 0x0603, 0x0403},    {TEST_ED25519, 0x0807, 0x0403},
        {TEST_RSA2048, 0x0804, 0x0403}, {TEST_RSA2048, 0x0806, 0x0807},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct test_cert c;
        test_make_ca("x", rows[i].key, NULL, &c);
        struct ptn_cert cert = parsed(&c);
        const struct patina_verify_alg *alg =
            ptn_verify_alg_for_scheme(provider, cert.spki.algorithm, rows[i].fits);
        assert_non_null(alg);
        assert_true(ptn_span_equal(alg->key_alg_id, cert.spki.algorithm));
        assert_null(ptn_verify_alg_for_scheme(provider, cert.spki.algorithm, rows[i].other));
        assert_null(ptn_verify_alg_for_scheme(provider, cert.spki.algorithm, 0x0a0a));
        assert_null(ptn_verify_alg_for_scheme(provider, (patina_span){0}, rows[i].fits));
        alg = ptn_verify_alg_for_cert(provider, cert.spki.algorithm, cert.signature_alg);
        assert_non_null(alg);
        assert_null(ptn_verify_alg_for_cert(provider, cert.spki.algorithm, (patina_span){0}));
        test_cert_free(&c);
    }
}

static void key_info_alone(void **state)
{
    (void)state;
    static const struct {
        const char *der;
        bool good;
    } rows[] = {
        {"30{ 30{ 06032b6570 } 03{ 00 32*10 } }", true},
        {"30{ 30{ 06032b6570 } 03{ 00 32*10 } } 00", false},
        {"31{ 30{ 06032b6570 } 03{ 00 32*10 } }", false},
        {"", false},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct ptn_spki spki;
        memset(&spki, 0xaa, sizeof spki);
        patina_span der = der_bytes(rows[i].der);
        assert_err(ptn_spki_parse(der, &spki), rows[i].good ? PATINA_OK : PATINA_ERR_CERT_ENCODING);
        assert_int_equal(is_all_zero(&spki, sizeof spki), !rows[i].good);
        der_free(der);
    }
}

static void one_signature(void **state)
{
    (void)state;
    struct test_cert c;
    test_make_ca("x", TEST_P256, NULL, &c);
    struct ptn_cert cert = parsed(&c);
    const struct patina_verify_alg *alg =
        ptn_verify_alg_for_cert(provider, cert.spki.algorithm, cert.signature_alg);
    assert_err(ptn_verify_with_spki(alg, &cert.spki, &cert.tbs, 1, cert.signature), PATINA_OK);
    // The message in parts is the same message.
    patina_span parts[] = {ptn_span_first(cert.tbs, 10), {0}, ptn_span_skip(cert.tbs, 10)};
    assert_err(ptn_verify_with_spki(alg, &cert.spki, parts, 3, cert.signature), PATINA_OK);
    assert_err(ptn_verify_with_spki(alg, &cert.spki, parts, 1, cert.signature),
               PATINA_ERR_BAD_SIGNATURE);
    assert_err(ptn_verify_with_spki(alg, &cert.spki, &cert.tbs, 1, (patina_span){0}),
               PATINA_ERR_BAD_SIGNATURE);
    struct ptn_spki cut = cert.spki;
    cut.public_key = ptn_span_first(cut.public_key, 64);
    assert_err(ptn_verify_with_spki(alg, &cut, &cert.tbs, 1, cert.signature),
               PATINA_ERR_CERT_UNSUPPORTED_KEY);
    test_cert_free(&c);
}

// Other failures of a provider are passed on as they are.
static patina_err load_without_memory(const struct patina_verify_alg *a, patina_span key,
                                      struct patina_public_key **out)
{
    (void)a;
    (void)key;
    *out = NULL;
    return PATINA_ERR_NO_MEMORY;
}

static void provider_fails(void **state)
{
    (void)state;
    struct patina_verify_alg alg = {.load = load_without_memory};
    struct ptn_spki spki = {0};
    assert_err(ptn_verify_with_spki(&alg, &spki, NULL, 0, (patina_span){0}), PATINA_ERR_NO_MEMORY);
}

static void signature_is_in(void **state)
{
    (void)state;
    static const struct {
        enum test_key issuer;
        const char *digest;
        bool pss;
        uint16_t scheme, other; // both stand for it
        const char *name;
    } rows[] = {
        {TEST_P256, "SHA256", false, 0x0403, 0x0403, "ecdsa-with-SHA256"},
        {TEST_P256, "SHA384", false, 0x0503, 0x0503, "ecdsa-with-SHA384"},
        {TEST_P256, "SHA512", false, 0x0603, 0x0603, "ecdsa-with-SHA512"},
        {TEST_ED25519, NULL, false, 0x0807, 0x0807, "Ed25519"},
        {TEST_RSA2048, "SHA256", false, 0x0401, 0x0401, "RSA-SHA256"},
        {TEST_RSA2048, "SHA384", false, 0x0501, 0x0501, "RSA-SHA384"},
        {TEST_RSA2048, "SHA512", false, 0x0601, 0x0601, "RSA-SHA512"},
        {TEST_RSA2048, "SHA256", true, 0x0804, 0x0809, "RSA-PSS-SHA256"},
        {TEST_RSA2048, "SHA384", true, 0x0805, 0x080a, "RSA-PSS-SHA384"},
        {TEST_RSA2048, "SHA512", true, 0x0806, 0x080b, "RSA-PSS-SHA512"},
    };
    static const uint16_t unfit[] = {0x0a0a, 0x0201};
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct test_cert issuer;
        struct test_cert c;
        test_make_ca("x", rows[i].issuer, NULL, &issuer);
        test_issue(&(struct test_cert_options){.subject = "CN=y",
                                               .digest = rows[i].digest,
                                               .pss = rows[i].pss},
                   &issuer, &c);
        struct ptn_cert cert = parsed(&c);
        uint16_t list[] = {0x0a0a, rows[i].scheme};
        assert_true(ptn_cert_signature_is_in(&cert, list, 2));
        assert_false(ptn_cert_signature_is_in(&cert, list, 1));
        assert_true(ptn_cert_signature_is_in(&cert, &rows[i].other, 1));
        assert_false(ptn_cert_signature_is_in(&cert, unfit, 2));
        assert_false(ptn_cert_signature_is_in(&cert, NULL, 0));
        assert_string_equal(ptn_signature_alg_name(cert.signature_alg), rows[i].name);
        // A self-signed one is not asked.
        struct ptn_cert own = parsed(&issuer);
        assert_true(ptn_cert_signature_is_in(&own, unfit, 2));
        test_cert_free(&c);
        test_cert_free(&issuer);
    }
    struct ptn_cert unknown = {.issuer = PTN_SPAN_LITERAL("a")};
    uint16_t any = 0x0403;
    assert_false(ptn_cert_signature_is_in(&unknown, &any, 1));
    assert_null(ptn_signature_alg_name(unknown.signature_alg));
}

#define T(f) cmocka_unit_test(f)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        T(rows_by_scheme), T(key_info_alone),  T(one_signature),
        T(provider_fails), T(signature_is_in),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
