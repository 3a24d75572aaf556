// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the rules of profile.c read again from a certificate: common names beside subjectAltName,
// constraints, the form of dates, the size of an RSA modulus, purposes.
#include "x509/der.h"
#include "x509/dn.h"
#include "x509/extension.h"
#include "x509/key.h"
#include "x509/profile.h"
#include "x509/text.h"

enum { IP_TEXT = 48 };

// ---- Common names

// A common name with what subjectAltName says of it.
struct common_name {
    patina_span value;
    bool repeated;        // one of the names is the same, byte by byte
    bool below;           // one is of a host below it; this and the next not when repeated
    bool has_dns, has_ip; // there are names of this kind
};

// "192.0.2.1" (digits and dots), "2001:db8::1" (a colon), "0xC0000201": what someone may take for
// an address.
static bool looks_like_address(patina_span value) PTN_CONTRACT(REQUIRES(SPAN(value)) ASSIGNS())
{
    bool only_digits = value.len != 0;
    for (size_t i = 0; i < value.len; i++)
        PTN_LOOP(ASSIGNS(i, only_digits) INVARIANT(i <= value.len) DECREASES(value.len - i))
    {
        uint8_t c = ptn_span_at(value, i);
        if (c == ':') {
            return true;
        }
        only_digits = only_digits && ((c >= '0' && c <= '9') || c == '.');
    }
    return only_digits || ptn_span_equal_nocase(ptn_span_first(value, 2), PTN_SPAN_LITERAL("0x"));
}

// A dot and no space: what someone may take for a host. "Example GmbH" and "printer" are for
// people.
static bool looks_like_host(patina_span value) PTN_CONTRACT(REQUIRES(SPAN(value)) ASSIGNS())
{
    bool has_dot = false;
    for (size_t i = 0; i < value.len; i++)
        PTN_LOOP(ASSIGNS(i, has_dot) INVARIANT(i <= value.len) DECREASES(value.len - i))
    {
        uint8_t c = ptn_span_at(value, i);
        if (c == ' ') {
            return false;
        }
        has_dot = has_dot || c == '.';
    }
    return has_dot;
}

// An address as RFC 5952 §4 writes it.
static bool is_text_of_address(patina_span value, patina_span octets)
    PTN_CONTRACT(REQUIRES(SPAN(value) && SPAN(octets)) ASSIGNS())
{
    uint8_t buffer[IP_TEXT];
    struct ptn_text text = PTN_TEXT_OF(buffer);
    if (octets.len != 4 && octets.len != 16) {
        return false;
    }
    ptn_text_ip(&text, octets);
    return ptn_span_equal(value, ptn_span_first(PTN_SPAN_OF(buffer), ptn_text_len(&text)));
}

// "a.example.test" is below "example.test".
static bool is_below(patina_span name, patina_span value)
    PTN_CONTRACT(REQUIRES(SPAN(name) && SPAN(value)) ASSIGNS())
{
    if (value.len == 0 || name.len <= value.len) {
        return false;
    }
    size_t dot = name.len - value.len - 1;
    return ptn_span_at(name, dot) == '.' && ptn_span_equal(ptn_span_skip(name, dot + 1), value);
}

static void compare_with_san(patina_span san, struct common_name *cn)
    PTN_CONTRACT(REQUIRES(SPAN(san) && WRITABLE(cn) && SPAN(cn->value))
                     ASSIGNS(cn->repeated, cn->below, cn->has_dns, cn->has_ip))
{
    struct ptn_reader list = ptn_reader_of(san);
    uint8_t tag = 0;
    patina_span name;
    while (!cn->repeated && ptn_der_read_any(&list, &tag, &name))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), tag, name, cn->repeated, cn->below, cn->has_dns,
                         cn->has_ip) INVARIANT(READER_STATE(list)) DECREASES(READER_LEFT(list)))
    {
        if (tag == PTN_NAME_OF_IP) {
            cn->has_ip = true;
            cn->repeated = is_text_of_address(cn->value, name);
            continue;
        }
        if (tag == PTN_NAME_OF_DNS) {
            cn->has_dns = true;
            cn->below = cn->below || is_below(name, cn->value);
        }
        cn->repeated = ptn_span_equal(cn->value, name);
    }
}

