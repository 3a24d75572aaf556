// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The parser of the Certificate message and the walks over it (RFC 9846 §4.5.1).
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
    struct ptn_certificate_message message;
    memset(&message, 0x5a, sizeof message);
    patina_err err = ptn_parse_certificate(body, asked_now, &message);
    if (err != PATINA_OK) {
        assert_int_equal(message.count, 0);
        assert_empty(message.context);
        assert_empty(message.list);
        return err;
    }
    // What was parsed can be walked to its end.
    struct ptn_certificate_entry entry;
    size_t position = 0;
    size_t count = 0;
    while (ptn_certificate_next(&message, &position, &entry)) {
        assert_true(entry.der.len != 0);
        count++;
    }
    assert_int_equal(count, message.count);
    assert_int_equal(position, message.list.len);
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
#define ENTRY(extensions) "3( 3('certificate') 2(" extensions ") )"
#define OK(text, body) ROW(text, UINT32_MAX, PATINA_OK, "1() " body)
#define BAD(text, row, body) ROW(text, UINT32_MAX, row, "1() " body)
#define OCSP "0005 2( 01 3('response') ) "
#define SCTS "0012 2( 2( 2('one') 2('two') ) ) "

static void entries(void **state)
{
    (void)state;
    patina_span body = notation_bytes("1('context') 3( 3('leaf') 2(" SCTS OCSP
                                      ") 3('intermediate') 2() 3('root') 2(" OCSP ") )");
    struct ptn_certificate_message message;
    assert_err(ptn_parse_certificate(body, UINT32_MAX, &message), PATINA_OK);
    assert_span(message.context, "'context'");
    assert_int_equal(message.count, 3);

    struct ptn_certificate_entry entry = ptn_certificate_at(&message, 0);
    assert_span(entry.der, "'leaf'");
    assert_span(entry.ocsp, "'response'");
    assert_span(entry.scts, "2( 2('one') 2('two') )");
    entry = ptn_certificate_at(&message, 1);
    assert_span(entry.der, "'intermediate'");
    assert_empty(entry.ocsp);
    assert_empty(entry.scts);
    entry = ptn_certificate_at(&message, 2);
    assert_span(entry.der, "'root'");
    assert_span(entry.ocsp, "'response'");
    entry = ptn_certificate_at(&message, 3);
    assert_empty(entry.der);
    entry = ptn_certificate_at(&message, SIZE_MAX);
    assert_empty(entry.der);

    size_t position = SIZE_MAX;
    assert_false(ptn_certificate_next(&message, &position, &entry));
    assert_empty(entry.der);
    notation_free(body);
}

