// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What went wrong: the failed connection, its report, its text for people.
#include "conn/conn.h"

// Where the rule of an error stands, in the order of err_list.h. Errors of certificates bring their
// own; what breaks a limit of ours (base/limits.h) breaks no rule of a document.
struct rule {
    patina_err err;
    uint16_t rfc;
    const char *section;
};
static const struct rule rules[] = {
    {PATINA_ERR_TRUNCATED, 9846, "6.1"},
    {PATINA_ERR_UNEXPECTED_MESSAGE, 9846, "4"},
    {PATINA_ERR_BAD_RECORD_MAC, 9846, "5.2"},
    {PATINA_ERR_RECORD_OVERFLOW, 9846, "5.2"},
    {PATINA_ERR_UNKNOWN_CONTENT_TYPE, 9846, "5"},
    {PATINA_ERR_BAD_RECORD_VERSION, 9846, "5.1"},
    {PATINA_ERR_EMPTY_FRAGMENT, 9846, "5.4"},
    {PATINA_ERR_NO_CONTENT_TYPE, 9846, "5.4"},
    {PATINA_ERR_BAD_INNER_CONTENT_TYPE, 9846, "5"},
    {PATINA_ERR_UNPROTECTED_RECORD, 9846, "5.2"},
    {PATINA_ERR_PROTECTED_RECORD, 9846, "5.1"},
    {PATINA_ERR_BAD_CHANGE_CIPHER_SPEC, 9846, "5"},
    {PATINA_ERR_UNEXPECTED_CHANGE_CIPHER_SPEC, 9846, "5"},
    {PATINA_ERR_BAD_ALERT, 9846, "6"},
    {PATINA_ERR_MESSAGE_INTERLEAVED, 9846, "5.1"},
    {PATINA_ERR_UNALIGNED_KEY_CHANGE, 9846, "5.1"},
    {PATINA_ERR_UNALIGNED_FLIGHT, 9846, "5.1"},
    {PATINA_ERR_TOO_MUCH_SKIPPED_EARLY_DATA, 9846, "4.3.10"},
    {PATINA_ERR_HTTP_REQUEST, 9846, "5.1"},
    {PATINA_ERR_NOT_TLS, 9846, "5.1"},
    {PATINA_ERR_UNEXPECTED_APPLICATION_DATA, 9846, "2"},
    {PATINA_ERR_DECODE_CLIENT_HELLO, 9846, "4.2.2"},
    {PATINA_ERR_DECODE_SERVER_HELLO, 9846, "4.2.3"},
    {PATINA_ERR_DECODE_ENCRYPTED_EXTENSIONS, 9846, "4.4.1"},
    {PATINA_ERR_DECODE_CERTIFICATE_REQUEST, 9846, "4.4.2"},
    {PATINA_ERR_DECODE_CERTIFICATE, 9846, "4.5.1"},
    {PATINA_ERR_DECODE_CERTIFICATE_VERIFY, 9846, "4.5.2"},
    {PATINA_ERR_DECODE_FINISHED, 9846, "4.5.3"},
    {PATINA_ERR_DECODE_NEW_SESSION_TICKET, 9846, "4.7.1"},
    {PATINA_ERR_DECODE_KEY_UPDATE, 9846, "4.7.3"},
    {PATINA_ERR_DECODE_EXTENSIONS, 9846, "4.3"},
    {PATINA_ERR_DECODE_SERVER_NAME, 6066, "3"},
    {PATINA_ERR_DECODE_ALPN, 7301, "3.1"},
    {PATINA_ERR_DECODE_SUPPORTED_VERSIONS, 9846, "4.3.1"},
    {PATINA_ERR_DECODE_SUPPORTED_GROUPS, 9846, "4.3.7"},
    {PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS, 9846, "4.3.3"},
    {PATINA_ERR_DECODE_KEY_SHARE, 9846, "4.3.8"},
    {PATINA_ERR_DECODE_COOKIE, 9846, "4.3.2"},
    {PATINA_ERR_DECODE_PRE_SHARED_KEY, 9846, "4.3.11"},
    {PATINA_ERR_DECODE_PSK_MODES, 9846, "4.3.9"},
    {PATINA_ERR_DECODE_EARLY_DATA, 9846, "4.3.10"},
    {PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, 9846, "4.3.4"},
    {PATINA_ERR_DECODE_STATUS_REQUEST, 6066, "8"},
    {PATINA_ERR_DUPLICATE_EXTENSION, 9846, "4.3"},
    {PATINA_ERR_UNSOLICITED_EXTENSION, 9846, "4.3"},
    {PATINA_ERR_MISPLACED_EXTENSION, 9846, "4.3"},
    {PATINA_ERR_PSK_NOT_LAST, 9846, "4.3.11"},
    {PATINA_ERR_INVALID_KEY_UPDATE, 9846, "4.7.3"},
    {PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS_CERT, 9846, "4.3.3"},
    {PATINA_ERR_DECODE_SCT, 6962, "3.3"},
    {PATINA_ERR_DUPLICATE_KEY_SHARE, 9846, "4.3.8"},
    {PATINA_ERR_BAD_SERVER_NAME_OFFER, 6066, "3"},
    {PATINA_ERR_DUPLICATE_EXTENSION_IN_SERVER_HELLO, 9846, "4.3"},
    {PATINA_ERR_VERSION_NOT_SUPPORTED, 9846, "4.3.1"},
    {PATINA_ERR_BAD_LEGACY_VERSION, 9846, "4.2.2"},
    {PATINA_ERR_UNOFFERED_VERSION, 9846, "4.3.1"},
    {PATINA_ERR_NO_CIPHER_SUITE_IN_COMMON, 9846, "4.2.1"},
    {PATINA_ERR_NO_GROUP_IN_COMMON, 9846, "4.2.1"},
    {PATINA_ERR_NO_SIGNATURE_SCHEME_IN_COMMON, 9846, "4.5.2"},
    {PATINA_ERR_NO_APPLICATION_PROTOCOL, 7301, "3.2"},
    {PATINA_ERR_UNOFFERED_CIPHER_SUITE, 9846, "4.2.3"},
    {PATINA_ERR_UNOFFERED_GROUP, 9846, "4.3.8"},
    {PATINA_ERR_UNOFFERED_PROTOCOL_NAME, 7301, "3.1"},
    {PATINA_ERR_UNOFFERED_SIGNATURE_SCHEME, 9846, "4.5.2"},
    {PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY, 9846, "4.5.2"},
    {PATINA_ERR_MISSING_SIGNATURE_ALGORITHMS, 9846, "9.2"},
    {PATINA_ERR_MISSING_SUPPORTED_GROUPS, 9846, "9.2"},
    {PATINA_ERR_MISSING_KEY_SHARE, 9846, "9.2"},
    {PATINA_ERR_MISSING_PSK_MODES, 9846, "4.3.9"},
    {PATINA_ERR_COMPRESSION_OFFERED, 9846, "4.2.2"},
    {PATINA_ERR_COMPRESSION_SELECTED, 9846, "4.2.3"},
    {PATINA_ERR_SESSION_ID_NOT_ECHOED, 9846, "4.2.3"},
    {PATINA_ERR_INVALID_SHARE, 9846, "4.3.8"},
    {PATINA_ERR_SHARE_IN_UNLISTED_GROUP, 9846, "4.3.8"},
    {PATINA_ERR_SHARE_IN_WRONG_GROUP, 9846, "4.3.8"},
    {PATINA_ERR_SECOND_HELLO_RETRY_REQUEST, 9846, "4.2.4"},
    {PATINA_ERR_HELLO_RETRY_WITHOUT_CHANGE, 9846, "4.2.4"},
    {PATINA_ERR_HELLO_RETRY_GROUP_ALREADY_SHARED, 9846, "4.3.8"},
    {PATINA_ERR_HELLO_RETRY_CHANGED, 9846, "4.2.4"},
    {PATINA_ERR_SECOND_CLIENT_HELLO_CHANGED, 9846, "4.2.2"},
    {PATINA_ERR_SECOND_CLIENT_HELLO_WRONG_SHARE, 9846, "4.3.8"},
    {PATINA_ERR_EARLY_DATA_IN_SECOND_HELLO, 9846, "4.3.10"},
    {PATINA_ERR_BAD_FINISHED, 9846, "4.5.3"},
    {PATINA_ERR_BAD_SIGNATURE, 9846, "4.5.2"},
    {PATINA_ERR_EMPTY_CERTIFICATE, 9846, "4.5.1.2"},
    {PATINA_ERR_BAD_REQUEST_CONTEXT, 9846, "4.5.1"},
    {PATINA_ERR_POST_HANDSHAKE_CERTIFICATE_REQUEST, 9846, "4.7.2"},
    {PATINA_ERR_PSK_BINDER_COUNT, 9846, "4.3.11"},
    {PATINA_ERR_UNRECOGNIZED_NAME, 6066, "3"},
    {PATINA_ERR_ILLEGAL_SESSION_ID, 9846, "4.2.2"},
    {PATINA_ERR_TLS12_SERVER, 9846, "4.3.1"},
    {PATINA_ERR_CERT_LEAF_KEY_USAGE, 9846, "4.5.1.2"},
};

