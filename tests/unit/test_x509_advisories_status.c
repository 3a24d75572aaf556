// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What other libraries got wrong about revocation: a row an advisory, rebuilt from its description.
// Names, keys and paths are in test_x509_advisories.c.
#include "x509_judge.h"

#include "support/mkstatus.h"

#include "x509/crls.h"
#include "x509/ocsp.h"

#define OCSP(...)               \
    &(struct test_ocsp_options) \
    {                           \
        __VA_ARGS__             \
    }
#define REVOKED "a1{ 18{ '20261101000000Z' } }"
#define NUMBER_1 TEST_CRL_NUMBER("01")

static void refuse_staple(const struct test_ocsp_options *o, patina_err want)
{
    patina_span der = test_make_ocsp(o);
    expect(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.staple = der}), want, 0, "");
    status_free(der);
}

static patina_err read_list(patina_span der, struct patina_crls **out)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    o.der = &der;
    o.der_count = 1;
    *out = NULL;
    return patina_crls_new(&o, out, NULL);
}

static void refuse_list(const struct test_crl_options *list, patina_err want)
{
    struct test_crl_options o = *list;
    struct patina_crls *crls = NULL;
    o.issuer = &pki.root;
    patina_span der = test_make_crl(&o);
    assert_err(read_list(der, &crls), want);
    assert_null(crls);
    status_free(der);
}

#define LIST(...)              \
    &(struct test_crl_options) \
    {                          \
        __VA_ARGS__            \
    }

// What is said of a leaf with these distribution points (hex with colons) under a list of the root
// with this scope, which has revoked it.
static patina_err judge_point(const char *points, const char *scope, uint32_t flags)
{
    char extensions[1024];
    struct test_cert leaf;
    struct patina_crls *crls = NULL;
    struct ptn_path_result result;
    issue(&leaf, &pki.root, "CN=a.test", "subjectAltName=DNS:a.test", points, NULL);
    (void)snprintf(extensions, sizeof extensions, NUMBER_1 " " TEST_CRL_SCOPE("%s"), scope);
    patina_span der = test_make_crl(
        LIST(.issuer = &pki.root, .extensions = extensions, .entries = test_crl_entry(&leaf, "")));
    assert_err(read_list(der, &crls), PATINA_OK);
    patina_err err =
        judge(WITH_ROOT(.chain = {&leaf}, .revocation = {.crls = crls, .flags = flags}), &result);
    patina_crls_unref(crls);
    status_free(der);
    test_cert_free(&leaf);
    return err;
}

// ---- Lists

// A list is the certificate's when any of its names is any of the certificate's, also the last of
// the last point.
static void any_of_several_points(void **state)
{
    (void)state;
#define BOTH_NAMES                                                                              \
    "2.5.29.31=DER:30:28:30:26:a0:24:a0:22:86:0f:68:74:74:70:3a:2f:2f:61:2e:74:65:73:74:2f:31:" \
    "86:0f:68:74:74:70:3a:2f:2f:61:2e:74:65:73:74:2f:32"
    static const char *const points[] = {
        "crlDistributionPoints=URI:http://a.test/1,URI:http://a.test/2",
        "crlDistributionPoints=URI:http://a.test/2,URI:http://a.test/1",
        BOTH_NAMES, // of one point
    };
    static const char *const scopes[] = {
        "a0{ a0{ 86{ 'http://a.test/2' } } }",
        "a0{ a0{ 86{ 'http://b.test/' } 86{ 'http://a.test/2' } } }",
    };
    for (size_t i = 0; i < PTN_COUNT(points); i++) {
        for (size_t k = 0; k < PTN_COUNT(scopes); k++) {
            assert_err(judge_point(points[i], scopes[k], PATINA_REVOCATION_ALLOW_UNKNOWN),
                       PATINA_ERR_CERT_REVOKED);
        }
        assert_err(judge_point(points[i], "a0{ a0{ 86{ 'http://a.test/3' } } }", 0),
                   PATINA_ERR_CERT_REVOCATION_UNKNOWN);
    }
}

// onlySomeReasons without a single bit: a list that speaks of nothing.
static void empty_reasons(void **state)
{
    (void)state;
    assert_err(judge_point(NULL, "830100", 0), PATINA_ERR_CERT_REVOCATION_UNKNOWN);
    refuse_list(LIST(.extensions = NUMBER_1 " " TEST_CRL_SCOPE("8300")), PATINA_ERR_CRL_ENCODING);
    refuse_list(LIST(.extensions = NUMBER_1 " " TEST_CRL_SCOPE("830101")), PATINA_ERR_CRL_ENCODING);
}

// x400Address and ediPartyName, in certificate and list, are names like any other: bytes.
static void names_nobody_uses(void **state)
{
    (void)state;
    static const struct {
        const char *point, *same, *other;
    } rows[] = {
        {"2.5.29.31=DER:30:0b:30:09:a0:07:a0:05:a3:03:02:01:05", "a0{ a0{ a3{ 020105 } } }",
         "a0{ a0{ a3{ 03020005 } } }"},
        {"2.5.29.31=DER:30:0d:30:0b:a0:09:a0:07:a5:05:a1:03:0c:01:61",
         "a0{ a0{ a5{ a1{ 0c0161 } } } }", "a0{ a0{ a5{ } } }"},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        assert_err(judge_point(rows[i].point, rows[i].same, 0), PATINA_ERR_CERT_REVOKED);
        assert_err(judge_point(rows[i].point, rows[i].other, 0),
                   PATINA_ERR_CERT_REVOCATION_UNKNOWN);
    }
}

#define DELTA(number) "30{ 0603551d1b 0101ff 04{ 02{ " number " } } }"

