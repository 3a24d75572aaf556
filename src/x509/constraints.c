// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Name constraints, RFC 5280 §4.2.1.10:
//
//     NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL,
//                                    excludedSubtrees  [1] GeneralSubtrees OPTIONAL }
//     GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
//
// How a kind of name compares is in constraint_forms.c. Names of a kind that is constrained and
// that cannot be judged, for their kind or for their form, are refused.
#include "x509/constraints.h"
#include "x509/constraint_forms.h"
#include "x509/der.h"
#include "x509/dn.h"

struct general_name {
    uint8_t tag;
    patina_span value;
};

// One of the two lists: contents of GeneralSubtrees, and the kinds in it as bits.
struct subtrees {
    patina_span list;
    uint32_t kinds;
};

struct check {
    struct subtrees permitted, excluded;
    size_t *budget;
};

#define SUBTREES(c) (SPAN((c)->permitted.list) && SPAN((c)->excluded.list))

static uint32_t kind_bit(uint8_t tag)
{
    return (uint32_t)1 << (tag & 0x1f);
}

// Comparing costs as much as the names are long: a step for each of them, and one for every 256
// bytes.
static bool spend(size_t *budget, size_t bytes)
    PTN_CONTRACT(REQUIRES(WRITABLE(budget)) ASSIGNS(*budget) ENSURES(*budget <= OLD(*budget)))
{
    size_t cost = bytes / 256 + 1;
    bool enough = *budget >= cost;
    *budget = enough ? *budget - cost : 0;
    return enough;
}

// ---- Reading

// "minimum MUST be zero, and maximum MUST be absent"; DER does not write a default.
static bool read_base(struct ptn_reader *list, struct general_name *out)
    PTN_CONTRACT(REQUIRES(READER(list) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*list), *out)
                     ENSURES(DER_READ(list) && WITHIN_READER(out->value, *list)))
{
    struct ptn_reader fields;
    *out = (struct general_name){0};
    return ptn_der_enter(list, PTN_DER_SEQUENCE, &fields) &&
           ptn_der_read_any(&fields, &out->tag, &out->value) && ptn_read_end(&fields);
}

// A list is well-formed and within bounds, also where no name meets it.
static patina_err check_bases(patina_span list, size_t *count, uint32_t *out_kinds)
    PTN_CONTRACT(REQUIRES(SPAN(list) && WRITABLE(count) && WRITABLE(out_kinds) &&
                          *count <= PTN_MAX_NAME_CONSTRAINTS) ASSIGNS(*count, *out_kinds)
                     ENSURES(IMPLIES(RESULT == PATINA_OK, *count <= PTN_MAX_NAME_CONSTRAINTS)))
{
    struct ptn_reader r = ptn_reader_of(list);
    *out_kinds = 0;
    while (!ptn_reader_is_empty(&r))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), *count, *out_kinds) INVARIANT(
            READING(r) && *count <= PTN_MAX_NAME_CONSTRAINTS) DECREASES(READER_LEFT(r)))
    {
        struct general_name base;
        PTN_REQUIRE(read_base(&r, &base) && ptn_is_general_name(base.tag) &&
                        ptn_constraint_is_valid(base.tag, base.value),
                    PATINA_ERR_CERT_ENCODING);
        PTN_REQUIRE(*count < PTN_MAX_NAME_CONSTRAINTS, PATINA_ERR_CERT_BUDGET);
        (*count)++;
        *out_kinds |= kind_bit(base.tag);
    }
    return PATINA_OK;
}

// The next field, if it is the one with this tag: SIZE (1..MAX).
static patina_err read_subtrees(struct ptn_reader *r, uint8_t tag, size_t *count,
                                struct subtrees *out)
    PTN_CONTRACT(REQUIRES(READER(r) && READING(*r) && WRITABLE(count) &&
                          WRITABLE(out)) REQUIRES(*count <= PTN_MAX_NAME_CONSTRAINTS)
                     ASSIGNS(READER_FIELDS(*r), *count, *out) ENSURES(WITHIN_READER(out->list, *r))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         READING(*r) && *count <= PTN_MAX_NAME_CONSTRAINTS)))
{
    *out = (struct subtrees){0};
    if (!ptn_der_is_next(r, tag)) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_read(r, tag, &out->list) && out->list.len != 0, PATINA_ERR_CERT_ENCODING);
    return check_bases(out->list, count, &out->kinds);
}

