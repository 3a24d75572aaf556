// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina cert lint`: what RFC 5280 and the rules of public authorities ask of who issues a
// certificate, looked at in the certificate alone. The rules are the library's (patina_cert_lint);
// here stand those for certificates that it does not read, and those it judges with a purpose and a
// name. Bad is what gets it refused somewhere; the rest are warnings. Whether it is trusted is
// another question (`patina cert verify`).
#include <stdarg.h>
#include <string.h>

#include "cert.h"

enum { LINT_MAX = 40 };
struct note {
    bool bad;
    const char *id;
    char rule[48]; // "RFC 5280 4.1.2.2"
    char text[300];
};
struct lint {
    const struct cert *c;
    const struct x509 *x;
    bool ca;
    struct note notes[LINT_MAX];
    size_t count;
};

__attribute__((format(printf, 5, 6))) static void note(struct lint *l, bool bad, const char *id,
                                                       const char *rule, const char *format, ...)
{
    if (l->count == LINT_MAX) {
        return;
    }
    struct note *n = &l->notes[l->count++];
    *n = (struct note){.bad = bad, .id = id};
    snprintf(n->rule, sizeof(n->rule), "%s", rule);
    va_list list;
    va_start(list, format);
    vsnprintf(n->text, sizeof(n->text), format, list);
    va_end(list);
}
#define BAD(id, rule, ...) note(l, true, (id), (rule), __VA_ARGS__)

// The lines of an extension, in one line; empty: there is none.
static void joined(const struct x509 *x, const char *oid, char *out, size_t cap)
{
    const struct x509_ext *e = x509_extension(x, oid);
    struct lines lines = {0};
    size_t at = 0;
    out[0] = '\0';
    if (e != NULL) {
        (void)extension_lines(e, &lines);
    }
    for (size_t i = 0; i < lines.count && at < cap; i++) {
        at += (size_t)snprintf(out + at, cap - at, "%s%s", i > 0 ? ", " : "", lines.list[i]);
    }
    lines_free(&lines);
}

// ---- Fields

static void lint_serial(struct lint *l)
{
    patina_span s = l->x->serial;
    bool padded = s.len > 1 && s.ptr[0] == 0;
    if (s.len == 0 || (s.ptr[0] & 0x80) != 0 || (s.len == 1 && s.ptr[0] == 0)) {
        BAD("serial", "RFC 5280 4.1.2.2", "the serial number is not positive.");
    } else if (s.len > 20u + (padded ? 1u : 0u)) {
        BAD("serial", "RFC 5280 4.1.2.2", "the serial number has more than 20 octets.");
    }
}

static void lint_fields(struct lint *l)
{
    char text[OID_TEXT_MAX + 32];
    if (l->x->version != 3) {
        BAD("version", "RFC 5280 4.1.2.1",
            "version %u: such a certificate cannot say what it is "
            "for.",
            l->x->version);
    }
    lint_serial(l);
    if (l->x->not_after_s < l->x->not_before_s) {
        BAD("validity", "RFC 5280 4.1.2.5", "it ends before it begins.");
    }
    algorithm_text(l->x->signature_alg, text, sizeof(text));
    if (strstr(text, "md5") != NULL || strstr(text, "md2") != NULL ||
        strstr(text, "sha1") != NULL || strstr(text, "SHA1") != NULL) {
        bool root = l->ca && x509_is_self_issued(l->x); // nobody needs a root's own signature
        note(l, !root, "signature", "RFC 9846 4.3.3", "signed with %s, which can be forged.", text);
    }
    key_text(l->x, text, sizeof(text));
    if (strncmp(text, "RSA", 3) == 0 && l->c->info.key_bits != 0 && l->c->info.key_bits < 2048) {
        BAD("key", "Baseline Requirements 6.1.5", "%s: too weak.", text);
    }
}

