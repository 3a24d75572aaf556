// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Distinguished names:
//
//     Name ::= SEQUENCE OF RelativeDistinguishedName
//     RelativeDistinguishedName ::= SET SIZE (1..MAX) OF SEQUENCE { type OBJECT IDENTIFIER, value
//     ANY }
#include "x509/dn.h"
#include "x509/der.h"

enum { MAX_PARTS = 32 }; // shown; a name with more is told by its last ones

bool ptn_dn_read_attribute(struct ptn_reader *set, struct ptn_dn_attribute *out)
{
    struct ptn_reader fields;
    *out = (struct ptn_dn_attribute){0};
    return ptn_der_enter(set, PTN_DER_SEQUENCE, &fields) &&
           ptn_der_read(&fields, PTN_DER_OID, &out->type) &&
           ptn_der_read_any(&fields, &out->tag, &out->value) && ptn_read_end(&fields);
}

// RelativeDistinguishedName: one attribute or more.
static bool is_part(patina_span part) PTN_CONTRACT(REQUIRES(SPAN(part)) ASSIGNS())
{
    struct ptn_reader set = ptn_reader_of(part);
    struct ptn_dn_attribute a;
    while (!ptn_reader_is_empty(&set))
        PTN_LOOP(ASSIGNS(READER_FIELDS(set), a) INVARIANT(READING(set)) DECREASES(READER_LEFT(set)))
    {
        if (!ptn_dn_read_attribute(&set, &a) || a.type.len == 0) {
            return false;
        }
    }
    return part.len != 0;
}

// Almost every part has one attribute and lengths below 128: how long such a one is at the front of
// `rest`. 0 for any other, which may be well-formed all the same. A name costs a fifth this way.
static size_t plain_part_len(patina_span rest)
    PTN_CONTRACT(REQUIRES(SPAN(rest)) ASSIGNS() ENSURES(RESULT <= rest.len))
{
    struct ptn_reader r = ptn_reader_of(rest);
    uint32_t heads = 0; // of the set and the attribute
    uint16_t type_head = 0;
    uint16_t value_head = 0;
    patina_span type;
    patina_span value;
    if (!ptn_read_u32(&r, &heads) || !ptn_read_u16(&r, &type_head) ||
        !ptn_read_bytes(&r, type_head & 0xff, &type) || !ptn_read_u16(&r, &value_head) ||
        !ptn_read_bytes(&r, value_head & 0xff, &value)) {
        return 0;
    }
    uint32_t set_len = (heads >> 16) & 0xff;
    uint32_t attribute_len = heads & 0xff;
    bool tags = (heads >> 24) == PTN_DER_SET && (heads >> 8 & 0xff) == PTN_DER_SEQUENCE &&
                (type_head >> 8) == PTN_DER_OID && (value_head >> 8 & 0x1f) != 0x1f;
    bool lengths = set_len < 0x80 && set_len == attribute_len + 2 && type.len != 0 &&
                   attribute_len == 4 + type.len + value.len;
    return tags && lengths ? ptn_reader_position(&r) : 0;
}

// Any RelativeDistinguishedName.
static bool read_part(struct ptn_reader *list)
    PTN_CONTRACT(REQUIRES(READER(list)) ASSIGNS(READER_FIELDS(*list)) ENSURES(DER_READ(list)))
{
    patina_span part;
    return ptn_der_read(list, PTN_DER_SET, &part) && is_part(part);
}

bool ptn_dn_is_well_formed(patina_span contents)
{
    struct ptn_reader list = ptn_reader_of(contents);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(READS_ALL(list))
    {
        patina_span plain;
        size_t len = plain_part_len(ptn_reader_rest(&list));
        if (!(len != 0 ? ptn_read_bytes(&list, len, &plain) : read_part(&list))) {
            return false;
        }
    }
    return true;
}

static const struct {
    uint8_t arc; // below id-at (2.5.4)
    const char *name;
} types[] = {{3, "CN"}, {10, "O"}, {11, "OU"}, {6, "C"}, {7, "L"}, {8, "ST"}, {5, "serialNumber"}};

