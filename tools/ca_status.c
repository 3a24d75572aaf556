// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What `patina ca` says of the certificates it issued: the list, revocation, CRLs (RFC 5280 §5) and
// OCSP answers (RFC 6960 §4.2).
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "ca.h"

#define DAY_S 86400

// CRLReason, RFC 5280 §5.3.1. Those that need a delta CRL, or that nobody may give, are left out.
static const struct {
    const char *name;
    int code;
} reasons[] = {
    {"unspecified", 0},        {"keyCompromise", 1}, {"cACompromise", 2},
    {"affiliationChanged", 3}, {"superseded", 4},    {"cessationOfOperation", 5},
    {"privilegeWithdrawn", 9},
};

static int reason_code(const char *name)
{
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        if (strcasecmp(reasons[i].name, name) == 0) {
            return reasons[i].code;
        }
    }
    return -1;
}

bool is_reason(const char *name)
{
    return reason_code(name) >= 0;
}

// ---- The list

int ca_list(const struct ca *c)
{
    struct issued_list list;
    struct json j = {.out = stdout};
    int status = load_issued(c, &list);
    int64_t now = (int64_t)time(NULL);
    if (status == EXIT_OK && c->ui->json) {
        json_open(&j, NULL, '{');
        json_bool(&j, "ok", true);
        json_open(&j, "certificates", '[');
    }
    for (size_t i = 0; status == EXIT_OK && i < list.count; i++) {
        const struct issued *e = &list.list[i];
        const struct ui *ui = c->ui;
        bool ended = now > e->not_after_s;
        bool good = e->revoked_s == 0 && !ended;
        char date[16];
        char state[64];
        format_date(e->revoked_s != 0 ? e->revoked_s : e->not_after_s, date);
        snprintf(state, sizeof(state), "%s %s",
                 e->revoked_s != 0 ? "revoked"
                 : ended           ? "ended"
                                   : "until",
                 date);
        if (ui->json) {
            json_open(&j, NULL, '{');
            json_string(&j, "serial", e->serial);
            json_string(&j, "kind", e->kind);
            json_number(&j, "not_after", e->not_after_s);
            json_bool(&j, "revoked", e->revoked_s != 0);
            if (e->revoked_s != 0) {
                json_number(&j, "revoked_at", e->revoked_s);
                json_string(&j, "reason", e->reason);
            }
            json_string(&j, "name", e->name);
            json_close(&j, '}');
            continue;
        }
        size_t at = ui_put(ui, good ? STYLE_GOOD : STYLE_BAD, good ? ui_good(ui) : ui_bad(ui));
        ui_pad(ui, at, 3);
        at = 3 + ui_put(ui, STYLE_PLAIN, state);
        ui_pad(ui, at, 23);
        at = 23 + ui_put(ui, STYLE_DIM, e->kind);
        ui_pad(ui, at, 36);
        ui_put(ui, STYLE_BOLD, e->name);
        fputs("\n   ", ui->out);
        ui_put(ui, STYLE_DIM, e->serial);
        fputc('\n', ui->out);
    }
    if (status == EXIT_OK && c->ui->json) {
        json_close(&j, ']');
        json_close(&j, '}');
        json_end(&j);
    }
    free(list.list);
    return status;
}

// ---- Revoking

static int serial_of_file(const struct ca *c, char out[SERIAL_MAX])
{
    X509 *x = load_certificate(c, c->cert);
    if (x == NULL) {
        return EXIT_USAGE;
    }
    bool ok = serial_text(X509_get0_serialNumber(x), out);
    X509_free(x);
    return ok ? EXIT_OK : ui_error(c->ui, EXIT_USAGE, "%s: no serial number", c->cert);
}

