// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The values of certificate extensions as lines for people: RFC 5280 §4.2, RFC 7633, RFC 6962 §3.3.
// What is not known here is shown in hex.
#include <arpa/inet.h>
#include <string.h>

#include "cert.h"

#define TEXT 512

// Reads a value or fails: each decoder consumes all of it.
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

static bool number_of(patina_span integer, uint64_t *out)
{
    *out = 0;
    if (integer.len == 0 || integer.len > 8) {
        return false;
    }
    for (size_t i = 0; i < integer.len; i++) {
        *out = (*out << 8) | integer.ptr[i];
    }
    return true;
}

// ---- General names, RFC 5280 §4.2.1.6

// An address, or in constraints an address and its mask.
static void ip_text(patina_span octets, bool constraint, char *out, size_t cap)
{
    char address[INET6_ADDRSTRLEN] = "";
    size_t half = constraint ? octets.len / 2 : octets.len;
    int family = half == 4 ? AF_INET : AF_INET6;
    if ((half != 4 && half != 16) || (constraint && octets.len != 2 * half) ||
        inet_ntop(family, octets.ptr, address, sizeof(address)) == NULL) {
        snprintf(out, cap, "IP:(malformed)");
        return;
    }
    if (!constraint) {
        snprintf(out, cap, "IP:%s", address);
        return;
    }
    size_t bits = 0;
    while (bits < half * 8 && (octets.ptr[half + bits / 8] & (0x80u >> (bits % 8))) != 0) {
        bits++;
    }
    bool clean = true; // ones, then zeros
    for (size_t i = bits; i < half * 8; i++) {
        clean = clean && (octets.ptr[half + i / 8] & (0x80u >> (i % 8))) == 0;
    }
    char mask[INET6_ADDRSTRLEN] = "";
    if (clean) {
        snprintf(out, cap, "IP:%s/%zu", address, bits);
    } else {
        inet_ntop(family, octets.ptr + half, mask, sizeof(mask));
        snprintf(out, cap, "IP:%s/%s", address, mask);
    }
}

static void other_name_text(patina_span name, char *out, size_t cap)
{
    patina_span oid;
    char text[OID_TEXT_MAX] = "?";
    if (take(&name, 0x06, &oid)) {
        oid_text(oid, text);
    }
    snprintf(out, cap, "other:%s", text);
}

void general_name_text(uint8_t tag, patina_span name, bool constraint, char *out, size_t cap)
{
    char text[TEXT];
    switch (tag) {
    case 0xa0:
        other_name_text(name, out, cap);
        return;
    case 0x81:
    case 0x82:
    case 0x86:
        patina_text_clean(name, text, sizeof(text));
        snprintf(out, cap, "%s:%s",
                 tag == 0x81   ? "email"
                 : tag == 0x82 ? "DNS"
                               : "URI",
                 name.len == 0 ? "(empty)" : text);
        return;
    case 0xa4:
        patina_name_text(name, text, sizeof(text));
        snprintf(out, cap, "name:%s", text);
        return;
    case 0x87:
        ip_text(name, constraint, out, cap);
        return;
    case 0x88:
        patina_oid_text(name, text, sizeof(text));
        snprintf(out, cap, "id:%s", text);
        return;
    default:
        snprintf(out, cap, "(kind %u)", (unsigned)(tag & 0x1f));
        return;
    }
}

static bool general_names(patina_span list, const char *label, struct lines *out)
{
    while (list.len > 0) {
        uint8_t tag = 0;
        patina_span name;
        char text[TEXT];
        if (!patina_der_read(&list, &tag, &name)) {
            return false;
        }
        general_name_text(tag, name, false, text, sizeof(text));
        lines_add(out, "%s%s", label, text);
    }
    return true;
}

static bool alt_name(patina_span value, struct lines *out)
{
    patina_span list;
    return take(&value, 0x30, &list) && value.len == 0 && general_names(list, "", out);
}

// ---- Small ones

static bool bits_as_names(patina_span bits, const char *const *names, size_t count, char *out,
                          size_t cap)
{
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count && bits.len > 1 && i / 8 < bits.len - 1; i++) {
        if ((bits.ptr[1 + i / 8] & (0x80u >> (i % 8))) != 0 && at < cap) {
            at += (size_t)snprintf(out + at, cap - at, "%s%s", at > 0 ? ", " : "", names[i]);
        }
    }
    return bits.len > 0;
}

static bool key_usage(patina_span value, struct lines *out)
{
    static const char *const names[] = {"digitalSignature", "nonRepudiation", "keyEncipherment",
                                        "dataEncipherment", "keyAgreement",   "keyCertSign",
                                        "cRLSign",          "encipherOnly",   "decipherOnly"};
    patina_span bits;
    char text[TEXT];
    if (!take(&value, 0x03, &bits) || !bits_as_names(bits, names, 9, text, sizeof(text))) {
        return false;
    }
    lines_add(out, "%s", text[0] != '\0' ? text : "(none)");
    return true;
}

