// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A chain as a tree, a row a certificate, and what is to be said of each: see explain.h.
#include <string.h>

#include "explain.h"

const char *store_name(const struct failure *f)
{
    const char *slash = f->cafile != NULL ? strrchr(f->cafile, '/') : NULL;
    return f->cafile == NULL ? "system store" : slash != NULL ? slash + 1 : f->cafile;
}

// ---- What the failing rule says of the certificate it failed at; NULL: its dates say it.

static const char *failing_status(const struct failure *f)
{
    switch ((int)f->err) {
    case PATINA_ERR_CERT_NAME_MISMATCH:
        return "not for this name";
    case PATINA_ERR_CERT_SELF_SIGNED:
        return "self-signed, not trusted";
    case PATINA_ERR_BAD_SIGNATURE:
    case PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY:
        return "key not proven";
    case PATINA_ERR_CERT_BAD_SIGNATURE:
        return "wrong signature";
    case PATINA_ERR_CERT_UNSUPPORTED_KEY:
        return "key too weak or unknown";
    case PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE:
        return "signed by a method not accepted";
    case PATINA_ERR_CERT_NOT_A_CA:
        return "no authority, may not issue";
    case PATINA_ERR_CERT_PATH_LEN:
        return "too many authorities below it";
    case PATINA_ERR_CERT_KEY_USAGE:
        return "may not sign certificates";
    case PATINA_ERR_CERT_LEAF_KEY_USAGE:
        return "may not sign handshakes";
    case PATINA_ERR_CERT_PURPOSE:
        return f->client ? "not made for clients" : "not made for servers";
    case PATINA_ERR_CERT_CRITICAL_EXTENSION:
        return "unknown critical extension";
    case PATINA_ERR_CERT_CA_AS_LEAF:
        return "an authority's, not a server's";
    case PATINA_ERR_CERT_NAME_CONSTRAINT:
        return "its issuer may not name it";
    case PATINA_ERR_CERT_REVOKED:
        return "revoked by its issuer";
    case PATINA_ERR_CERT_REVOCATION_UNKNOWN:
        return "not known whether revoked";
    case PATINA_ERR_CRL_EXPIRED:
    case PATINA_ERR_CRL_BAD_SIGNATURE:
    case PATINA_ERR_CRL_KEY_USAGE:
        return "its issuer's CRL cannot be used";
    case PATINA_ERR_MUST_STAPLE_MISSING:
    case PATINA_ERR_STAPLE_REQUIRED:
        return "no OCSP answer came with it";
    case PATINA_ERR_CERT_UNKNOWN_ISSUER: // the row of the one that is missing says it
        return NULL;
    case PATINA_ERR_CERT_EXPIRED:
    case PATINA_ERR_CERT_NOT_YET_VALID:
        return NULL;
    default:
        if (f->err >= PATINA_ERR_OCSP_ENCODING && f->err <= PATINA_ERR_OCSP_UNKNOWN) {
            return "its OCSP answer cannot be used";
        }
        return patina_err_class(f->err) == PATINA_CLASS_CERTIFICATE ? "refused" : NULL;
    }
}

// A key that was refused is its owner's, and the report names the certificate that it was to
// verify.
static size_t failing_row(const struct failure *f, const struct tree *t)
{
    int at = f->report.certificate;
    if (f->err == PATINA_ERR_BAD_SIGNATURE || f->err == PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY) {
        return 0;
    }
    if (patina_err_class(f->err) != PATINA_CLASS_CERTIFICATE) {
        return SIZE_MAX;
    }
    size_t i = 0;
    while (i < t->path.count &&
           !(at < 0 ? t->path.steps[i].index == SIZE_MAX : t->path.steps[i].index == (size_t)at)) {
        i++;
    }
    if (f->err == PATINA_ERR_CERT_UNSUPPORTED_KEY && i + 1 < t->path.count &&
        t->path.steps[i].link == LINK_UNKNOWN) {
        i++;
    }
    if (i == t->path.count) {
        return at < 0 ? 0 : SIZE_MAX;
    }
    return i;
}