static patina_err read_constraints(patina_span constraints, struct check *out)
    PTN_CONTRACT(REQUIRES(SPAN(constraints) && WRITABLE(out)) ASSIGNS(out->permitted, out->excluded)
                     ENSURES(WITHIN(out->permitted.list, constraints))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         WITHIN(out->excluded.list, constraints))))
{
    struct ptn_reader r = ptn_reader_of(constraints);
    size_t count = 0;
    PTN_TRY(read_subtrees(&r, PTN_DER_CONTEXT_OF(0), &count, &out->permitted));
    PTN_TRY(read_subtrees(&r, PTN_DER_CONTEXT_OF(1), &count, &out->excluded));
    PTN_REQUIRE(ptn_read_end(&r), PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

// ---- One name

// The form matters, RFC 5280 §4.2.1.10: "if no name of the type is in the certificate, the
// certificate is acceptable", and a subtree of another kind says nothing about this name.
static patina_err check_excluded(const struct check *c, const struct general_name *name)
    PTN_CONTRACT(REQUIRES(READABLE(c) && SPAN(c->excluded.list) && WRITABLE(c->budget) &&
                          READABLE(name) && SPAN(name->value)) ASSIGNS(*c->budget)
                     ENSURES(*c->budget <= OLD(*c->budget)))
{
    struct ptn_reader list = ptn_reader_of(c->excluded.list);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), *c->budget) INVARIANT(
            READING(list) && *c->budget <= LOOP_OLD(*c->budget)) DECREASES(READER_LEFT(list)))
    {
        struct general_name base;
        PTN_REQUIRE(read_base(&list, &base), PATINA_ERR_CERT_ENCODING);
        PTN_REQUIRE(spend(c->budget, name->value.len), PATINA_ERR_CERT_BUDGET);
        PTN_REQUIRE(base.tag != name->tag || ptn_constraint_judge(base.tag, name->value, base.value,
                                                                  true) == PTN_OUTSIDE,
                    PATINA_ERR_CERT_NAME_CONSTRAINT);
    }
    return PATINA_OK;
}

static patina_err check_permitted(const struct check *c, const struct general_name *name)
    PTN_CONTRACT(REQUIRES(READABLE(c) && SPAN(c->permitted.list) && WRITABLE(c->budget) &&
                          READABLE(name) && SPAN(name->value)) ASSIGNS(*c->budget)
                     ENSURES(*c->budget <= OLD(*c->budget)))
{
    struct ptn_reader list = ptn_reader_of(c->permitted.list);
    bool inside = false;
    while (!ptn_reader_is_empty(&list) && !inside)
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), inside, *c->budget) INVARIANT(
            READING(list) && *c->budget <= LOOP_OLD(*c->budget)) DECREASES(READER_LEFT(list)))
    {
        struct general_name base;
        PTN_REQUIRE(read_base(&list, &base), PATINA_ERR_CERT_ENCODING);
        PTN_REQUIRE(spend(c->budget, name->value.len), PATINA_ERR_CERT_BUDGET);
        inside = base.tag == name->tag &&
                 ptn_constraint_judge(base.tag, name->value, base.value, false) == PTN_INSIDE;
    }
    PTN_REQUIRE(inside, PATINA_ERR_CERT_NAME_CONSTRAINT);
    return PATINA_OK;
}

// SmtpUTF8Mailbox, an otherName (RFC 9598 §3), is a mailbox too, and constraints of rfc822Name are
// for it (§6). It is not read here.
static bool is_other_mailbox(const struct general_name *name)
    PTN_CONTRACT(REQUIRES(READABLE(name) && SPAN(name->value)) ASSIGNS())
{
    static const uint8_t id_on_smtp_utf8[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x08, 0x09};
    struct ptn_reader r = ptn_reader_of(name->value);
    patina_span oid;
    return name->tag == PTN_NAME_OF_OTHER && ptn_der_read(&r, PTN_DER_OID, &oid) &&
           ptn_span_equal(oid, PTN_SPAN_OF(id_on_smtp_utf8));
}

static patina_err check_name(const struct check *c, const struct general_name *name)
    PTN_CONTRACT(REQUIRES(READABLE(c) && SUBTREES(c) && WRITABLE(c->budget) && READABLE(name) &&
                          SPAN(name->value)) ASSIGNS(*c->budget)
                     ENSURES(*c->budget <= OLD(*c->budget)))
{
    uint32_t constrained = c->permitted.kinds | c->excluded.kinds;
    uint32_t bit = kind_bit(name->tag);
    PTN_REQUIRE(spend(c->budget, name->value.len), PATINA_ERR_CERT_BUDGET);
    PTN_REQUIRE((constrained & kind_bit(PTN_NAME_OF_EMAIL)) == 0 || !is_other_mailbox(name),
                PATINA_ERR_CERT_NAME_CONSTRAINT);
    if ((constrained & bit) == 0) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_constrained_name_is_valid(name->tag, name->value),
                PATINA_ERR_CERT_NAME_CONSTRAINT);
    PTN_TRY(check_excluded(c, name));
    return (c->permitted.kinds & bit) != 0 ? check_permitted(c, name) : PATINA_OK;
}

// ---- All names of a certificate; the one at fault is given.

#define GIVES_NAME(out, body)   \
    REQUIRES(WRITABLE(out))     \
    ASSIGNS(*c->budget, *(out)) \
    ENSURES(*c->budget <= OLD(*c->budget) && WITHIN((out)->value, body))

