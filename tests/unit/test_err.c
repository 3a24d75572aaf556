// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The one list of errors and the names of alerts (RFC 9846 §6).
#include "rows.h"

#include "panics.h"

static const patina_err all[] = {
#define PATINA_ERR_ROW_(number, name, err_class, alert, text) PATINA_ERR_##name,
#include "patina/err_list.h"
#undef PATINA_ERR_ROW_
};

static void every_row_has_name_text_class_and_alert(void **state)
{
    (void)state;
    assert_true(PTN_COUNT(all) > 150);
    for (size_t i = 0; i < PTN_COUNT(all); i++) {
        const char *name = patina_err_name(all[i]);
        const char *text = patina_err_text(all[i]);
        int class = patina_err_class(all[i]);
        uint8_t alert = patina_err_alert(all[i]);
        assert_string_not_equal(name, "UNKNOWN");
        assert_string_not_equal(text, "unknown error");
        assert_true(strlen(text) > 8 && text[strlen(text) - 1] != '.');
        assert_int_equal(class, all[i] / 1000);
        assert_true(class >= PATINA_CLASS_RETRY && class <= PATINA_CLASS_APPLICATION);
        // What the peer did, what its certificate lacks and what we cannot go on after is told to
        // it.
        bool told = class == PATINA_CLASS_PEER || class == PATINA_CLASS_CERTIFICATE;
        assert_true(!told || alert != PATINA_ALERT_NONE);
        bool untold = class == PATINA_CLASS_RETRY || class == PATINA_CLASS_USAGE ||
                      class == PATINA_CLASS_TRANSPORT || class == PATINA_CLASS_ALERT;
        assert_true(!untold || alert == PATINA_ALERT_NONE);
        assert_true(alert == PATINA_ALERT_NONE || strcmp(patina_alert_name(alert), "unknown") != 0);
    }
}

static void names_and_texts_are_distinct(void **state)
{
    (void)state;
    for (size_t i = 0; i < PTN_COUNT(all); i++) {
        for (size_t k = 0; k < i; k++) {
            assert_true(all[i] != all[k]);
            assert_string_not_equal(patina_err_name(all[i]), patina_err_name(all[k]));
            assert_string_not_equal(patina_err_text(all[i]), patina_err_text(all[k]));
        }
    }
}

static void rows_known_by_heart(void **state)
{
    (void)state;
    assert_int_equal(PATINA_ERR_BAD_RECORD_MAC, 5002);
    assert_string_equal(patina_err_name(PATINA_ERR_BAD_RECORD_MAC), "BAD_RECORD_MAC");
    assert_string_equal(patina_err_text(PATINA_ERR_BAD_RECORD_MAC), "record does not authenticate");
    assert_int_equal(patina_err_alert(PATINA_ERR_BAD_RECORD_MAC), PATINA_ALERT_BAD_RECORD_MAC);
    assert_int_equal(patina_err_class(PATINA_ERR_BAD_RECORD_MAC), PATINA_CLASS_PEER);
    assert_int_equal(patina_err_alert(PATINA_ERR_NO_MEMORY), PATINA_ALERT_INTERNAL_ERROR);
}

static void no_error_and_no_such_error(void **state)
{
    (void)state;
    assert_string_equal(patina_err_name(PATINA_OK), "OK");
    assert_string_equal(patina_err_name(PATINA_PENDING), "PENDING");
    assert_int_equal(patina_err_class(PATINA_OK), PATINA_CLASS_NONE);
    assert_int_equal(patina_err_class(PATINA_PENDING), PATINA_CLASS_NONE);
    assert_int_equal(patina_err_alert(PATINA_OK), PATINA_ALERT_NONE);
    static const int strangers[] = {-1, 2, 999, 1000, 4999, 5999, 9001, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < PTN_COUNT(strangers); i++) {
        patina_err e = (patina_err)strangers[i];
        assert_string_equal(patina_err_name(e), "UNKNOWN");
        assert_string_equal(patina_err_text(e), "unknown error");
        assert_int_equal(patina_err_class(e), PATINA_CLASS_NONE);
        assert_int_equal(patina_err_alert(e), PATINA_ALERT_NONE);
    }
}

// RFC 9846 §6: every AlertDescription in use, by number and name.
static void alert_names(void **state)
{
    (void)state;
    static const struct {
        uint8_t alert;
        const char *name;
    } rows[] = {
        {0, "close_notify"},
        {10, "unexpected_message"},
        {20, "bad_record_mac"},
        {22, "record_overflow"},
        {40, "handshake_failure"},
        {42, "bad_certificate"},
        {43, "unsupported_certificate"},
        {44, "certificate_revoked"},
        {45, "certificate_expired"},
        {46, "certificate_unknown"},
        {47, "illegal_parameter"},
        {48, "unknown_ca"},
        {49, "access_denied"},
        {50, "decode_error"},
        {51, "decrypt_error"},
        {70, "protocol_version"},
        {71, "insufficient_security"},
        {80, "internal_error"},
        {86, "inappropriate_fallback"},
        {90, "user_canceled"},
        {100, "no_renegotiation"},
        {109, "missing_extension"},
        {110, "unsupported_extension"},
        {112, "unrecognized_name"},
        {113, "bad_certificate_status_response"},
        {115, "unknown_psk_identity"},
        {116, "certificate_required"},
        {117, "general_error"},
        {120, "no_application_protocol"},
        {121, "ech_required"},
    };
    size_t known = 0;
    for (unsigned alert = 0; alert < 256; alert++) {
        const char *name = "unknown";
        for (size_t i = 0; i < PTN_COUNT(rows); i++) {
            if (rows[i].alert == alert) {
                name = rows[i].name;
                known++;
            }
        }
        assert_string_equal(patina_alert_name((uint8_t)alert), name);
    }
    assert_int_equal(known, PTN_COUNT(rows));
}

static void panic(void)
{
    ptn_panic("a test");
}

static void panic_ends_the_process(void **state)
{
    (void)state;
    assert_true(panics(panic));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_row_has_name_text_class_and_alert),
    cmocka_unit_test(names_and_texts_are_distinct),
    cmocka_unit_test(rows_known_by_heart),
    cmocka_unit_test(no_error_and_no_such_error),
    cmocka_unit_test(alert_names),
    cmocka_unit_test(panic_ends_the_process),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
