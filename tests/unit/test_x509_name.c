// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Names: what a caller may ask for (RFC 6066 §3, RFC 4291 §2.2) and what a certificate is for (RFC
// 9525).
#include "x509_rows.h"

#include "x509/cert.h"
#include "x509/name.h"

// ---- Reading

struct read_row {
    const char *text;
    const char *want; // NULL: refused; else the DNS name in quotes, or the octets of an address
};

static void run_read(void **state)
{
    const struct read_row *row = *state;
    struct ptn_server_name name;
    memset(&name, 0xaa, sizeof name);
    patina_span text = der_bytes(row->text);
    patina_err err = ptn_server_name_parse(text, &name);
    if (row->want == NULL) {
        assert_err(err, PATINA_ERR_BAD_SERVER_NAME);
        assert_true(is_all_zero(&name, sizeof name));
    } else if (row->want[0] == '\'') {
        assert_err(err, PATINA_OK);
        assert_int_equal(name.kind, PTN_NAME_DNS);
        assert_bytes(name.text, row->want);
        assert_int_equal(name.ip_len, 0);
        assert_true(ptn_is_dns_name(name.text));
    } else if (strstr(row->want, "://") != NULL) {
        assert_err(err, PATINA_OK);
        assert_int_equal(name.kind, PTN_NAME_URI);
        assert_bytes(name.text, row->text);
        assert_int_equal(name.ip_len, 0);
        assert_int_equal(name.is_spiffe, row->want[0] != ':');
    } else {
        assert_err(err, PATINA_OK);
        assert_int_equal(name.kind, PTN_NAME_IP);
        assert_bytes((patina_span){name.ip, name.ip_len}, row->want);
        assert_null(name.text.ptr);
        assert_false(ptn_is_dns_name(text));
    }
    der_free(text);
}

// ---- Matching

struct match_row {
    const char *san; // GeneralNames' contents
    const char *asked;
    patina_err want;
};

static void run_match(void **state)
{
    const struct match_row *row = *state;
    patina_span san = der_bytes(row->san);
    struct ptn_cert cert = {.ext.san = san};
    struct ptn_server_name name;
    size_t budget = 100;
    assert_err(ptn_server_name_parse(ptn_span_of_string(row->asked), &name), PATINA_OK);
    assert_err(ptn_cert_match_name(&cert, &name, &budget), row->want);
    der_free(san);
}

static void budget_is_counted(void **state)
{
    (void)state;
    patina_span san = der_bytes("82{ 'a.test' } 82{ 'b.test' } 82{ 'c.test' }");
    struct ptn_cert cert = {.ext.san = san};
    struct ptn_server_name name;
    size_t budget = 5;
    assert_err(ptn_server_name_parse(PTN_SPAN_LITERAL("b.test"), &name), PATINA_OK);
    assert_err(ptn_cert_match_name(&cert, &name, &budget), PATINA_OK);
    assert_int_equal(budget, 3);
    budget = 1;
    assert_err(ptn_cert_match_name(&cert, &name, &budget), PATINA_ERR_CERT_BUDGET);
    assert_int_equal(budget, 0);
    budget = 2;
    assert_err(ptn_cert_match_name(&cert, &name, &budget), PATINA_OK);
    der_free(san);
}

#define READ(text, name, want)                         \
    {                                                  \
        text, run_read, NULL, NULL, &(struct read_row) \
        {                                              \
            name, want                                 \
        }                                              \
    }
#define SAME(text, name) READ(text, "'" name "'", "'" name "'")
#define REFUSED(text, name) READ(text, name, NULL)
#define MATCH(text, want, asked, san)                    \
    {                                                    \
        text, run_match, NULL, NULL, &(struct match_row) \
        {                                                \
            san, asked, want                             \
        }                                                \
    }
