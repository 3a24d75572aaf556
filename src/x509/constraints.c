// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Name constraints, RFC 5280 §4.2.1.10:
//
//     NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL,
//                                    excludedSubtrees  [1] GeneralSubtrees OPTIONAL }
//     GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
//
// DNS names and IP addresses are judged in full. A directoryName is judged where bytes suffice: a
// subject that begins with the permitted parts is inside. Everything else that meets a constraint
// of its kind is refused.
#include "x509/constraints.h"
#include "x509/der.h"
#include "x509/dn.h"

enum {
    NAME_DNS = PTN_DER_CONTEXT(2),
    NAME_DIRECTORY = PTN_DER_CONTEXT_OF(4),
    NAME_IP = PTN_DER_CONTEXT(7),
};

enum verdict { INSIDE, OUTSIDE, UNKNOWN };

struct general_name {
    uint8_t tag;
    patina_span value;
};

// ---- DNS. A constraint "example.com" holds the name itself and everything below it, ""
// everything. One with a leading dot, which RFC 5280 does not know, holds what is below it.

// Whether `name` is `base` or lies below it; `base` without a leading dot.
static bool is_dns_at_or_below(patina_span name, patina_span base)
{
    if (base.len == 0) {
        return true;
    }
    if (name.len < base.len ||
        !ptn_span_equal_nocase(ptn_span_skip(name, name.len - base.len), base)) {
        return false;
    }
    return name.len == base.len || ptn_span_at(name, name.len - base.len - 1) == '.';
}

// Whether `name` is one label in front of `parent`.
static bool is_dns_child(patina_span name, patina_span parent)
{
    if (name.len <= parent.len + 1 || !is_dns_at_or_below(name, parent)) {
        return false;
    }
    for (size_t i = 0; i + parent.len + 1 < name.len; i++)
        PTN_LOOP(COUNTS_TO(i, name.len))
    {
        if (ptn_span_at(name, i) == '.') {
            return false;
        }
    }
    return true;
}

static bool is_wildcard(patina_span name)
{
    return name.len > 2 && ptn_span_at(name, 0) == '*' && ptn_span_at(name, 1) == '.';
}

static enum verdict judge_dns(patina_span name, patina_span base, bool excluding)
{
    bool below_only = base.len != 0 && ptn_span_at(base, 0) == '.';
    if (below_only) {
        base = ptn_span_skip(base, 1);
    }
    if (is_wildcard(name)) {
        // All that the wildcard stands for must be permitted; none of it may be excluded.
        patina_span parent = ptn_span_skip(name, 2);
        bool all = is_dns_at_or_below(parent, base);
        bool some = all || is_dns_child(base, parent);
        return (excluding ? some : all) ? INSIDE : OUTSIDE;
    }
    if (below_only && !excluding && name.len == base.len) {
        return OUTSIDE;
    }
    return is_dns_at_or_below(name, base) ? INSIDE : OUTSIDE;
}

// ---- IP. The base is an address and a mask of the same length, RFC 5280 §4.2.1.10.

static bool is_mask(patina_span mask)
{
    bool ended = false;
    for (size_t i = 0; i < mask.len; i++)
        PTN_LOOP(ASSIGNS(i, ended) INVARIANT(i <= mask.len) DECREASES(mask.len - i))
    {
        uint32_t inverse = ptn_span_at(mask, i) ^ 0xffu;
        if (ended && inverse != 0xff) {
            return false;
        }
        if ((inverse & (inverse + 1)) != 0) {
            return false;
        }
        ended = ended || inverse != 0;
    }
    return true;
}

static enum verdict judge_ip(patina_span ip, patina_span base)
{
    if (ip.len != 4 && ip.len != 16) {
        return UNKNOWN;
    }
    if (base.len != ip.len * 2) {
        return OUTSIDE; // the other family
    }
    patina_span net = ptn_span_first(base, ip.len);
    patina_span mask = ptn_span_skip(base, ip.len);
    for (size_t i = 0; i < ip.len; i++)
        PTN_LOOP(COUNTS_TO(i, ip.len))
    {
        uint32_t difference = (uint32_t)ptn_span_at(ip, i) ^ ptn_span_at(net, i);
        if ((difference & ptn_span_at(mask, i)) != 0) {
            return OUTSIDE;
        }
    }
    return INSIDE;
}

