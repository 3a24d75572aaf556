// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What `patina check` says of a server's certificates: trust, name, time, keys, order, timestamps,
// staple.
#include <stdlib.h>
#include <string.h>

#include "check.h"

#define DAY_S 86400

#define FINDING(mark, id, title, ...) \
    add_finding(c, GROUP_CERTIFICATE, (mark), (id), (title), __VA_ARGS__)

// ---- Judging

static void judge(struct check *c)
{
    patina_span ders[64];
    size_t count = c->chain.count < 64 ? c->chain.count : 64;
    for (size_t i = 0; i < count; i++) {
        ders[i] = c->chain.list[i].der;
    }
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    in.chain = ders;
    in.chain_count = count;
    in.name = patina_span_str(c->name);
    in.now_s = c->now_s;
    in.staple = c->main.staple;
    c->judged = (struct failure){.host = c->host,
                                 .port = c->port,
                                 .name = c->name,
                                 .cafile = c->cafile,
                                 .chain = &c->chain,
                                 .provider = c->provider,
                                 .verifier = c->verifier,
                                 .report = {.certificate = -1, .alert = PATINA_ALERT_NONE},
                                 .now_s = c->now_s,
                                 .web = c->cafile == NULL};
    c->judged.err = patina_verifier_judge(c->verifier, &in, NULL, &c->judged.report);
}

static void add_trust(struct check *c)
{
    if (c->judged.err == PATINA_OK) {
        FINDING(MARK_OK, "trusted", "trusted", "a path leads to a root in %s%s, and it is for %s.",
                c->cafile == NULL ? "the " : "", store_name(&c->judged), c->name);
        return;
    }
    struct words w;
    find_words(&c->judged, &c->tree, &w);
    FINDING(MARK_BAD, "trusted", "trusted", "no: %s", w.why);
    FINDING(MARK_INFO, "fix", "what would help", "%s", w.fix);
    c->status = exit_status_of(c->judged.err);
}

// ---- The server's own certificate

static void add_time(struct check *c, const struct x509 *x)
{
    int64_t left = x->not_after_s - c->now_s;
    int64_t whole = x->not_after_s - x->not_before_s;
    int64_t soon = whole / 5 < INT64_C(14) * DAY_S ? whole / 5 : INT64_C(14) * DAY_S;
    char far[32];
    char date[16];
    format_date(x->not_after_s, date);
    date_distance(left < 0 ? -left : left, far);
    if (left < 0) {
        FINDING(MARK_BAD, "time", "time left", "none: it ended on %s, %s ago.", date, far);
    } else if (left < soon) {
        FINDING(MARK_WARN, "time", "time left", "%s, until %s: renew it now.", far, date);
    } else {
        FINDING(MARK_OK, "time", "time left", "%s of %lld days, until %s.", far,
                (long long)(whole / DAY_S), date);
    }
}

static void add_key(struct check *c, const struct cert *leaf)
{
    char key[OID_TEXT_MAX + 32];
    char signature[OID_TEXT_MAX];
    key_text(&leaf->x, key, sizeof(key));
    algorithm_text(leaf->x.signature_alg, signature, sizeof(signature));
    bool rsa = strncmp(key, "RSA", 3) == 0;
    bool weak = rsa && leaf->info.key_bits < 2048;
    FINDING(weak ? MARK_BAD : MARK_OK, "key", "key",
            weak ? "%s: too weak, others could compute it. The certificate is signed with %s."
                 : "%s; the certificate is signed with %s.",
            key, signature);
}

static void add_names(struct check *c, const struct cert *leaf)
{
    const struct x509_ext *e = x509_extension(&leaf->x, "2.5.29.17");
    struct lines lines = {0};
    char text[300] = "";
    size_t at = 0;
    if (e != NULL) {
        (void)extension_lines(e, &lines);
    }
    for (size_t i = 0; i < lines.count && i < 5; i++) {
        at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%.50s", i > 0 ? ", " : "",
                               lines.list[i]);
    }
    FINDING(lines.count > 0 ? MARK_INFO : MARK_BAD, "names", "names", "%zu: %s%s.", lines.count,
            lines.count > 0 ? text : "none, so it is for nobody", lines.count > 5 ? ", ..." : "");
    lines_free(&lines);
}

// How many timestamps a list holds, RFC 6962 §3.3.
static size_t count_scts(patina_span list)
{
    size_t count = 0;
    size_t at = 2;
    while (at + 2 <= list.len) {
        at += 2 + ((size_t)list.ptr[at] << 8 | list.ptr[at + 1]);
        count++;
    }
    return at == list.len ? count : 0;
}