static bool netscape_type(patina_span value, struct lines *out)
{
    static const char *const names[] = {"SSL client",     "SSL server",       "S/MIME",
                                        "object signing", "reserved",         "SSL CA",
                                        "S/MIME CA",      "object signing CA"};
    patina_span bits;
    char text[TEXT];
    if (!take(&value, 0x03, &bits) || !bits_as_names(bits, names, 8, text, sizeof(text))) {
        return false;
    }
    lines_add(out, "%s", text);
    return true;
}

static bool text_value(patina_span value, struct lines *out)
{
    uint8_t tag = 0;
    patina_span string;
    char text[TEXT];
    if (!patina_der_read(&value, &tag, &string)) {
        return false;
    }
    patina_text_clean(string, text, sizeof(text));
    lines_add(out, "%s", text);
    return true;
}

static bool basic_constraints(patina_span value, struct lines *out)
{
    patina_span fields;
    patina_span flag;
    patina_span number;
    uint64_t depth = 0;
    if (!take(&value, 0x30, &fields)) {
        return false;
    }
    bool ca = take(&fields, 0x01, &flag) && flag.len == 1 && flag.ptr[0] != 0;
    if (take(&fields, 0x02, &number) && number_of(number, &depth)) {
        char most[32];
        snprintf(most, sizeof(most), depth == 0 ? "no other" : "at most %llu",
                 (unsigned long long)depth);
        lines_add(out, "%s, %s below it", ca ? "a certificate authority" : "no authority", most);
    } else {
        lines_add(out, "%s", ca ? "a certificate authority" : "no authority");
    }
    return fields.len == 0;
}

static bool oid_list(patina_span value, struct lines *out)
{
    patina_span list;
    if (!take(&value, 0x30, &list)) {
        return false;
    }
    while (list.len > 0) {
        patina_span oid;
        char name[OID_TEXT_MAX];
        if (!take(&list, 0x06, &oid)) {
            return false;
        }
        oid_text(oid, name);
        lines_add(out, "%s", name);
    }
    return true;
}

static bool octets(patina_span value, struct lines *out)
{
    patina_span bytes;
    char text[TEXT];
    if (!take(&value, 0x04, &bytes)) {
        return false;
    }
    hex_text(bytes, ':', text, sizeof(text));
    lines_add(out, "%s", text);
    return true;
}

static bool authority_key_id(patina_span value, struct lines *out)
{
    patina_span fields;
    patina_span part;
    char text[TEXT];
    if (!take(&value, 0x30, &fields)) {
        return false;
    }
    if (take(&fields, 0x80, &part)) {
        hex_text(part, ':', text, sizeof(text));
        lines_add(out, "%s", text);
    }
    if (take(&fields, 0xa1, &part) && !general_names(part, "issuer ", out)) {
        return false;
    }
    if (take(&fields, 0x82, &part)) {
        hex_text(part, ':', text, sizeof(text));
        lines_add(out, "serial %s", text);
    }
    return fields.len == 0;
}

static bool null_value(patina_span value, struct lines *out)
{
    patina_span nothing;
    lines_add(out, "yes");
    return take(&value, 0x05, &nothing) && nothing.len == 0;
}

static bool one_number(patina_span value, struct lines *out)
{
    patina_span number;
    uint64_t n = 0;
    if (!take(&value, 0x02, &number) || !number_of(number, &n)) {
        return false;
    }
    lines_add(out, "%llu", (unsigned long long)n);
    return true;
}

static bool usage_period(patina_span value, struct lines *out)
{
    patina_span fields;
    patina_span t;
    int64_t when = 0;
    char date[16];
    if (!take(&value, 0x30, &fields)) {
        return false;
    }
    for (uint8_t tag = 0x80; tag <= 0x81; tag++) {
        if (take(&fields, tag, &t) && x509_time(0x18, t, &when)) {
            format_date(when, date);
            lines_add(out, "%s %s", tag == 0x80 ? "from" : "to", date);
        }
    }
    return fields.len == 0;
}

// ---- Constraints and policies, RFC 5280 §4.2.1.4, §4.2.1.5, §4.2.1.10, §4.2.1.11

static bool subtrees(patina_span list, const char *label, struct lines *out)
{
    while (list.len > 0) {
        patina_span subtree;
        patina_span base;
        uint8_t tag = 0;
        char text[TEXT];
        if (!take(&list, 0x30, &subtree) || !patina_der_read(&subtree, &tag, &base)) {
            return false;
        }
        general_name_text(tag, base, true, text, sizeof(text));
        lines_add(out, "%s %s", label, text);
    }
    return true;
}

