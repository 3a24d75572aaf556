// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Failures in plain words: what happened, why, and what would mend it; never more than the report
// and the peer's own chain say. Exit statuses. Called by connect.c and serve.c.
#include <string.h>
#include <strings.h>

#include "tool.h"

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

// ---- The chain.

#define CHAIN_MAX 8 // rows shown

struct row {
    char role[8]; // leaf, int, root
    char name[256];
    char status[96];
    bool bad;
    int64_t not_before_s, not_after_s;
};

struct tree {
    struct row rows[CHAIN_MAX + 1];
    size_t count, certificates;
    struct patina_cert_info leaf; // zeroed when it does not parse
    bool rest_is_fine;            // all but the failing rule holds
};

static size_t collect(const struct failure *f, patina_span ders[CHAIN_MAX])
{
    const struct patina_chain *chain = f->conn != NULL ? patina_conn_peer_chain(f->conn) : NULL;
    size_t count = chain != NULL ? patina_chain_count(chain) : 0;
    size_t n = count < CHAIN_MAX ? count : CHAIN_MAX;
    for (size_t i = 0; i < n; i++) {
        ders[i] = patina_chain_certificate(chain, i);
    }
    return n;
}

static int64_t days_between(int64_t from_s, int64_t to_s)
{
    return (to_s - from_s) / 86400;
}

// How long ago or ahead, as people say it.
static void distance(int64_t seconds, char out[32])
{
    if (seconds < 86400) {
        snprintf(out, 32, "%s", seconds < 7200 ? "just now" : "today");
    } else {
        int64_t days = days_between(0, seconds);
        snprintf(out, 32, "%lld day%s", (long long)days, days == 1 ? "" : "s");
    }
}

static void date_status(const struct patina_cert_info *info, int64_t now_s, struct row *row)
{
    char date[16];
    char far[32];
    row->not_before_s = info->not_before_s;
    row->not_after_s = info->not_after_s;
    if (now_s > info->not_after_s) {
        format_date(info->not_after_s, date);
        distance(now_s - info->not_after_s, far);
        bool days = far[0] >= '0' && far[0] <= '9';
        snprintf(row->status, sizeof(row->status), "ended %s (%s%s)", date, far,
                 days ? " ago" : "");
        row->bad = true;
    } else if (now_s < info->not_before_s) {
        format_date(info->not_before_s, date);
        distance(info->not_before_s - now_s, far);
        bool days = far[0] >= '0' && far[0] <= '9';
        snprintf(row->status, sizeof(row->status), "begins %s%s%s%s", date, days ? " (in " : "",
                 days ? far : "", days ? ")" : "");
        row->bad = true;
    } else {
        format_date(info->not_after_s, date);
        snprintf(row->status, sizeof(row->status), "until %s", date);
    }
}

// The first name of the subject alternative names that can be asked for.
static void name_of(const struct patina_cert_info *info, char out[256])
{
    const char *names = info->names;
    const char *colon = strchr(names, ':');
    if (colon != NULL && colon - names <= 4 && colon[1] != ':') { // "DNS:a, IP:b"
        names = colon + 1;
    }
    size_t len = strcspn(names, ", ");
    if (names[0] == '*') {
        snprintf(out, 256, "x%.*s", (int)len - 1, names + 1);
    } else {
        snprintf(out, 256, "%.*s", (int)len, names);
    }
}

// Would the chain be trusted but for its dates, or but for its name? Asks the verifier again.
static bool is_fine_otherwise(const struct failure *f, const patina_span *ders, size_t count,
                              const struct patina_cert_info *leaf)
{
    if (f->err == PATINA_OK) {
        return true;
    }
    if (f->verifier == NULL || count == 0) {
        return false;
    }
    bool expired = f->err == PATINA_ERR_CERT_EXPIRED;
    const char *name = f->name;
    char other[256];
    int64_t when = f->now_s;
    if (f->err == PATINA_ERR_CERT_NAME_MISMATCH) {
        name_of(leaf, other);
        name = other;
    } else if (expired || f->err == PATINA_ERR_CERT_NOT_YET_VALID) {
        // The last moment at which nothing had expired, or the first at which all has begun.
        for (size_t i = 0; i < count; i++) {
            struct patina_cert_info info;
            if (patina_cert_describe(ders[i], &info) == PATINA_OK) {
                bool earlier = info.not_after_s < when;
                when = i == 0 || (expired ? earlier : info.not_before_s > when)
                           ? (expired ? info.not_after_s : info.not_before_s)
                           : when;
            }
        }
    } else if (f->err != PATINA_ERR_BAD_SIGNATURE && f->err != PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY) {
        return false;
    }
    patina_span wanted = {(const uint8_t *)name, strlen(name)};
    return patina_verifier_check(f->verifier, ders, count, wanted, when, NULL) == PATINA_OK;
}