static void add_transparency(struct check *c, const struct x509 *x)
{
    const struct x509_ext *e = x509_extension(x, "1.3.6.1.4.1.11129.2.4.2");
    size_t in_cert = 0;
    if (e != NULL) {
        patina_span rest = e->value;
        patina_span list;
        uint8_t tag = 0;
        in_cert = patina_der_read(&rest, &tag, &list) ? count_scts(list) : 0;
    }
    size_t sent = count_scts(c->main.scts);
    if (in_cert + sent > 0) {
        FINDING(MARK_OK, "scts", "transparency",
                "%zu timestamps of public logs (%zu in the certificate, %zu sent along); they are "
                "not verified here.",
                in_cert + sent, in_cert, sent);
    } else {
        bool public = c->cafile == NULL && c->judged.err == PATINA_OK;
        FINDING(public ? MARK_WARN : MARK_INFO, "scts", "transparency",
                public ? "no timestamps of public logs: browsers refuse such a certificate."
                       : "no timestamps of public logs; private authorities need none.");
    }
}

static void add_staple(struct check *c, const struct x509 *x)
{
    bool must = x509_extension(x, "1.3.6.1.5.5.7.1.24") != NULL;
    patina_err e = c->judged.err;
    bool refused = e == PATINA_ERR_CERT_REVOKED ||
                   (e >= PATINA_ERR_OCSP_ENCODING && e <= PATINA_ERR_OCSP_UNKNOWN);
    if (c->main.staple.len > 0 && refused) {
        FINDING(MARK_BAD, "staple", "OCSP staple", "no good: %s.", patina_err_text(e));
    } else if (c->main.staple.len > 0) {
        FINDING(e == PATINA_OK ? MARK_OK : MARK_INFO, "staple", "OCSP staple",
                e == PATINA_OK ? "the server shows an answer of its authority: not revoked (%zu "
                                 "bytes)."
                               : "%zu bytes; not judged, for the certificate was refused before.",
                c->main.staple.len);
    } else {
        FINDING(must ? MARK_BAD : MARK_INFO, "staple", "OCSP staple",
                must ? "none, though the certificate promises one (must-staple): clients that know "
                       "of it refuse."
                     : "none; the certificate does not promise one.");
    }
}

// ---- The chain

static void add_order(struct check *c)
{
    const struct path *p = &c->tree.path;
    bool ordered = true;
    size_t used = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (p->steps[i].index != SIZE_MAX) {
            ordered = ordered && p->steps[i].index == i;
            used++;
        }
    }
    const struct cert *last = p->steps[p->count - 1].cert;
    size_t bytes = 0;
    bool root_sent = false;
    for (size_t i = 0; i < c->chain.count; i++) {
        bytes += c->chain.list[i].der.len;
        root_sent = root_sent || (i > 0 && span_equal(c->chain.list[i].der, last->der) &&
                                  last->parsed && x509_is_self_issued(&last->x));
    }
    size_t unused = c->chain.count - used;
    if (root_sent && unused > 0) {
        unused--;
    }
    if (!ordered) {
        FINDING(MARK_WARN, "order", "chain",
                "sent out of order: each certificate's issuer is to "
                "come right behind it (patina cert chain --pem).");
    } else if (unused > 0) {
        FINDING(MARK_WARN, "order", "chain",
                "%zu certificate%s sent that nobody needs, %zu bytes in all: leave them out.",
                unused, unused == 1 ? " is" : "s are", bytes);
    } else if (root_sent) {
        FINDING(MARK_WARN, "order", "chain",
                "the root is sent, which nobody needs: who trusts it has it. %zu bytes in all.",
                bytes);
    } else {
        FINDING(MARK_OK, "order", "chain", "%zu certificate%s in order, %zu bytes.", c->chain.count,
                c->chain.count == 1 ? "" : "s", bytes);
    }
}

static void add_lint(struct check *c)
{
    size_t bad = 0;
    size_t warnings = 0;
    for (size_t i = 0; i < c->chain.count; i++) {
        size_t b = 0;
        size_t w = 0;
        lint_count(&c->chain.list[i], &b, &w);
        bad += b;
        warnings += w;
    }
    if (bad + warnings == 0) {
        FINDING(MARK_OK, "lint", "lint", "nothing to say of how the certificates were issued.");
    } else {
        FINDING(MARK_WARN, "lint", "lint",
                "%zu bad, %zu warning%s about how the certificates were issued (patina cert lint).",
                bad, warnings, warnings == 1 ? "" : "s");
    }
}

void check_certificate(struct check *c)
{
    if (certs_of_chain(c->main.chain, &c->chain) != EXIT_OK || c->chain.count == 0) {
        return;
    }
    const struct cert *leaf = &c->chain.list[0];
    judge(c);
    tree_build(&c->judged, &c->tree);
    c->has_tree = true;
    add_trust(c);
    if (!leaf->parsed) {
        return;
    }
    add_time(c, &leaf->x);
    add_key(c, leaf);
    add_names(c, leaf);
    add_order(c);
    add_transparency(c, &leaf->x);
    add_staple(c, &leaf->x);
    add_lint(c);
}