static void delta_without_number(void **state)
{
    (void)state;
    refuse_list(LIST(.extensions = DELTA("01")), PATINA_ERR_CRL_DELTA);
    refuse_list(LIST(.extensions = NUMBER_1 " " DELTA("01")), PATINA_ERR_CRL_DELTA);
}

static void long_numbers(void **state)
{
    (void)state;
    refuse_list(LIST(.extensions = TEST_CRL_NUMBER("01 20*00")), PATINA_ERR_CRL_ENCODING);
    refuse_list(LIST(.extensions = TEST_CRL_NUMBER("01 4000*00")), PATINA_ERR_CRL_ENCODING);
}

// ---- OCSP

static void one_of_several_answers(void **state)
{
    (void)state;
    refuse_staple(OCSP(.signer = &pki.root,
                       .answers = {{.cert = &pki.far_leaf, .issuer = &pki.root},
                                   {.cert = &pki.leaf, .issuer = &pki.root, .status = REVOKED}}),
                  PATINA_ERR_CERT_REVOKED);
    refuse_staple(
        OCSP(.signer = &pki.root, .answers = {{.cert = &pki.far_leaf, .issuer = &pki.root}}),
        PATINA_ERR_OCSP_NO_ANSWER);
}

// The serial number of another certificate begins as ours does, or ours as its.
static void serial_by_a_prefix(void **state)
{
    (void)state;
    char longer[64];
    char shorter[64];
    struct ptn_cert leaf;
    assert_err(ptn_cert_parse(pki.leaf.der, &leaf), PATINA_OK);
    assert_in_range(leaf.serial.len, 2, 20);
    (void)snprintf(longer, sizeof longer, "02{ %s 00 }", test_serial_hex(&pki.leaf));
    (void)snprintf(shorter, sizeof shorter, "02{ %02x }", ptn_span_at(leaf.serial, 0));
    const char *const serials[] = {longer, shorter};
    for (size_t i = 0; i < PTN_COUNT(serials); i++) {
        refuse_staple(
            OCSP(.signer = &pki.root, .answers = {{.issuer = &pki.root, .serial = serials[i]}}),
            PATINA_ERR_OCSP_NO_ANSWER);
    }
}

static void responder_of_nobody(void **state)
{
    (void)state;
    struct test_cert other;
    // Trusted for something else, or by somebody else.
    issue(&other, &pki.other_root, "CN=Responder", "extendedKeyUsage=OCSPSigning", NULL, NULL);
    const struct test_cert *const signers[] = {&pki.leaf, &pki.intermediate, &other};
    for (size_t i = 0; i < PTN_COUNT(signers); i++) {
        refuse_staple(OCSP(.signer = signers[i], .with = {signers[i]},
                           .answers = {{.cert = &pki.leaf, .issuer = &pki.root}}),
                      PATINA_ERR_OCSP_RESPONDER);
    }
    // The issuer named, another's signature.
    refuse_staple(OCSP(.signer = &other, .responder = &pki.root,
                       .answers = {{.cert = &pki.leaf, .issuer = &pki.root}}),
                  PATINA_ERR_OCSP_BAD_SIGNATURE);
    test_cert_free(&other);
}

// id-kp-OCSPSigning is 1.3.6.1.5.5.7.3.9: no longer and no shorter one, and not any purpose.
static void purpose_by_a_prefix(void **state)
{
    (void)state;
    static const char *const purposes[] = {
        "extendedKeyUsage=1.3.6.1.5.5.7.3.9.1", "extendedKeyUsage=1.3.6.1.5.5.7.3",
        "extendedKeyUsage=1.3.6.1.5.5.7.3.1", "extendedKeyUsage=anyExtendedKeyUsage",
        "keyUsage=digitalSignature"};
    for (size_t i = 0; i < PTN_COUNT(purposes); i++) {
        struct test_cert delegate;
        issue(&delegate, &pki.root, "CN=Responder", purposes[i], NULL, NULL);
        refuse_staple(OCSP(.signer = &delegate, .with = {&delegate},
                           .answers = {{.cert = &pki.leaf, .issuer = &pki.root}}),
                      PATINA_ERR_OCSP_RESPONDER);
        test_cert_free(&delegate);
    }
    struct test_cert delegate;
    issue(&delegate, &pki.root, "CN=Responder", "extendedKeyUsage=OCSPSigning", NULL, NULL);
    patina_span der = test_make_ocsp(OCSP(.signer = &delegate, .with = {&delegate},
                                          .answers = {{.cert = &pki.leaf, .issuer = &pki.root}}));
    expect_ok(WITH_ROOT(.chain = {&pki.leaf}, .revocation = {.staple = der}));
    status_free(der);
    test_cert_free(&delegate);
}

#define ROW(text, f) {text, f, NULL, NULL, NULL}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ROW("RUSTSEC-2026-0049 webpki: a list for another of several points",
            any_of_several_points),
        ROW("RUSTSEC-2026-0104 webpki: a list for no reason at all", empty_reasons),
        ROW("CVE-2023-0286, CVE-2020-1971 OpenSSL: names of points that nobody uses",
            names_nobody_uses),
        ROW("CVE-2026-28388 OpenSSL: a delta without a number", delta_without_number),
        ROW("wolfSSL 5.9.0: numbers of lists beyond a buffer", long_numbers),
        ROW("CVE-2026-3832 GnuTLS: one of several answers", one_of_several_answers),
        ROW("CVE-2026-10098 wolfSSL: a serial number by its prefix", serial_by_a_prefix),
        ROW("CVE-2022-1343 OpenSSL: a responder of nobody", responder_of_nobody),
        ROW("wolfSSL 5.9.1: a responder's purpose by its prefix", purpose_by_a_prefix),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
