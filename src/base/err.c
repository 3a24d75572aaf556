// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Names, texts, classes and alerts of errors, from the one list.
#include "patina/base.h"

#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

struct row {
    patina_err err;
    int err_class;
    uint8_t alert;
    const char *name;
    const char *text;
};

static const struct row rows[] = {
    {PATINA_OK, PATINA_CLASS_NONE, PATINA_ALERT_NONE, "OK", "no error"},
    {PATINA_PENDING, PATINA_CLASS_NONE, PATINA_ALERT_NONE, "PENDING",
     "the operation completes later"},
#define PATINA_ERR_ROW_(number, name, err_class, alert, text) \
    {PATINA_ERR_##name, PATINA_CLASS_##err_class, PATINA_ALERT_##alert, #name, text},
#include "patina/err_list.h"
#undef PATINA_ERR_ROW_
};

// The class is the number / 1000, and every number is unique: a duplicate would be a duplicate case
// here.
static int class_of(patina_err e)
{
    switch ((int)e) {
#define PATINA_ERR_ROW_(number, name, err_class, alert, text)                                  \
    _Static_assert((number) / 1000 == PATINA_CLASS_##err_class, "class is the number / 1000"); \
    case number:                                                                               \
        return PATINA_CLASS_##err_class;
#include "patina/err_list.h"
#undef PATINA_ERR_ROW_
    default:
        return PATINA_CLASS_NONE;
    }
}

static const struct row *find(patina_err e)
{
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        if (PTN_AT(rows, i).err == e) {
            return &PTN_AT(rows, i);
        }
    }
    return NULL;
}

const char *patina_err_name(patina_err e)
{
    const struct row *row = find(e);
    return row == NULL ? "UNKNOWN" : row->name;
}

const char *patina_err_text(patina_err e)
{
    const struct row *row = find(e);
    return row == NULL ? "unknown error" : row->text;
}

int patina_err_class(patina_err e)
{
    return class_of(e);
}

uint8_t patina_err_alert(patina_err e)
{
    const struct row *row = find(e);
    return row == NULL ? (uint8_t)PATINA_ALERT_NONE : row->alert;
}

static const struct {
    uint8_t alert;
    const char *name;
} alert_names[] = {
    {PATINA_ALERT_CLOSE_NOTIFY, "close_notify"},
    {PATINA_ALERT_UNEXPECTED_MESSAGE, "unexpected_message"},
    {PATINA_ALERT_BAD_RECORD_MAC, "bad_record_mac"},
    {PATINA_ALERT_RECORD_OVERFLOW, "record_overflow"},
    {PATINA_ALERT_HANDSHAKE_FAILURE, "handshake_failure"},
    {PATINA_ALERT_BAD_CERTIFICATE, "bad_certificate"},
    {PATINA_ALERT_UNSUPPORTED_CERTIFICATE, "unsupported_certificate"},
    {PATINA_ALERT_CERTIFICATE_REVOKED, "certificate_revoked"},
    {PATINA_ALERT_CERTIFICATE_EXPIRED, "certificate_expired"},
    {PATINA_ALERT_CERTIFICATE_UNKNOWN, "certificate_unknown"},
    {PATINA_ALERT_ILLEGAL_PARAMETER, "illegal_parameter"},
    {PATINA_ALERT_UNKNOWN_CA, "unknown_ca"},
    {PATINA_ALERT_ACCESS_DENIED, "access_denied"},
    {PATINA_ALERT_DECODE_ERROR, "decode_error"},
    {PATINA_ALERT_DECRYPT_ERROR, "decrypt_error"},
    {PATINA_ALERT_PROTOCOL_VERSION, "protocol_version"},
    {PATINA_ALERT_INSUFFICIENT_SECURITY, "insufficient_security"},
    {PATINA_ALERT_INTERNAL_ERROR, "internal_error"},
    {PATINA_ALERT_INAPPROPRIATE_FALLBACK, "inappropriate_fallback"},
    {PATINA_ALERT_USER_CANCELED, "user_canceled"},
    {PATINA_ALERT_NO_RENEGOTIATION, "no_renegotiation"},
    {PATINA_ALERT_MISSING_EXTENSION, "missing_extension"},
    {PATINA_ALERT_UNSUPPORTED_EXTENSION, "unsupported_extension"},
    {PATINA_ALERT_UNRECOGNIZED_NAME, "unrecognized_name"},
    {PATINA_ALERT_BAD_CERTIFICATE_STATUS_RESPONSE, "bad_certificate_status_response"},
    {PATINA_ALERT_UNKNOWN_PSK_IDENTITY, "unknown_psk_identity"},
    {PATINA_ALERT_CERTIFICATE_REQUIRED, "certificate_required"},
    {PATINA_ALERT_GENERAL_ERROR, "general_error"},
    {PATINA_ALERT_NO_APPLICATION_PROTOCOL, "no_application_protocol"},
    {PATINA_ALERT_ECH_REQUIRED, "ech_required"},
};

const char *patina_alert_name(uint8_t alert)
{
    for (size_t i = 0; i < PTN_COUNT(alert_names); i++) {
        if (PTN_AT(alert_names, i).alert == alert) {
            return PTN_AT(alert_names, i).name;
        }
    }
    return "unknown";
}

void ptn_panic(const char *what)
{
    (void)fprintf(stderr, "patina: invariant broken: %s\n", what);
    abort();
}

#ifdef PTN_MUTANTS
// A mutant is named "file#number" in the environment of the test build, counted from 0; no shipped
// build has this.
#include <string.h>
bool ptn_mutant_is_off(const char *file, int number)
{
    char name[300];
    const char *wanted = getenv("PATINA_MUTANT");
    if (wanted == NULL) {
        return false;
    }
    (void)snprintf(name, sizeof name, "%s#%d", file, number);
    size_t have = strlen(name);
    size_t want = strlen(wanted);
    return have >= want && strcmp(&name[have - want], wanted) == 0;
}
#endif