static void report_revoked(const struct ca *c, const struct issued *e)
{
    if (c->ui->json) {
        struct json j = {.out = stdout};
        json_open(&j, NULL, '{');
        json_bool(&j, "ok", true);
        json_string(&j, "serial", e->serial);
        json_string(&j, "reason", e->reason);
        json_string(&j, "name", e->name);
        json_close(&j, '}');
        json_end(&j);
    } else if (!c->ui->quiet) {
        tick_line(c->ui, "revoked", e->name);
        tick_line(c->ui, "serial", e->serial);
        tick_line(c->ui, "to do", "write a new CRL (patina ca crl), and new OCSP answers");
    }
}

int ca_revoke(const struct ca *c)
{
    char serial[SERIAL_MAX] = "";
    struct issued_list list = {0};
    int status = EXIT_OK;
    if (c->cert != NULL) {
        status = serial_of_file(c, serial);
    } else {
        snprintf(serial, sizeof(serial), "%s", c->serial);
    }
    if (status == EXIT_OK) {
        status = load_issued(c, &list);
    }
    struct issued *e = status == EXIT_OK ? find_issued(&list, serial) : NULL;
    if (status == EXIT_OK && e == NULL) {
        status = ui_error(c->ui, EXIT_USAGE, "%s has issued nothing with the serial number %s",
                          c->dir, serial);
    } else if (e != NULL && e->revoked_s != 0) {
        status = ui_error(c->ui, EXIT_USAGE, "%s is revoked already", e->name);
    } else if (e != NULL) {
        e->revoked_s = (int64_t)time(NULL);
        snprintf(e->reason, sizeof(e->reason), "%s", c->reason != NULL ? c->reason : "unspecified");
        status = save_issued(c, &list);
        if (status == EXIT_OK) {
            report_revoked(c, e);
        }
    }
    free(list.list);
    return status;
}

// ---- Times of what is said: good from now on, or ended, or not begun.

static void said_when(const struct ca *c, int64_t *from_s, int64_t *to_s)
{
    int64_t days = c->days > 0 ? (int64_t)c->days : 7;
    int64_t now = (int64_t)time(NULL);
    *from_s = now - 60;
    if (c->expired) {
        *from_s = now - (days + 1) * DAY_S;
    } else if (c->not_yet) {
        *from_s = now + DAY_S;
    }
    *to_s = *from_s + days * DAY_S;
}

static void report_said(const struct ca *c, const char *what, const char *detail)
{
    if (c->ui->json) {
        struct json j = {.out = stdout};
        json_open(&j, NULL, '{');
        json_bool(&j, "ok", true);
        json_string(&j, "file", c->out);
        json_string(&j, "detail", detail);
        json_close(&j, '}');
        json_end(&j);
    } else if (!c->ui->quiet) {
        tick_line(c->ui, what, c->out);
        tick_line(c->ui, "says", detail);
    }
}

static int write_bio(const struct ca *c, BIO *bio)
{
    char *data = NULL;
    long len = BIO_get_mem_data(bio, &data);
    struct output_file file = {
        .path = c->out, .mode = 0644, .text = data, .len = len > 0 ? (size_t)len : 0};
    return write_files(c, &file, 1);
}

// ---- CRLs

static bool set_serial_number(ASN1_INTEGER *to, const char *hex)
{
    BIGNUM *n = NULL;
    bool ok = BN_hex2bn(&n, hex) > 0 && BN_to_ASN1_INTEGER(n, to) != NULL;
    BN_free(n);
    return ok;
}

static bool add_revoked(X509_CRL *crl, const struct issued *e)
{
    X509_REVOKED *r = X509_REVOKED_new();
    ASN1_INTEGER *serial = ASN1_INTEGER_new();
    ASN1_TIME *when = ASN1_TIME_set(NULL, (time_t)e->revoked_s);
    ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();
    int code = reason_code(e->reason);
    bool ok = r != NULL && serial != NULL && when != NULL && reason != NULL &&
              set_serial_number(serial, e->serial) &&
              X509_REVOKED_set_serialNumber(r, serial) == 1 &&
              X509_REVOKED_set_revocationDate(r, when) == 1;
    // RFC 5280 §5.3.1: unspecified is said by saying nothing.
    if (ok && code > 0) {
        ok = ASN1_ENUMERATED_set(reason, code) == 1 &&
             X509_REVOKED_add1_ext_i2d(r, NID_crl_reason, reason, 0, 0) == 1;
    }
    ok = ok && X509_CRL_add0_revoked(crl, r) == 1;
    if (!ok) {
        X509_REVOKED_free(r);
    }
    ASN1_INTEGER_free(serial);
    ASN1_TIME_free(when);
    ASN1_ENUMERATED_free(reason);
    return ok;
}

