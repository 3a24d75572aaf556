// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina cert show`: everything a certificate says, RFC 5280 §4.1 and §4.2.
#include <stdlib.h>
#include <string.h>

#include "cert.h"

enum { LABEL_AT = 2, VALUE_AT = 14, EXTENSION_AT = 4 };

static void row(const struct ui *ui, const char *label, const char *value)
{
    ui_pad(ui, 0, LABEL_AT);
    size_t at = LABEL_AT + ui_put(ui, STYLE_DIM, label);
    ui_pad(ui, at, VALUE_AT);
    ui_wrap(ui, STYLE_PLAIN, VALUE_AT, VALUE_AT, value);
}

static void put_validity(const struct ui *ui, const struct x509 *x, int64_t now_s)
{
    char from[16];
    char to[16];
    char state[96];
    char text[160];
    format_date(x->not_before_s, from);
    format_date(x->not_after_s, to);
    bool good = date_state(x->not_before_s, x->not_after_s, now_s, state, sizeof(state));
    snprintf(text, sizeof(text), "%s to %s", from, to);
    row(ui, "valid", text);
    ui_pad(ui, 0, VALUE_AT);
    put_bar(ui, x->not_before_s, x->not_after_s, now_s);
    if (good) {
        char left[32];
        date_distance(x->not_after_s - now_s, left);
        snprintf(state, sizeof(state), "%s left", left);
    }
    fputs("  ", ui->out);
    ui_put(ui, good ? STYLE_GOOD : STYLE_BAD, state);
    fputc('\n', ui->out);
}

static void put_fingerprints(const struct cert_args *a, const struct cert *c)
{
    uint8_t digest[32];
    char text[128];
    if (sha256(a->provider, c->der, digest)) {
        hex_text((patina_span){digest, 32}, '\0', text, sizeof(text));
        row(a->ui, "SHA-256", text);
    }
    if (sha256(a->provider, c->x.spki, digest)) {
        base64_text((patina_span){digest, 32}, text, sizeof(text));
        row(a->ui, "key pin", text);
    }
}

static void put_extension(const struct ui *ui, const struct x509_ext *e)
{
    struct lines lines = {0};
    char name[OID_TEXT_MAX];
    char dotted[OID_TEXT_MAX];
    oid_text(e->oid, name);
    patina_oid_text(e->oid, dotted, sizeof(dotted));
    bool known = oid_name(dotted) != NULL;
    bool read = extension_lines(e, &lines);
    ui_pad(ui, 0, EXTENSION_AT);
    ui_put(ui, STYLE_BOLD, name);
    if (e->critical) {
        ui_put(ui, STYLE_WARN, ", critical");
    }
    if (!read) {
        ui_put(ui, STYLE_DIM, known ? ", in hex" : ", not known here, in hex");
    }
    fputc('\n', ui->out);
    for (size_t i = 0; i < lines.count; i++) {
        ui_pad(ui, 0, EXTENSION_AT + 2);
        ui_wrap(ui, STYLE_PLAIN, EXTENSION_AT + 2, EXTENSION_AT + 4, lines.list[i]);
    }
    lines_free(&lines);
}

static void put_refusal(const struct ui *ui, const struct cert *c)
{
    if (c->err == PATINA_OK) {
        return;
    }
    ui_pad(ui, 0, LABEL_AT);
    ui_put(ui, STYLE_BAD, ui_bad(ui));
    fputc(' ', ui->out);
    char text[256];
    snprintf(text, sizeof(text), "refused by any connection: %s", patina_err_text(c->err));
    ui_wrap(ui, STYLE_BAD, LABEL_AT + 3, VALUE_AT, text);
}

static void put_cert(const struct cert_args *a, size_t i)
{
    const struct ui *ui = a->ui;
    const struct cert *c = &a->set.list[i];
    const struct x509 *x = &c->x;
    char text[1024];
    snprintf(text, sizeof(text), "certificate %zu of %zu", i + 1, a->set.count);
    size_t at = ui_put(ui, STYLE_BOLD, text);
    ui_pad(ui, at, at + 3);
    ui_put(ui, STYLE_DIM, a->set.source);
    if (c->line > 0) {
        snprintf(text, sizeof(text), ", line %llu", (unsigned long long)c->line);
        ui_put(ui, STYLE_DIM, text);
    }
    fputc('\n', ui->out);
    if (!c->parsed) {
        put_refusal(ui, c);
        return;
    }
    patina_name_text(x->subject, text, sizeof(text));
    row(ui, "subject", text);
    patina_name_text(x->issuer, text, sizeof(text));
    row(ui, "issuer", x509_is_self_issued(x) ? "itself" : text);
    hex_text(x->serial, ':', text, sizeof(text));
    row(ui, "serial", text);
    put_validity(ui, x, a->now_s);
    key_text(x, text, sizeof(text));
    row(ui, "key", text);
    algorithm_text(x->signature_alg, text, sizeof(text));
    row(ui, "signature", text);
    put_fingerprints(a, c);
    if (x->version != 3) {
        snprintf(text, sizeof(text), "%u", x->version);
        row(ui, "version", text);
    }
    if (x->extensions_count > 0) {
        ui_pad(ui, 0, LABEL_AT);
        ui_put(ui, STYLE_DIM, "extensions");
        fputc('\n', ui->out);
    }
    for (size_t k = 0; k < x->extensions_count; k++) {
        put_extension(ui, &x->extensions[k]);
    }
    put_refusal(ui, c);
}

