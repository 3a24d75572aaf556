// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina cert fp`: SHA-256 of certificates and of their keys; `patina cert pem` and `der`: from
// one form into the other.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cert.h"

// ---- Fingerprints

struct prints {
    char certificate[80], key[80], pin[80];
};

static bool fill_prints(const struct cert_args *a, const struct cert *c, struct prints *out)
{
    uint8_t digest[32];
    patina_span bytes = {digest, sizeof(digest)};
    *out = (struct prints){0};
    if (!sha256(a->provider, c->der, digest)) {
        return false;
    }
    hex_text(bytes, '\0', out->certificate, sizeof(out->certificate));
    if (c->parsed) {
        if (!sha256(a->provider, c->x.spki, digest)) {
            return false;
        }
        hex_text(bytes, '\0', out->key, sizeof(out->key));
        base64_text(bytes, out->pin, sizeof(out->pin));
    }
    return true;
}

static void put_prints(const struct ui *ui, size_t number, const struct cert *c,
                       const struct prints *p)
{
    const char *const labels[] = {"certificate", "key", "key pin"};
    const char *const values[] = {p->certificate, p->key, p->pin};
    char text[32];
    snprintf(text, sizeof(text), "%zu  ", number);
    ui_put(ui, STYLE_DIM, text);
    ui_put(ui, STYLE_BOLD, c->name);
    fputc('\n', ui->out);
    for (size_t i = 0; i < 3; i++) {
        if (values[i][0] != '\0') {
            ui_pad(ui, 0, 2);
            size_t at = 2 + ui_put(ui, STYLE_DIM, labels[i]);
            ui_pad(ui, at, 15);
            ui_put(ui, STYLE_PLAIN, values[i]);
            fputc('\n', ui->out);
        }
    }
}

static void json_prints(struct json *j, size_t number, const struct cert *c, const struct prints *p)
{
    json_open(j, NULL, '{');
    json_number(j, "number", (int64_t)number);
    json_string(j, "name", c->name);
    json_string(j, "sha256", p->certificate);
    json_string(j, "key_sha256", c->parsed ? p->key : NULL);
    json_string(j, "key_pin", c->parsed ? p->pin : NULL);
    json_close(j, '}');
}

int cert_fp(struct cert_args *a)
{
    struct json j = {.out = stdout};
    if (a->ui->json) {
        json_open(&j, NULL, '{');
        json_string(&j, "source", a->set.source);
        json_open(&j, "certificates", '[');
    }
    for (size_t i = 0; i < a->set.count; i++) {
        struct prints p;
        if (a->index != 0 && i + 1 != a->index) {
            continue;
        }
        if (!fill_prints(a, &a->set.list[i], &p)) {
            return ui_error(a->ui, EXIT_OTHER, "the crypto library could not hash");
        }
        if (a->ui->json) {
            json_prints(&j, i + 1, &a->set.list[i], &p);
        } else {
            put_prints(a->ui, i + 1, &a->set.list[i], &p);
        }
    }
    if (a->ui->json) {
        json_close(&j, ']');
        json_bool(&j, "ok", true);
        json_number(&j, "exit", EXIT_OK);
        json_close(&j, '}');
        json_end(&j);
    }
    return EXIT_OK;
}

// ---- From one form into the other

// Writes the certificates asked for. Returns how many.
static size_t write_all(const struct cert_args *a, bool der, FILE *f)
{
    size_t count = 0;
    for (size_t i = 0; i < a->set.count; i++) {
        patina_span bytes = a->set.list[i].der;
        if (a->index != 0 && i + 1 != a->index) {
            continue;
        }
        count++;
        if (der) {
            fwrite(bytes.ptr, 1, bytes.len, f);
        } else {
            pem_write(f, "CERTIFICATE", bytes);
        }
    }
    return count;
}

// Into a new file.
static int write_out(const struct cert_args *a, bool der, size_t *out_count)
{
    int fd = open(a->out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (f == NULL) {
        return ui_error(a->ui, EXIT_USAGE, "%s: %s", a->out,
                        errno == EEXIST ? "is already there" : strerror(errno));
    }
    *out_count = write_all(a, der, f);
    return fclose(f) == 0 ? EXIT_OK
                          : ui_error(a->ui, EXIT_OTHER, "%s: %s", a->out, strerror(errno));
}

static void json_converted(const struct cert_args *a, size_t count)
{
    struct json j = {.out = stdout};
    json_open(&j, NULL, '{');
    json_bool(&j, "ok", true);
    json_number(&j, "exit", EXIT_OK);
    json_string(&j, "file", a->out);
    json_number(&j, "certificates", (int64_t)count);
    json_close(&j, '}');
    json_end(&j);
}

int cert_convert(struct cert_args *a)
{
    bool der = strcmp(a->verb, "der") == 0;
    int status = EXIT_OK;
    if (der && a->index == 0 && a->set.count > 1) {
        return ui_error(a->ui, EXIT_USAGE,
                        "%s has %zu certificates, and DER holds one: say which with --index N",
                        a->set.source, a->set.count);
    }
    if (der && a->out == NULL && isatty(STDOUT_FILENO)) {
        return ui_error(a->ui, EXIT_USAGE, "DER is nothing for a terminal: say --out FILE");
    }
    if (a->ui->json && a->out == NULL) {
        return ui_error(a->ui, EXIT_USAGE, "--json needs --out FILE here");
    }
    size_t count = 0;
    if (a->out != NULL) {
        status = write_out(a, der, &count);
    } else {
        count = write_all(a, der, stdout);
    }
    if (status == EXIT_OK && a->ui->json) {
        json_converted(a, count);
    }
    return status;
}