static void lint_extensions(struct lint *l)
{
    for (size_t i = 0; i < l->x->extensions_count; i++) {
        const struct x509_ext *e = &l->x->extensions[i];
        char dotted[OID_TEXT_MAX];
        patina_oid_text(e->oid, dotted, sizeof(dotted));
        for (size_t k = 0; k < i; k++) {
            if (span_equal(l->x->extensions[k].oid, e->oid)) {
                BAD("duplicate", "RFC 5280 4.2", "%s is there twice.", dotted);
            }
        }
        if (e->critical && !extension_is_understood(dotted)) {
            BAD("critical", "RFC 5280 4.2",
                "%s is marked as critical: who does not understand it refuses.", dotted);
        }
    }
}

// ---- Authorities

static void lint_authority(struct lint *l)
{
    char usage[256];
    joined(l->x, "2.5.29.15", usage, sizeof(usage));
    if (usage[0] != '\0' && strstr(usage, "keyCertSign") == NULL) {
        BAD("key-usage", "RFC 5280 4.2.1.3",
            "an authority without keyCertSign in keyUsage may sign no certificate.");
    }
}

// ---- Servers and clients

// "DNS:..." as extension_lines writes it.
static const char *dns_fault(const char *name)
{
    const char *star = strchr(name, '*');
    size_t len = strlen(name);
    if (len == 0 || len > 253 || strcmp(name, "(empty)") == 0) {
        return "is empty or too long";
    }
    if (star != NULL && (star != name || name[1] != '.' || strchr(star + 1, '*') != NULL)) {
        return "has a * that is not its whole first label";
    }
    if (strspn(name, "0123456789.") == len) {
        return "is an address, which belongs into iPAddress";
    }
    if (strpbrk(name, " /:@?") != NULL || strstr(name, "..") != NULL || name[0] == '.' ||
        name[len - 1] == '.') {
        return "is no DNS name";
    }
    return NULL;
}

static void lint_names(struct lint *l)
{
    const struct x509_ext *e = x509_extension(l->x, "2.5.29.17");
    struct lines lines = {0};
    if (e != NULL) {
        (void)extension_lines(e, &lines);
    }
    for (size_t i = 0; i < lines.count; i++) {
        const char *colon = strchr(lines.list[i], ':');
        const char *name = colon != NULL ? colon + 1 : "";
        bool dns = strncmp(lines.list[i], "DNS:", 4) == 0;
        if (dns && dns_fault(name) != NULL) {
            BAD("dns-name", "RFC 5280 4.2.1.6", "\"%.100s\" %s.", name, dns_fault(name));
        }
        if (strcmp(name, "(malformed)") == 0) {
            BAD("ip-address", "RFC 5280 4.2.1.6", "an address is neither of 4 nor of 16 octets.");
        }
    }
    lines_free(&lines);
}

static void lint_end_entity(struct lint *l)
{
    char usage[256];
    char purposes[256];
    joined(l->x, "2.5.29.15", usage, sizeof(usage));
    joined(l->x, "2.5.29.37", purposes, sizeof(purposes));
    if (strstr(usage, "keyCertSign") != NULL) {
        BAD("key-usage", "RFC 5280 4.2.1.3", "only an authority may have keyCertSign.");
    } else if (usage[0] != '\0' && strstr(usage, "digitalSignature") == NULL) {
        BAD("key-usage", "RFC 9846 4.5.1.2",
            "without digitalSignature in keyUsage it cannot be used with TLS 1.3.");
    }
    if (purposes[0] == '\0' || strstr(purposes, "serverAuth") != NULL) {
        lint_names(l);
    }
}

// What the library knows of it: bad is what profile WEB refuses.
static void lint_issuing(struct lint *l)
{
    struct patina_lint_finding list[PATINA_LINT_MAX];
    size_t count = 0;
    if (patina_cert_lint(l->c->der, list, PATINA_LINT_MAX, &count) != PATINA_OK) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        char rule[48];
        if (list[i].rfc != 0) {
            snprintf(rule, sizeof(rule), "RFC %u %s", (unsigned)list[i].rfc, list[i].section);
        } else { // "BR 7.1"
            snprintf(rule, sizeof(rule), "Baseline Requirements %s", list[i].section + 3);
        }
        note(l, list[i].err != PATINA_OK, list[i].id, rule, "it %s.", list[i].text);
    }
}