static void fill_row(const struct failure *f, struct tree *t, size_t i)
{
    const struct path_step *s = &t->path.steps[i];
    const struct cert *c = s->cert;
    struct tree_row *row = &t->rows[t->count++];
    *row = (struct tree_row){.cert = c};
    snprintf(row->role, sizeof(row->role), "%s", i == 0 ? "leaf" : "int");
    if (!c->parsed) {
        snprintf(row->name, sizeof(row->name), "?");
        snprintf(row->status, sizeof(row->status), "cannot be read");
        row->bad = true;
        return;
    }
    bool self = x509_is_self_issued(&c->x);
    if (i > 0 && (self || s->index == SIZE_MAX)) {
        snprintf(row->role, sizeof(row->role), "root");
    }
    patina_name_text(c->x.subject, row->name, sizeof(row->name));
    if (strcmp(row->name, "(no name)") == 0) {
        snprintf(row->name, sizeof(row->name), "%s", c->info.names);
    }
    row->bad = !date_state(c->x.not_before_s, c->x.not_after_s, f->now_s, row->status,
                           sizeof(row->status));
    const char *text = t->failed == i ? failing_status(f) : NULL;
    if (text != NULL) {
        snprintf(row->status, sizeof(row->status), "%s", text);
        row->bad = true;
    } else if (i + 1 == t->path.count && t->path.trusted && !row->bad) {
        snprintf(row->status, sizeof(row->status), "trusted (%s)", store_name(f));
    }
}

// The one that would have to come next, and is not there.
static void add_missing(const struct failure *f, struct tree *t)
{
    const struct cert *last = t->path.steps[t->path.count - 1].cert;
    bool ends_here = t->path.trusted || !last->parsed || x509_is_self_issued(&last->x);
    if (f->err != PATINA_ERR_CERT_UNKNOWN_ISSUER || (ends_here && t->path.count == 1)) {
        return;
    }
    struct tree_row *row = &t->rows[t->count - 1];
    if (!ends_here) {
        row = &t->rows[t->count++];
        *row = (struct tree_row){.role = "issuer"};
        patina_name_text(last->x.issuer, row->name, sizeof(row->name));
    } else if (t->path.trusted) {
        return;
    }
    snprintf(row->status, sizeof(row->status), "not in %s%s", f->cafile == NULL ? "the " : "",
             store_name(f));
    row->bad = true;
}

// A certificate that was refused and is on no path.
static void add_other(const struct failure *f, struct tree *t)
{
    int at = f->report.certificate;
    if (t->failed != SIZE_MAX || at <= 0 || (size_t)at >= f->chain->count ||
        patina_err_class(f->err) != PATINA_CLASS_CERTIFICATE) {
        return;
    }
    const struct cert *c = &f->chain->list[at];
    const char *text = failing_status(f);
    struct tree_row *row = &t->rows[t->count];
    *row = (struct tree_row){.role = "other", .cert = c, .bad = true};
    snprintf(row->name, sizeof(row->name), "%s", c->name);
    snprintf(row->status, sizeof(row->status), "%s", text != NULL ? text : "refused");
    if (text == NULL && c->parsed) {
        (void)date_state(c->x.not_before_s, c->x.not_after_s, f->now_s, row->status,
                         sizeof(row->status));
    }
    t->failed = t->count++;
}

// ---- Would the chain be trusted but for its dates, or but for its name? Asks the verifier again.

// The first name of the certificate that can be asked for.
static void name_of(const struct cert *leaf, char out[256])
{
    const char *names = leaf->info.names;
    size_t len = strcspn(names, ", ");
    if (names[0] == '*') {
        snprintf(out, 256, "x%.*s", (int)len - 1, names + 1);
    } else {
        snprintf(out, 256, "%.*s", (int)len, names);
    }
}

// The last moment at which nothing had ended, or the first at which all has begun.
static int64_t better_time(const struct failure *f)
{
    bool expired = f->err == PATINA_ERR_CERT_EXPIRED;
    int64_t when = f->now_s;
    for (size_t i = 0; i < f->chain->count; i++) {
        const struct x509 *x = &f->chain->list[i].x;
        if (f->chain->list[i].parsed) {
            int64_t edge = expired ? x->not_after_s : x->not_before_s;
            when = expired ? (edge < when ? edge : when) : (edge > when ? edge : when);
        }
    }
    return when;
}