// ---- One name and one subtree

static enum verdict judge(const struct general_name *name, const struct general_name *base,
                          bool excluding)
    PTN_CONTRACT(REQUIRES(READABLE(name) && SPAN(name->value) && READABLE(base) &&
                          SPAN(base->value)) ASSIGNS()
                     ENSURES(RESULT == INSIDE || RESULT == OUTSIDE || RESULT == UNKNOWN))
{
    if (name->tag == NAME_DNS) {
        return judge_dns(name->value, base->value, excluding);
    }
    if (name->tag == NAME_IP) {
        return judge_ip(name->value, base->value);
    }
    if (name->tag == NAME_DIRECTORY && ptn_dn_has_prefix(name->value, base->value)) {
        return INSIDE;
    }
    return UNKNOWN;
}

static patina_err read_subtree(struct ptn_reader *list, struct general_name *out)
    PTN_CONTRACT(REQUIRES(READER(list) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*list), *out)
                     ENSURES(READER_STATE(*list) && WITHIN_READER(out->value, *list) &&
                             IMPLIES(RESULT == PATINA_OK,
                                     READING(*list) &&
                                         READER_DONE(*list) > OLD(READER_DONE(*list)))))
{
    struct ptn_reader fields;
    // "minimum MUST be zero, and maximum MUST be absent"; DER does not write a default.
    PTN_REQUIRE(ptn_der_enter(list, PTN_DER_SEQUENCE, &fields) &&
                    ptn_der_read_any(&fields, &out->tag, &out->value) && ptn_read_end(&fields),
                PATINA_ERR_CERT_ENCODING);
    if (out->tag == NAME_IP) {
        size_t half = out->value.len / 2;
        PTN_REQUIRE(out->value.len == 8 || out->value.len == 32, PATINA_ERR_CERT_ENCODING);
        PTN_REQUIRE(is_mask(ptn_span_skip(out->value, half)), PATINA_ERR_CERT_ENCODING);
    }
    return PATINA_OK;
}

struct check {
    patina_span permitted, excluded; // contents of GeneralSubtrees
    size_t *budget;
};

// The form matters, RFC 5280 §4.2.1.10: "if no name of the type is in the certificate, the
// certificate is acceptable", and a subtree of another kind says nothing about this name.
static patina_err check_excluded(const struct check *c, const struct general_name *name)
{
    struct ptn_reader list = ptn_reader_of(c->excluded);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), *c->budget) INVARIANT(
            READING(list) && *c->budget <= LOOP_OLD(*c->budget)) DECREASES(READER_LEFT(list)))
    {
        struct general_name base = {0};
        PTN_TRY(read_subtree(&list, &base));
        PTN_REQUIRE(*c->budget != 0, PATINA_ERR_CERT_BUDGET);
        (*c->budget)--;
        if (base.tag == name->tag) {
            PTN_REQUIRE(judge(name, &base, true) == OUTSIDE, PATINA_ERR_CERT_NAME_CONSTRAINT);
        }
    }
    return PATINA_OK;
}

static patina_err check_permitted(const struct check *c, const struct general_name *name)
{
    struct ptn_reader list = ptn_reader_of(c->permitted);
    bool asked = false;
    bool inside = false;
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), asked, inside, *c->budget) INVARIANT(
            READING(list) && *c->budget <= LOOP_OLD(*c->budget)) DECREASES(READER_LEFT(list)))
    {
        struct general_name base = {0};
        PTN_TRY(read_subtree(&list, &base));
        PTN_REQUIRE(*c->budget != 0, PATINA_ERR_CERT_BUDGET);
        (*c->budget)--;
        if (base.tag == name->tag) {
            asked = true;
            inside = inside || judge(name, &base, false) == INSIDE;
        }
    }
    PTN_REQUIRE(inside || !asked, PATINA_ERR_CERT_NAME_CONSTRAINT);
    return PATINA_OK;
}