static enum ptn_common_name judge_common_name(patina_span san, patina_span value)
    PTN_CONTRACT(REQUIRES(SPAN(san) && SPAN(value)) ASSIGNS())
{
    struct common_name cn = {.value = value};
    compare_with_san(san, &cn);
    if (cn.repeated) {
        return PTN_COMMON_NAME_REPEATED;
    }
    bool contrary =
        looks_like_address(value) ? cn.has_ip : looks_like_host(value) && cn.has_dns && !cn.below;
    return contrary ? PTN_COMMON_NAME_CONTRARY : PTN_COMMON_NAME_OTHER;
}

// The worst of two judgements.
static enum ptn_common_name worst(enum ptn_common_name a, enum ptn_common_name b)
{
    return a > b ? a : b;
}

// Those of one RelativeDistinguishedName.
static enum ptn_common_name judge_part(patina_span san, patina_span part)
    PTN_CONTRACT(REQUIRES(SPAN(san) && SPAN(part)) ASSIGNS())
{
    static const uint8_t id_at_common_name[] = {0x55, 0x04, 0x03};
    enum ptn_common_name found = PTN_COMMON_NAME_REPEATED;
    struct ptn_reader set = ptn_reader_of(part);
    struct ptn_dn_attribute a;
    while (ptn_dn_read_attribute(&set, &a))
        PTN_LOOP(ASSIGNS(READER_FIELDS(set), a, found) INVARIANT(READER_STATE(set))
                     DECREASES(READER_LEFT(set)))
    {
        if (ptn_span_equal(a.type, PTN_SPAN_OF(id_at_common_name))) {
            found = worst(found, judge_common_name(san, a.value));
        }
    }
    return found;
}

enum ptn_common_name ptn_judge_common_names(const struct ptn_cert *cert)
{
    enum ptn_common_name found = PTN_COMMON_NAME_REPEATED;
    patina_span contents;
    patina_span part;
    if (!ptn_dn_contents(cert->subject, &contents)) {
        return found;
    }
    struct ptn_reader parts = ptn_reader_of(contents);
    while (ptn_der_read(&parts, PTN_DER_SET, &part))
        PTN_LOOP(ASSIGNS(READER_FIELDS(parts), part, found) INVARIANT(READER_STATE(parts))
                     DECREASES(READER_LEFT(parts)))
    {
        found = worst(found, judge_part(cert->ext.san, part));
    }
    return found;
}

// ---- Constraints

// GeneralSubtrees ::= SEQUENCE OF SEQUENCE { base GeneralName, ... }; more than are allowed are
// refused by who judges them (constraints.c).
static bool is_one_dotted(struct ptn_reader subtrees)
    PTN_CONTRACT(REQUIRES(READER_VALUE(subtrees)) ASSIGNS())
{
    struct ptn_reader subtree;
    for (size_t i = 0; i < PTN_MAX_NAME_CONSTRAINTS; i++)
        PTN_LOOP(ASSIGNS(READER_FIELDS(subtrees), subtree, i)
                     INVARIANT(READER_STATE(subtrees) && i <= PTN_MAX_NAME_CONSTRAINTS)
                         DECREASES(PTN_MAX_NAME_CONSTRAINTS - i))
    {
        patina_span name;
        if (!ptn_der_enter(&subtrees, PTN_DER_SEQUENCE, &subtree)) {
            return false;
        }
        if (ptn_der_read(&subtree, PTN_NAME_OF_DNS, &name) && name.len != 0 &&
            ptn_span_at(name, 0) == '.') {
            return true;
        }
    }
    return false;
}

