// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The parser of EncryptedExtensions (RFC 9846 §4.4.1).
#include "rows.h"

#include "wire/messages.h"

static uint32_t asked_now;

struct row {
    const char *body;
    uint32_t asked;
    patina_err want;
};

static patina_err parse(patina_span body)
{
    struct ptn_encrypted_extensions ee;
    memset(&ee, 0x5a, sizeof ee);
    patina_err err = ptn_parse_encrypted_extensions(body, asked_now, &ee);
    if (err != PATINA_OK) {
        assert_int_equal(ee.extensions, 0);
        assert_empty(ee.alpn);
        assert_empty(ee.supported_groups.bytes);
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
        check_truncations(parse, body, SIZE_MAX);
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
#define OK(text, body) ROW(text, UINT32_MAX, PATINA_OK, body)
#define BAD(text, row, body) ROW(text, UINT32_MAX, row, body)

static void fields(void **state)
{
    (void)state;
    patina_span body =
        notation_bytes("2( 0000 2() 000a 2( 2(001d 0017) ) 0010 2( 2( 1('h2') ) ) )");
    struct ptn_encrypted_extensions ee;
    assert_err(ptn_parse_encrypted_extensions(body, UINT32_MAX, &ee), PATINA_OK);
    assert_int_equal(ee.extensions, PTN_EXT_SERVER_NAME | PTN_EXT_SUPPORTED_GROUPS | PTN_EXT_ALPN);
    assert_span(ee.alpn, "'h2'");
    assert_span(ee.supported_groups.bytes, "001d 0017");
    notation_free(body);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(fields),
    OK("nothing", "2()"),
    OK("server_name acknowledged, RFC 6066 §3", "2( 0000 2() )"),
    OK("supported_groups, RFC 9846 §4.3.7", "2( 000a 2( 2(0a0a 001d) ) )"),
    OK("ALPN", "2( 0010 2( 2( 1('h2') ) ) )"),
    OK("early_data", "2( 002a 2() )"),

    BAD("empty body, RFC 9846 §4.4.1", PATINA_ERR_DECODE_ENCRYPTED_EXTENSIONS, ""),
    BAD("half a length, RFC 9846 §4.4.1", PATINA_ERR_DECODE_ENCRYPTED_EXTENSIONS, "00"),
    BAD("block cut, RFC 9846 §4.4.1", PATINA_ERR_DECODE_ENCRYPTED_EXTENSIONS, "0005 0000 0000"),
    BAD("trailing byte, RFC 9846 §4.4.1", PATINA_ERR_DECODE_ENCRYPTED_EXTENSIONS,
        "2( 0000 2() ) 00"),
    BAD("an extension cut, RFC 9846 §4.3", PATINA_ERR_DECODE_EXTENSIONS, "2( 0000 00 )"),
    BAD("twice the same, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION, "2( 0000 2() 0000 2() )"),
    BAD("unknown, RFC 9846 §4.3", PATINA_ERR_UNSOLICITED_EXTENSION, "2( 1234 2() )"),
    ROW("server_name not asked for, RFC 9846 §4.3", PTN_EXT_ALPN, PATINA_ERR_UNSOLICITED_EXTENSION,
        "2( 0000 2() )"),
    ROW("ALPN not asked for, RFC 9846 §4.3", PTN_EXT_SERVER_NAME, PATINA_ERR_UNSOLICITED_EXTENSION,
        "2( 0010 2( 2( 1('h2') ) ) )"),
    BAD("key_share, RFC 9846 §4.4.1", PATINA_ERR_MISPLACED_EXTENSION, "2( 0033 2( 001d 2(00) ) )"),
    BAD("supported_versions, RFC 9846 §4.4.1", PATINA_ERR_MISPLACED_EXTENSION, "2( 002b 2(0304) )"),
    BAD("signature_algorithms, RFC 9846 §4.4.1", PATINA_ERR_MISPLACED_EXTENSION,
        "2( 000d 2(2(0403)) )"),
    BAD("ec_point_formats, RFC 9846 §4.4.1", PATINA_ERR_MISPLACED_EXTENSION, "2( 000b 2(1(00)) )"),
    BAD("extended_main_secret, RFC 9846 §4.4.1", PATINA_ERR_MISPLACED_EXTENSION, "2( 0017 2() )"),
    BAD("renegotiation_info, RFC 9846 §4.4.1", PATINA_ERR_MISPLACED_EXTENSION, "2( ff01 2(1()) )"),
    ROW("renegotiation_info not asked for, RFC 9846 §4.4.1", 0, PATINA_ERR_MISPLACED_EXTENSION,
        "2( ff01 2(1()) )"),
    BAD("cookie, RFC 9846 §4.4.1", PATINA_ERR_MISPLACED_EXTENSION, "2( 002c 2(2(00)) )"),

    BAD("server_name: a body, RFC 6066 §3", PATINA_ERR_DECODE_SERVER_NAME, "2( 0000 2(00) )"),
    BAD("supported_groups: empty list, RFC 9846 §4.3.7", PATINA_ERR_DECODE_SUPPORTED_GROUPS,
        "2( 000a 2( 2() ) )"),
    BAD("supported_groups: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_SUPPORTED_GROUPS,
        "2( 000a 2( 2(001d) 00 ) )"),
    BAD("ALPN: empty body, RFC 7301 §3.1", PATINA_ERR_DECODE_ALPN, "2( 0010 2() )"),
    BAD("ALPN: no name, RFC 7301 §3.1", PATINA_ERR_DECODE_ALPN, "2( 0010 2( 2() ) )"),
    BAD("ALPN: empty name, RFC 7301 §3.1", PATINA_ERR_DECODE_ALPN, "2( 0010 2( 2( 1() ) ) )"),
    BAD("ALPN: two names, RFC 7301 §3.1", PATINA_ERR_DECODE_ALPN,
        "2( 0010 2( 2( 1('h2') 1('h3') ) ) )"),
    BAD("ALPN: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_ALPN,
        "2( 0010 2( 2( 1('h2') ) 00 ) )"),
    BAD("early_data: a body, RFC 9846 §4.3.10", PATINA_ERR_DECODE_EARLY_DATA,
        "2( 002a 2(00000000) )"),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
