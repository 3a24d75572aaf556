// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The parser of the ClientHello with all its extensions, and the comparison of a second one with
// the first (RFC 9846 §4.2.2).
#include "rows.h"

#include "wire/hello.h"

#define FIXED "0303 32*aa 1(32*bb) 2(1301 1302) 1(00) "
enum { FIXED_BYTES = 2 + 32 + 33 + 6 + 2 };
#define WITH(extensions) FIXED "2(" extensions ")"

#define VERSIONS "002b 2( 1(0304 0303) ) "
#define PSK_MODES "002d 2( 1(01) ) "
#define PSK(identities, binders) "0029 2( 2(" identities ") 2(" binders ") )"
#define IDENTITY "2('ticket') 00000001 "
#define BINDER "1(32*cc) "
#define SHARE "001d 2(32*dd) "

// What Chromium, Firefox, curl and Go send between them, and what else there is.
#define FULL                                                                            \
    "0303 32*aa 1(32*bb) 2(0a0a 1301 1302 1303 c02b) 1(00) 2("                          \
    "0a0a 2() "                                                                         \
    "0000 2( 2( 00 2('example.com') ) ) "                                               \
    "0017 2() ff01 2( 1() ) "                                                           \
    "000a 2( 2(0a0a 11ec 001d 0017) ) "                                                 \
    "000b 2( 1(00) ) 0023 2() "                                                         \
    "0010 2( 2( 1('h2') 1('http/1.1') ) ) "                                             \
    "0005 2( 01 2( 2('responder') 2('other') ) 2('extensions') ) "                      \
    "000d 2( 2(0403 0804) ) 0032 2( 2(0401) ) 0012 2() "                                \
    "0033 2( 2( 0a0a 2(00) 11ec 2(8*11) " SHARE ") ) "                                  \
    "002d 2( 1(00 01) ) 002b 2( 1(0a0a 0304 0303) ) "                                   \
    "002c 2( 2('cookie') ) 002f 2( 2( 2('name') 2('other name') ) ) 0031 2() 002a 2() " \
    "001b 2( 1(0002) ) 4469 2('whatever') fe0d 2('ech') 3a3a 2(00) 0015 2( 9*00 ) "     \
    "0029 2( 2( 2('ticket') 01020304 2('second') 00000000 ) 2( 1(32*cc) 1(48*cd) ) ) )"

struct row {
    const char *body;
    patina_err want;
};

static patina_err parse(patina_span body)
{
    struct ptn_client_hello hello;
    memset(&hello, 0x5a, sizeof hello);
    patina_err err = ptn_parse_client_hello(body, &hello);
    if (err != PATINA_OK) {
        assert_int_equal(hello.legacy_version, 0);
        assert_int_equal(hello.extensions, 0);
        assert_int_equal(hello.psk_identities + hello.psk_binders, 0);
        assert_int_equal(hello.key_shares.count + hello.alpn.count, 0);
        assert_empty(hello.random);
        assert_empty(hello.extension_block);
        assert_empty(hello.key_shares.bytes);
        assert_empty(hello.server_name);
    }
    return err;
}

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span body = notation_bytes(row->body);
    assert_err(parse(body), row->want);
    if (row->want == PATINA_OK) {
        check_truncations(parse, body, FIXED_BYTES);
        check_trailing_byte(parse, body);
        check_changed_bytes(parse, body);
    }
    notation_free(body);
}

#define ROW(text, want, body)                    \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            body, want                           \
        }                                        \
    }
#define OK(text, extensions) ROW(text, PATINA_OK, WITH(extensions))
#define BAD(text, row, extensions) ROW(text, row, WITH(extensions))