bool ptn_has_dotted_constraint(patina_span name_constraints)
{
    struct ptn_reader r = ptn_reader_of(name_constraints);
    struct ptn_reader subtrees;
    bool found = false;
    if (ptn_der_is_next(&r, PTN_DER_CONTEXT_OF(0))) {
        found = ptn_der_enter(&r, PTN_DER_CONTEXT_OF(0), &subtrees) && is_one_dotted(subtrees);
    }
    if (!found && ptn_der_is_next(&r, PTN_DER_CONTEXT_OF(1))) {
        found = ptn_der_enter(&r, PTN_DER_CONTEXT_OF(1), &subtrees) && is_one_dotted(subtrees);
    }
    return found;
}

// ---- Dates

// UTCTime has years from 1950 to 2049.
static bool is_other_form(const struct ptn_reader *times, int64_t s)
    PTN_CONTRACT(REQUIRES(READABLE(times) && READER_VALUE(*times)) ASSIGNS())
{
    const int64_t from_s = INT64_C(-631152000); // 1950-01-01
    const int64_t end_s = INT64_C(2524608000);  // 2050-01-01
    bool fits_utc = s >= from_s && s < end_s;
    return !ptn_der_is_next(times, fits_utc ? PTN_DER_UTC_TIME : PTN_DER_GENERALIZED_TIME);
}

// The fields before validity: [0] version, serialNumber, signature, issuer.
static bool enter_validity(patina_span tbs, struct ptn_reader *out)
    PTN_CONTRACT(REQUIRES(SPAN(tbs) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(READER_STATE(*out) && WITHIN(READER_WHOLE(*out), tbs)))
{
    struct ptn_reader r = ptn_reader_of(tbs);
    struct ptn_reader fields;
    patina_span ignored;
    *out = ptn_reader_of((patina_span){0});
    if (!ptn_der_enter(&r, PTN_DER_SEQUENCE, &fields)) {
        return false;
    }
    if (ptn_der_is_next(&fields, PTN_DER_CONTEXT_OF(0)) &&
        !ptn_der_read(&fields, PTN_DER_CONTEXT_OF(0), &ignored)) {
        return false;
    }
    return ptn_der_read(&fields, PTN_DER_INTEGER, &ignored) &&
           ptn_der_read(&fields, PTN_DER_SEQUENCE, &ignored) &&
           ptn_der_read(&fields, PTN_DER_SEQUENCE, &ignored) &&
           ptn_der_enter(&fields, PTN_DER_SEQUENCE, out);
}

bool ptn_has_other_time_form(const struct ptn_cert *cert)
{
    struct ptn_reader times;
    int64_t ignored = 0;
    if (!enter_validity(cert->tbs, &times)) {
        return false;
    }
    return is_other_form(&times, cert->not_before_s) || !ptn_der_read_time(&times, &ignored) ||
           is_other_form(&times, cert->not_after_s);
}

// ---- Keys

bool ptn_has_odd_modulus(const struct ptn_spki *spki)
{
    static const uint8_t rsa_encryption[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01};
    struct ptn_reader algorithm = ptn_reader_of(spki->algorithm);
    struct ptn_rsa_key key;
    patina_span oid;
    return ptn_der_read(&algorithm, PTN_DER_OID, &oid) &&
           ptn_span_equal(oid, PTN_SPAN_OF(rsa_encryption)) &&
           ptn_rsa_key_read(spki->public_key, &key) && key.modulus_bits % 8 != 0;
}

// ---- Purposes

bool ptn_has_any_purpose(patina_span eku)
{
    static const uint8_t any_extended_key_usage[] = {0x55, 0x1d, 0x25, 0x00};
    return ptn_has_purpose(eku, PTN_SPAN_OF(any_extended_key_usage));
}

bool ptn_has_server_purpose(patina_span eku)
{
    static const uint8_t id_kp_server_auth[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01};
    return ptn_has_purpose(eku, PTN_SPAN_OF(id_kp_server_auth));
}