static patina_err check_san(const struct check *c, patina_span san, struct general_name *out)
    PTN_CONTRACT(REQUIRES(READABLE(c) && SUBTREES(c) && WRITABLE(c->budget) && SPAN(san))
                     GIVES_NAME(out, san))
{
    struct ptn_reader r = ptn_reader_of(san);
    *out = (struct general_name){0};
    while (!ptn_reader_is_empty(&r))
        PTN_LOOP(ASSIGNS(READER_FIELDS(r), *out, *c->budget)
                     INVARIANT(READING(r) && *c->budget <= LOOP_OLD(*c->budget) &&
                               WITHIN(out->value, san)) DECREASES(READER_LEFT(r)))
    {
        PTN_REQUIRE(ptn_der_read_any(&r, &out->tag, &out->value), PATINA_ERR_CERT_ENCODING);
        PTN_TRY(check_name(c, out));
    }
    return PATINA_OK;
}

// The mailboxes of one part of the subject.
static patina_err check_part(const struct check *c, patina_span part, struct general_name *out)
    PTN_CONTRACT(REQUIRES(READABLE(c) && SUBTREES(c) && WRITABLE(c->budget) && SPAN(part))
                     GIVES_NAME(out, part))
{
    struct ptn_reader set = ptn_reader_of(part);
    *out = (struct general_name){0};
    while (!ptn_reader_is_empty(&set))
        PTN_LOOP(ASSIGNS(READER_FIELDS(set), *out, *c->budget)
                     INVARIANT(READING(set) && *c->budget <= LOOP_OLD(*c->budget) &&
                               WITHIN(out->value, part)) DECREASES(READER_LEFT(set)))
    {
        struct ptn_dn_attribute a;
        PTN_REQUIRE(ptn_dn_read_attribute(&set, &a), PATINA_ERR_CERT_ENCODING);
        if (ptn_dn_is_email(a.type)) {
            *out = (struct general_name){.tag = PTN_NAME_OF_EMAIL, .value = a.value};
            PTN_TRY(check_name(c, out));
        }
    }
    return PATINA_OK;
}

// RFC 5280 §4.2.1.10: where mailboxes are constrained, an emailAddress in the subject is one, at
// least when there is no subjectAltName. Here it always is: programs read it from there.
static patina_err check_mailboxes(const struct check *c, patina_span subject,
                                  struct general_name *out)
    PTN_CONTRACT(REQUIRES(READABLE(c) && SUBTREES(c) && WRITABLE(c->budget) && SPAN(subject))
                     GIVES_NAME(out, subject))
{
    patina_span contents;
    *out = (struct general_name){0};
    PTN_REQUIRE(ptn_dn_contents(subject, &contents), PATINA_ERR_CERT_ENCODING);
    struct ptn_reader list = ptn_reader_of(contents);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), *out, *c->budget)
                     INVARIANT(READING(list) && *c->budget <= LOOP_OLD(*c->budget) &&
                               WITHIN(out->value, subject)) DECREASES(READER_LEFT(list)))
    {
        patina_span part;
        PTN_REQUIRE(ptn_der_read(&list, PTN_DER_SET, &part), PATINA_ERR_CERT_ENCODING);
        PTN_TRY(check_part(c, part, out));
    }
    return PATINA_OK;
}

// The subject is a name as well, RFC 5280 §6.1.3 (b), unless it is empty.
static patina_err check_subject(const struct check *c, patina_span subject,
                                struct general_name *out)
    PTN_CONTRACT(REQUIRES(READABLE(c) && SUBTREES(c) && WRITABLE(c->budget) && SPAN(subject))
                     GIVES_NAME(out, subject))
{
    *out = (struct general_name){.tag = PTN_NAME_OF_DIRECTORY, .value = subject};
    if (ptn_dn_is_empty(subject)) {
        return PATINA_OK;
    }
    PTN_TRY(check_name(c, out));
    uint32_t constrained = c->permitted.kinds | c->excluded.kinds;
    return (constrained & kind_bit(PTN_NAME_OF_EMAIL)) != 0 ? check_mailboxes(c, subject, out)
                                                            : PATINA_OK;
}

patina_err ptn_constraints_check(patina_span constraints, const struct ptn_cert *cert,
                                 size_t *budget, uint8_t *out_tag, patina_span *out_name)
{
    struct check c = {.budget = budget};
    struct general_name name = {0};
    *out_tag = 0;
    *out_name = (patina_span){0};
    PTN_TRY(read_constraints(constraints, &c));
    patina_err err = check_san(&c, cert->ext.san, &name);
    if (err == PATINA_OK) {
        err = check_subject(&c, cert->subject, &name);
    }
    if (err == PATINA_ERR_CERT_NAME_CONSTRAINT) {
        *out_tag = name.tag;
        *out_name = name.value;
    }
    return err;
}