// What the failing rule says of the certificate it failed at.
static void failing_status(const struct failure *f, struct row *row)
{
    const char *text = NULL;
    switch ((int)f->err) {
    case PATINA_ERR_CERT_NAME_MISMATCH:
        text = "not for this name";
        break;
    case PATINA_ERR_CERT_SELF_SIGNED:
        text = "self-signed, not trusted";
        break;
    case PATINA_ERR_BAD_SIGNATURE:
    case PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY:
        text = "key not proven";
        break;
    case PATINA_ERR_CERT_BAD_SIGNATURE:
        text = "wrong signature";
        break;
    case PATINA_ERR_CERT_UNKNOWN_ISSUER: // the row of the missing root says it
    case PATINA_ERR_CERT_EXPIRED:
    case PATINA_ERR_CERT_NOT_YET_VALID:
        break;
    default:
        if (patina_err_class(f->err) == PATINA_CLASS_CERTIFICATE) {
            text = "refused";
        }
    }
    if (text != NULL) {
        snprintf(row->status, sizeof(row->status), "%s", text);
        row->bad = true;
    }
}

static const char *store_name(const struct failure *f)
{
    const char *slash = f->cafile != NULL ? strrchr(f->cafile, '/') : NULL;
    return f->cafile == NULL ? "system store" : slash != NULL ? slash + 1 : f->cafile;
}

// The root is in the store, not in the chain, unless the server sent it too.
static void add_root(const struct failure *f, struct tree *t, const struct patina_cert_info *last)
{
    struct row *row = &t->rows[t->count - 1];
    bool self_issued = strcmp(last->subject, last->issuer) == 0;
    if (!self_issued) {
        row = &t->rows[t->count++];
        snprintf(row->name, sizeof(row->name), "%s", last->issuer);
    }
    bool alone = self_issued && t->certificates == 1;
    snprintf(row->role, sizeof(row->role), "%s", alone ? "leaf" : "root");
    if (t->rest_is_fine && !row->bad) {
        snprintf(row->status, sizeof(row->status), "trusted (%s)", store_name(f));
    } else if (f->err == PATINA_ERR_CERT_UNKNOWN_ISSUER) {
        snprintf(row->status, sizeof(row->status), "not in %s%s", f->cafile == NULL ? "the " : "",
                 store_name(f));
        snprintf(row->role, sizeof(row->role), "%s", alone ? "leaf" : "issuer");
        row->bad = true;
    } else if (!self_issued) {
        t->count--; // nothing is known of it
    }
}

static void build_tree(const struct failure *f, struct tree *t)
{
    *t = (struct tree){0};
    patina_span ders[CHAIN_MAX];
    struct patina_report report = {.certificate = -1};
    if (f->conn != NULL) {
        patina_conn_report(f->conn, &report);
    }
    t->certificates = collect(f, ders);
    struct patina_cert_info info = {0};
    bool parsed = true;
    for (size_t i = 0; i < t->certificates; i++) {
        struct row *row = &t->rows[t->count++];
        snprintf(row->role, sizeof(row->role), "%s", i == 0 ? "leaf" : "int");
        if (patina_cert_describe(ders[i], &info) == PATINA_OK) {
            snprintf(row->name, sizeof(row->name), "%s",
                     info.subject[0] != '\0' ? info.subject : info.names);
            date_status(&info, f->now_s, row);
        } else {
            parsed = false;
            snprintf(row->name, sizeof(row->name), "?");
            snprintf(row->status, sizeof(row->status), "cannot be read");
            row->bad = true;
        }
        if (i == 0 && parsed) {
            t->leaf = info;
        }
        size_t failed = report.certificate > 0 ? (size_t)report.certificate : 0;
        if (f->err != PATINA_OK && i == failed) {
            failing_status(f, row);
        }
    }
    if (t->certificates > 0 && parsed) {
        t->rest_is_fine = is_fine_otherwise(f, ders, t->certificates, &t->leaf);
        add_root(f, t, &info);
    }
}