static bool name_constraints(patina_span value, struct lines *out)
{
    patina_span fields;
    patina_span list;
    if (!take(&value, 0x30, &fields)) {
        return false;
    }
    if (take(&fields, 0xa0, &list) && !subtrees(list, "permitted", out)) {
        return false;
    }
    if (take(&fields, 0xa1, &list) && !subtrees(list, "excluded", out)) {
        return false;
    }
    return fields.len == 0;
}

static bool qualifiers(patina_span list, const char *policy, struct lines *out)
{
    while (list.len > 0) {
        patina_span fields;
        patina_span oid;
        patina_span value;
        uint8_t tag = 0;
        char kind[OID_TEXT_MAX];
        char text[TEXT];
        if (!take(&list, 0x30, &fields) || !take(&fields, 0x06, &oid) ||
            !patina_der_read(&fields, &tag, &value)) {
            return false;
        }
        oid_text(oid, kind);
        if (tag == 0x16 || tag == 0x0c) {
            patina_text_clean(value, text, sizeof(text));
            lines_add(out, "%s, %s %s", policy, kind, text);
        } else {
            lines_add(out, "%s, %s", policy, kind);
        }
    }
    return true;
}

static bool policies(patina_span value, struct lines *out)
{
    patina_span list;
    if (!take(&value, 0x30, &list)) {
        return false;
    }
    while (list.len > 0) {
        patina_span policy;
        patina_span oid;
        patina_span more;
        char name[OID_TEXT_MAX];
        if (!take(&list, 0x30, &policy) || !take(&policy, 0x06, &oid)) {
            return false;
        }
        oid_text(oid, name);
        if (!take(&policy, 0x30, &more)) {
            lines_add(out, "%s", name);
        } else if (!qualifiers(more, name, out)) {
            return false;
        }
    }
    return true;
}

static bool policy_mappings(patina_span value, struct lines *out)
{
    patina_span list;
    if (!take(&value, 0x30, &list)) {
        return false;
    }
    while (list.len > 0) {
        patina_span pair;
        patina_span from;
        patina_span to;
        char from_name[OID_TEXT_MAX];
        char to_name[OID_TEXT_MAX];
        if (!take(&list, 0x30, &pair) || !take(&pair, 0x06, &from) || !take(&pair, 0x06, &to)) {
            return false;
        }
        oid_text(from, from_name);
        oid_text(to, to_name);
        lines_add(out, "%s is %s", from_name, to_name);
    }
    return true;
}

static bool policy_constraints(patina_span value, struct lines *out)
{
    patina_span fields;
    patina_span number;
    uint64_t n = 0;
    if (!take(&value, 0x30, &fields)) {
        return false;
    }
    if (take(&fields, 0x80, &number) && number_of(number, &n)) {
        lines_add(out, "a policy is required after %llu certificates", (unsigned long long)n);
    }
    if (take(&fields, 0x81, &number) && number_of(number, &n)) {
        lines_add(out, "no mapping after %llu certificates", (unsigned long long)n);
    }
    return fields.len == 0;
}

// ---- Places, RFC 5280 §4.2.1.13 and §4.2.2

static bool access(patina_span value, struct lines *out)
{
    patina_span list;
    if (!take(&value, 0x30, &list)) {
        return false;
    }
    while (list.len > 0) {
        patina_span fields;
        patina_span oid;
        patina_span name;
        uint8_t tag = 0;
        char method[OID_TEXT_MAX];
        char text[TEXT];
        if (!take(&list, 0x30, &fields) || !take(&fields, 0x06, &oid) ||
            !patina_der_read(&fields, &tag, &name)) {
            return false;
        }
        oid_text(oid, method);
        general_name_text(tag, name, false, text, sizeof(text));
        lines_add(out, "%s %s", method, text);
    }
    return true;
}

static bool point(patina_span fields, struct lines *out)
{
    patina_span name;
    patina_span full;
    patina_span part;
    if (take(&fields, 0xa0, &name) && take(&name, 0xa0, &full) && !general_names(full, "", out)) {
        return false;
    }
    if (take(&fields, 0x81, &part)) {
        lines_add(out, "for some reasons only");
    }
    if (take(&fields, 0xa2, &part) && !general_names(part, "issued by ", out)) {
        return false;
    }
    return fields.len == 0;
}

static bool distribution_points(patina_span value, struct lines *out)
{
    patina_span list;
    if (!take(&value, 0x30, &list)) {
        return false;
    }
    while (list.len > 0) {
        patina_span fields;
        if (!take(&list, 0x30, &fields) || !point(fields, out)) {
            return false;
        }
    }
    return true;
}

// ---- RFC 7633: TLS extensions the server promises; 5 is status_request.

