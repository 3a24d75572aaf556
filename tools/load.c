// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Certificates of files (PEM or DER), of standard input and of servers. Called by the verbs about
// certificates.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cert.h"
#include "probe.h"

void cert_fill(struct cert *out, patina_span der)
{
    out->der = der;
    out->parsed = x509_parse(der, &out->x);
    out->err = patina_cert_describe(der, &out->info);
    snprintf(out->name, sizeof(out->name), "(cannot be read)");
    if (!out->parsed) {
        return;
    }
    char subject[256];
    patina_name_text(out->x.subject, subject, sizeof(subject));
    const char *cn = strstr(subject, "CN=");
    if (cn != NULL) {
        snprintf(out->name, sizeof(out->name), "%.*s", (int)strcspn(cn + 3, ","), cn + 3);
    } else if (out->info.names[0] != '\0') {
        snprintf(out->name, sizeof(out->name), "%.*s", (int)strcspn(out->info.names, ","),
                 out->info.names);
    } else {
        snprintf(out->name, sizeof(out->name), "%s", subject);
    }
}

static bool add(struct certs *c, patina_span der, uint64_t line)
{
    struct cert *more =
        c->count < CERTS_MAX ? realloc(c->list, (c->count + 1) * sizeof(*more)) : NULL;
    if (more == NULL) {
        return false;
    }
    c->list = more;
    c->list[c->count] = (struct cert){.line = line};
    cert_fill(&c->list[c->count], der);
    c->count++;
    return true;
}

// ---- Files

static bool is_label(patina_span label, const char *text)
{
    return label.len == strlen(text) && memcmp(label.ptr, text, label.len) == 0;
}

// OpenSSL's own form has its trust settings behind the certificate.
static patina_span without_trust(patina_span der)
{
    patina_span rest = der;
    patina_span contents;
    uint8_t tag = 0;
    return patina_der_read(&rest, &tag, &contents) ? (patina_span){der.ptr, der.len - rest.len}
                                                   : der;
}

static int read_pem(const struct ui *ui, patina_span text, struct certs *out)
{
    uint8_t *room = malloc(text.len);
    if (room == NULL) {
        return ui_error(ui, EXIT_OTHER, "no memory");
    }
    out->text = (char *)room;
    size_t at = 0;
    size_t used = 0;
    size_t blocks = 0;
    for (;;) {
        struct patina_pem_block block;
        patina_err e =
            patina_pem_read(text, &at, (patina_mspan){room + used, text.len - used}, &block);
        if (e == PATINA_ERR_BAD_PEM) {
            ui_warn(ui, "%s, line %llu: a block that is not well-formed is passed over",
                    out->source, (unsigned long long)block.line);
            blocks++;
            continue;
        }
        if (e != PATINA_OK) {
            return ui_error(ui, EXIT_OTHER, "%s: %s", out->source, patina_err_text(e));
        }
        if (block.label.len == 0) {
            break;
        }
        blocks++;
        used += block.der.len;
        bool trusted = is_label(block.label, "TRUSTED CERTIFICATE");
        if (!trusted && !is_label(block.label, "CERTIFICATE") &&
            !is_label(block.label, "X509 CERTIFICATE")) {
            ui_warn(ui, "%s, line %llu: %.*s is no certificate and passed over", out->source,
                    (unsigned long long)block.line, (int)block.label.len,
                    (const char *)block.label.ptr);
        } else if (!add(out, trusted ? without_trust(block.der) : block.der, block.line)) {
            return ui_error(ui, EXIT_USAGE, "%s: more than %d certificates", out->source,
                            CERTS_MAX);
        }
    }
    if (out->count == 0) {
        return ui_error(ui, EXIT_USAGE, "%s: %s", out->source,
                        blocks > 0 ? "no certificate among its PEM blocks"
                                   : "neither PEM nor DER: no certificate in it");
    }
    return EXIT_OK;
}

static bool is_der(patina_span bytes)
{
    patina_span rest = bytes;
    patina_span contents;
    uint8_t tag = 0;
    return patina_der_read(&rest, &tag, &contents) && tag == 0x30 && rest.len == 0;
}