static patina_err check_name(const struct check *c, const struct general_name *name)
    PTN_CONTRACT(REQUIRES(READABLE(c) && SPAN(c->permitted) && SPAN(c->excluded) &&
                          WRITABLE(c->budget) && READABLE(name) && SPAN(name->value))
                     ASSIGNS(*c->budget) ENSURES(*c->budget <= OLD(*c->budget)))
{
    PTN_TRY(check_excluded(c, name));
    return check_permitted(c, name);
}

// Both lists well-formed and within bounds, also when no name of the certificate meets them.
static patina_err check_subtrees(patina_span subtrees, size_t *count)
{
    struct ptn_reader list = ptn_reader_of(subtrees);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), *count) INVARIANT(
            READING(list) && *count <= PTN_MAX_NAME_CONSTRAINTS) DECREASES(READER_LEFT(list)))
    {
        struct general_name base = {0};
        PTN_TRY(read_subtree(&list, &base));
        (*count)++;
        PTN_REQUIRE(*count <= PTN_MAX_NAME_CONSTRAINTS, PATINA_ERR_CERT_BUDGET);
    }
    return PATINA_OK;
}

static patina_err read_constraints(patina_span constraints, struct check *out)
    PTN_CONTRACT(REQUIRES(SPAN(constraints) && WRITABLE(out) && out->permitted.len == 0 &&
                          out->excluded.len == 0) ASSIGNS(out->permitted, out->excluded)
                     ENSURES(WITHIN(out->permitted, constraints) &&
                             WITHIN(out->excluded, constraints)))
{
    struct ptn_reader r = ptn_reader_of(constraints);
    size_t count = 0;
    if (ptn_der_is_next(&r, PTN_DER_CONTEXT_OF(0))) {
        PTN_REQUIRE(ptn_der_read(&r, PTN_DER_CONTEXT_OF(0), &out->permitted) &&
                        out->permitted.len != 0, // SIZE (1..MAX)
                    PATINA_ERR_CERT_ENCODING);
        PTN_TRY(check_subtrees(out->permitted, &count));
    }
    if (ptn_der_is_next(&r, PTN_DER_CONTEXT_OF(1))) {
        PTN_REQUIRE(ptn_der_read(&r, PTN_DER_CONTEXT_OF(1), &out->excluded) &&
                        out->excluded.len != 0, // SIZE (1..MAX)
                    PATINA_ERR_CERT_ENCODING);
        PTN_TRY(check_subtrees(out->excluded, &count));
    }
    PTN_REQUIRE(ptn_read_end(&r), PATINA_ERR_CERT_ENCODING);
    return PATINA_OK;
}

patina_err ptn_constraints_check(patina_span constraints, const struct ptn_cert *cert,
                                 size_t *budget, uint8_t *out_tag, patina_span *out_name)
{
    struct check c = {.budget = budget};
    *out_tag = 0;
    *out_name = (patina_span){0};
    PTN_TRY(read_constraints(constraints, &c));

    struct ptn_reader san = ptn_reader_of(cert->ext.san);
    while (!ptn_reader_is_empty(&san))
        PTN_LOOP(ASSIGNS(READER_FIELDS(san), *budget) INVARIANT(
            READING(san) && *budget <= LOOP_OLD(*budget)) DECREASES(READER_LEFT(san)))
    {
        struct general_name name = {0};
        PTN_REQUIRE(ptn_der_read_any(&san, &name.tag, &name.value), PATINA_ERR_CERT_ENCODING);
        patina_err err = check_name(&c, &name);
        if (err != PATINA_OK) {
            *out_tag = name.tag;
            *out_name = name.value;
            return err;
        }
    }
    // The subject is a name as well, RFC 5280 §6.1.3 (b).
    if (!ptn_dn_is_empty(cert->subject)) {
        struct general_name name = {.tag = NAME_DIRECTORY, .value = cert->subject};
        patina_err err = check_name(&c, &name);
        if (err != PATINA_OK) {
            *out_tag = name.tag;
            *out_name = name.value;
            return err;
        }
    }
    return PATINA_OK;
}