static const uint8_t email[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01};
static const uint8_t domain_component[] = {0x09, 0x92, 0x26, 0x89, 0x93,
                                           0xf2, 0x2c, 0x64, 0x01, 0x19};

static uint8_t id_at_arc(patina_span type)
{
    if (type.len != 3 || ptn_span_at(type, 0) != 0x55 || ptn_span_at(type, 1) != 0x04) {
        return 0;
    }
    return ptn_span_at(type, 2);
}

static void type_text(patina_span type, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(type)) SAYS(t))
{
    uint8_t arc = id_at_arc(type);
    for (size_t i = 0; i < PTN_COUNT(types); i++)
        PTN_LOOP(SAYS_EACH(t, i <= PTN_COUNT(types), i) DECREASES(PTN_COUNT(types) - i))
    {
        if (PTN_AT(types, i).arc == arc) {
            ptn_text_add(t, PTN_AT(types, i).name);
            return;
        }
    }
    if (ptn_span_equal(type, PTN_SPAN_OF(email))) {
        ptn_text_add(t, "emailAddress");
    } else if (ptn_span_equal(type, PTN_SPAN_OF(domain_component))) {
        ptn_text_add(t, "DC");
    } else {
        ptn_oid_text(type, t);
    }
}

// One character of a string whose characters all have one width; false at the end, for half a
// character, and for other strings.
static bool read_wide(struct ptn_reader *r, uint8_t tag, uint32_t *out) PTN_CONTRACT(
    REQUIRES(READER(r) && READING(*r) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*r), *out)
        ENSURES(READER_STATE(*r) &&
                IMPLIES(RESULT, READING(*r) && READER_DONE(*r) > OLD(READER_DONE(*r)))))
{
    uint8_t latin = 0;
    uint16_t basic = 0;
    bool good = false;
    *out = 0;
    switch (tag) {
    case PTN_DER_T61_STRING: // in practice Latin-1
        good = ptn_read_u8(r, &latin);
        *out = latin;
        return good;
    case PTN_DER_BMP_STRING:
        good = ptn_read_u16(r, &basic);
        *out = basic;
        return good;
    case PTN_DER_UNIVERSAL_STRING:
        return ptn_read_u32(r, out);
    default:
        return false;
    }
}

static void wide_text(uint8_t tag, patina_span value, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(value)) SAYS(t))
{
    struct ptn_reader r = ptn_reader_of(value);
    uint32_t c = 0;
    while (read_wide(&r, tag, &c))
        PTN_LOOP(READS_AND_SAYS(r, t, c))
    {
        ptn_text_character(t, c);
    }
}

static void value_text(uint8_t tag, patina_span value, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(value)) SAYS(t))
{
    switch (tag) {
    case PTN_DER_UTF8_STRING:
    case PTN_DER_PRINTABLE_STRING:
    case PTN_DER_IA5_STRING:
        ptn_text_untrusted(t, value);
        return;
    case PTN_DER_T61_STRING:
    case PTN_DER_BMP_STRING:
    case PTN_DER_UNIVERSAL_STRING:
        wide_text(tag, value, t);
        return;
    default:
        ptn_text_add(t, "#");
        ptn_text_hex(t, value);
        return;
    }
}

static void part_text(patina_span part, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(part)) SAYS(t))
{
    struct ptn_reader set = ptn_reader_of(part);
    bool first = true;
    while (!ptn_reader_is_empty(&set))
        PTN_LOOP(READS_AND_SAYS(set, t, first))
    {
        struct ptn_dn_attribute a;
        if (!ptn_dn_read_attribute(&set, &a)) {
            ptn_text_add(t, "?");
            return;
        }
        if (!first) {
            ptn_text_add(t, "+");
        }
        first = false;
        type_text(a.type, t);
        ptn_text_add(t, "=");
        value_text(a.tag, a.value, t);
    }
}