static void many_certificates(void **state)
{
    (void)state;
    for (int count = 64; count <= 65; count++) {
        char text[4096] = "1() 3( ";
        for (int i = 0; i < count; i++) {
            strcat(text, "3(30) 2() ");
        }
        strcat(text, ")");
        patina_span body = notation_bytes(text);
        assert_err(parse(body), count == 64 ? PATINA_OK : PATINA_ERR_TOO_MANY_CERTIFICATES);
        notation_free(body);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(entries),
    cmocka_unit_test(many_certificates),

    OK("no certificate: for the caller to judge", "3()"),
    OK("one", ENTRY("")),
    OK("two", "3( 3('certificate') 2() 3('other') 2() )"),
    OK("OCSP response, RFC 9846 §4.5.1", ENTRY(OCSP)),
    OK("SCT list, RFC 6962 §3.3", ENTRY(SCTS)),
    OK("both", ENTRY(OCSP SCTS)),
    ROW("a context: for the caller to judge", 0, PATINA_OK, "1(00) " ENTRY("")),

    ROW("empty body, RFC 9846 §4.5.1", 0, PATINA_ERR_DECODE_CERTIFICATE, ""),
    ROW("context cut, RFC 9846 §4.5.1", 0, PATINA_ERR_DECODE_CERTIFICATE, "01"),
    BAD("no list, RFC 9846 §4.5.1", PATINA_ERR_DECODE_CERTIFICATE, ""),
    BAD("list cut, RFC 9846 §4.5.1", PATINA_ERR_DECODE_CERTIFICATE, "000007 3(30) 2()"),
    BAD("trailing byte, RFC 9846 §4.5.1", PATINA_ERR_DECODE_CERTIFICATE, ENTRY("") " 00"),
    BAD("empty certificate, RFC 9846 §4.5.1", PATINA_ERR_DECODE_CERTIFICATE, "3( 3() 2() )"),
    BAD("second one empty, RFC 9846 §4.5.1", PATINA_ERR_DECODE_CERTIFICATE,
        "3( 3(30) 2() 3() 2() )"),
    BAD("certificate cut, RFC 9846 §4.5.1", PATINA_ERR_DECODE_CERTIFICATE, "3( 000002 30 )"),
    BAD("no extensions field, RFC 9846 §4.5.1", PATINA_ERR_DECODE_CERTIFICATE, "3( 3(30) )"),
    BAD("a byte after the last entry, RFC 9846 §4.5.1", PATINA_ERR_DECODE_CERTIFICATE,
        "3( 3(30) 2() 00 )"),
    BAD("an extension cut, RFC 9846 §4.3", PATINA_ERR_DECODE_EXTENSIONS, ENTRY("0005 00")),
    BAD("twice the same, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION, ENTRY(OCSP OCSP)),
    BAD("unknown, RFC 9846 §4.3", PATINA_ERR_UNSOLICITED_EXTENSION, ENTRY("1234 2()")),
    BAD("unknown in the second entry, RFC 9846 §4.3", PATINA_ERR_UNSOLICITED_EXTENSION,
        "3( 3(30) 2() 3(30) 2(0a0a 2()) )"),
    ROW("OCSP not asked for, RFC 9846 §4.3", PTN_EXT_SCT, PATINA_ERR_UNSOLICITED_EXTENSION,
        "1() " ENTRY(OCSP)),
    ROW("SCTs not asked for, RFC 9846 §4.3", PTN_EXT_STATUS_REQUEST,
        PATINA_ERR_UNSOLICITED_EXTENSION, "1() " ENTRY(SCTS)),
    BAD("server_name, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION, ENTRY("0000 2()")),
    BAD("signature_algorithms, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION,
        ENTRY("000d 2(2(0403))")),

    BAD("status_request: empty body, RFC 6066 §8", PATINA_ERR_DECODE_STATUS_REQUEST,
        ENTRY("0005 2()")),
    BAD("status_request: another type, RFC 6066 §8", PATINA_ERR_DECODE_STATUS_REQUEST,
        ENTRY("0005 2( 02 3('response') )")),
    BAD("status_request: empty response, RFC 6066 §8", PATINA_ERR_DECODE_STATUS_REQUEST,
        ENTRY("0005 2( 01 3() )")),
    BAD("status_request: response cut, RFC 6066 §8", PATINA_ERR_DECODE_STATUS_REQUEST,
        ENTRY("0005 2( 01 000002 00 )")),
    BAD("status_request: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_STATUS_REQUEST,
        ENTRY("0005 2( 01 3('response') 00 )")),
    BAD("signed_certificate_timestamp: empty body, RFC 6962 §3.3", PATINA_ERR_DECODE_SCT,
        ENTRY("0012 2()")),
    BAD("signed_certificate_timestamp: empty list, RFC 6962 §3.3", PATINA_ERR_DECODE_SCT,
        ENTRY("0012 2(2())")),
    BAD("signed_certificate_timestamp: empty SCT, RFC 6962 §3.3", PATINA_ERR_DECODE_SCT,
        ENTRY("0012 2( 2( 2('one') 2() ) )")),
    BAD("signed_certificate_timestamp: SCT cut, RFC 6962 §3.3", PATINA_ERR_DECODE_SCT,
        ENTRY("0012 2( 2( 0002 00 ) )")),
    BAD("signed_certificate_timestamp: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_SCT,
        ENTRY("0012 2( 2( 2('one') ) 00 )")),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
