// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The parsers of the small messages: CertificateVerify, Finished, NewSessionTicket, KeyUpdate,
// Alert (RFC 9846 §4.5.2, §4.5.3, §4.7.1, §4.7.3, §6).
#include "rows.h"

#include "wire/messages.h"

struct row {
    parse_fn parse;
    const char *body;
    patina_err want;
};

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span body = notation_bytes(row->body);
    assert_err(row->parse(body), row->want);
    if (row->want == PATINA_OK) {
        check_truncations(row->parse, body, SIZE_MAX);
        check_trailing_byte(row->parse, body);
        check_changed_bytes(row->parse, body);
    }
    notation_free(body);
}

#define ROW(parse, text, want, body)             \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            parse, body, want                    \
        }                                        \
    }

static patina_err verify(patina_span body)
{
    struct ptn_certificate_verify message = {.scheme = 7};
    patina_err err = ptn_parse_certificate_verify(body, &message);
    if (err != PATINA_OK) {
        assert_int_equal(message.scheme, 0);
        assert_empty(message.signature);
    } else {
        assert_int_equal(message.signature.len + 4, body.len);
    }
    return err;
}

static patina_err finished(patina_span body)
{
    patina_span data = body;
    patina_err err = ptn_parse_finished(body, 32, &data);
    if (err != PATINA_OK) {
        assert_empty(data);
    } else {
        assert_true(ptn_span_equal(data, body));
    }
    return err;
}

static patina_err ticket(patina_span body)
{
    struct ptn_new_session_ticket message;
    memset(&message, 0x5a, sizeof message);
    patina_err err = ptn_parse_new_session_ticket(body, &message);
    if (err != PATINA_OK) {
        assert_int_equal(message.lifetime_s, 0);
        assert_int_equal(message.max_early_data_bytes, 0);
        assert_empty(message.ticket);
    }
    return err;
}

static patina_err update(patina_span body)
{
    bool requested = true;
    patina_err err = ptn_parse_key_update(body, &requested);
    if (err != PATINA_OK) {
        assert_false(requested);
    } else {
        assert_int_equal(requested, ptn_span_at(body, 0));
    }
    return err;
}

static patina_err alert(patina_span body)
{
    struct ptn_alert message = {7, 7};
    patina_err err = ptn_parse_alert(body, &message);
    if (err != PATINA_OK) {
        assert_int_equal(message.level + message.description, 0);
    } else {
        assert_int_equal(message.level, ptn_span_at(body, 0));
        assert_int_equal(message.description, ptn_span_at(body, 1));
    }
    return err;
}

static void ticket_fields(void **state)
{
    (void)state;
    patina_span body =
        notation_bytes("00093a80 01020304 1('nonce') 2('ticket') 2( 0a0a 2() 002a 2(00004000) )");
    struct ptn_new_session_ticket message;
    assert_err(ptn_parse_new_session_ticket(body, &message), PATINA_OK);
    assert_int_equal(message.lifetime_s, 604800);
    assert_int_equal(message.age_add, 0x01020304);
    assert_span(message.nonce, "'nonce'");
    assert_span(message.ticket, "'ticket'");
    assert_int_equal(message.extensions, PTN_EXT_EARLY_DATA);
    assert_int_equal(message.max_early_data_bytes, 16384);
    notation_free(body);
}

static void verify_fields(void **state)
{
    (void)state;
    patina_span body = notation_bytes("0804 2('signature')");
    struct ptn_certificate_verify message;
    assert_err(ptn_parse_certificate_verify(body, &message), PATINA_OK);
    assert_int_equal(message.scheme, PTN_RSA_PSS_RSAE_SHA256);
    assert_span(message.signature, "'signature'");
    notation_free(body);
}

static void finished_lengths(void **state)
{
    (void)state;
    uint8_t bytes[64] = {0};
    for (size_t have = 0; have <= sizeof bytes; have++) {
        for (size_t want = 0; want <= sizeof bytes; want++) {
            patina_span data;
            assert_err(ptn_parse_finished((patina_span){bytes, have}, want, &data),
                       have == want ? PATINA_OK : PATINA_ERR_DECODE_FINISHED);
        }
    }
}

static void every_key_update_value(void **state)
{
    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        uint8_t byte = (uint8_t)value;
        bool requested;
        assert_err(ptn_parse_key_update((patina_span){&byte, 1}, &requested),
                   value < 2 ? PATINA_OK : PATINA_ERR_INVALID_KEY_UPDATE);
        assert_int_equal(requested, value == 1);
    }
}

