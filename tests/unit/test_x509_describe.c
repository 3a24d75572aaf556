// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What certificates say, for people: patina_cert_describe, distinguished names, texts that nothing
// a peer writes can break.
#include "x509_rows.h"

#include "support/mkcert.h"

#include "patina/cert.h"
#include "x509/dn.h"

// ---- Distinguished names (RFC 4514)

struct row {
    const char *der, *want;
};

static void run_name(void **state)
{
    const struct row *row = *state;
    patina_span der = der_bytes(row->der);
    char text[100];
    struct ptn_text t = PTN_TEXT_OF(text);
    ptn_dn_text(der, &t);
    assert_string_equal(text, row->want);
    der_free(der);
}

static void run_short_name(void **state)
{
    const struct row *row = *state;
    patina_span der = der_bytes(row->der);
    char text[100];
    struct ptn_text t = PTN_TEXT_OF(text);
    ptn_dn_short_text(der, &t);
    assert_string_equal(text, row->want);
    der_free(der);
}

static void run_oid(void **state)
{
    const struct row *row = *state;
    patina_span der = der_bytes(row->der);
    char text[100];
    struct ptn_text t = PTN_TEXT_OF(text);
    ptn_oid_text(der, &t);
    assert_string_equal(text, row->want);
    der_free(der);
}

static void run_untrusted(void **state)
{
    const struct row *row = *state;
    patina_span bytes = der_bytes(row->der);
    char text[100];
    struct ptn_text t = PTN_TEXT_OF(text);
    ptn_text_untrusted(&t, bytes);
    assert_string_equal(text, row->want);
    der_free(bytes);
}

static void run_ip(void **state)
{
    const struct row *row = *state;
    patina_span bytes = der_bytes(row->der);
    char text[100];
    struct ptn_text t = PTN_TEXT_OF(text);
    ptn_text_ip(&t, bytes);
    assert_string_equal(text, row->want);
    der_free(bytes);
}

// ---- Texts

static void numbers_and_dates(void **state)
{
    (void)state;
    static const struct {
        int64_t s;
        const char *want;
    } dates[] = {
        {0, "1970-01-01"},
        {-1, "1969-12-31"},
        {951782400, "2000-02-29"},
        {951868800, "2000-03-01"},
        {1795219200, "2026-11-21"},
        {1798761599, "2026-12-31"},
        {4107542399, "2100-02-28"},
        {4107542400, "2100-03-01"},
        {253402300799, "9999-12-31"},
        {253402300800, "a day out of range"},
        {-62167219200, "0000-01-01"},
        {-62162035201, "0000-02-29"},
        {-62167219201, "a day out of range"},
    };
    for (size_t i = 0; i < PTN_COUNT(dates); i++) {
        char text[40];
        struct ptn_text t = PTN_TEXT_OF(text);
        ptn_text_date(&t, dates[i].s);
        assert_string_equal(text, dates[i].want);
    }
    char text[40];
    struct ptn_text t = PTN_TEXT_OF(text);
    ptn_text_number(&t, 0);
    ptn_text_add(&t, " ");
    ptn_text_number(&t, 1090);
    ptn_text_add(&t, " ");
    ptn_text_number(&t, UINT64_MAX);
    ptn_text_add(&t, " ");
    ptn_text_hex(&t, PTN_SPAN_LITERAL("\x01\xaf"));
    assert_string_equal(text, "0 1090 18446744073709551615 01af");
}

// A leap year's days, one by one, against the calendar of the C library.
static void dates_as_the_library_has_them(void **state)
{
    (void)state;
    for (time_t s = 1704067200; s < 1704067200 + 800 * 86400; s += 86400) {
        char want[40];
        char text[40];
        struct tm parts;
        struct ptn_text t = PTN_TEXT_OF(text);
        assert_non_null(gmtime_r(&s, &parts));
        assert_int_not_equal(strftime(want, sizeof want, "%Y-%m-%d", &parts), 0);
        ptn_text_date(&t, s + 86399);
        assert_string_equal(text, want);
    }
}

static void cut_at_a_character(void **state)
{
    (void)state;
    // Two bytes a character, into every size: never half of one, always terminated.
    for (size_t size = 1; size <= 12; size++) {
        char text[12];
        memset(text, 'x', sizeof text);
        struct ptn_text t = ptn_text_over((patina_mspan){(uint8_t *)text, size});
        ptn_text_untrusted(&t, PTN_SPAN_LITERAL("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f"));
        size_t len = strlen(text);
        assert_in_range(len, 0, size - 1);
        assert_int_equal(len % 2, 0);
        assert_int_equal(ptn_text_is_cut(&t), size <= 8);
        ptn_text_add(&t, ""); // harmless
        ptn_text_mark_cut(&t);
        if (ptn_text_is_cut(&t) && size >= 4) {
            assert_string_equal(text + strlen(text) - 3, "\xe2\x80\xa6");
            assert_in_range(strlen(text), 3, size - 1);
        }
    }
}

// ---- Certificates

