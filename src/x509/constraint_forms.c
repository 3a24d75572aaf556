// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One name against one base of a constraint: see constraint_forms.h.
#include "x509/constraint_forms.h"
#include "x509/dn.h"
#include "x509/name.h"
#include "x509/uri.h"

// ---- DNS. A base "example.com" holds the name itself and everything below it, "" everything. One
// with a leading dot, which RFC 5280 does not know, holds what is below it.

// Whether `name` is `base` or lies below it; `base` without a leading dot.
static bool is_at_or_below(patina_span name, patina_span base)
    PTN_CONTRACT(REQUIRES(SPAN(name) && SPAN(base)) ASSIGNS()
                     ENSURES(IMPLIES(RESULT, name.len >= base.len)))
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

static bool is_below(patina_span name, patina_span base)
{
    return name.len > base.len && is_at_or_below(name, base);
}

// Whether `name` is one label in front of `parent`.
static bool is_child(patina_span name, patina_span parent)
    PTN_CONTRACT(REQUIRES(SPAN(name) && SPAN(parent)) ASSIGNS())
{
    if (!is_below(name, parent)) {
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

static bool has_dot(patina_span base)
{
    return base.len != 0 && ptn_span_at(base, 0) == '.';
}

static bool is_dns_inside(patina_span name, patina_span base, bool excluding)
    PTN_CONTRACT(REQUIRES(SPAN(name) && SPAN(base)) ASSIGNS())
{
    bool below_only = has_dot(base) && !excluding;
    base = ptn_span_skip(base, has_dot(base) ? 1 : 0);
    if (is_wildcard(name)) {
        patina_span parent = ptn_span_skip(name, 2);
        bool all = is_at_or_below(parent, base);
        return all || (excluding && is_child(base, parent));
    }
    return below_only ? is_below(name, base) : is_at_or_below(name, base);
}

// A name, what is below a name (with a dot in front), or "" for all.
static bool is_host_base(patina_span base)
{
    return base.len == 0 || ptn_is_dns_name(ptn_span_skip(base, has_dot(base) ? 1 : 0));
}

// ---- Hosts of URIs and of mailboxes: "example.com" holds the host of that name alone,
// ".example.com" all below it.

static bool is_host_inside(patina_span host, patina_span base)
    PTN_CONTRACT(REQUIRES(SPAN(host) && SPAN(base)) ASSIGNS())
{
    if (base.len == 0) {
        return true;
    }
    return has_dot(base) ? is_below(host, ptn_span_skip(base, 1))
                         : ptn_span_equal_nocase(host, base);
}

// The host of a URI, which must be a name: "the application MUST reject" any other, RFC 5280
// §4.2.1.10. Empty then.
static patina_span uri_host(patina_span name)
    PTN_CONTRACT(REQUIRES(SPAN(name)) ASSIGNS() ENSURES(WITHIN(RESULT, name)))
{
    struct ptn_uri uri;
    return ptn_uri_parse(name, &uri) && ptn_is_dns_name(uri.host) ? uri.host : (patina_span){0};
}

// ---- Mailboxes, RFC 5280 §4.2.1.6: Local-part "@" Domain. A local part in quotes, which nobody
// has, is not read.

static bool is_local_byte(uint8_t c)
{
    switch (c) {
    case '"':
    case '(':
    case ')':
    case ',':
    case ':':
    case ';':
    case '<':
    case '>':
    case '@':
    case '[':
    case '\\':
    case ']':
        return false;
    default:
        return c > ' ' && c < 0x7f;
    }
}

// How long the local part is; 0 when there is none, or something that stands in none.
static size_t local_len(patina_span mailbox)
    PTN_CONTRACT(REQUIRES(SPAN(mailbox)) ASSIGNS() ENSURES(RESULT <= mailbox.len))
{
    size_t at = 0;
    while (at < mailbox.len && is_local_byte(ptn_span_at(mailbox, at)))
        PTN_LOOP(COUNTS_TO(at, mailbox.len))
    {
        at++;
    }
    return at < mailbox.len && ptn_span_at(mailbox, at) == '@' ? at : 0;
}

static bool is_mailbox(patina_span s) PTN_CONTRACT(REQUIRES(SPAN(s)) ASSIGNS())
{
    if (s.len > PTN_MAX_MAILBOX_BYTES) {
        return false;
    }
    size_t local = local_len(s);
    return local != 0 && ptn_is_dns_name(ptn_span_skip(s, local + 1));
}

// The local part as it is written; where it excludes, in any case, since few hosts tell them apart.
static bool is_mailbox_inside(patina_span name, patina_span base, bool excluding)
    PTN_CONTRACT(REQUIRES(SPAN(name) && SPAN(base)) ASSIGNS())
{
    size_t local = local_len(name);
    size_t base_local = local_len(base);
    patina_span host = ptn_span_skip(name, local + 1);
    if (base_local == 0) {
        return is_host_inside(host, base);
    }
    patina_span user = ptn_span_first(name, local);
    patina_span base_user = ptn_span_first(base, base_local);
    bool same_user =
        excluding ? ptn_span_equal_nocase(user, base_user) : ptn_span_equal(user, base_user);
    return same_user && ptn_span_equal_nocase(host, ptn_span_skip(base, base_local + 1));
}

// ---- IP. The base is an address and a mask of the same length, in the style of RFC 4632.

static bool is_mask(patina_span mask) PTN_CONTRACT(REQUIRES(SPAN(mask)) ASSIGNS())
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

static bool is_network(patina_span base)
{
    return (base.len == 8 || base.len == 32) && is_mask(ptn_span_skip(base, base.len / 2));
}

static bool is_ip_inside(patina_span ip, patina_span base)
    PTN_CONTRACT(REQUIRES(SPAN(ip) && SPAN(base)) ASSIGNS())
{
    if (base.len / 2 != ip.len || base.len % 2 != 0) {
        return false; // the other family
    }
    patina_span net = ptn_span_first(base, ip.len);
    patina_span mask = ptn_span_skip(base, ip.len);
    for (size_t i = 0; i < ip.len; i++)
        PTN_LOOP(COUNTS_TO(i, ip.len))
    {
        uint32_t difference = (uint32_t)ptn_span_at(ip, i) ^ ptn_span_at(net, i);
        if ((difference & ptn_span_at(mask, i)) != 0) {
            return false;
        }
    }
    return true;
}

// ---- Directory names

static bool is_directory_name(patina_span name)
{
    patina_span contents;
    return ptn_dn_contents(name, &contents) && contents.len <= PTN_MAX_NAME_BYTES &&
           ptn_dn_is_well_formed(contents);
}

static enum ptn_verdict judge_directory(patina_span name, patina_span base)
{
    enum ptn_match match = ptn_dn_match_prefix(name, base);
    if (match == PTN_UNSURE) {
        return PTN_UNDECIDED;
    }
    return match == PTN_SAME ? PTN_INSIDE : PTN_OUTSIDE;
}

// ---- All of them

bool ptn_constraint_is_valid(uint8_t tag, patina_span base)
{
    switch (tag) {
    case PTN_NAME_OF_DNS:
    case PTN_NAME_OF_URI:
        return is_host_base(base);
    case PTN_NAME_OF_EMAIL:
        return is_host_base(base) || is_mailbox(base);
    case PTN_NAME_OF_IP:
        return is_network(base);
    case PTN_NAME_OF_DIRECTORY:
        return is_directory_name(base);
    default:
        return true;
    }
}

bool ptn_constrained_name_is_valid(uint8_t tag, patina_span name)
{
    switch (tag) {
    case PTN_NAME_OF_DNS:
        return ptn_is_dns_name(ptn_span_skip(name, is_wildcard(name) ? 2 : 0));
    case PTN_NAME_OF_URI:
        return uri_host(name).len != 0;
    case PTN_NAME_OF_EMAIL:
        return is_mailbox(name);
    case PTN_NAME_OF_IP:
        return name.len == 4 || name.len == 16;
    case PTN_NAME_OF_DIRECTORY:
        return is_directory_name(name);
    default:
        return false;
    }
}

enum ptn_verdict ptn_constraint_judge(uint8_t tag, patina_span name, patina_span base,
                                      bool excluding)
{
    bool inside = false;
    switch (tag) {
    case PTN_NAME_OF_DNS:
        inside = is_dns_inside(name, base, excluding);
        break;
    case PTN_NAME_OF_URI:
        inside = is_host_inside(uri_host(name), base);
        break;
    case PTN_NAME_OF_EMAIL:
        inside = is_mailbox_inside(name, base, excluding);
        break;
    case PTN_NAME_OF_IP:
        inside = is_ip_inside(name, base);
        break;
    case PTN_NAME_OF_DIRECTORY:
        return judge_directory(name, base);
    default:
        return PTN_UNDECIDED;
    }
    return inside ? PTN_INSIDE : PTN_OUTSIDE;
}