// ---- JSON

static void json_hex(struct json *j, const char *key, patina_span bytes)
{
    size_t cap = bytes.len * 2 + 8;
    char *text = malloc(cap);
    if (text != NULL) {
        hex_text(bytes, '\0', text, cap);
    }
    json_string(j, key, text);
    free(text);
}

static void json_extension(struct json *j, const struct x509_ext *e)
{
    struct lines lines = {0};
    char dotted[OID_TEXT_MAX];
    patina_oid_text(e->oid, dotted, sizeof(dotted));
    bool read = extension_lines(e, &lines);
    json_open(j, NULL, '{');
    json_string(j, "oid", dotted);
    json_string(j, "name", oid_name(dotted));
    json_bool(j, "critical", e->critical);
    if (read) {
        json_open(j, "values", '[');
        for (size_t i = 0; i < lines.count; i++) {
            json_string(j, NULL, lines.list[i]);
        }
        json_close(j, ']');
    }
    json_hex(j, "hex", e->value);
    json_close(j, '}');
    lines_free(&lines);
}

static void json_fingerprints(struct json *j, const struct cert_args *a, const struct cert *c)
{
    uint8_t digest[32];
    char text[128];
    if (sha256(a->provider, c->der, digest)) {
        json_hex(j, "sha256", (patina_span){digest, 32});
    }
    if (sha256(a->provider, c->x.spki, digest)) {
        json_hex(j, "key_sha256", (patina_span){digest, 32});
        base64_text((patina_span){digest, 32}, text, sizeof(text));
        json_string(j, "key_pin", text);
    }
}

static void json_cert(struct json *j, const struct cert_args *a, size_t i)
{
    const struct cert *c = &a->set.list[i];
    const struct x509 *x = &c->x;
    char text[1024];
    json_open(j, NULL, '{');
    json_number(j, "number", (int64_t)i + 1);
    json_bool(j, "readable", c->err == PATINA_OK);
    if (c->err != PATINA_OK) {
        json_string(j, "error", patina_err_name(c->err));
    }
    if (c->parsed) {
        json_number(j, "version", x->version);
        patina_name_text(x->subject, text, sizeof(text));
        json_string(j, "subject", text);
        patina_name_text(x->issuer, text, sizeof(text));
        json_string(j, "issuer", text);
        json_hex(j, "serial", x->serial);
        json_number(j, "not_before", x->not_before_s);
        json_number(j, "not_after", x->not_after_s);
        key_text(x, text, sizeof(text));
        json_string(j, "key", text);
        algorithm_text(x->signature_alg, text, sizeof(text));
        json_string(j, "signature", text);
        json_fingerprints(j, a, c);
        json_open(j, "extensions", '[');
        for (size_t k = 0; k < x->extensions_count; k++) {
            json_extension(j, &x->extensions[k]);
        }
        json_close(j, ']');
    }
    json_close(j, '}');
}

int cert_show(struct cert_args *a)
{
    bool readable = true;
    struct json j = {.out = stdout};
    if (a->ui->json) {
        json_open(&j, NULL, '{');
        json_string(&j, "source", a->set.source);
        json_open(&j, "certificates", '[');
    }
    for (size_t i = 0; i < a->set.count; i++) {
        if (a->index != 0 && i + 1 != a->index) {
            continue;
        }
        readable = readable && a->set.list[i].parsed;
        if (a->ui->json) {
            json_cert(&j, a, i);
        } else {
            if (i > 0 && a->index == 0) {
                fputc('\n', a->ui->out);
            }
            put_cert(a, i);
        }
    }
    int status = readable ? EXIT_OK : EXIT_CERTIFICATE;
    if (a->ui->json) {
        json_close(&j, ']');
        json_bool(&j, "ok", readable);
        json_number(&j, "exit", status);
        json_close(&j, '}');
        json_end(&j);
    }
    return status;
}