static bool is_fine_otherwise(const struct failure *f)
{
    if (f->err == PATINA_OK) {
        return true;
    }
    if (f->verifier == NULL || f->chain->count == 0) {
        return false;
    }
    const char *name = f->name;
    char other[256];
    int64_t when = f->now_s;
    if (f->err == PATINA_ERR_CERT_NAME_MISMATCH) {
        name_of(&f->chain->list[0], other);
        name = other;
    } else if (f->err == PATINA_ERR_CERT_EXPIRED || f->err == PATINA_ERR_CERT_NOT_YET_VALID) {
        when = better_time(f);
    } else if (f->err != PATINA_ERR_BAD_SIGNATURE && f->err != PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY) {
        return false;
    }
    patina_span ders[64];
    size_t count = f->chain->count < 64 ? f->chain->count : 64;
    for (size_t i = 0; i < count; i++) {
        ders[i] = f->chain->list[i].der;
    }
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    in.chain = ders;
    in.chain_count = count;
    in.name = patina_span_str(name);
    in.now_s = when;
    return patina_verifier_judge(f->verifier, &in, NULL, NULL) == PATINA_OK;
}

// ---- All of it

void tree_build(const struct failure *f, struct tree *out)
{
    *out = (struct tree){.failed = SIZE_MAX};
    if (f->chain == NULL || f->chain->count == 0) {
        return;
    }
    char why[ERROR_TEXT_MAX];
    out->roots = roots_load(NULL, f->cafile, why, sizeof(why));
    path_build(f->chain, 0, out->roots, f->provider, &out->path);
    out->failed = f->err != PATINA_OK ? failing_row(f, out) : SIZE_MAX;
    for (size_t i = 0; i < out->path.count; i++) {
        fill_row(f, out, i);
    }
    add_missing(f, out);
    add_other(f, out);
    out->rest_is_fine = is_fine_otherwise(f);
}

void tree_free(struct tree *t)
{
    patina_roots_unref(t->roots);
    t->roots = NULL;
}

void tree_put(const struct ui *ui, const struct tree *t)
{
    enum { STATUS_AT = 46 };
    for (size_t i = 0; i < t->count; i++) {
        const struct tree_row *row = &t->rows[i];
        bool below = i > 0 && strcmp(row->role, "other") != 0;
        size_t at = below ? 2 + 3 * (i - 1) : 2;
        ui_pad(ui, 0, at);
        if (below) {
            fputs(ui->unicode ? "\u2514\u2500 " : "`- ", ui->out);
            at += 3;
        }
        at += ui_put(ui, STYLE_DIM, row->role);
        size_t name_at = below ? at + 1 : 9;
        ui_pad(ui, at, name_at);
        char name[256];
        snprintf(name, sizeof(name), "%s", row->name);
        if (name_at + strlen(name) >= STATUS_AT) { // the common name says enough
            name[strcspn(name, ",")] = '\0';
        }
        if (name_at + strlen(name) >= STATUS_AT) {
            snprintf(name + (STATUS_AT - 1 - name_at - 3), 4, "...");
        }
        at = name_at + ui_put(ui, STYLE_PLAIN, name);
        ui_pad(ui, at, STATUS_AT);
        ui_put(ui, row->bad ? STYLE_BAD : STYLE_GOOD, row->bad ? ui_bad(ui) : ui_good(ui));
        fputc(' ', ui->out);
        ui_put(ui, row->bad ? STYLE_BAD : STYLE_PLAIN, row->status);
        fputc('\n', ui->out);
    }
}

void tree_json(struct json *j, const struct tree *t)
{
    json_open(j, "chain", '[');
    for (size_t i = 0; i < t->count; i++) {
        const struct tree_row *row = &t->rows[i];
        json_open(j, NULL, '{');
        json_string(j, "role", row->role);
        json_string(j, "subject", row->name);
        if (row->cert != NULL && row->cert->err == PATINA_OK) {
            const struct patina_cert_info *info = &row->cert->info;
            char date[16];
            json_string(j, "issuer", info->issuer);
            format_date(info->not_before_s, date);
            json_string(j, "not_before", date);
            format_date(info->not_after_s, date);
            json_string(j, "not_after", date);
            json_string(j, "key", info->key);
            json_string(j, "signature", info->signature);
            json_string(j, "names", info->names);
        }
        json_bool(j, "ok", !row->bad);
        json_string(j, "status", row->status);
        json_close(j, '}');
    }
    json_close(j, ']');
}