// A writer over a char array that leaves room for the final zero, which is there because reports
// begin zeroed.
static struct ptn_writer text_writer(char *text, size_t size)
{
    return ptn_writer_of((patina_mspan){(uint8_t *)text, size - 1});
}

// Appends as much as fits: texts are cut, not refused.
static void append_span(struct ptn_writer *w, patina_span text)
{
    ptn_write_span(w, ptn_span_first(text, ptn_writer_room(w)));
}

static void append(struct ptn_writer *w, const char *text)
{
    append_span(w, ptn_span_of_string(text));
}

static void append_number(struct ptn_writer *w, uint32_t n)
{
    char digits[10];
    size_t count = 0;
    do {
        PTN_AT(digits, count) = (char)('0' + n % 10);
        n /= 10;
        count++;
    } while (n != 0 && count < sizeof digits);
    while (count != 0 && ptn_writer_room(w) != 0) {
        count--;
        ptn_write_u8(w, (uint8_t)PTN_AT(digits, count));
    }
}

static void copy_text(char *to, size_t size, const char *from)
{
    struct ptn_writer w = text_writer(to, size);
    append(&w, from);
}

static void fill_rule(struct patina_report *r, const struct ptn_detail *d)
{
    if (d->rule[0] != 0) {
        r->rfc = d->rfc;
        copy_text(r->rule, sizeof r->rule, d->rule);
        return;
    }
    for (size_t i = 0; i < PTN_COUNT(rules); i++) {
        const struct rule *rule = &PTN_AT(rules, i);
        if (rule->err == r->err) {
            r->rfc = rule->rfc;
            copy_text(r->rule, sizeof r->rule, rule->section);
        }
    }
}