#define YES PATINA_OK
#define NO PATINA_ERR_CERT_NAME_MISMATCH
#define L63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct CMUnitTest tests[] = {
    SAME("a name", "www.example.test"),
    SAME("one label", "localhost"),
    SAME("capitals", "WWW.Example.TEST"),
    SAME("A-label", "xn--bcher-kva.example"),
    SAME("underscore", "_sip._tcp.a_b.test"),
    SAME("digits but in the last label", "1.2.3.4.test"),
    SAME("last label begins with a digit", "a.3com"),
    SAME("label of 63", L63 ".test"),
    SAME("253 bytes", L63 "." L63 "." L63 "."
                          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    READ("trailing dot", "'a.test.'", "'a.test'"),
    REFUSED("nothing", ""),
    REFUSED("a dot", "'.'"),
    REFUSED("two trailing dots", "'a.test..'"),
    REFUSED("leading dot", "'.a.test'"),
    REFUSED("empty label", "'a..test'"),
    REFUSED("label of 64", "'a" L63 ".test'"),
    REFUSED("254 bytes", "'" L63 "." L63 "." L63 "."
                         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"),
    REFUSED("hyphen first", "'-a.test'"),
    REFUSED("hyphen last in a label", "'a-.test'"),
    REFUSED("hyphen last of all", "'a.test-'"),
    REFUSED("wildcard", "'*.test'"),
    REFUSED("space", "'a b.test'"),
    REFUSED("zero byte", "'a.test' 00 'b.test'"),
    REFUSED("slash", "'a.test/x'"),
    REFUSED("port", "'a.test:443'"),
    REFUSED("U-label", "'b' c3bc 'cher.example'"),
    REFUSED("digits alone", "'12345'"),
    REFUSED("last label of digits", "'a.123'"),
    READ("IPv4", "'192.0.2.255'", "c00002ff"),
    READ("IPv4 of zeros", "'0.0.0.0'", "00000000"),
    REFUSED("IPv4 over 255", "'192.0.2.256'"),
    REFUSED("IPv4 of three parts", "'192.0.2'"),
    REFUSED("IPv4 of five parts", "'192.0.2.1.5'"),
    REFUSED("IPv4 with a leading zero", "'192.0.02.1'"),
    REFUSED("IPv4 in hex", "'0x7f.0.0.1'"),
    REFUSED("IPv4 with a dot behind", "'192.0.2.1.'"),
    REFUSED("IPv4 with four digits", "'1920.0.2.1'"),
    READ("IPv6 in full", "'2001:DB8:0:0:8:800:200C:417A'", "20010db80000000000080800200c417a"),
    READ("IPv6 gap inside", "'2001:db8::417a'", "20010db8 10*00 417a"),
    READ("IPv6 loopback", "'::1'", "15*00 01"),
    READ("IPv6 of zeros", "'::'", "16*00"),
    READ("IPv6 gap at the end", "'fe80::'", "fe80 14*00"),
    READ("IPv6 gap of one group", "'1:2:3::5:6:7:8'", "00010002000300000005000600070008"),
    READ("IPv6 with IPv4", "'::ffff:192.0.2.1'", "10*00 ffff c0000201"),
    READ("IPv6 in full with IPv4", "'1:2:3:4:5:6:192.0.2.1'", "000100020003000400050006c0000201"),
    REFUSED("IPv6 gap of none", "'1:2:3:4::5:6:7:8'"),
    REFUSED("IPv6 two gaps", "'1::2::3'"),
    REFUSED("IPv6 three colons", "'1:::2'"),
    REFUSED("IPv6 of seven groups", "'1:2:3:4:5:6:7'"),
    REFUSED("IPv6 of nine groups", "'1:2:3:4:5:6:7:8:9'"),
    REFUSED("IPv6 of nine groups and a gap", "'1:2:3:4:5:6:7:8:9::'"),
    REFUSED("IPv6 group of five", "'12345::'"),
    REFUSED("IPv6 no hex", "'::g'"),
    REFUSED("IPv6 colon first", "':1:2:3:4:5:6:7'"),
    REFUSED("IPv6 colon last", "'1:2:3:4:5:6:7:'"),
    REFUSED("IPv6 with IPv4 too long", "'1:2:3:4:5:6:7:192.0.2.1'"),
    REFUSED("IPv6 with IPv4 inside", "'::192.0.2.1:1'"),
    REFUSED("IPv6 with IPv4 in front", "'192.0.2.1::'"),
    REFUSED("IPv6 with zone", "'fe80::1%eth0'"),
    REFUSED("IPv6 in brackets", "'[::1]'"),
    READ("URI", "'https://a.test/x'", "://"),
    READ("URI with all its parts, RFC 3986 §3", "'x+1-.://me@a.test:1/b;c/?q=%41&r#f'", "://"),
    READ("URI without a path", "'https://a.test'", "://"),
    READ("URI at an address", "'https://[::1]:8443/'", "://"),
    READ("URI of 2048 bytes", "'https://a.test/' 2033*78", "://"),
    REFUSED("URI of 2049 bytes", "'https://a.test/' 2034*78"),
    READ("SPIFFE ID", "'spiffe://a.test/ns/x/sa/y'", "spiffe://"),
    READ("SPIFFE ID of a trust domain", "'spiffe://a-1_b.test'", "spiffe://"),
    READ("SPIFFE ID with dots in its path", "'spiffe://a.test/.x/y.'", "spiffe://"),
    REFUSED("SPIFFE ID with a dot for a segment", "'spiffe://a.test/./x'"),
    REFUSED("SPIFFE ID with two dots for a segment", "'spiffe://a.test/x/..'"),
    REFUSED("SPIFFE ID with an empty segment", "'spiffe://a.test//x'"),
    REFUSED("SPIFFE ID with a slash behind", "'spiffe://a.test/x/'"),
    REFUSED("SPIFFE ID with a capital in its domain", "'spiffe://A.test/x'"),
    REFUSED("SPIFFE ID with a capital in its scheme", "'SPIFFE://a.test/x'"),
    REFUSED("SPIFFE ID with a port", "'spiffe://a.test:1/x'"),
    REFUSED("SPIFFE ID with a user", "'spiffe://me@a.test/x'"),
    REFUSED("SPIFFE ID with a query", "'spiffe://a.test/x?y'"),
    REFUSED("SPIFFE ID with a fragment", "'spiffe://a.test#y'"),
    REFUSED("SPIFFE ID with an encoded byte", "'spiffe://a.test/%41'"),
    REFUSED("SPIFFE ID with a domain of 256 bytes", "'spiffe://' 256*78"),
    REFUSED("URI without a scheme", "'://a.test'"),
    REFUSED("URI with a digit in front", "'1x://a.test'"),
    REFUSED("URI with a scheme of other letters", "'x_y://a.test'"),
    REFUSED("URI without an authority", "'urn:x:y'"),
    REFUSED("URI with an empty authority", "'file:///x'"),
    REFUSED("URI with an empty host", "'https://me@/x'"),
    REFUSED("URI with one slash", "'https:/a.test'"),
    REFUSED("URI with a port that is none", "'https://a.test:x/'"),
    REFUSED("URI with a space", "'https://a.test/ '"),
    REFUSED("URI with a zero byte", "'https://a.test/' 00"),
    REFUSED("URI with a letter beyond ASCII", "'https://a.test/' c3a4"),
    REFUSED("URI with a backslash", "'https://a.test/' 5c"),
    REFUSED("URI with half an encoded byte", "'https://a.test/%4'"),
    REFUSED("URI with a byte that is not encoded", "'https://a.test/%4g'"),
    MATCH("equal", YES, "a.test", "82{ 'a.test' }"),
    MATCH("equal but for case, RFC 9525 §6.3", YES, "A.Test", "82{ 'a.tEST' }"),
    MATCH("second of two", YES, "b.test", "82{ 'a.test' } 82{ 'b.test' }"),
    MATCH("asked with a trailing dot", YES, "a.test.", "82{ 'a.test' }"),
    MATCH("presented with a trailing dot", NO, "a.test", "82{ 'a.test.' }"),
    MATCH("other", NO, "a.test", "82{ 'b.test' }"),
    MATCH("below", NO, "x.a.test", "82{ 'a.test' }"),
    MATCH("above", NO, "a.test", "82{ 'x.a.test' }"),
    MATCH("zero byte", NO, "a.test", "82{ 'a.test' 00 '.evil.test' }"),
    MATCH("no names", NO, "a.test", ""),
    MATCH("wildcard, RFC 9525 §6.3", YES, "x.a.test", "82{ '*.a.test' }"),
    MATCH("wildcard but for case", YES, "x.A.test", "82{ '*.a.TEST' }"),
    MATCH("wildcard for an A-label", YES, "xn--bcher-kva.a.test", "82{ '*.a.test' }"),
    MATCH("wildcard over two labels", NO, "x.y.a.test", "82{ '*.a.test' }"),
    MATCH("wildcard over none", NO, "a.test", "82{ '*.a.test' }"),
    MATCH("wildcard inside a label", NO, "xy.a.test", "82{ 'x*.a.test' }"),
    MATCH("wildcard with more in its label", NO, "xy.a.test", "82{ '*y.a.test' }"),
    MATCH("wildcard in the second label", NO, "x.y.test", "82{ 'x.*.test' }"),
    MATCH("two wildcards", NO, "x.y.test", "82{ '*.*.test' }"),
    MATCH("wildcard alone", NO, "localhost", "82{ '*' }"),
    MATCH("wildcard and a dot", NO, "localhost", "82{ '*.' }"),
    MATCH("wildcard for an address", NO, "192.0.2.1", "82{ '*.0.2.1' }"),
    MATCH("IPv4", YES, "192.0.2.1", "87{ c0000201 }"),
    MATCH("IPv4 other", NO, "192.0.2.2", "87{ c0000201 }"),
    MATCH("IPv4 as dNSName, RFC 9525 §6.3", NO, "192.0.2.1", "82{ '192.0.2.1' }"),
    MATCH("IPv6", YES, "2001:db8::1", "87{ 20010db8 11*00 01 }"),
    MATCH("IPv4 mapped is not IPv4", NO, "192.0.2.1", "87{ 10*00 ffff c0000201 }"),
    MATCH("name as address bytes", NO, "abcd", "87{ 'abcd' }"),
    MATCH("e-mail is no host", NO, "a.test", "81{ 'a.test' }"),
    MATCH("URI is no host", NO, "a.test", "86{ 'a.test' }"),
    MATCH("URI, RFC 9525 §6.5", YES, "https://a.test/x", "82{ 'b.test' } 86{ 'https://a.test/x' }"),
    MATCH("URI of another path", NO, "https://a.test/x", "86{ 'https://a.test/y' }"),
    MATCH("URI in other case", NO, "https://a.test/x", "86{ 'https://A.test/x' }"),
    MATCH("URI longer", NO, "https://a.test/x", "86{ 'https://a.test/x/' }"),
    MATCH("URI's host as dNSName", NO, "https://a.test", "82{ 'a.test' }"),
    MATCH("URI as dNSName", NO, "https://a.test", "82{ 'https://a.test' }"),
    MATCH("URI, one of two", YES, "https://a.test/x",
          "86{ 'https://b.test/' } 86{ 'https://a.test/x' }"),
    MATCH("SPIFFE ID", YES, "spiffe://a.test/x", "86{ 'spiffe://a.test/x' } 82{ 'b.test' }"),
    MATCH("SPIFFE ID of another", NO, "spiffe://a.test/x", "86{ 'spiffe://a.test/y' }"),
    MATCH("SPIFFE ID, the first of two URIs", NO, "spiffe://a.test/x",
          "86{ 'spiffe://a.test/x' } 86{ 'https://a.test/' }"),
    MATCH("SPIFFE ID, the second of two URIs", NO, "spiffe://a.test/x",
          "86{ 'https://a.test/' } 86{ 'spiffe://a.test/x' }"),
    MATCH("malformed list", PATINA_ERR_CERT_ENCODING, "a.test", "82{ 'b.test' } 8299"),
    cmocka_unit_test(budget_is_counted),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