int certs_read(const struct ui *ui, const char *path, struct certs *out)
{
    bool standard = strcmp(path, "-") == 0;
    size_t len = 0;
    out->source = standard ? "standard input" : path;
    char *text = standard ? stream_read(STDIN_FILENO, &len) : file_read(path, &len);
    if (text == NULL) {
        return ui_error(ui, EXIT_USAGE, "%s: %s", out->source, strerror(errno));
    }
    patina_span bytes = {(const uint8_t *)text, len};
    if (is_der(bytes)) {
        out->text = text;
        return add(out, bytes, 0) ? EXIT_OK : ui_error(ui, EXIT_OTHER, "no memory");
    }
    int status = read_pem(ui, bytes, out);
    free(text);
    return status;
}

// ---- Servers

int certs_of_chain(const struct patina_chain *chain, struct certs *out)
{
    *out = (struct certs){.source = "the server", .from_server = true};
    size_t count = chain != NULL ? patina_chain_count(chain) : 0;
    for (size_t i = 0; i < count; i++) {
        if (!add(out, patina_chain_certificate(chain, i), 0)) {
            return EXIT_OTHER;
        }
    }
    return EXIT_OK;
}

// The chain is what is wanted, so the verifier's answer is not; nothing is sent over a connection
// that it refused.
static int read_server(const struct ui *ui, const struct load_options *o, struct certs *out)
{
    struct patina_verifier *verifier = NULL;
    char why[ERROR_TEXT_MAX] = "";
    if (verifier_for(ui, o->provider, NULL, &verifier, why, sizeof(why)) != PATINA_OK) {
        return ui_error(ui, EXIT_OTHER, "%s", why);
    }
    provider_warm_up(o->provider);
    struct probe_request q = {.provider = o->provider,
                              .verifier = verifier,
                              .host = out->host,
                              .port = out->port,
                              .name = o->server_name != NULL ? o->server_name : out->host,
                              .timeout_ms = o->timeout_ms};
    struct probe p;
    probe_run(&q, &p);
    patina_verifier_unref(verifier);
    out->times = p.times;
    int status = p.status;
    size_t total = 0;
    size_t count = p.chain != NULL ? patina_chain_count(p.chain) : 0;
    for (size_t i = 0; i < count; i++) {
        total += patina_chain_certificate(p.chain, i).len;
    }
    if (status != EXIT_OK) {
        ui_complain(ui, "%s", p.why);
    } else if (count == 0) {
        error_text(p.err, &p.report, why);
        status = exit_status_of(p.err);
        status = status == EXIT_OK ? EXIT_TLS : status;
        ui_complain(ui, "%s: no certificate came: %s", out->source, why);
    } else {
        out->text = malloc(total + p.staple.len);
        status = out->text != NULL ? EXIT_OK : ui_error(ui, EXIT_OTHER, "no memory");
    }
    size_t at = 0;
    for (size_t i = 0; status == EXIT_OK && i < count; i++) {
        patina_span der = patina_chain_certificate(p.chain, i);
        memcpy(out->text + at, der.ptr, der.len);
        if (!add(out, (patina_span){(const uint8_t *)out->text + at, der.len}, 0)) {
            status = ui_error(ui, EXIT_OTHER, "no memory");
        }
        at += der.len;
    }
    if (status == EXIT_OK && p.staple.len > 0) {
        memcpy(out->text + at, p.staple.ptr, p.staple.len);
        out->staple = (patina_span){(const uint8_t *)out->text + at, p.staple.len};
    }
    probe_free(&p);
    return status;
}

int certs_load(const struct ui *ui, const char *where, const struct load_options *o,
               struct certs *out)
{
    *out = (struct certs){.source = where, .port = "443"};
    if (strcmp(where, "-") == 0 || access(where, F_OK) == 0) {
        return certs_read(ui, where, out);
    }
    uint16_t number = 0;
    if (strchr(where, '/') != NULL || strchr(where, ':') == NULL ||
        !parse_host_port(where, out->host, out->port) || !parse_port(out->port, 1, &number)) {
        return ui_error(ui, EXIT_USAGE, "%s: no such file (a server is written HOST:PORT)", where);
    }
    out->from_server = true;
    return read_server(ui, o, out);
}

void certs_free(struct certs *c)
{
    free(c->list);
    free(c->text);
    *c = (struct certs){0};
}