static void fill_text(struct patina_report *r, const struct ptn_hs *hs)
{
    struct ptn_writer w = text_writer(r->text, sizeof r->text);
    if (hs->detail.text[0] != 0) {
        append(&w, hs->detail.text);
        return;
    }
    append(&w, patina_err_text(r->err));
    if (r->err == PATINA_ERR_PEER_ALERT) {
        append(&w, ": ");
        append(&w, patina_alert_name(hs->peer_alert));
        append(&w, " (");
        append_number(&w, hs->peer_alert);
        append(&w, ")");
    }
}

patina_err ptn_conn_fail(struct patina_conn *c, patina_err err, uint8_t direction)
{
    struct ptn_hs *hs = &c->hs;
    struct patina_report *r = &c->report;
    bool from_peer = err == PATINA_ERR_PEER_ALERT;
    uint8_t alert =
        hs->detail.alert != PATINA_ALERT_NONE ? hs->detail.alert : patina_err_alert(err);
    *r = (struct patina_report){
        .err = err,
        .alert = from_peer ? hs->peer_alert : alert,
        .alert_from_peer = from_peer ? 1 : 0,
        .direction = direction,
        .in_message = hs->in_message,
        .certificate = hs->detail.certificate,
    };
    copy_text(r->state, sizeof r->state, hs->state->name);
    fill_rule(r, &hs->detail);
    fill_text(r, hs);
    c->failed = err;

    // A close_notify that is still queued is dropped with the rest, and the alert may follow.
    c->sent_close = c->sent_close && hs->flight.alerts_count == 0;
    // The alert goes out under the newest key the peer can know; nothing else is needed any more.
    ptn_flight_drop(&hs->flight);
    if (!from_peer && alert != PATINA_ALERT_NONE && !c->sent_close) {
        ptn_flight_alert(&hs->flight, alert);
        if (alert == PATINA_ALERT_USER_CANCELED) {
            // RFC 9846 §6.1: of the application's choice; MUST be followed by close_notify.
            ptn_flight_alert(&hs->flight, PATINA_ALERT_CLOSE_NOTIFY);
        }
    }
    ptn_op_abandon(hs->op);
    hs->op = NULL;
    ptn_client_free(hs);
    ptn_server_free(hs);
    ptn_opener_clear(&c->opener);
    ptn_join_clear(&c->join);
    ptn_buf_clear(&c->scratch);
    ptn_wipe(&hs->rx, sizeof hs->rx);
    ptn_wipe(&hs->send_traffic, sizeof hs->send_traffic);
    ptn_wipe(&hs->recv_traffic, sizeof hs->recv_traffic);
    ptn_wipe(&hs->exporter, sizeof hs->exporter);
    return err;
}