// How many parts a name has; false when it is malformed.
static bool count_parts(patina_span name, size_t *out_count)
    PTN_CONTRACT(REQUIRES(SPAN(name) && WRITABLE(out_count)) ASSIGNS(*out_count))
{
    struct ptn_reader r = ptn_reader_of(name);
    struct ptn_reader list;
    size_t count = 0;
    *out_count = 0;
    if (!ptn_der_enter(&r, PTN_DER_SEQUENCE, &list)) {
        return false;
    }
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(READS_AND_COUNTS(list, count))
    {
        patina_span part;
        if (!ptn_der_read(&list, PTN_DER_SET, &part)) {
            return false;
        }
        count++;
    }
    *out_count = count;
    return true;
}

// The n-th part of a name, from the front, from 0 on; empty past the end.
static patina_span part_at(patina_span name, size_t n)
    PTN_CONTRACT(REQUIRES(SPAN(name)) ASSIGNS() ENSURES(WITHIN(RESULT, name)))
{
    struct ptn_reader r = ptn_reader_of(name);
    struct ptn_reader list;
    patina_span part = {0};
    bool have = ptn_der_enter(&r, PTN_DER_SEQUENCE, &list);
    for (size_t i = 0; have && i <= n && i < name.len; i++)
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), i, have, part) INVARIANT(
            READER_STATE(list) && i <= name.len && WITHIN(part, name)) DECREASES(name.len - i))
    {
        have = ptn_der_read(&list, PTN_DER_SET, &part);
    }
    return part;
}

void ptn_dn_text(patina_span name, struct ptn_text *t)
{
    size_t count;
    if (!count_parts(name, &count)) {
        ptn_text_add(t, "?");
        return;
    }
    if (count == 0) {
        ptn_text_add(t, "(no name)");
        return;
    }
    size_t shown = ptn_min_size(count, MAX_PARTS);
    for (size_t i = 0; i < shown; i++)
        PTN_LOOP(SAYS_EACH(t, i <= shown, i) DECREASES(shown - i))
    {
        if (i != 0) {
            ptn_text_add(t, ", ");
        }
        part_text(part_at(name, count - 1 - i), t);
    }
}

void ptn_dn_short_text(patina_span name, struct ptn_text *t)
{
    size_t count;
    size_t shown = count_parts(name, &count) ? ptn_min_size(count, MAX_PARTS) : 0;
    for (size_t i = 0; i < shown; i++)
        PTN_LOOP(SAYS_EACH(t, i <= shown, i) DECREASES(shown - i))
    {
        struct ptn_reader set = ptn_reader_of(part_at(name, count - 1 - i));
        struct ptn_dn_attribute a;
        if (ptn_dn_read_attribute(&set, &a) && id_at_arc(a.type) == 3 && a.value.len != 0) {
            value_text(a.tag, a.value, t);
            return;
        }
    }
    ptn_dn_text(name, t);
}

bool ptn_dn_contents(patina_span name, patina_span *out)
{
    struct ptn_reader r = ptn_reader_of(name);
    return ptn_der_read(&r, PTN_DER_SEQUENCE, out) && ptn_read_end(&r);
}

bool ptn_dn_is_empty(patina_span name)
{
    patina_span contents;
    return ptn_dn_contents(name, &contents) && contents.len == 0;
}

bool ptn_dn_is_email(patina_span type)
{
    return ptn_span_equal(type, PTN_SPAN_OF(email));
}

void ptn_oid_text(patina_span oid, struct ptn_text *t)
{
    struct ptn_reader r = ptn_reader_of(oid);
    uint64_t arc = 0;
    bool first = true;
    uint8_t c = 0;
    while (ptn_read_u8(&r, &c))
        PTN_LOOP(READS_AND_SAYS(r, t, c, arc, first))
    {
        if (arc > (UINT64_MAX >> 8)) {
            ptn_text_add(t, ".?");
            return;
        }
        arc = (arc << 7) | (c & 0x7f);
        if ((c & 0x80) != 0) {
            continue;
        }
        if (first) {
            uint64_t root = arc < 80 ? arc / 40 : 2; // X.690 §8.19.4
            ptn_text_number(t, root);
            arc -= root * 40;
            first = false;
        }
        ptn_text_add(t, ".");
        ptn_text_number(t, arc);
        arc = 0;
    }
}