// RFC 5280 §5.2.1 and §5.2.3: whose key, and a number that only grows: seconds do.
static bool add_crl_extensions(X509_CRL *crl, X509 *issuer)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, NULL, NULL, crl, 0);
    X509_EXTENSION *id = X509V3_EXT_nconf_nid(NULL, &ctx, NID_authority_key_identifier, "keyid");
    ASN1_INTEGER *number = ASN1_INTEGER_new();
    bool ok = id != NULL && number != NULL && X509_CRL_add_ext(crl, id, -1) == 1 &&
              ASN1_INTEGER_set(number, (long)time(NULL)) == 1 &&
              X509_CRL_add1_ext_i2d(crl, NID_crl_number, number, 0, 0) == 1;
    ASN1_INTEGER_free(number);
    X509_EXTENSION_free(id);
    return ok;
}

static bool fill_crl(const struct ca *c, X509_CRL *crl, const struct pair *authority,
                     const struct issued_list *list, size_t *out_count)
{
    int64_t from = 0;
    int64_t to = 0;
    const EVP_MD *digest = NULL;
    said_when(c, &from, &to);
    (void)sign_digest(authority->key, &digest);
    ASN1_TIME *begin = ASN1_TIME_set(NULL, (time_t)from);
    ASN1_TIME *end = ASN1_TIME_set(NULL, (time_t)to);
    bool ok = begin != NULL && end != NULL && X509_CRL_set_version(crl, 1) == 1 &&
              X509_CRL_set_issuer_name(crl, X509_get_subject_name(authority->cert)) == 1 &&
              X509_CRL_set1_lastUpdate(crl, begin) == 1 && X509_CRL_set1_nextUpdate(crl, end) == 1;
    *out_count = 0;
    for (size_t i = 0; ok && i < list->count; i++) {
        if (list->list[i].revoked_s != 0) {
            ok = add_revoked(crl, &list->list[i]);
            (*out_count)++;
        }
    }
    ok = ok && X509_CRL_sort(crl) == 1 && add_crl_extensions(crl, authority->cert) &&
         X509_CRL_sign(crl, authority->key, digest) > 0;
    ASN1_TIME_free(begin);
    ASN1_TIME_free(end);
    return ok;
}

int ca_crl(const struct ca *c)
{
    struct pair authority = {0};
    struct issued_list list = {0};
    size_t count = 0;
    int status = load_authority(c, &authority);
    if (status == EXIT_OK) {
        status = load_issued(c, &list);
    }
    X509_CRL *crl = X509_CRL_new();
    BIO *bio = BIO_new(BIO_s_mem());
    if (status == EXIT_OK &&
        (crl == NULL || bio == NULL || !fill_crl(c, crl, &authority, &list, &count) ||
         (c->der ? i2d_X509_CRL_bio(bio, crl) : PEM_write_bio_X509_CRL(bio, crl)) != 1)) {
        status = ui_error(c->ui, EXIT_OTHER, "the CRL could not be made");
    }
    if (status == EXIT_OK) {
        status = write_bio(c, bio);
    }
    if (status == EXIT_OK) {
        char text[64];
        snprintf(text, sizeof(text), "%zu certificate%s revoked", count, count == 1 ? "" : "s");
        report_said(c, "CRL", text);
    }
    BIO_free(bio);
    X509_CRL_free(crl);
    free(list.list);
    pair_free(&authority);
    return status;
}

// ---- OCSP answers

struct answer {
    const struct ca *c;
    struct pair authority, responder;
    X509 *cert;
    const struct issued *entry; // NULL: unknown
    OCSP_BASICRESP *basic;
    OCSP_RESPONSE *response;
};

