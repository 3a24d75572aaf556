// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The parser of ServerHello and HelloRetryRequest (RFC 9846 §4.2.3, §4.2.4).
#include "rows.h"

#include "wire/hello.h"

#define HRR_RANDOM "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"
#define REST " 1(32*bb) 1301 00 "
#define SH "0303 32*aa" REST
#define HRR "0303 " HRR_RANDOM REST
#define VERSION "002b 2(0304) "
#define SHARE "0033 2( 001d 2(32*dd) ) "
enum { FIXED_BYTES = 2 + 32 + 33 + 2 + 1 };

#define USUAL (PTN_EXT_SUPPORTED_VERSIONS | PTN_EXT_KEY_SHARE | PTN_EXT_ALPN)

static uint32_t asked_now;

struct row {
    const char *body;
    uint32_t asked;
    patina_err want;
};

static patina_err parse(patina_span body)
{
    struct ptn_server_hello hello;
    memset(&hello, 0x5a, sizeof hello);
    patina_err err = ptn_parse_server_hello(body, asked_now, &hello);
    if (err != PATINA_OK) {
        assert_int_equal(hello.legacy_version + hello.cipher_suite + hello.selected_version, 0);
        assert_int_equal(hello.extensions, 0);
        assert_false(hello.is_hello_retry);
        assert_empty(hello.random);
        assert_empty(hello.share.key_exchange);
        assert_empty(hello.cookie);
    }
    return err;
}

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span body = notation_bytes(row->body);
    asked_now = row->asked;
    assert_err(parse(body), row->want);
    if (row->want == PATINA_OK) {
        check_truncations(parse, body, FIXED_BYTES);
        check_trailing_byte(parse, body);
        check_changed_bytes(parse, body);
    }
    notation_free(body);
}

#define ROW(text, asked, want, body)             \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            body, asked, want                    \
        }                                        \
    }
#define OK(text, body) ROW(text, USUAL, PATINA_OK, body)
#define BAD(text, row, body) ROW(text, USUAL, row, body)

static void server_hello_fields(void **state)
{
    (void)state;
    patina_span body = notation_bytes(SH "2(" VERSION SHARE "0029 2(0001) )");
    struct ptn_server_hello hello;
    assert_err(ptn_parse_server_hello(body, USUAL | PTN_EXT_PRE_SHARED_KEY, &hello), PATINA_OK);
    assert_false(hello.is_hello_retry);
    assert_int_equal(hello.legacy_version, 0x0303);
    assert_span(hello.random, "32*aa");
    assert_span(hello.session_id, "32*bb");
    assert_int_equal(hello.cipher_suite, 0x1301);
    assert_int_equal(hello.compression_method, 0);
    assert_int_equal(hello.selected_version, 0x0304);
    assert_int_equal(hello.share.group, 0x001d);
    assert_span(hello.share.key_exchange, "32*dd");
    assert_int_equal(hello.selected_identity, 1);
    assert_int_equal(hello.extensions,
                     PTN_EXT_SUPPORTED_VERSIONS | PTN_EXT_KEY_SHARE | PTN_EXT_PRE_SHARED_KEY);
    notation_free(body);
}

static void hello_retry_fields(void **state)
{
    (void)state;
    patina_span body = notation_bytes(HRR "2(" VERSION "0033 2(0018) 002c 2(2('cookie')) )");
    struct ptn_server_hello hello;
    assert_err(ptn_parse_server_hello(body, USUAL, &hello), PATINA_OK);
    assert_true(hello.is_hello_retry);
    assert_int_equal(hello.selected_group, 0x0018);
    assert_int_equal(hello.share.group, 0);
    assert_span(hello.cookie, "'cookie'");
    assert_span(ptn_hello_retry_random(), HRR_RANDOM);
    notation_free(body);
}