static bool tls_feature(patina_span value, struct lines *out)
{
    patina_span list;
    if (!take(&value, 0x30, &list)) {
        return false;
    }
    while (list.len > 0) {
        patina_span number;
        uint64_t n = 0;
        if (!take(&list, 0x02, &number) || !number_of(number, &n)) {
            return false;
        }
        if (n == 5) {
            lines_add(out, "the server must staple an OCSP answer (status_request)");
        } else {
            lines_add(out, "TLS extension %llu", (unsigned long long)n);
        }
    }
    return true;
}

// ---- RFC 6962 §3.3: a list of signed certificate timestamps in TLS encoding.

static bool timestamps(patina_span value, struct lines *out)
{
    patina_span list;
    if (!take(&value, 0x04, &list) || list.len < 2) {
        return false;
    }
    size_t at = 2;
    while (at + 2 <= list.len) {
        size_t len = (size_t)list.ptr[at] << 8 | list.ptr[at + 1];
        at += 2;
        if (len > list.len - at || len < 41 || list.ptr[at] != 0) {
            return false;
        }
        uint64_t ms = 0;
        for (size_t i = 0; i < 8; i++) {
            ms = (ms << 8) | list.ptr[at + 33 + i];
        }
        char date[16];
        char log[48];
        format_date((int64_t)(ms / 1000), date);
        base64_text((patina_span){list.ptr + at + 1, 32}, log, sizeof(log));
        lines_add(out, "%s by log %s", date, log);
        at += len;
    }
    return at == list.len;
}

// ---- The table

static const struct {
    const char *oid;
    bool (*decode)(patina_span value, struct lines *out);
} decoders[] = {
    {"2.5.29.14", octets},
    {"2.5.29.15", key_usage},
    {"2.5.29.16", usage_period},
    {"2.5.29.17", alt_name},
    {"2.5.29.18", alt_name},
    {"2.5.29.19", basic_constraints},
    {"2.5.29.30", name_constraints},
    {"2.5.29.31", distribution_points},
    {"2.5.29.32", policies},
    {"2.5.29.33", policy_mappings},
    {"2.5.29.35", authority_key_id},
    {"2.5.29.36", policy_constraints},
    {"2.5.29.37", oid_list},
    {"2.5.29.46", distribution_points},
    {"2.5.29.54", one_number},
    {"1.3.6.1.5.5.7.1.1", access},
    {"1.3.6.1.5.5.7.1.11", access},
    {"1.3.6.1.5.5.7.1.24", tls_feature},
    {"1.3.6.1.5.5.7.48.1.5", null_value},
    {"1.3.6.1.4.1.11129.2.4.2", timestamps},
    {"1.3.6.1.4.1.11129.2.4.3", null_value},
    {"2.16.840.1.113730.1.1", netscape_type},
    {"2.16.840.1.113730.1.13", text_value},
    {"1.3.6.1.4.1.311.21.1", one_number},
};

bool extension_is_understood(const char *oid)
{
    static const char *const understood[] = {"2.5.29.14",
                                             "2.5.29.15",
                                             "2.5.29.17",
                                             "2.5.29.18",
                                             "2.5.29.19",
                                             "2.5.29.30",
                                             "2.5.29.31",
                                             "2.5.29.32",
                                             "2.5.29.33",
                                             "2.5.29.35",
                                             "2.5.29.36",
                                             "2.5.29.37",
                                             "2.5.29.46",
                                             "2.5.29.54",
                                             "1.3.6.1.5.5.7.1.1",
                                             "1.3.6.1.5.5.7.1.24",
                                             "1.3.6.1.5.5.7.48.1.5",
                                             "1.3.6.1.4.1.11129.2.4.2"};
    for (size_t i = 0; i < sizeof(understood) / sizeof(understood[0]); i++) {
        if (strcmp(understood[i], oid) == 0) {
            return true;
        }
    }
    return false;
}

bool extension_lines(const struct x509_ext *e, struct lines *out)
{
    char dotted[OID_TEXT_MAX];
    patina_oid_text(e->oid, dotted, sizeof(dotted));
    for (size_t i = 0; i < sizeof(decoders) / sizeof(decoders[0]); i++) {
        if (strcmp(decoders[i].oid, dotted) == 0) {
            if (decoders[i].decode(e->value, out)) {
                return true;
            }
            lines_free(out);
            break;
        }
    }
    enum { ROW = 24 }; // bytes a line
    for (size_t at = 0; at < e->value.len; at += ROW) {
        char text[3 * ROW + 8];
        size_t n = e->value.len - at < ROW ? e->value.len - at : ROW;
        hex_text((patina_span){e->value.ptr + at, n}, ':', text, sizeof(text));
        lines_add(out, "%s", text);
    }
    return false;
}
