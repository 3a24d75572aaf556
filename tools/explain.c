// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Failures in plain words: what happened, why, and what would mend it; never more than the report
// and the peer's own chain say. Exit statuses. Called by connect.c, cert_verify.c and serve.c.
#include <string.h>
#include <strings.h>

#include "explain.h"

// ---- Why, and what would mend it.

#define WHY(...) snprintf(w->why, sizeof(w->why), __VA_ARGS__)
#define FIX(...) snprintf(w->fix, sizeof(w->fix), __VA_ARGS__)

int exit_status_of(patina_err e)
{
    switch ((int)e) {
    case PATINA_OK:
        return EXIT_OK;
    case PATINA_ERR_TIMED_OUT:
        return EXIT_TIMEOUT;
    case PATINA_ERR_IO:
        return EXIT_NETWORK;
    // The server did not show a certificate, or not that its key is the certificate's.
    case PATINA_ERR_BAD_SIGNATURE:
    case PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY:
    case PATINA_ERR_EMPTY_CERTIFICATE:
    case PATINA_ERR_DECODE_CERTIFICATE:
        return EXIT_CERTIFICATE;
    case PATINA_ERR_CERT_REVOKED:
        return EXIT_REVOKED;
    case PATINA_ERR_TRUNCATED:
        return EXIT_TLS;
    default:
        break;
    }
    switch (patina_err_class(e)) {
    case PATINA_CLASS_USAGE:
        return EXIT_USAGE;
    case PATINA_CLASS_PEER:
    case PATINA_CLASS_ALERT:
        return EXIT_TLS;
    case PATINA_CLASS_CERTIFICATE:
        return EXIT_CERTIFICATE;
    default:
        return EXIT_OTHER;
    }
}

void error_text(patina_err e, const struct patina_report *report, char out[ERROR_TEXT_MAX])
{
    const char *text = patina_err_text(e);
    bool repeats = strncmp(report->text, text, strlen(text)) == 0;
    bool adds = report->text[0] != '\0' && !repeats;
    snprintf(out, ERROR_TEXT_MAX, "%s%s%s", repeats ? report->text : text, adds ? ": " : "",
             adds ? report->text : "");
}

static void alert_words(uint8_t alert, struct words *w)
{
    WHY("the server refused: it sent the alert %s.", patina_alert_name(alert));
    switch (alert) {
    case PATINA_ALERT_PROTOCOL_VERSION:
        FIX("the server wants another version; patina speaks TLS 1.3.");
        break;
    case PATINA_ALERT_HANDSHAKE_FAILURE:
    case PATINA_ALERT_INSUFFICIENT_SECURITY:
        FIX("nothing in common: ask with other --groups or --suites, or none of these options.");
        break;
    case PATINA_ALERT_UNRECOGNIZED_NAME:
        FIX("the server does not serve this name: try --servername NAME.");
        break;
    case PATINA_ALERT_NO_APPLICATION_PROTOCOL:
        FIX("ask for other protocols with --alpn, or none.");
        break;
    case PATINA_ALERT_CERTIFICATE_REQUIRED:
        FIX("the server wants a certificate of the client.");
        break;
    default:
        FIX("the server's log should say why.");
        break;
    }
}

static void protocol_words(const struct failure *f, struct words *w)
{
    snprintf(w->title, sizeof(w->title), "TLS failed");
    WHY("%s.", patina_err_text(f->err));
    switch ((int)f->err) {
    case PATINA_ERR_PEER_ALERT:
        alert_words(f->report.alert, w);
        break;
    case PATINA_ERR_TLS12_SERVER:
    case PATINA_ERR_VERSION_NOT_SUPPORTED:
        FIX("the server has to learn TLS 1.3.");
        break;
    case PATINA_ERR_NOT_TLS:
    case PATINA_ERR_HTTP_REQUEST:
    case PATINA_ERR_UNKNOWN_CONTENT_TYPE:
    case PATINA_ERR_BAD_RECORD_VERSION:
        FIX("something else than TLS answers at port %s: try another port.", f->port);
        break;
    case PATINA_ERR_TRUNCATED:
        WHY("the server closed the connection without a word (no close_notify).");
        if (f->half_closed) {
            FIX("what was received may be cut short. Some servers answer the end of our input this "
                "way: --no-half-close leaves it to the server to end.");
        } else {
            FIX("what was received may be cut short. If nothing was, the server may not speak TLS "
                "1.3 at this port.");
        }
        break;
    default:
        if (patina_err_class(f->err) == PATINA_CLASS_PEER) {
            FIX("the server breaks the protocol, or something in between does.");
        }
        break;
    }
}

bool is_foreign(const char *name)
{
    while (*name != '\0' && (unsigned char)*name < 0x80) {
        name++;
    }
    return *name != '\0';
}

static void other_words(const struct failure *f, struct words *w)
{
    snprintf(w->title, sizeof(w->title), "failed");
    WHY("%s.", patina_err_text(f->err));
    if (f->err == PATINA_ERR_TIMED_OUT) {
        snprintf(w->title, sizeof(w->title), "timed out");
        FIX("the server accepts connections but does not answer in time: see --timeout.");
    } else if (f->err == PATINA_ERR_IO) {
        snprintf(w->title, sizeof(w->title), "connection lost");
        if (f->error_number != 0) {
            WHY("%s.", strerror(f->error_number));
        }
        FIX("try again; if it stays, something in between cuts the connection.");
    } else if (f->err == PATINA_ERR_BAD_SERVER_NAME) {
        snprintf(w->title, sizeof(w->title), "not a server name");
        if (is_foreign(f->name)) {
            FIX("write it as xn--...: names with other letters than a-z have such a form.");
        } else {
            FIX("names have letters, digits, hyphens and dots.");
        }
    }
}