static void a_server(void **state)
{
    (void)state;
    struct test_cert root;
    struct test_cert leaf;
    struct patina_cert_info info;
    test_make_ca("Root", TEST_P384, NULL, &root);
    test_issue(
        &(struct test_cert_options){.subject = "C=DE/O=Example, Inc./CN=a.test",
                                    .key = TEST_P256,
                                    .extensions = {"subjectAltName=DNS:a.test,DNS:*.b.test,IP:192."
                                                   "0.2.1,IP:2001:db8::1,email:x@a.test,"
                                                   "URI:spiffe://a.test/x,otherName:1.2.3;UTF8:y"}},
        &root, &leaf);
    assert_err(patina_cert_describe(leaf.der, &info), PATINA_OK);
    assert_string_equal(info.subject, "CN=a.test, O=Example, Inc., C=DE");
    assert_string_equal(info.issuer, "CN=Root, O=Patina Test");
    assert_string_equal(info.key, "EC P-256");
    assert_int_equal(info.key_bits, 256);
    assert_string_equal(info.signature, "ecdsa-with-SHA256");
    assert_string_equal(
        info.names,
        "a.test, *.b.test, 192.0.2.1, 2001:db8::1, email:x@a.test, spiffe://a.test/x, (other)");
    assert_int_equal(info.is_ca, 0);
    assert_int_equal(info.not_before_s, 1577836800);
    assert_int_equal(info.not_after_s, 2524521600);
    assert_err(patina_cert_describe(root.der, &info), PATINA_OK);
    assert_int_equal(info.is_ca, 1);
    assert_string_equal(info.key, "EC P-384");
    assert_string_equal(info.names, "");
    test_cert_free(&leaf);
    test_cert_free(&root);
}

static void kinds_of_keys(void **state)
{
    (void)state;
    static const struct {
        enum test_key key;
        const char *digest;
        bool pss;
        const char *name, *signature;
        uint32_t bits;
    } rows[] = {
        {TEST_P521, "SHA512", false, "EC P-521", "ecdsa-with-SHA512", 521},
        {TEST_ED25519, NULL, false, "Ed25519", "Ed25519", 256},
        {TEST_RSA2048, NULL, false, "RSA 2048", "RSA-SHA256", 2048},
        {TEST_RSA2048, "SHA384", true, "RSA 2048", "RSA-PSS-SHA384", 2048},
        {TEST_RSA2048, "SHA1", false, "RSA 2048", "1.2.840.113549.1.1.5", 2048},
        {TEST_SECP256K1, NULL, false, "1.3.132.0.10", "ecdsa-with-SHA256", 0},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        struct test_cert c;
        struct patina_cert_info info;
        test_issue(&(struct test_cert_options){.subject = "CN=x",
                                               .key = rows[i].key,
                                               .digest = rows[i].digest,
                                               .pss = rows[i].pss},
                   NULL, &c);
        assert_err(patina_cert_describe(c.der, &info), PATINA_OK);
        assert_string_equal(info.key, rows[i].name);
        assert_string_equal(info.signature, rows[i].signature);
        assert_int_equal(info.key_bits, rows[i].bits);
        test_cert_free(&c);
    }
}

static void many_names_are_cut(void **state)
{
    (void)state;
    char line[2048] = "subjectAltName=DNS:first.test";
    struct test_cert c;
    struct patina_cert_info info;
    for (size_t i = 0; i < 40; i++) {
        (void)strcat(line, ",DNS:another-name.test");
    }
    test_issue(&(struct test_cert_options){.subject = "CN=x", .extensions = {line}}, NULL, &c);
    assert_err(patina_cert_describe(c.der, &info), PATINA_OK);
    assert_in_range(strlen(info.names), 200, sizeof info.names - 1);
    assert_string_equal(info.names + strlen(info.names) - 3, "\xe2\x80\xa6");
    test_cert_free(&c);
}

static void no_certificate(void **state)
{
    (void)state;
    struct patina_cert_info info;
    memset(&info, 0xaa, sizeof info);
    assert_err(patina_cert_describe(PTN_SPAN_LITERAL("nonsense"), &info), PATINA_ERR_CERT_ENCODING);
    assert_true(is_all_zero(&info, sizeof info));
    assert_err(patina_cert_describe((patina_span){0}, &info), PATINA_ERR_CERT_ENCODING);
    assert_err(patina_cert_describe(PTN_SPAN_LITERAL("nonsense"), NULL), PATINA_ERR_MISUSE);
}

#define CN(value) "31{ 30{ 0603 550403 " value " } }"
#define NAME(text, der, want)                     \
    {                                             \
        text, run_name, NULL, NULL, &(struct row) \
        {                                         \
            der, want                             \
        }                                         \
    }
#define SHORT(text, der, want)                          \
    {                                                   \
        text, run_short_name, NULL, NULL, &(struct row) \
        {                                               \
            der, want                                   \
        }                                               \
    }
#define OID(text, der, want)                     \
    {                                            \
        text, run_oid, NULL, NULL, &(struct row) \
        {                                        \
            der, want                            \
        }                                        \
    }
#define UNTRUSTED(text, der, want)                     \
    {                                                  \
        text, run_untrusted, NULL, NULL, &(struct row) \
        {                                              \
            der, want                                  \
        }                                              \
    }