// Extensions of an answer for TLS 1.2 are not judged by the rules of TLS 1.3.
static void answers_for_older_versions(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        SH,
        SH "2()",
        SH "2( 0017 2() 000b 2(1(00)) ff01 2(1()) 0010 2( 2(1('h2')) ) )",
        SH "2( 002b 2(0303) 0017 2() )",
        SH "2( 0017 2() 0017 2() )",
        HRR "2( 0033 2(001d) )",
    };
    for (size_t i = 0; i < PTN_COUNT(bodies); i++) {
        patina_span body = notation_bytes(bodies[i]);
        struct ptn_server_hello hello;
        assert_err(ptn_parse_server_hello(body, USUAL, &hello), PATINA_OK);
        assert_int_equal(hello.selected_version, i == 3 ? 0x0303 : 0);
        assert_int_equal(hello.extensions, 0);
        assert_int_equal(hello.cipher_suite, 0x1301);
        assert_int_equal(hello.is_hello_retry, i == 5);
        notation_free(body);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(server_hello_fields),
    cmocka_unit_test(hello_retry_fields),
    cmocka_unit_test(answers_for_older_versions),

    OK("ServerHello", SH "2(" VERSION SHARE ")"),
    OK("ServerHello, other order", SH "2(" SHARE VERSION ")"),
    OK("ServerHello without key_share: for the caller to judge", SH "2(" VERSION ")"),
    OK("HelloRetryRequest with a group", HRR "2(" VERSION "0033 2(001d) )"),
    OK("HelloRetryRequest with a cookie", HRR "2(" VERSION "002c 2(2(00)) )"),
    OK("HelloRetryRequest without any: for the caller to judge", HRR "2(" VERSION ")"),

    BAD("empty body, RFC 9846 §4.2.3", PATINA_ERR_DECODE_SERVER_HELLO, ""),
    BAD("random cut, RFC 9846 §4.2.3", PATINA_ERR_DECODE_SERVER_HELLO, "0303 31*aa"),
    BAD("session id cut, RFC 9846 §4.2.3", PATINA_ERR_DECODE_SERVER_HELLO, "0303 32*aa 20 31*bb"),
    BAD("session id of 33 bytes, RFC 9846 §4.2.3", PATINA_ERR_ILLEGAL_SESSION_ID,
        "0303 32*aa 1(33*bb) 1301 00 2(" VERSION SHARE ")"),
    BAD("no compression method, RFC 9846 §4.2.3", PATINA_ERR_DECODE_SERVER_HELLO,
        "0303 32*aa 1() 1301"),
    BAD("extensions cut, RFC 9846 §4.2.3", PATINA_ERR_DECODE_SERVER_HELLO, SH "0007 002b 2(0304)"),
    BAD("a byte after the extensions, RFC 9846 §4.2.3", PATINA_ERR_DECODE_SERVER_HELLO,
        SH "2(" VERSION SHARE ") 00"),
    BAD("an extension cut before supported_versions, RFC 9846 §4.3", PATINA_ERR_DECODE_EXTENSIONS,
        SH "2( 0033 0026 " VERSION ")"),
    BAD("an extension cut after supported_versions, RFC 9846 §4.3", PATINA_ERR_DECODE_EXTENSIONS,
        SH "2( " VERSION "00 )"),
    BAD("twice the same, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION,
        SH "2(" VERSION SHARE SHARE ")"),
    BAD("supported_versions twice, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION,
        SH "2(" VERSION "002b 2(0303) )"),
    BAD("unknown, RFC 9846 §4.3", PATINA_ERR_UNSOLICITED_EXTENSION,
        SH "2(" VERSION SHARE "0a0a 2() )"),
    BAD("unknown in a HelloRetryRequest, RFC 9846 §4.3", PATINA_ERR_UNSOLICITED_EXTENSION,
        HRR "2(" VERSION "0a0a 2() )"),
    BAD("pre_shared_key not asked for, RFC 9846 §4.3", PATINA_ERR_UNSOLICITED_EXTENSION,
        SH "2(" VERSION SHARE "0029 2(0000) )"),
    ROW("supported_versions not asked for, RFC 9846 §4.3", PTN_EXT_KEY_SHARE,
        PATINA_ERR_UNSOLICITED_EXTENSION, SH "2(" VERSION SHARE ")"),
    BAD("ALPN, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION,
        SH "2(" VERSION SHARE "0010 2( 2(1('h2')) ) )"),
    BAD("cookie in a ServerHello, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION,
        SH "2(" VERSION SHARE "002c 2(2(00)) )"),
    ROW("pre_shared_key in a HelloRetryRequest, RFC 9846 §4.3", UINT32_MAX,
        PATINA_ERR_MISPLACED_EXTENSION, HRR "2(" VERSION "0029 2(0000) )"),
    BAD("extended_main_secret, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION,
        SH "2(" VERSION SHARE "0017 2() )"),

    BAD("supported_versions: empty, RFC 9846 §4.3.1", PATINA_ERR_DECODE_SUPPORTED_VERSIONS,
        SH "2( 002b 2() )"),
    BAD("supported_versions: a list, RFC 9846 §4.3.1", PATINA_ERR_DECODE_SUPPORTED_VERSIONS,
        SH "2( 002b 2(1(0304)) )"),
    BAD("key_share: empty, RFC 9846 §4.3.8", PATINA_ERR_DECODE_KEY_SHARE,
        SH "2(" VERSION "0033 2() )"),
    BAD("key_share: empty key, RFC 9846 §4.3.8", PATINA_ERR_DECODE_KEY_SHARE,
        SH "2(" VERSION "0033 2( 001d 2() ) )"),
    BAD("key_share: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_KEY_SHARE,
        SH "2(" VERSION "0033 2( 001d 2(00) 00 ) )"),
    BAD("key_share: only a group, RFC 9846 §4.3.8", PATINA_ERR_DECODE_KEY_SHARE,
        SH "2(" VERSION "0033 2(001d) )"),
    BAD("key_share: a key in a HelloRetryRequest, RFC 9846 §4.3.8", PATINA_ERR_DECODE_KEY_SHARE,
        HRR "2(" VERSION SHARE ")"),
    BAD("key_share: half a group in a HelloRetryRequest, RFC 9846 §4.3.8",
        PATINA_ERR_DECODE_KEY_SHARE, HRR "2(" VERSION "0033 2(00) )"),
    BAD("cookie: empty, RFC 9846 §4.3.2", PATINA_ERR_DECODE_COOKIE,
        HRR "2(" VERSION "002c 2(2()) )"),
    BAD("cookie: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_COOKIE,
        HRR "2(" VERSION "002c 2(2(00) 00) )"),
    ROW("pre_shared_key: one byte, RFC 9846 §4.3.11", UINT32_MAX, PATINA_ERR_DECODE_PRE_SHARED_KEY,
        SH "2(" VERSION SHARE "0029 2(00) )"),
    ROW("pre_shared_key: trailing byte, RFC 9846 §4.3", UINT32_MAX,
        PATINA_ERR_DECODE_PRE_SHARED_KEY, SH "2(" VERSION SHARE "0029 2(000000) )"),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