static bool add_status(struct answer *a)
{
    int64_t from = 0;
    int64_t to = 0;
    said_when(a->c, &from, &to);
    bool sha1 = a->c->digest == NULL || strcmp(a->c->digest, "sha1") == 0;
    OCSP_CERTID *id = OCSP_cert_to_id(sha1 ? EVP_sha1() : EVP_sha256(), a->cert, a->authority.cert);
    ASN1_TIME *begin = ASN1_TIME_set(NULL, (time_t)from);
    ASN1_TIME *end = ASN1_TIME_set(NULL, (time_t)to);
    ASN1_TIME *revoked = NULL;
    int status = a->entry == NULL ? V_OCSP_CERTSTATUS_UNKNOWN : V_OCSP_CERTSTATUS_GOOD;
    int reason = 0;
    if (a->entry != NULL && a->entry->revoked_s != 0) {
        status = V_OCSP_CERTSTATUS_REVOKED;
        reason = reason_code(a->entry->reason);
        reason = reason == 0 ? -1 : reason; // unspecified is said by saying nothing
        revoked = ASN1_TIME_set(NULL, (time_t)a->entry->revoked_s);
    }
    bool ok = id != NULL && begin != NULL && end != NULL &&
              OCSP_basic_add1_status(a->basic, id, status, reason, revoked, begin, end) != NULL;
    ASN1_TIME_free(revoked);
    ASN1_TIME_free(end);
    ASN1_TIME_free(begin);
    OCSP_CERTID_free(id);
    return ok;
}

static bool build_answer(struct answer *a)
{
    const struct pair *signer = a->c->delegate ? &a->responder : &a->authority;
    const EVP_MD *digest = NULL;
    (void)sign_digest(signer->key, &digest);
    a->basic = OCSP_BASICRESP_new();
    // Who gives the answer is the issuer itself, which needs no certificate along, or its delegate.
    unsigned long flags = a->c->delegate ? 0 : OCSP_NOCERTS;
    return a->basic != NULL && add_status(a) &&
           OCSP_basic_sign(a->basic, signer->cert, signer->key, digest, NULL, flags) == 1 &&
           (a->response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, a->basic)) != NULL;
}

static int make_answer(struct answer *a, const struct issued_list *list)
{
    const struct ca *c = a->c;
    char serial[SERIAL_MAX] = "";
    a->cert = load_certificate(c, c->cert);
    if (a->cert == NULL) {
        return EXIT_USAGE;
    }
    (void)serial_text(X509_get0_serialNumber(a->cert), serial);
    a->entry = find_issued(list, serial);
    if (c->delegate) {
        int status = make_pair(c, KIND_OCSP, &a->authority, &a->responder);
        if (status != EXIT_OK) {
            return status;
        }
    }
    BIO *bio = BIO_new(BIO_s_mem());
    int status = EXIT_OK;
    if (bio == NULL || !build_answer(a) || i2d_OCSP_RESPONSE_bio(bio, a->response) != 1) {
        status = ui_error(c->ui, EXIT_OTHER, "the OCSP answer could not be made");
    } else {
        status = write_bio(c, bio);
    }
    BIO_free(bio);
    return status;
}

int ca_ocsp(const struct ca *c)
{
    struct answer a = {.c = c};
    struct issued_list list = {0};
    int status = load_authority(c, &a.authority);
    if (status == EXIT_OK) {
        status = load_issued(c, &list);
    }
    if (status == EXIT_OK) {
        status = make_answer(&a, &list);
    }
    if (status == EXIT_OK) {
        report_said(c, "OCSP answer",
                    a.entry == NULL           ? "unknown"
                    : a.entry->revoked_s != 0 ? "revoked"
                                              : "good");
    }
    OCSP_RESPONSE_free(a.response);
    OCSP_BASICRESP_free(a.basic);
    X509_free(a.cert);
    pair_free(&a.responder);
    pair_free(&a.authority);
    free(list.list);
    return status;
}