static void full_hello(void **state)
{
    (void)state;
    patina_span body = notation_bytes(FULL);
    struct ptn_client_hello hello;
    assert_err(ptn_parse_client_hello(body, &hello), PATINA_OK);
    assert_int_equal(hello.legacy_version, 0x0303);
    assert_span(hello.random, "32*aa");
    assert_span(hello.session_id, "32*bb");
    assert_int_equal(ptn_u16_list_count(hello.cipher_suites), 5);
    assert_true(ptn_u16_list_has(hello.cipher_suites, PTN_TLS_CHACHA20_POLY1305_SHA256));
    assert_span(hello.compression_methods, "00");
    // Everything known to us but oid_filters, which has no place here.
    assert_int_equal(hello.extensions, 0x1fffff & ~PTN_EXT_OID_FILTERS);
    assert_span(hello.server_name, "'example.com'");
    assert_span(hello.supported_versions.bytes, "0a0a 0304 0303");
    assert_span(hello.supported_groups.bytes, "0a0a 11ec 001d 0017");
    assert_span(hello.signature_algorithms.bytes, "0403 0804");
    assert_span(hello.signature_algorithms_cert.bytes, "0401");
    assert_int_equal(hello.key_shares.count, 3);
    struct ptn_key_share share;
    assert_true(ptn_key_share_list_find(hello.key_shares, PTN_GROUP_X25519, &share));
    assert_span(share.key_exchange, "32*dd");
    assert_int_equal(hello.alpn.count, 2);
    assert_span(ptn_name_list_at(hello.alpn, 1), "'http/1.1'");
    assert_span(hello.cookie, "'cookie'");
    assert_span(hello.psk_modes, "00 01");
    assert_int_equal(hello.psk_identities, 2);
    assert_int_equal(hello.psk_binders, 2);
    assert_true(hello.wants_status);
    notation_free(body);
}

static void full_hello_damaged(void **state)
{
    (void)state;
    patina_span body = notation_bytes(FULL);
    check_truncations(parse, body, FIXED_BYTES + 6); // three suites more
    check_trailing_byte(parse, body);
    check_changed_bytes(parse, body);
    notation_free(body);
}

static void hello_without_extensions(void **state)
{
    (void)state;
    patina_span body = notation_bytes(FIXED);
    struct ptn_client_hello hello;
    assert_err(ptn_parse_client_hello(body, &hello), PATINA_OK);
    assert_int_equal(hello.extensions, 0);
    assert_empty(hello.extension_block);
    assert_int_equal(ptn_u16_list_count(hello.cipher_suites), 2);
    notation_free(body);
}

// ALPN beyond 64 names: the form of all is checked, the first 64 count.
static void many_protocol_names(void **state)
{
    (void)state;
    char text[4096] = FIXED "2( 0010 2( 2( ";
    for (int i = 0; i < 70; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "1('%02d') ", i);
        strcat(text, name);
    }
    size_t good = strlen(text);
    strcat(text, ") ) )");
    patina_span body = notation_bytes(text);
    struct ptn_client_hello hello;
    assert_err(ptn_parse_client_hello(body, &hello), PATINA_OK);
    assert_int_equal(hello.alpn.count, 64);
    assert_span(ptn_name_list_at(hello.alpn, 63), "'63'");
    assert_empty(ptn_name_list_at(hello.alpn, 64));
    assert_true(ptn_name_list_has(hello.alpn, PTN_SPAN_LITERAL("63")));
    assert_false(ptn_name_list_has(hello.alpn, PTN_SPAN_LITERAL("64")));
    notation_free(body);

    text[good] = '\0';
    strcat(text, "1() ) ) )");
    body = notation_bytes(text);
    assert_err(ptn_parse_client_hello(body, &hello), PATINA_ERR_DECODE_ALPN);
    notation_free(body);
}

static patina_err with_shares(int count)
{
    char text[4096] = FIXED "2( 0033 2( 2( ";
    for (int i = 0; i < count; i++) {
        char share[32];
        (void)snprintf(share, sizeof share, "00%02x 2(00) ", 0x40 + i);
        strcat(text, share);
    }
    strcat(text, ") ) )");
    patina_span body = notation_bytes(text);
    patina_err err = parse(body);
    notation_free(body);
    return err;
}

static void many_key_shares(void **state)
{
    (void)state;
    assert_err(with_shares(64), PATINA_OK);
    assert_err(with_shares(65), PATINA_ERR_TOO_MANY_KEY_SHARES);
}

static void many_extensions(void **state)
{
    (void)state;
    for (int count = 128; count <= 129; count++) {
        char text[8192] = FIXED "2( ";
        for (int i = 0; i < count; i++) {
            char extension[32];
            (void)snprintf(extension, sizeof extension, "77%02x 2() ", i);
            strcat(text, extension);
        }
        strcat(text, ")");
        patina_span body = notation_bytes(text);
        assert_err(parse(body), count == 128 ? PATINA_OK : PATINA_ERR_TOO_MANY_EXTENSIONS);
        notation_free(body);
    }
}