void patina_conn_report(const struct patina_conn *c, struct patina_report *out)
{
    *out = c->report;
}

size_t patina_conn_explain(const struct patina_conn *c, char *buf, size_t cap)
{
    if (buf == NULL || cap == 0) {
        return 0;
    }
    ptn_mspan_fill((patina_mspan){(uint8_t *)buf, cap}, 0);
    const struct patina_report *r = &c->report;
    struct ptn_writer w = text_writer(buf, cap);
    if (r->err == PATINA_OK) {
        append(&w, "no error");
        return ptn_writer_len(&w);
    }
    append(&w, patina_err_text(r->err));
    // A report's text that begins with the error's is the error's text and more: said once.
    patina_span said = ptn_span_of_string(patina_err_text(r->err));
    patina_span text = ptn_span_of_string(r->text);
    if (ptn_span_equal(ptn_span_first(text, said.len), said)) {
        text = ptn_span_skip(text, said.len);
    } else {
        append(&w, ": ");
    }
    append_span(&w, text);
    append(&w, ". ");
    append(&w, patina_err_name(r->err));
    append(&w, ", state ");
    append(&w, r->state);
    if (r->certificate >= 0) {
        append(&w, ", certificate ");
        append_number(&w, (uint32_t)r->certificate);
        append(&w, r->certificate == 0 ? " (the server's own)" : " of the chain");
    }
    if (r->rfc != 0) {
        append(&w, ", RFC ");
        append_number(&w, r->rfc);
        append(&w, " section ");
    } else if (r->rule[0] != 0) {
        append(&w, ", ");
    }
    append(&w, r->rule);
    if (r->alert != PATINA_ALERT_NONE) {
        append(&w, r->alert_from_peer != 0 ? ", alert received: " : ", alert sent: ");
        append(&w, patina_alert_name(r->alert));
    }
    append(&w, ".");
    return ptn_writer_len(&w);
}