static void put_tree(const struct ui *ui, const struct tree *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct row *row = &t->rows[i];
        ui_pad(ui, 0, i == 0 ? 2 : 2 + 3 * (i - 1));
        size_t at = i == 0 ? 2 : 2 + 3 * (i - 1);
        if (i > 0) {
            fputs(ui->unicode ? "\u2514\u2500 " : "`- ", ui->out);
            at += 3;
        }
        at += ui_put(ui, STYLE_DIM, row->role);
        ui_pad(ui, at, i == 0 ? 9 : at + 1);
        at = i == 0 ? 9 : at + 1;
        at += ui_put(ui, STYLE_PLAIN, row->name);
        ui_pad(ui, at, 46);
        ui_put(ui, row->bad ? STYLE_BAD : STYLE_GOOD, row->bad ? ui_bad(ui) : ui_good(ui));
        fputc(' ', ui->out);
        ui_put(ui, row->bad ? STYLE_BAD : STYLE_PLAIN, row->status);
        fputc('\n', ui->out);
    }
}

void chain_tree(const struct ui *ui, const struct failure *f)
{
    struct tree t;
    build_tree(f, &t);
    put_tree(ui, &t);
}

void json_chain(struct json *j, const struct failure *f)
{
    struct tree t;
    build_tree(f, &t);
    patina_span ders[CHAIN_MAX];
    size_t n = collect(f, ders);
    json_open(j, "chain", '[');
    for (size_t i = 0; i < t.count; i++) {
        struct patina_cert_info info = {0};
        json_open(j, NULL, '{');
        json_string(j, "role", t.rows[i].role);
        json_string(j, "subject", t.rows[i].name);
        if (i < n && patina_cert_describe(ders[i], &info) == PATINA_OK) {
            char date[16];
            json_string(j, "issuer", info.issuer);
            format_date(info.not_before_s, date);
            json_string(j, "not_before", date);
            format_date(info.not_after_s, date);
            json_string(j, "not_after", date);
            json_string(j, "key", info.key);
            json_string(j, "signature", info.signature);
            json_string(j, "names", info.names);
        }
        json_bool(j, "ok", !t.rows[i].bad);
        json_string(j, "status", t.rows[i].status);
        json_close(j, '}');
    }
    json_close(j, ']');
}

// ---- Why, and what would mend it.

#define WORDS_MAX 512

struct words {
    char title[48];
    char why[WORDS_MAX];
    char fix[WORDS_MAX];
};

#define WHY(...) snprintf(w->why, sizeof(w->why), __VA_ARGS__)
#define FIX(...) snprintf(w->fix, sizeof(w->fix), __VA_ARGS__)

static void others_are_fine(const struct tree *t, char out[64])
{
    size_t others = t->count > 0 ? t->count - 1 : 0;
    out[0] = '\0';
    if (t->rest_is_fine && others == 1) {
        snprintf(out, 64, "; the authority's certificate is fine");
    } else if (t->rest_is_fine && others > 1) {
        snprintf(out, 64, "; the other %zu certificates are fine", others);
    }
}