#define ADDRESS(der, want)                                 \
    {                                                      \
        "address " want, run_ip, NULL, NULL, &(struct row) \
        {                                                  \
            der, want                                      \
        }                                                  \
    }
#define T(f) cmocka_unit_test(f)

static const struct CMUnitTest tests[] = {
    NAME("name of no part", "30{ }", "(no name)"),
    NAME("last part first", "30{ 31{ 30{ 0603 550406 13{ 'DE' } } } " CN("0c{ 'a' }") " }",
         "CN=a, C=DE"),
    NAME("known types",
         "30{ 31{ 30{ 0603 550408 0c{ '1' } } } 31{ 30{ 0603 550407 0c{ '2' } } } 31{ 30{ 0603 "
         "55040b 0c{ '3' } } } "
         "31{ 30{ 0603 550405 0c{ '4' } } } 31{ 30{ 06092a864886f70d010901 16{ '5' } } } "
         "31{ 30{ 060a0992268993f22c640119 16{ '6' } } } }",
         "DC=6, emailAddress=5, serialNumber=4, OU=3, L=2, ST=1"),
    NAME("unknown type", "30{ 31{ 30{ 0603 2a0304 0c{ 'x' } } } }", "1.2.3.4=x"),
    NAME("part of two", "30{ 31{ 30{ 0603 550403 0c{ 'a' } } 30{ 0603 55040a 0c{ 'b' } } } }",
         "CN=a+O=b"),
    NAME("Latin-1", "30{ " CN("14{ 'B' fc }") " }", "CN=B\xc3\xbc"),
    NAME("BMPString", "30{ " CN("1e{ 0042 20ac }") " }", "CN=B\xe2\x82\xac"),
    NAME("UniversalString", "30{ " CN("1c{ 0001f600 }") " }", "CN=\xf0\x9f\x98\x80"),
    NAME("octets", "30{ " CN("04{ 01ff }") " }", "CN=#01ff"),
    NAME("no name", "3100", "?"),
    NAME("malformed part", "30{ 3000 }", "?"),
    NAME("malformed attribute", "30{ 31{ 30{ 0603 550403 } } }", "?"),
    SHORT("common name",
          "30{ 31{ 30{ 0603 550403 0c{ 'a' } } } 31{ 30{ 0603 55040a 0c{ 'b' } } } }", "a"),
    SHORT("the last common name", "30{ " CN("0c{ 'a' }") CN("0c{ 'b' }") " }", "b"),
    SHORT("no common name", "30{ 31{ 30{ 0603 55040a 0c{ 'b' } } } }", "O=b"),
    SHORT("empty common name", "30{ " CN("0c{ }") " }", "CN="),
    OID("small arcs", "2a0304", "1.2.3.4"),
    OID("arc of two bytes", "2a864886f70d", "1.2.840.113549"),
    OID("below 2", "88378703", "2.999.899"),
    OID("first of 2", "50", "2.0"),
    OID("too large an arc", "2a ffffffffffffffffffff7f", "1.2.?"),
    UNTRUSTED("plain", "'a.test'", "a.test"),
    UNTRUSTED("escape sequence", "1b '[2J' 07 0a 00 7f", "?[2J????"),
    UNTRUSTED("C1 control", "c29b 'x'", "?x"),
    UNTRUSTED("turned direction", "e280ae 'gpj'", "?gpj"),
    UNTRUSTED("no width", "e2808b efbbbf c2ad", "???"),
    UNTRUSTED("two, three, four bytes", "c3a4 e282ac f09f9880",
              "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"),
    UNTRUSTED("lone continuation", "80 'a'", "?a"),
    UNTRUSTED("cut", "e282", "?"),
    UNTRUSTED("cut, then text", "e2 'a'", "?a"),
    UNTRUSTED("overlong of two", "c0af", "??"),
    UNTRUSTED("overlong of three", "e080af", "?"),
    UNTRUSTED("overlong of four", "f08080af", "?"),
    UNTRUSTED("surrogate", "eda080", "?"),
    UNTRUSTED("over U+10FFFF", "f4908080 f5", "??"),
    UNTRUSTED("tag character", "f3a08081", "?"),
    ADDRESS("c0000201", "192.0.2.1"),
    ADDRESS("00000000", "0.0.0.0"),
    ADDRESS("16*00", "::"),
    ADDRESS("15*00 01", "::1"),
    ADDRESS("20010db8 11*00 01", "2001:db8::1"),
    ADDRESS("0001 14*00", "1::"),
    ADDRESS("00010000000300000000000600000008", "1:0:3::6:0:8"),
    ADDRESS("00010000000300040005000600070008", "1:0:3:4:5:6:7:8"),
    ADDRESS("ffff0fff00ff000fffff0fff00ff000f", "ffff:fff:ff:f:ffff:fff:ff:f"),
    T(numbers_and_dates),
    T(dates_as_the_library_has_them),
    T(cut_at_a_character),
    T(a_server),
    T(kinds_of_keys),
    T(many_names_are_cut),
    T(no_certificate),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