void find_words(const struct failure *f, const struct tree *t, struct words *out)
{
    *out = (struct words){0};
    int status = exit_status_of(f->err);
    if (status == EXIT_CERTIFICATE || status == EXIT_REVOKED) {
        certificate_words(f, t, out);
    } else if (status == EXIT_TLS) {
        protocol_words(f, out);
    } else {
        other_words(f, out);
    }
}

// ---- Output.

// "why: text", continued at column `indent`.
void put_words(const struct ui *ui, const char *label, size_t indent, const char *text)
{
    if (text[0] == '\0') {
        return;
    }
    ui_pad(ui, 0, 2);
    size_t at = 2 + ui_put(ui, STYLE_BOLD, label);
    ui_pad(ui, at, indent);
    ui_wrap(ui, STYLE_PLAIN, at < indent ? indent : at + 1, indent, text);
}

// "CERT_EXPIRED, RFC 5280 §6.1.3 (a)(2), alert certificate_expired".
void rule_text(const struct ui *ui, const struct failure *f, const struct words *w, char *out,
               size_t cap)
{
    const struct patina_report *report = &f->report;
    char alert[64] = "";
    char section[64] = "";
    if (f->host != NULL && report->alert != PATINA_ALERT_NONE && !report->alert_from_peer) {
        snprintf(alert, sizeof(alert), ", alert %s", patina_alert_name(report->alert));
    }
    if (report->rule[0] != '\0' && report->rfc == 0) {
        snprintf(section, sizeof(section), ", %s", report->rule);
    } else if (report->rule[0] != '\0') { // not everyone's terminal has the sign
        snprintf(section, sizeof(section), ", RFC %u %s%s", (unsigned)report->rfc,
                 ui->unicode ? "\u00a7" : "", report->rule);
    }
    snprintf(out, cap, "%s%s%s%s%s", patina_err_name(f->err), section, alert,
             w->rule[0] != '\0' && f->host == NULL ? ": " : "", f->host == NULL ? w->rule : "");
}

int explain_failure(const struct ui *ui, const struct failure *f)
{
    enum { INDENT = 7 };
    int status = exit_status_of(f->err);
    struct tree t;
    tree_build(f, &t);
    struct words w;
    find_words(f, &t, &w);

    size_t at = ui_put(ui, STYLE_BAD, ui_bad(ui));
    fputc(' ', ui->out);
    at += 1 + ui_put(ui, STYLE_BOLD, f->host);
    at += ui_put(ui, STYLE_BOLD, ":");
    at += ui_put(ui, STYLE_BOLD, f->port);
    ui_pad(ui, at, at + 3);
    at += 3 + ui_put(ui, STYLE_BAD, w.title);
    ui_pad(ui, at, 74);
    fprintf(ui->out, "exit %d\n", status);
    tree_put(ui, &t);
    put_words(ui, "why:", INDENT, w.why);
    put_words(ui, "fix:", INDENT, w.fix);
    if (f->report.err == f->err && f->err != PATINA_OK) {
        char text[WORDS_MAX];
        rule_text(ui, f, &w, text, sizeof(text));
        put_words(ui, "rule:", INDENT, text);
    }
    tree_free(&t);
    return status;
}

void json_words(struct json *j, const struct failure *f, const struct words *w)
{
    json_open(j, "error", '{');
    json_string(j, "name", patina_err_name(f->err));
    json_number(j, "number", (int64_t)f->err);
    json_string(j, "title", w->title);
    json_string(j, "why", w->why);
    json_string(j, "fix", w->fix);
    if (w->where[0] != '\0') {
        json_string(j, "where", w->where);
    }
    if (w->wanted[0] != '\0') {
        json_string(j, "wanted", w->wanted);
        json_string(j, "found", w->found);
    }
    if (f->report.certificate >= 0) {
        json_number(j, "certificate", f->report.certificate + 1);
    }
    json_string(j, "detail", f->report.text);
    if (f->report.alert != PATINA_ALERT_NONE) {
        json_string(j, "alert", patina_alert_name(f->report.alert));
        json_bool(j, "alert_from_peer", f->report.alert_from_peer != 0);
    }
    if (f->report.rule[0] != '\0') {
        json_number(j, "rfc", f->report.rfc);
        json_string(j, "section", f->report.rule);
        json_string(j, "rule", w->rule);
    }
    json_close(j, '}');
}

int json_failure(struct json *j, const struct failure *f)
{
    struct tree t;
    tree_build(f, &t);
    struct words w;
    find_words(f, &t, &w);
    json_words(j, f, &w);
    tree_json(j, &t);
    tree_free(&t);
    return exit_status_of(f->err);
}

void chain_tree(const struct ui *ui, const struct failure *f)
{
    struct tree t;
    tree_build(f, &t);
    tree_put(ui, &t);
    tree_free(&t);
}

void json_chain(struct json *j, const struct failure *f)
{
    struct tree t;
    tree_build(f, &t);
    tree_json(j, &t);
    tree_free(&t);
}
