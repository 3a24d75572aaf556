// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A certificate taken apart for people, RFC 5280 §4.1: see cert.h. Whether it is a good one is for
// the library to say.
#include <string.h>
#include <time.h>

#include "cert.h"

enum {
    TAG_BOOLEAN = 0x01,
    TAG_INTEGER = 0x02,
    TAG_BITS = 0x03,
    TAG_OCTETS = 0x04,
    TAG_OID = 0x06,
    TAG_UTC_TIME = 0x17,
    TAG_TIME = 0x18,
    TAG_SEQUENCE = 0x30
};

bool span_equal(patina_span a, patina_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static bool take(patina_span *rest, uint8_t tag, patina_span *out)
{
    uint8_t found = 0;
    patina_span before = *rest;
    if (patina_der_read(rest, &found, out) && found == tag) {
        return true;
    }
    *rest = before;
    *out = (patina_span){0};
    return false;
}

// With its header, too.
static bool take_whole(patina_span *rest, uint8_t tag, patina_span *out_whole, patina_span *out)
{
    patina_span before = *rest;
    bool ok = take(rest, tag, out);
    *out_whole = ok ? (patina_span){before.ptr, before.len - rest->len} : (patina_span){0};
    return ok;
}

// ---- Times

static bool two_digits(const uint8_t *p, int *out)
{
    *out = (p[0] - '0') * 10 + (p[1] - '0');
    return p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9';
}

bool x509_time(uint8_t tag, patina_span contents, int64_t *out_s)
{
    size_t year_len = tag == TAG_UTC_TIME ? 2 : 4;
    const uint8_t *p = contents.ptr;
    *out_s = 0;
    if ((tag != TAG_UTC_TIME && tag != TAG_TIME) || contents.len != year_len + 11 ||
        p[year_len + 10] != 'Z') {
        return false;
    }
    int field[7]; // century, year, month, day, hour, minute, second
    field[0] = 0;
    for (size_t i = year_len == 4 ? 0 : 1; i < 7; i++) {
        if (!two_digits(p + 2 * (i - (year_len == 4 ? 0 : 1)), &field[i])) {
            return false;
        }
    }
    if (year_len == 2) { // RFC 5280 §4.1.2.5.1
        field[0] = field[1] >= 50 ? 19 : 20;
    }
    struct tm tm = {.tm_year = field[0] * 100 + field[1] - 1900,
                    .tm_mon = field[2] - 1,
                    .tm_mday = field[3],
                    .tm_hour = field[4],
                    .tm_min = field[5],
                    .tm_sec = field[6]};
    *out_s = (int64_t)timegm(&tm);
    return true;
}

// ---- The certificate

static bool parse_validity(patina_span validity, struct x509 *out)
{
    uint8_t tag = 0;
    patina_span t;
    return patina_der_read(&validity, &tag, &t) && x509_time(tag, t, &out->not_before_s) &&
           patina_der_read(&validity, &tag, &t) && x509_time(tag, t, &out->not_after_s);
}

static bool parse_spki(patina_span spki, struct x509 *out)
{
    patina_span bits;
    if (!take(&spki, TAG_SEQUENCE, &out->key_alg) || !take(&spki, TAG_BITS, &bits) ||
        bits.len == 0) {
        return false;
    }
    out->public_key = (patina_span){bits.ptr + 1, bits.len - 1};
    return true;
}

static bool parse_extensions(patina_span box, struct x509 *out)
{
    patina_span list;
    if (!take(&box, TAG_SEQUENCE, &list)) {
        return false;
    }
    while (list.len > 0 && out->extensions_count < X509_EXTENSIONS_MAX) {
        struct x509_ext *e = &out->extensions[out->extensions_count];
        patina_span fields;
        patina_span critical;
        if (!take(&list, TAG_SEQUENCE, &fields) || !take(&fields, TAG_OID, &e->oid)) {
            return false;
        }
        if (take(&fields, TAG_BOOLEAN, &critical)) {
            e->critical = critical.len == 1 && critical.ptr[0] != 0;
        }
        if (!take(&fields, TAG_OCTETS, &e->value)) {
            return false;
        }
        out->extensions_count++;
    }
    return true;
}

static bool parse_tbs(patina_span tbs, struct x509 *out)
{
    patina_span box;
    patina_span ignored;
    patina_span validity;
    out->version = 1;
    if (take(&tbs, 0xa0, &box)) {
        patina_span number;
        if (!take(&box, TAG_INTEGER, &number) || number.len != 1 || number.ptr[0] > 2) {
            return false;
        }
        out->version = number.ptr[0] + 1u;
    }
    patina_span inner_alg;
    if (!take(&tbs, TAG_INTEGER, &out->serial) || !take(&tbs, TAG_SEQUENCE, &inner_alg) ||
        !take_whole(&tbs, TAG_SEQUENCE, &out->issuer, &ignored) ||
        !take(&tbs, TAG_SEQUENCE, &validity) || !parse_validity(validity, out) ||
        !take_whole(&tbs, TAG_SEQUENCE, &out->subject, &ignored)) {
        return false;
    }
    patina_span spki;
    if (!take_whole(&tbs, TAG_SEQUENCE, &out->spki, &spki) || !parse_spki(spki, out)) {
        return false;
    }
    (void)take(&tbs, 0x81, &ignored); // unique identifiers, which nobody uses
    (void)take(&tbs, 0x82, &ignored);
    return !take(&tbs, 0xa3, &box) || parse_extensions(box, out);
}

bool x509_parse(patina_span der, struct x509 *out)
{
    *out = (struct x509){0};
    patina_span fields;
    patina_span tbs;
    patina_span bits;
    if (!take(&der, TAG_SEQUENCE, &fields) || !take_whole(&fields, TAG_SEQUENCE, &out->tbs, &tbs) ||
        !take(&fields, TAG_SEQUENCE, &out->signature_alg) || !take(&fields, TAG_BITS, &bits) ||
        bits.len == 0) {
        return false;
    }
    out->signature = (patina_span){bits.ptr + 1, bits.len - 1};
    return parse_tbs(tbs, out);
}

// ---- What others ask of it

const struct x509_ext *x509_extension(const struct x509 *x, const char *oid)
{
    for (size_t i = 0; i < x->extensions_count; i++) {
        char dotted[OID_TEXT_MAX];
        patina_oid_text(x->extensions[i].oid, dotted, sizeof(dotted));
        if (strcmp(dotted, oid) == 0) {
            return &x->extensions[i];
        }
    }
    return NULL;
}

bool x509_is_ca(const struct x509 *x)
{
    const struct x509_ext *e = x509_extension(x, "2.5.29.19");
    patina_span value = e != NULL ? e->value : (patina_span){0};
    patina_span fields;
    patina_span ca;
    return take(&value, TAG_SEQUENCE, &fields) && take(&fields, TAG_BOOLEAN, &ca) && ca.len == 1 &&
           ca.ptr[0] != 0;
}

bool x509_is_self_issued(const struct x509 *x)
{
    return span_equal(x->issuer, x->subject);
}

// The text of a name in small letters, without spaces but for one between words.
static void plain_name(patina_span name, char *out, size_t cap)
{
    char text[1024];
    size_t at = 0;
    bool space = false;
    patina_name_text(name, text, sizeof(text));
    for (const char *p = text; *p != '\0' && at + 2 < cap; p++) {
        if (*p == ' ') {
            space = true;
            continue;
        }
        if (space && at > 0 && strchr("=,", out[at - 1]) == NULL && *p != ',') {
            out[at++] = ' ';
        }
        space = false;
        out[at++] = (char)(*p >= 'A' && *p <= 'Z' ? *p + ('a' - 'A') : *p);
    }
    out[at] = '\0';
}

bool x509_names_issuer(const struct x509 *child, const struct x509 *issuer)
{
    char wanted[1024];
    char found[1024];
    if (span_equal(child->issuer, issuer->subject)) {
        return true;
    }
    plain_name(child->issuer, wanted, sizeof(wanted));
    plain_name(issuer->subject, found, sizeof(found));
    return strcmp(wanted, found) == 0;
}

patina_span x509_authority_key_id(const struct x509 *x)
{
    const struct x509_ext *e = x509_extension(x, "2.5.29.35");
    patina_span value = e != NULL ? e->value : (patina_span){0};
    patina_span fields;
    patina_span id = {0};
    if (take(&value, TAG_SEQUENCE, &fields)) {
        (void)take(&fields, 0x80, &id);
    }
    return id;
}

patina_span x509_subject_key_id(const struct x509 *x)
{
    const struct x509_ext *e = x509_extension(x, "2.5.29.14");
    patina_span value = e != NULL ? e->value : (patina_span){0};
    patina_span id = {0};
    (void)take(&value, TAG_OCTETS, &id);
    return id;
}

// ---- Algorithms

static unsigned modulus_bits(patina_span public_key)
{
    patina_span fields;
    patina_span n;
    if (!take(&public_key, TAG_SEQUENCE, &fields) || !take(&fields, TAG_INTEGER, &n)) {
        return 0;
    }
    while (n.len > 0 && n.ptr[0] == 0) {
        n = (patina_span){n.ptr + 1, n.len - 1};
    }
    unsigned bits = n.len > 0 ? (unsigned)(n.len - 1) * 8 : 0;
    for (unsigned top = n.len > 0 ? n.ptr[0] : 0; top != 0; top >>= 1) {
        bits++;
    }
    return bits;
}

void key_text(const struct x509 *x, char *out, size_t cap)
{
    patina_span alg = x->key_alg;
    patina_span oid;
    patina_span curve;
    char name[OID_TEXT_MAX];
    snprintf(out, cap, "?");
    if (!take(&alg, TAG_OID, &oid)) {
        return;
    }
    oid_text(oid, name);
    if (strcmp(name, "RSA") == 0) {
        snprintf(out, cap, "RSA, %u bits", modulus_bits(x->public_key));
    } else if (strcmp(name, "EC") == 0 && take(&alg, TAG_OID, &curve)) {
        oid_text(curve, name);
        snprintf(out, cap, "EC %s", name);
    } else {
        snprintf(out, cap, "%s", name);
    }
}

void algorithm_text(patina_span algorithm, char *out, size_t cap)
{
    patina_span oid;
    char name[OID_TEXT_MAX] = "?";
    if (take(&algorithm, TAG_OID, &oid)) {
        oid_text(oid, name);
    }
    snprintf(out, cap, "%s", name);
}