static void lint_one(const struct cert *c, struct lint *l)
{
    *l = (struct lint){.c = c, .x = &c->x, .ca = c->parsed && x509_is_ca(&c->x)};
    if (!c->parsed) {
        BAD("encoding", "RFC 5280 4.1", "it cannot be read as a certificate.");
        return;
    }
    lint_fields(l);
    lint_extensions(l);
    lint_issuing(l);
    if (l->ca) {
        lint_authority(l);
    } else if (l->x->version == 3) {
        lint_end_entity(l);
    }
    if (c->err != PATINA_OK && l->count == 0) {
        BAD("encoding", "RFC 5280 4.1", "patina refuses it: %s.", patina_err_text(c->err));
    }
}

// ---- Saying it

static size_t count_bad(const struct lint *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->count; i++) {
        n += l->notes[i].bad ? 1 : 0;
    }
    return n;
}

void lint_count(const struct cert *c, size_t *out_bad, size_t *out_warnings)
{
    struct lint l;
    lint_one(c, &l);
    *out_bad = count_bad(&l);
    *out_warnings = l.count - *out_bad;
}

static void put_lint(const struct ui *ui, size_t number, const struct lint *l)
{
    enum { ID_AT = 5, TEXT_AT = 24 };
    char text[512];
    size_t bad = count_bad(l);
    snprintf(text, sizeof(text), "%zu  ", number);
    size_t at = ui_put(ui, STYLE_DIM, text);
    snprintf(text, sizeof(text), "%.50s", l->c->name);
    at += ui_put(ui, STYLE_BOLD, text);
    snprintf(text, sizeof(text), "%zu bad, %zu warning%s", bad, l->count - bad,
             l->count - bad == 1 ? "" : "s");
    ui_pad(ui, at, 80 - strlen(text));
    ui_put(ui, bad > 0 ? STYLE_BAD : STYLE_GOOD, text);
    fputc('\n', ui->out);
    for (size_t i = 0; i < l->count; i++) {
        const struct note *n = &l->notes[i];
        ui_pad(ui, 0, 2);
        at = 2 + ui_put(ui, n->bad ? STYLE_BAD : STYLE_WARN, n->bad ? ui_bad(ui) : ui_maybe(ui));
        ui_pad(ui, at, ID_AT);
        at = ID_AT + ui_put(ui, STYLE_BOLD, n->id);
        ui_pad(ui, at, TEXT_AT);
        snprintf(text, sizeof(text), "%s (%s)", n->text, n->rule);
        ui_wrap(ui, STYLE_PLAIN, TEXT_AT, TEXT_AT, text);
    }
}

static void json_lint(struct json *j, size_t number, const struct lint *l)
{
    json_open(j, NULL, '{');
    json_number(j, "number", (int64_t)number);
    json_string(j, "name", l->c->name);
    json_open(j, "findings", '[');
    for (size_t i = 0; i < l->count; i++) {
        json_open(j, NULL, '{');
        json_string(j, "id", l->notes[i].id);
        json_string(j, "mark", l->notes[i].bad ? "bad" : "warn");
        json_string(j, "rule", l->notes[i].rule);
        json_string(j, "text", l->notes[i].text);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

int cert_lint(struct cert_args *a)
{
    struct json j = {.out = stdout};
    size_t bad = 0;
    if (a->ui->json) {
        json_open(&j, NULL, '{');
        json_string(&j, "source", a->set.source);
        json_open(&j, "certificates", '[');
    }
    for (size_t i = 0; i < a->set.count; i++) {
        struct lint l;
        if (a->index != 0 && i + 1 != a->index) {
            continue;
        }
        lint_one(&a->set.list[i], &l);
        bad += count_bad(&l);
        if (a->ui->json) {
            json_lint(&j, i + 1, &l);
        } else if (!a->ui->quiet || l.count > 0) {
            put_lint(a->ui, i + 1, &l);
        }
    }
    int status = bad == 0 ? EXIT_OK : EXIT_CERTIFICATE;
    if (a->ui->json) {
        json_close(&j, ']');
        json_bool(&j, "ok", bad == 0);
        json_number(&j, "exit", status);
        json_close(&j, '}');
        json_end(&j);
    }
    return status;
}