static void date_words(const struct failure *f, const struct tree *t, struct words *w)
{
    size_t i = 0;
    while (i + 1 < t->count && !t->rows[i].bad) {
        i++;
    }
    const struct row *row = &t->rows[i];
    char which[300] = "the server's certificate";
    if (i > 0) {
        snprintf(which, sizeof(which), "the certificate \"%s\"", row->name);
    }
    char today[16];
    char date[16];
    char rest[64];
    format_date(f->now_s, today);
    others_are_fine(t, rest);
    if (f->err == PATINA_ERR_CERT_EXPIRED) {
        format_date(row->not_after_s, date);
        WHY("%s ended on %s; today is %s.", which, date, today);
        FIX("renew it on the server, or set this machine's clock if it is wrong%s.", rest);
    } else {
        format_date(row->not_before_s, date);
        WHY("%s begins to be valid on %s; today is %s.", which, date, today);
        FIX("wait until then, or set this machine's clock if it is wrong%s.", rest);
    }
}

static void trust_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const char *in = f->cafile != NULL ? f->cafile : "the system's store";
    if (f->err == PATINA_ERR_CERT_SELF_SIGNED) {
        WHY("the certificate vouches for itself, and it is not in %s.", in);
        FIX("get one from a certificate authority, or name this one with --cafile if it reached "
            "you by a safe way.");
    } else if (f->err == PATINA_ERR_CERT_UNKNOWN_ISSUER) {
        const char *issuer = t->count > 0 ? t->rows[t->count - 1].name : "?";
        WHY("no path leads from the server's certificate to a root in %s; the last issuer is "
            "\"%s\".",
            in, issuer);
        FIX("name the root of a private authority with --cafile FILE. If the authority is a public "
            "one, the server has left out an intermediate certificate.");
    } else {
        WHY("the signature on a certificate is not its issuer's: it was altered, or the issuer is "
            "another one of the same name.");
        FIX("have the server send its right chain; with --cafile, check that the file is of this "
            "authority.");
    }
}

