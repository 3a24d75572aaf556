// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The parser of CertificateRequest (RFC 9846 §4.4.2).
#include "rows.h"

#include "wire/messages.h"

struct row {
    const char *body;
    patina_err want;
};

static patina_err parse(patina_span body)
{
    struct ptn_certificate_request request;
    memset(&request, 0x5a, sizeof request);
    patina_err err = ptn_parse_certificate_request(body, &request);
    if (err != PATINA_OK) {
        assert_int_equal(request.extensions, 0);
        assert_int_equal(request.authorities, 0);
        assert_empty(request.context);
        assert_empty(request.signature_algorithms.bytes);
    }
    return err;
}

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span body = notation_bytes(row->body);
    assert_err(parse(body), row->want);
    if (row->want == PATINA_OK) {
        check_truncations(parse, body, SIZE_MAX);
        check_trailing_byte(parse, body);
        check_changed_bytes(parse, body);
    }
    notation_free(body);
}

#define SCHEMES "000d 2( 2(0403 0804) ) "
#define ROW(text, want, body)                    \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            body, want                           \
        }                                        \
    }
#define OK(text, extensions) ROW(text, PATINA_OK, "1() 2(" extensions ")")
#define BAD(text, row, extensions) ROW(text, row, "1() 2(" extensions ")")

static void fields(void **state)
{
    (void)state;
    patina_span body = notation_bytes("1('context') 2(" SCHEMES
                                      "0032 2( 2(0401) ) 002f 2( 2( 2('one') 2('two') ) ) )");
    struct ptn_certificate_request request;
    assert_err(ptn_parse_certificate_request(body, &request), PATINA_OK);
    assert_span(request.context, "'context'");
    assert_int_equal(request.extensions, PTN_EXT_SIGNATURE_ALGORITHMS |
                                             PTN_EXT_SIGNATURE_ALGORITHMS_CERT |
                                             PTN_EXT_CERTIFICATE_AUTHORITIES);
    assert_span(request.signature_algorithms.bytes, "0403 0804");
    assert_span(request.signature_algorithms_cert.bytes, "0401");
    assert_int_equal(request.authorities, 2);
    notation_free(body);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(fields),
    OK("signature_algorithms alone", SCHEMES),
    ROW("a context: for the caller to judge", PATINA_OK, "1(00) 2(" SCHEMES ")"),
    OK("GREASE and unknown, RFC 9846 §4.4.2", "0a0a 2() " SCHEMES "1234 2(00) 3a3a 2()"),
    OK("status_request and signed_certificate_timestamp, RFC 9846 §4.5.1",
       SCHEMES "0005 2() 0012 2()"),
    OK("oid_filters: none, RFC 9846 §4.3.5", SCHEMES "0030 2( 2() )"),
    OK("oid_filters: two, RFC 9846 §4.3.5", SCHEMES "0030 2( 2( 1('oid') 2() 1('id') 2('v') ) )"),
    OK("server_name is passed over, RFC 9846 §4.3", "0000 2('whatever') " SCHEMES),

    ROW("empty body, RFC 9846 §4.4.2", PATINA_ERR_DECODE_CERTIFICATE_REQUEST, ""),
    ROW("context cut, RFC 9846 §4.4.2", PATINA_ERR_DECODE_CERTIFICATE_REQUEST, "02 00"),
    ROW("no extensions field, RFC 9846 §4.4.2", PATINA_ERR_DECODE_CERTIFICATE_REQUEST, "1()"),
    ROW("block cut, RFC 9846 §4.4.2", PATINA_ERR_DECODE_CERTIFICATE_REQUEST, "1() 0009 " SCHEMES),
    ROW("trailing byte, RFC 9846 §4.4.2", PATINA_ERR_DECODE_CERTIFICATE_REQUEST,
        "1() 2(" SCHEMES ") 00"),
    BAD("no extension at all, RFC 9846 §4.4.2", PATINA_ERR_MISSING_SIGNATURE_ALGORITHMS, ""),
    BAD("no signature_algorithms, RFC 9846 §4.4.2", PATINA_ERR_MISSING_SIGNATURE_ALGORITHMS,
        "0032 2( 2(0403) )"),
    BAD("an extension cut, RFC 9846 §4.3", PATINA_ERR_DECODE_EXTENSIONS, SCHEMES "00"),
    BAD("twice the same, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION, SCHEMES SCHEMES),
    BAD("unknown twice, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION,
        "0a0a 2() " SCHEMES "0a0a 2()"),
    BAD("ALPN, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION, SCHEMES "0010 2( 2(1('h2')) )"),
    BAD("key_share, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION, SCHEMES "0033 2(001d)"),
    BAD("renegotiation_info, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION, SCHEMES "ff01 2(1())"),

    BAD("signature_algorithms: empty list, RFC 9846 §4.3.3", PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS,
        "000d 2( 2() )"),
    BAD("signature_algorithms: odd, RFC 9846 §4.3.3", PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS,
        "000d 2( 2(040304) )"),
    BAD("signature_algorithms: trailing byte, RFC 9846 §4.3",
        PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS, "000d 2( 2(0403) 00 )"),
    BAD("signature_algorithms_cert: empty list, RFC 9846 §4.3.3",
        PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS_CERT, SCHEMES "0032 2( 2() )"),
    BAD("certificate_authorities: empty list, RFC 9846 §4.3.4",
        PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, SCHEMES "002f 2( 2() )"),
    BAD("certificate_authorities: empty name, RFC 9846 §4.3.4",
        PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, SCHEMES "002f 2( 2( 2() ) )"),
    BAD("certificate_authorities: trailing byte, RFC 9846 §4.3",
        PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, SCHEMES "002f 2( 2( 2('name') ) 00 )"),
    BAD("oid_filters: empty body, RFC 9846 §4.3.5", PATINA_ERR_DECODE_CERTIFICATE_REQUEST,
        SCHEMES "0030 2()"),
    BAD("oid_filters: empty OID, RFC 9846 §4.3.5", PATINA_ERR_DECODE_CERTIFICATE_REQUEST,
        SCHEMES "0030 2( 2( 1() 2('v') ) )"),
    BAD("oid_filters: values cut, RFC 9846 §4.3.5", PATINA_ERR_DECODE_CERTIFICATE_REQUEST,
        SCHEMES "0030 2( 2( 1('oid') 00 ) )"),
    BAD("oid_filters: trailing byte, RFC 9846 §4.3", PATINA_ERR_DECODE_CERTIFICATE_REQUEST,
        SCHEMES "0030 2( 2() 00 )"),
    BAD("status_request: a body, RFC 9846 §4.5.1", PATINA_ERR_DECODE_STATUS_REQUEST,
        SCHEMES "0005 2( 01 2() 2() )"),
    BAD("signed_certificate_timestamp: a body, RFC 6962 §3.3.1", PATINA_ERR_DECODE_SCT,
        SCHEMES "0012 2(00)"),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