static const struct CMUnitTest parse_tests[] = {
    cmocka_unit_test(full_hello),
    cmocka_unit_test(full_hello_damaged),
    cmocka_unit_test(hello_without_extensions),
    cmocka_unit_test(many_protocol_names),
    cmocka_unit_test(many_key_shares),
    cmocka_unit_test(many_extensions),

    OK("no extension in the block", ""),
    ROW("other legacy_version: for the caller to judge", PATINA_OK,
        "0301 32*aa 1(32*bb) 2(1301 1302) 1(00) 2()"),
    ROW("other compression methods: for the caller to judge", PATINA_OK,
        "0303 32*aa 1(31*bb) 2(1301 1302) 1(0100) 2(" VERSIONS ")"),
    ROW("empty body, RFC 9846 §4.2.2", PATINA_ERR_DECODE_CLIENT_HELLO, ""),
    ROW("random cut, RFC 9846 §4.2.2", PATINA_ERR_DECODE_CLIENT_HELLO, "0303 31*aa"),
    ROW("session id of 33 bytes, RFC 9846 §4.2.2", PATINA_ERR_ILLEGAL_SESSION_ID,
        "0303 32*aa 1(33*bb) 2(1301) 1(00) 2()"),
    ROW("no cipher suite, RFC 9846 §4.2.2", PATINA_ERR_DECODE_CLIENT_HELLO,
        "0303 32*aa 1() 2() 1(00) 2()"),
    ROW("half a cipher suite, RFC 9846 §4.2.2", PATINA_ERR_DECODE_CLIENT_HELLO,
        "0303 32*aa 1() 2(130113) 1(00) 2()"),
    ROW("no compression method, RFC 9846 §4.2.2", PATINA_ERR_DECODE_CLIENT_HELLO,
        "0303 32*aa 1() 2(1301) 1() 2()"),
    ROW("a byte after the extensions, RFC 9846 §4.2.2", PATINA_ERR_DECODE_CLIENT_HELLO,
        FIXED "2(" VERSIONS ") 00"),
    ROW("half a length of extensions, RFC 9846 §4.2.2", PATINA_ERR_DECODE_CLIENT_HELLO, FIXED "00"),
    ROW("extensions cut, RFC 9846 §4.2.2", PATINA_ERR_DECODE_CLIENT_HELLO, FIXED "0005 002b 0000"),
    BAD("an extension cut, RFC 9846 §4.3", PATINA_ERR_DECODE_EXTENSIONS, VERSIONS "00"),
    BAD("twice the same, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION, VERSIONS VERSIONS),
    BAD("unknown twice, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION,
        "0a0a 2() " VERSIONS "0a0a 2()"),
    BAD("oid_filters, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION, VERSIONS "0030 2(2())"),

    OK("GREASE alone", "0a0a 2() 1a1a 2(00) "),
    OK("TLS 1.2's extensions are not judged, RFC 9846 §4.3",
       "000b 2() 0017 2(00) 0023 2('ticket') ff01 2(0000)"),
    OK("padding is not judged", "0015 2(ff)"),

    OK("server_name", "0000 2( 2( 00 2('a') ) )"),
    OK("server_name of 253 bytes", "0000 2( 2( 00 2(253*61) ) )"),
    OK("server_name: another type beside it is passed over, RFC 6066 §3",
       "0000 2( 2( 07 2(00ff) 00 2('a') 09 2() ) )"),
    BAD("server_name: empty body, RFC 6066 §3", PATINA_ERR_DECODE_SERVER_NAME, "0000 2()"),
    BAD("server_name: no name, RFC 6066 §3", PATINA_ERR_DECODE_SERVER_NAME, "0000 2(2())"),
    BAD("server_name: empty host name, RFC 6066 §3", PATINA_ERR_DECODE_SERVER_NAME,
        "0000 2( 2( 00 2() ) )"),
    BAD("server_name: name cut, RFC 6066 §3", PATINA_ERR_DECODE_SERVER_NAME,
        "0000 2( 2( 00 0002 61 ) )"),
    BAD("server_name: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_SERVER_NAME,
        "0000 2( 2( 00 2('a') ) 00 )"),
    BAD("server_name: a byte after the last name, RFC 6066 §3", PATINA_ERR_DECODE_SERVER_NAME,
        "0000 2( 2( 00 2('a') 01 ) )"),
    BAD("server_name: two host names, RFC 6066 §3", PATINA_ERR_BAD_SERVER_NAME_OFFER,
        "0000 2( 2( 00 2('a') 00 2('b') ) )"),
    BAD("server_name: two of an unknown type, RFC 6066 §3", PATINA_ERR_BAD_SERVER_NAME_OFFER,
        "0000 2( 2( 00 2('a') ff 2('b') ff 2('b') ) )"),
    BAD("server_name: no host name, RFC 6066 §3", PATINA_ERR_BAD_SERVER_NAME_OFFER,
        "0000 2( 2( 07 2('a') ) )"),
    BAD("server_name: a zero byte, RFC 6066 §3", PATINA_ERR_BAD_SERVER_NAME_OFFER,
        "0000 2( 2( 00 2('a' 00 'b') ) )"),
    BAD("server_name: a space, RFC 6066 §3", PATINA_ERR_BAD_SERVER_NAME_OFFER,
        "0000 2( 2( 00 2('a b') ) )"),
    BAD("server_name: not ASCII, RFC 6066 §3", PATINA_ERR_BAD_SERVER_NAME_OFFER,
        "0000 2( 2( 00 2('a' c3a4) ) )"),
    BAD("server_name: 254 bytes, RFC 6066 §3", PATINA_ERR_BAD_SERVER_NAME_OFFER,
        "0000 2( 2( 00 2(254*61) ) )"),

    OK("supported_versions of 127", "002b 2( 1(254*03) )"),
    BAD("supported_versions: empty list, RFC 9846 §4.3.1", PATINA_ERR_DECODE_SUPPORTED_VERSIONS,
        "002b 2( 1() )"),
    BAD("supported_versions: odd, RFC 9846 §4.3.1", PATINA_ERR_DECODE_SUPPORTED_VERSIONS,
        "002b 2( 1(030403) )"),
    BAD("supported_versions: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_SUPPORTED_VERSIONS,
        "002b 2( 1(0304) 00 )"),
    BAD("supported_versions: empty body, RFC 9846 §4.3.1", PATINA_ERR_DECODE_SUPPORTED_VERSIONS,
        "002b 2()"),
    BAD("supported_groups: empty list, RFC 9846 §4.3.7", PATINA_ERR_DECODE_SUPPORTED_GROUPS,
        "000a 2( 2() )"),
    BAD("supported_groups: odd, RFC 9846 §4.3.7", PATINA_ERR_DECODE_SUPPORTED_GROUPS,
        "000a 2( 2(001d00) )"),
    BAD("supported_groups: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_SUPPORTED_GROUPS,
        "000a 2( 2(001d) 00 )"),
    BAD("supported_groups: list cut, RFC 9846 §4.3.7", PATINA_ERR_DECODE_SUPPORTED_GROUPS,
        "000a 2( 0004 001d )"),
    BAD("signature_algorithms: empty list, RFC 9846 §4.3.3", PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS,
        "000d 2( 2() )"),
    BAD("signature_algorithms: odd, RFC 9846 §4.3.3", PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS,
        "000d 2( 2(04) )"),
    BAD("signature_algorithms: trailing byte, RFC 9846 §4.3",
        PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS, "000d 2( 2(0403) 00 )"),
    BAD("signature_algorithms_cert: empty list, RFC 9846 §4.3.3",
        PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS_CERT, "0032 2( 2() )"),
    BAD("signature_algorithms_cert: trailing byte, RFC 9846 §4.3",
        PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS_CERT, "0032 2( 2(0403) 00 )"),

    OK("key_share: empty list, RFC 9846 §4.3.8", "0033 2( 2() )"),
    BAD("key_share: empty body, RFC 9846 §4.3.8", PATINA_ERR_DECODE_KEY_SHARE, "0033 2()"),
    BAD("key_share: empty share, RFC 9846 §4.3.8", PATINA_ERR_DECODE_KEY_SHARE,
        "0033 2( 2( 001d 2() ) )"),
    BAD("key_share: share cut, RFC 9846 §4.3.8", PATINA_ERR_DECODE_KEY_SHARE,
        "0033 2( 2( 001d 0002 aa ) )"),
    BAD("key_share: group cut, RFC 9846 §4.3.8", PATINA_ERR_DECODE_KEY_SHARE,
        "0033 2( 2( " SHARE "00 ) )"),
    BAD("key_share: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_KEY_SHARE,
        "0033 2( 2(" SHARE ") 00 )"),
    BAD("key_share: two of one group, RFC 9846 §4.3.8", PATINA_ERR_DUPLICATE_KEY_SHARE,
        "0033 2( 2( " SHARE "0017 2(aa) 001d 2(bb) ) )"),
    BAD("key_share: two of an unknown group, RFC 9846 §4.3.8", PATINA_ERR_DUPLICATE_KEY_SHARE,
        "0033 2( 2( 0a0a 2(00) 0a0a 2(00) ) )"),

    BAD("ALPN: empty body, RFC 7301 §3.1", PATINA_ERR_DECODE_ALPN, "0010 2()"),
    BAD("ALPN: empty list, RFC 7301 §3.1", PATINA_ERR_DECODE_ALPN, "0010 2( 2() )"),
    BAD("ALPN: empty name, RFC 7301 §3.1", PATINA_ERR_DECODE_ALPN, "0010 2( 2( 1('h2') 1() ) )"),
    BAD("ALPN: name cut, RFC 7301 §3.1", PATINA_ERR_DECODE_ALPN, "0010 2( 2( 03 'h2' ) )"),
    BAD("ALPN: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_ALPN, "0010 2( 2( 1('h2') ) 00 )"),

    BAD("cookie: empty, RFC 9846 §4.3.2", PATINA_ERR_DECODE_COOKIE, "002c 2( 2() )"),
    BAD("cookie: empty body, RFC 9846 §4.3.2", PATINA_ERR_DECODE_COOKIE, "002c 2()"),
    BAD("cookie: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_COOKIE, "002c 2( 2(01) 00 )"),

    OK("psk_key_exchange_modes: unknown mode, RFC 9846 §4.3.9", "002d 2( 1(0aff) )"),
    BAD("psk_key_exchange_modes: empty, RFC 9846 §4.3.9", PATINA_ERR_DECODE_PSK_MODES,
        "002d 2( 1() )"),
    BAD("psk_key_exchange_modes: empty body, RFC 9846 §4.3.9", PATINA_ERR_DECODE_PSK_MODES,
        "002d 2()"),
    BAD("psk_key_exchange_modes: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_PSK_MODES,
        "002d 2( 1(01) 00 )"),

    OK("pre_shared_key", PSK_MODES PSK(IDENTITY, BINDER)),
    BAD("pre_shared_key: not last, RFC 9846 §4.3.11", PATINA_ERR_PSK_NOT_LAST,
        PSK_MODES PSK(IDENTITY, BINDER) VERSIONS),
    BAD("pre_shared_key: padding after it, RFC 9846 §4.3.11", PATINA_ERR_PSK_NOT_LAST,
        PSK_MODES PSK(IDENTITY, BINDER) "0015 2()"),
    BAD("pre_shared_key: no modes, RFC 9846 §4.3.9", PATINA_ERR_MISSING_PSK_MODES,
        VERSIONS PSK(IDENTITY, BINDER)),
    BAD("pre_shared_key: two identities, one binder, RFC 9846 §4.3.11", PATINA_ERR_PSK_BINDER_COUNT,
        PSK_MODES PSK(IDENTITY IDENTITY, BINDER)),
    BAD("pre_shared_key: one identity, two binders, RFC 9846 §4.3.11", PATINA_ERR_PSK_BINDER_COUNT,
        PSK_MODES PSK(IDENTITY, BINDER BINDER)),
    BAD("pre_shared_key: no identity, RFC 9846 §4.3.11", PATINA_ERR_DECODE_PRE_SHARED_KEY,
        PSK_MODES PSK("", BINDER)),
    BAD("pre_shared_key: no binder, RFC 9846 §4.3.11", PATINA_ERR_DECODE_PRE_SHARED_KEY,
        PSK_MODES PSK(IDENTITY, "")),
    BAD("pre_shared_key: neither, RFC 9846 §4.3.11", PATINA_ERR_DECODE_PRE_SHARED_KEY,
        PSK_MODES PSK("", "")),
    BAD("pre_shared_key: empty identity, RFC 9846 §4.3.11", PATINA_ERR_DECODE_PRE_SHARED_KEY,
        PSK_MODES PSK("2() 00000001", BINDER)),
    BAD("pre_shared_key: age cut, RFC 9846 §4.3.11", PATINA_ERR_DECODE_PRE_SHARED_KEY,
        PSK_MODES PSK("2('t') 000001", BINDER)),
    BAD("pre_shared_key: binder of 31 bytes, RFC 9846 §4.3.11", PATINA_ERR_DECODE_PRE_SHARED_KEY,
        PSK_MODES PSK(IDENTITY, "1(31*cc)")),
    BAD("pre_shared_key: binder cut, RFC 9846 §4.3.11", PATINA_ERR_DECODE_PRE_SHARED_KEY,
        PSK_MODES PSK(IDENTITY, "21 32*cc")),
    BAD("pre_shared_key: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_PRE_SHARED_KEY,
        PSK_MODES "0029 2( 2(" IDENTITY ") 2(" BINDER ") 00 )"),
    BAD("early_data: a body, RFC 9846 §4.3.10", PATINA_ERR_DECODE_EARLY_DATA, "002a 2(00)"),

    BAD("certificate_authorities: empty list, RFC 9846 §4.3.4",
        PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, "002f 2( 2() )"),
    BAD("certificate_authorities: empty name, RFC 9846 §4.3.4",
        PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, "002f 2( 2( 2('name') 2() ) )"),
    BAD("certificate_authorities: name cut, RFC 9846 §4.3.4",
        PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, "002f 2( 2( 0005 'name' ) )"),
    BAD("certificate_authorities: trailing byte, RFC 9846 §4.3",
        PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, "002f 2( 2( 2('name') ) 00 )"),
    BAD("post_handshake_auth: a body, RFC 9846 §4.3.6", PATINA_ERR_DECODE_EXTENSIONS, "0031 2(00)"),

    OK("status_request: nothing in it", "0005 2( 01 2() 2() )"),
    BAD("status_request: empty body, RFC 6066 §8", PATINA_ERR_DECODE_STATUS_REQUEST, "0005 2()"),
    BAD("status_request: empty responder, RFC 6066 §8", PATINA_ERR_DECODE_STATUS_REQUEST,
        "0005 2( 01 2( 2() ) 2() )"),
    BAD("status_request: responder cut, RFC 6066 §8", PATINA_ERR_DECODE_STATUS_REQUEST,
        "0005 2( 01 2( 0002 00 ) 2() )"),
    BAD("status_request: no extensions field, RFC 6066 §8", PATINA_ERR_DECODE_STATUS_REQUEST,
        "0005 2( 01 2() )"),
    BAD("status_request: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_STATUS_REQUEST,
        "0005 2( 01 2() 2() 00 )"),
    BAD("signed_certificate_timestamp: a body, RFC 6962 §3.3.1", PATINA_ERR_DECODE_SCT,
        "0012 2(00)"),
};

static void other_status_type(void **state)
{
    (void)state;
    patina_span body = notation_bytes(WITH("0005 2( 02 'whatever' )"));
    struct ptn_client_hello hello;
    assert_err(ptn_parse_client_hello(body, &hello), PATINA_OK);
    assert_false(hello.wants_status);
    assert_int_equal(hello.extensions, PTN_EXT_STATUS_REQUEST);
    notation_free(body);
}

// ---- The second ClientHello

struct pair {
    const char *first;
    const char *second;
    bool same;
};

static void run_pair(void **state)
{
    const struct pair *pair = *state;
    patina_span a = notation_bytes(pair->first);
    patina_span b = notation_bytes(pair->second);
    struct ptn_client_hello first;
    struct ptn_client_hello second;
    assert_err(ptn_parse_client_hello(a, &first), PATINA_OK);
    assert_err(ptn_parse_client_hello(b, &second), PATINA_OK);
    assert_int_equal(ptn_client_hello_is_same(&first, &second), pair->same);
    assert_true(ptn_client_hello_is_same(&first, &first));
    assert_true(ptn_client_hello_is_same(&second, &second));
    notation_free(a);
    notation_free(b);
}

#define PAIR(text, first, second, same)            \
    {                                              \
        text, run_pair, NULL, NULL, &(struct pair) \
        {                                          \
            first, second, same                    \
        }                                          \
    }
#define FIRST WITH("0a0a 2() " VERSIONS "0033 2( 2(" SHARE ") ) 000a 2(2(001d 0017))")
#define SECOND(extensions) "0303 32*aa 1(32*bb) 2(1301 1302) 1(00) 2(" extensions ")"

static const struct CMUnitTest second_tests[] = {
    cmocka_unit_test(other_status_type),
    PAIR("the same", FIRST, FIRST, true),
    PAIR("another key share, RFC 9846 §4.2.2", FIRST,
         SECOND("0a0a 2() " VERSIONS "0033 2( 2(0017 2(65*04)) ) 000a 2(2(001d 0017))"), true),
    PAIR("a cookie and padding come, RFC 9846 §4.2.2", FIRST,
         SECOND("0a0a 2() " VERSIONS "0015 2(00) 0033 2( 2(" SHARE
                ") ) 000a 2(2(001d 0017)) 002c 2(2(01))"),
         true),
    PAIR("early_data and pre_shared_key change, RFC 9846 §4.2.2",
         WITH(VERSIONS PSK_MODES "002a 2() " PSK(IDENTITY IDENTITY, BINDER BINDER)),
         SECOND(VERSIONS PSK_MODES PSK(IDENTITY, "1(32*00)")), true),
    PAIR("encrypted_client_hello is sealed anew, RFC 9849 §6.1.5", WITH(VERSIONS "fe0d 2('one')"),
         SECOND(VERSIONS "fe0d 2('another')"), true),
    PAIR("encrypted_client_hello goes, RFC 9849 §6.1.5", WITH(VERSIONS "fe0d 2('one')"),
         SECOND(VERSIONS), false),
    PAIR("legacy_version, RFC 9846 §4.2.2", FIXED "2()",
         "0302 32*aa 1(32*bb) 2(1301 1302) 1(00) 2()", false),
    PAIR("random, RFC 9846 §4.2.2", FIXED "2()", "0303 31*aa ab 1(32*bb) 2(1301 1302) 1(00) 2()",
         false),
    PAIR("session id, RFC 9846 §4.2.2", FIXED "2()", "0303 32*aa 1(31*bb) 2(1301 1302) 1(00) 2()",
         false),
    PAIR("cipher suites, RFC 9846 §4.2.2", FIXED "2()", "0303 32*aa 1(32*bb) 2(1302) 1(00) 2()",
         false),
    PAIR("compression, RFC 9846 §4.2.2", FIXED "2()", "0303 32*aa 1(32*bb) 2(1301 1302) 1(01) 2()",
         false),
    PAIR("an extension goes, RFC 9846 §4.2.2", FIRST,
         SECOND(VERSIONS "0033 2( 2(" SHARE ") ) 000a 2(2(001d 0017))"), false),
    PAIR("the last extension goes, RFC 9846 §4.2.2", FIRST,
         SECOND("0a0a 2() " VERSIONS "0033 2( 2(" SHARE ") )"), false),
    PAIR("an extension comes, RFC 9846 §4.2.2", FIRST,
         SECOND("0a0a 2() " VERSIONS "0033 2( 2(" SHARE ") ) 000a 2(2(001d 0017)) 0000 2( 2( 00 "
                "2('a') ) )"),
         false),
    PAIR("a body changes, RFC 9846 §4.2.2", FIRST,
         SECOND("0a0a 2() " VERSIONS "0033 2( 2(" SHARE ") ) 000a 2(2(0017 001d))"), false),
    PAIR("an unknown body changes, RFC 9846 §4.2.2", FIRST,
         SECOND("0a0a 2(00) " VERSIONS "0033 2( 2(" SHARE ") ) 000a 2(2(001d 0017))"), false),
    PAIR("order changes, RFC 9846 §4.2.2", FIRST,
         SECOND(VERSIONS "0a0a 2() 0033 2( 2(" SHARE ") ) 000a 2(2(001d 0017))"), false),
};

int main(void)
{
    int failed = cmocka_run_group_tests(parse_tests, NULL, NULL);
    failed += cmocka_run_group_tests(second_tests, NULL, NULL);
    return failed != 0;
}