static void certificate_words(const struct failure *f, const struct tree *t, struct words *w)
{
    char rest[64];
    others_are_fine(t, rest);
    snprintf(w->title, sizeof(w->title), "certificate rejected");
    switch ((int)f->err) {
    case PATINA_ERR_CERT_EXPIRED:
    case PATINA_ERR_CERT_NOT_YET_VALID:
        date_words(f, t, w);
        break;
    case PATINA_ERR_CERT_UNKNOWN_ISSUER:
    case PATINA_ERR_CERT_SELF_SIGNED:
    case PATINA_ERR_CERT_BAD_SIGNATURE:
        trust_words(f, t, w);
        break;
    case PATINA_ERR_CERT_NAME_MISMATCH:
        if (t->leaf.names[0] != '\0') {
            WHY("the certificate is for %s, and not for %s.", t->leaf.names, f->name);
            bool one = strchr(t->leaf.names, ',') == NULL;
            FIX("reach the server %s%s, or have %s added to the certificate%s.",
                one ? "as " : "by one of these names", one ? t->leaf.names : "", f->name, rest);
        } else {
            WHY("the certificate has no subjectAltName; a common name does not count.");
            FIX("have a certificate issued that has %s as subjectAltName.", f->name);
        }
        break;
    case PATINA_ERR_BAD_SIGNATURE:
    case PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY:
        WHY("the server could not prove that it has the private key of this certificate.");
        FIX("none from here: the server uses a wrong key, or something else answers in its "
            "place.");
        break;
    default:
        WHY("%s.", patina_err_text(f->err));
        FIX("the server needs another certificate.");
        break;
    }
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

static void protocol_words(const struct failure *f, const struct patina_report *report,
                           struct words *w)
{
    snprintf(w->title, sizeof(w->title), "TLS failed");
    WHY("%s.", patina_err_text(f->err));
    switch ((int)f->err) {
    case PATINA_ERR_PEER_ALERT:
        alert_words(report->alert, w);
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
        FIX("what was received may be cut short. If nothing was, the server may not speak TLS 1.3 "
            "at this port.");
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

static void find_words(const struct failure *f, const struct tree *t,
                       const struct patina_report *report, struct words *w)
{
    *w = (struct words){0};
    int status = exit_status_of(f->err);
    if (status == EXIT_CERTIFICATE || status == EXIT_REVOKED) {
        certificate_words(f, t, w);
    } else if (status == EXIT_TLS) {
        protocol_words(f, report, w);
    } else {
        other_words(f, w);
    }
}

// ---- Output.

// "why: text", continued under itself at 80 columns.
static void put_words(const struct ui *ui, const char *label, const char *text)
{
    if (text[0] == '\0') {
        return;
    }
    size_t at = 2;
    ui_pad(ui, 0, 2);
    at += ui_put(ui, STYLE_BOLD, label);
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        char word[WORDS_MAX];
        snprintf(word, sizeof(word), "%.*s", (int)len, text);
        if (at + 1 + len > 80) {
            fputc('\n', ui->out);
            ui_pad(ui, 0, 7);
            at = 7;
        } else {
            fputc(' ', ui->out);
            at++;
        }
        at += ui_put(ui, STYLE_PLAIN, word);
        text += len;
        text += strspn(text, " ");
    }
    fputc('\n', ui->out);
}

static void put_rule(const struct ui *ui, const struct failure *f,
                     const struct patina_report *report)
{
    char text[WORDS_MAX];
    char alert[64] = "";
    if (report->alert != PATINA_ALERT_NONE && !report->alert_from_peer) {
        snprintf(alert, sizeof(alert), ", alert %s", patina_alert_name(report->alert));
    }
    if (report->rule[0] != '\0') {
        snprintf(text, sizeof(text), "%s, RFC %u \u00a7%s%s", patina_err_name(f->err),
                 (unsigned)report->rfc, report->rule, alert);
    } else {
        snprintf(text, sizeof(text), "%s%s", patina_err_name(f->err), alert);
    }
    if (!ui->unicode) {
        char *sign = strstr(text, "\u00a7");
        if (sign != NULL) {
            memmove(sign, sign + 1, strlen(sign));
            sign[0] = ' ';
            memmove(sign, sign + 1, strlen(sign)); // "RFC 5280 6.1.3"
        }
    }
    put_words(ui, "rule:", text);
}

int explain_failure(const struct ui *ui, const struct failure *f)
{
    int status = exit_status_of(f->err);
    struct patina_report report = {.certificate = -1, .alert = PATINA_ALERT_NONE};
    if (f->conn != NULL) {
        patina_conn_report(f->conn, &report);
    }
    struct tree t;
    build_tree(f, &t);
    struct words w;
    find_words(f, &t, &report, &w);

    size_t at = ui_put(ui, STYLE_BAD, ui_bad(ui));
    fputc(' ', ui->out);
    at += 1 + ui_put(ui, STYLE_BOLD, f->host);
    at += ui_put(ui, STYLE_BOLD, ":");
    at += ui_put(ui, STYLE_BOLD, f->port);
    ui_pad(ui, at, at + 3);
    at += 3 + ui_put(ui, STYLE_BAD, w.title);
    ui_pad(ui, at, 74);
    fprintf(ui->out, "exit %d\n", status);
    put_tree(ui, &t);
    put_words(ui, "why:", w.why);
    put_words(ui, "fix:", w.fix);
    if (report.err == f->err && f->err != PATINA_OK) {
        put_rule(ui, f, &report);
    }
    return status;
}

int json_failure(struct json *j, const struct failure *f)
{
    int status = exit_status_of(f->err);
    struct patina_report report = {.certificate = -1, .alert = PATINA_ALERT_NONE};
    if (f->conn != NULL) {
        patina_conn_report(f->conn, &report);
    }
    struct tree t;
    build_tree(f, &t);
    struct words w;
    find_words(f, &t, &report, &w);
    json_open(j, "error", '{');
    json_string(j, "name", patina_err_name(f->err));
    json_number(j, "number", (int64_t)f->err);
    json_string(j, "title", w.title);
    json_string(j, "why", w.why);
    json_string(j, "fix", w.fix);
    json_string(j, "detail", report.text);
    if (report.alert != PATINA_ALERT_NONE) {
        json_string(j, "alert", patina_alert_name(report.alert));
        json_bool(j, "alert_from_peer", report.alert_from_peer != 0);
    }
    if (report.rule[0] != '\0') {
        json_number(j, "rfc", report.rfc);
        json_string(j, "section", report.rule);
    }
    json_close(j, '}');
    json_chain(j, f);
    return status;
}