#define NST "00093a80 01020304 1(00) 2('ticket') "

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(ticket_fields),
    cmocka_unit_test(verify_fields),
    cmocka_unit_test(finished_lengths),
    cmocka_unit_test(every_key_update_value),

    ROW(verify, "CertificateVerify", PATINA_OK, "0403 2(71*30)"),
    ROW(verify, "CertificateVerify: empty signature, RFC 9846 §4.5.2", PATINA_OK, "0403 2()"),
    ROW(verify, "CertificateVerify: empty body, RFC 9846 §4.5.2",
        PATINA_ERR_DECODE_CERTIFICATE_VERIFY, ""),
    ROW(verify, "CertificateVerify: signature cut, RFC 9846 §4.5.2",
        PATINA_ERR_DECODE_CERTIFICATE_VERIFY, "0403 0002 00"),
    ROW(verify, "CertificateVerify: trailing byte, RFC 9846 §4.5.2",
        PATINA_ERR_DECODE_CERTIFICATE_VERIFY, "0403 2(00) 00"),

    ROW(finished, "Finished", PATINA_OK, "32*aa"),
    ROW(finished, "Finished: empty, RFC 9846 §4.5.3", PATINA_ERR_DECODE_FINISHED, ""),
    ROW(finished, "Finished: short, RFC 9846 §4.5.3", PATINA_ERR_DECODE_FINISHED, "31*aa"),
    ROW(finished, "Finished: long, RFC 9846 §4.5.3", PATINA_ERR_DECODE_FINISHED, "48*aa"),

    ROW(ticket, "NewSessionTicket", PATINA_OK, NST "2()"),
    ROW(ticket, "NewSessionTicket: no nonce", PATINA_OK, "00000000 00000000 1() 2(00) 2()"),
    ROW(ticket, "NewSessionTicket: GREASE and unknown, RFC 9846 §4.7.1", PATINA_OK,
        NST "2( 0a0a 2() 1234 2(00) )"),
    ROW(ticket, "NewSessionTicket: early_data", PATINA_OK, NST "2( 002a 2(ffffffff) )"),
    ROW(ticket, "NewSessionTicket: lifetime over seven days: for the caller to judge", PATINA_OK,
        "00093a81 00000000 1() 2(00) 2()"),
    ROW(ticket, "NewSessionTicket: empty body, RFC 9846 §4.7.1",
        PATINA_ERR_DECODE_NEW_SESSION_TICKET, ""),
    ROW(ticket, "NewSessionTicket: empty ticket, RFC 9846 §4.7.1",
        PATINA_ERR_DECODE_NEW_SESSION_TICKET, "00000000 00000000 1() 2() 2()"),
    ROW(ticket, "NewSessionTicket: nonce cut, RFC 9846 §4.7.1",
        PATINA_ERR_DECODE_NEW_SESSION_TICKET, "00000000 00000000 02 00"),
    ROW(ticket, "NewSessionTicket: no extensions field, RFC 9846 §4.7.1",
        PATINA_ERR_DECODE_NEW_SESSION_TICKET, NST),
    ROW(ticket, "NewSessionTicket: trailing byte, RFC 9846 §4.7.1",
        PATINA_ERR_DECODE_NEW_SESSION_TICKET, NST "2() 00"),
    ROW(ticket, "NewSessionTicket: an extension cut, RFC 9846 §4.3", PATINA_ERR_DECODE_EXTENSIONS,
        NST "2( 002a 00 )"),
    ROW(ticket, "NewSessionTicket: unknown twice, RFC 9846 §4.3", PATINA_ERR_DUPLICATE_EXTENSION,
        NST "2( 0a0a 2() 0a0a 2() )"),
    ROW(ticket, "NewSessionTicket: key_share, RFC 9846 §4.3", PATINA_ERR_MISPLACED_EXTENSION,
        NST "2( 0033 2() )"),
    ROW(ticket, "NewSessionTicket: early_data of three bytes, RFC 9846 §4.3.10",
        PATINA_ERR_DECODE_EARLY_DATA, NST "2( 002a 2(000000) )"),
    ROW(ticket, "NewSessionTicket: early_data without a body, RFC 9846 §4.3.10",
        PATINA_ERR_DECODE_EARLY_DATA, NST "2( 002a 2() )"),
    ROW(ticket, "NewSessionTicket: early_data with a trailing byte, RFC 9846 §4.3",
        PATINA_ERR_DECODE_EARLY_DATA, NST "2( 002a 2(0000000000) )"),

    ROW(update, "KeyUpdate: not requested", PATINA_OK, "00"),
    ROW(update, "KeyUpdate: requested", PATINA_OK, "01"),
    ROW(update, "KeyUpdate: empty, RFC 9846 §4.7.3", PATINA_ERR_DECODE_KEY_UPDATE, ""),
    ROW(update, "KeyUpdate: trailing byte, RFC 9846 §4.7.3", PATINA_ERR_DECODE_KEY_UPDATE, "0000"),
    ROW(update, "KeyUpdate: unknown value, RFC 9846 §4.7.3", PATINA_ERR_INVALID_KEY_UPDATE, "02"),

    ROW(alert, "Alert", PATINA_OK, "0228"),
    ROW(alert, "Alert: level and description are not judged, RFC 9846 §6", PATINA_OK, "ffff"),
    ROW(alert, "Alert: empty, RFC 9846 §5.1", PATINA_ERR_BAD_ALERT, ""),
    ROW(alert, "Alert: one byte, RFC 9846 §6", PATINA_ERR_BAD_ALERT, "02"),
    ROW(alert, "Alert: two alerts in one, RFC 9846 §5.1", PATINA_ERR_BAD_ALERT, "01000100"),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
