// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The connections `patina check` makes, and what each says of the server: versions, key exchange,
// suites, names, retries, tickets. Nothing is sent over any of them.
#include <string.h>

#include "check.h"

bool look(struct check *c, struct probe_request *q, struct probe *out)
{
    *out = (struct probe){0};
    if (micros_now() - c->begin_us > c->limit_us) {
        c->out_of_time = true;
        return false;
    }
    q->provider = c->provider;
    q->verifier = c->looking;
    q->host = c->host;
    q->port = c->port;
    q->name = c->name;
    q->timeout_ms = c->timeout_ms;
    c->connections++;
    probe_run(q, out);
    return out->status == EXIT_OK;
}

// Why a handshake did not come to its end.
static void reason(const struct probe *p, char *out, size_t cap)
{
    if (p->status != EXIT_OK) {
        snprintf(out, cap, "%s", p->why);
    } else if (p->err == PATINA_ERR_PEER_ALERT) {
        snprintf(out, cap, "the server sent the alert %s", patina_alert_name(p->report.alert));
    } else {
        snprintf(out, cap, "%s", patina_err_text(p->err));
    }
}

// ---- The first connection: what a client of today would get.

void check_main(struct check *c)
{
    static const patina_span protocols[] = {{(const uint8_t *)"h2", 2},
                                            {(const uint8_t *)"http/1.1", 8}};
    struct probe_request q = {
        .alpn = protocols, .alpn_count = 2, .flags = PATINA_CONFIG_WANT_SCTS, .linger_ms = 700};
    struct probe *p = &c->main;
    bool reached = look(c, &q, p);
    if (reached && !p->done && p->err == PATINA_ERR_PEER_ALERT &&
        p->report.alert == PATINA_ALERT_NO_APPLICATION_PROTOCOL) {
        probe_free(p);
        q.alpn_count = 0;
        reached = look(c, &q, p);
    }
    if (!reached) {
        return;
    }
    if (!p->done) {
        char why[300];
        reason(p, why, sizeof(why));
        add_finding(c, GROUP_PROTOCOL, MARK_BAD, "tls1.3", "TLS 1.3",
                    "not spoken as patina asks for it: %s. Everything else below is about older "
                    "versions.",
                    why);
        return;
    }
    add_finding(c, GROUP_PROTOCOL, MARK_OK, "tls1.3", "TLS 1.3",
                "spoken: the current version (RFC 9846).");
    if (p->alpn[0] != '\0') {
        add_finding(c, GROUP_PROTOCOL, MARK_INFO, "alpn", "ALPN",
                    "of h2 and http/1.1 the server chooses %s.", p->alpn);
    } else {
        add_finding(c, GROUP_PROTOCOL, MARK_INFO, "alpn", "ALPN",
                    "the server agrees on no application protocol (offered: h2, http/1.1).");
    }
}

// ---- Versions

// TLS 1.2 may be spoken, but well.
static void add_tls12(struct check *c, const struct old_hello *h)
{
    if (!c->main.done) {
        add_finding(c, GROUP_PROTOCOL, MARK_WARN, "tls1.2", "TLS 1.2",
                    "spoken, with %s, and nothing newer: add TLS 1.3.", old_suite_name(h->suite));
        return;
    }
    if (old_suite_is_good(h->suite)) {
        add_finding(c, GROUP_PROTOCOL, MARK_OK, "tls1.2", "TLS 1.2",
                    "also spoken, for older clients, with %s.", old_suite_name(h->suite));
    } else {
        add_finding(c, GROUP_PROTOCOL, MARK_WARN, "tls1.2", "TLS 1.2",
                    "also spoken, but with %s: prefer ECDHE with GCM or ChaCha20.",
                    old_suite_name(h->suite));
    }
    add_finding(c, GROUP_PROTOCOL, h->has_sentinel ? MARK_OK : MARK_WARN, "downgrade", "downgrade",
                h->has_sentinel ? "an attacker cannot make both sides fall back to TLS 1.2 unseen."
                                : "the mark that betrays a forced fall-back to TLS 1.2 is missing "
                                  "(RFC 9846 \u00a74.2.3): update the server.");
}

static void add_version(struct check *c, uint16_t version, const char *id, const char *title)
{
    struct old_hello h;
    bool old = version < 0x0303;
    old_hello(c, version, &h);
    if (c->out_of_time) {
        return;
    }
    bool spoken = h.answer == OLD_SPOKEN && h.version == version;
    if (spoken && old) {
        add_finding(c, GROUP_PROTOCOL, MARK_BAD, id, title,
                    "spoken: it is broken and forbidden since 2021 (RFC 8996); turn it off.");
    } else if (spoken) {
        add_tls12(c, &h);
    } else if (h.answer == OLD_NO_ANSWER) {
        add_finding(c, GROUP_PROTOCOL, old ? MARK_OK : MARK_INFO, id, title,
                    "not answered, which is taken for no.");
    } else {
        add_finding(c, GROUP_PROTOCOL, old ? MARK_OK : MARK_INFO, id, title,
                    old            ? "refused, as it should be."
                    : c->main.done ? "refused: clients without TLS 1.3 cannot connect."
                                   : "refused.");
    }
}

void check_versions(struct check *c)
{
    add_version(c, 0x0303, "tls1.2", "TLS 1.2");
    add_version(c, 0x0302, "tls1.1", "TLS 1.1");
    add_version(c, 0x0301, "tls1.0", "TLS 1.0");
}

// ---- Key exchange

void check_groups(struct check *c)
{
    static const uint16_t groups[] = {0x11ec, 0x11eb, 0x11ed, 0x001d, 0x0017, 0x0018, 0x0019};
    bool hybrid = false;
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        struct probe_request q = {.groups = &groups[i], .groups_count = 1};
        struct probe p;
        char id[48];
        const char *name = patina_group_name(groups[i]);
        if (!look(c, &q, &p)) {
            probe_free(&p);
            if (c->out_of_time) {
                return;
            }
            continue;
        }
        bool chosen = c->main.group == groups[i];
        bool post_quantum = group_is_post_quantum(groups[i]);
        snprintf(id, sizeof(id), "group.%s", name);
        if (p.done) {
            hybrid = hybrid || post_quantum;
            add_finding(c, GROUP_EXCHANGE, MARK_OK, id, name, "accepted%s%s.",
                        chosen ? ", and chosen by itself" : "",
                        post_quantum ? ": what is recorded today cannot be read by the quantum "
                                       "computers of tomorrow"
                                     : "");
        } else if (p.err == PATINA_ERR_PEER_ALERT) {
            add_finding(c, GROUP_EXCHANGE, MARK_INFO, id, name, "not accepted.");
        } else if (patina_err_class(p.err) != PATINA_CLASS_USAGE) { // else this build has it not
            char why[300];
            reason(&p, why, sizeof(why));
            add_finding(c, GROUP_EXCHANGE, MARK_WARN, id, name, "failed: %s.", why);
        }
        probe_free(&p);
    }
    if (!hybrid) {
        add_finding(c, GROUP_EXCHANGE, MARK_WARN, "post-quantum", "post-quantum",
                    "no hybrid key exchange is accepted: what is recorded today can be read once "
                    "there are quantum computers. Update the server (X25519MLKEM768).");
    }
}

// ---- Suites

void check_suites(struct check *c)
{
    static const uint16_t suites[] = {0x1301, 0x1302, 0x1303};
    for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++) {
        struct probe_request q = {.suites = &suites[i], .suites_count = 1};
        struct probe p;
        char id[48];
        const char *name = patina_suite_name(suites[i]);
        if (!look(c, &q, &p)) {
            probe_free(&p);
            if (c->out_of_time) {
                return;
            }
            continue;
        }
        snprintf(id, sizeof(id), "suite.%s", name);
        if (p.done) {
            add_finding(c, GROUP_SUITES, MARK_OK, id, name, "accepted%s.",
                        c->main.suite == suites[i] ? ", and chosen by itself" : "");
        } else if (patina_err_class(p.err) != PATINA_CLASS_USAGE) {
            // Only the first one is a must (RFC 9846 §9.1).
            add_finding(c, GROUP_SUITES, i == 0 ? MARK_WARN : MARK_INFO, id, name,
                        i == 0 ? "not accepted, though every server must have it (RFC 9846 "
                                 "\u00a79.1)."
                               : "not accepted.");
        }
        probe_free(&p);
    }
}

// ---- Behaviour

static void first_name(const struct probe *p, char out[256])
{
    struct patina_cert_info info;
    out[0] = '\0';
    if (p->chain != NULL &&
        patina_cert_describe(patina_chain_certificate(p->chain, 0), &info) == PATINA_OK) {
        snprintf(out, 256, "%.*s", (int)strcspn(info.names, ","), info.names);
    }
}

static void add_name_probe(struct check *c, struct probe_request *q, const char *id,
                           const char *title, const char *what)
{
    struct probe p;
    char name[256];
    if (look(c, q, &p)) {
        first_name(&p, name);
        if (p.done) {
            add_finding(c, GROUP_BEHAVIOUR, MARK_INFO, id, title,
                        "%s is answered with the certificate of %s.", what,
                        name[0] != '\0' ? name : "?");
        } else if (p.err == PATINA_ERR_PEER_ALERT) {
            add_finding(c, GROUP_BEHAVIOUR, MARK_INFO, id, title, "%s is refused (alert %s).", what,
                        patina_alert_name(p.report.alert));
        } else {
            char why[300];
            reason(&p, why, sizeof(why));
            add_finding(c, GROUP_BEHAVIOUR, MARK_WARN, id, title, "%s fails: %s.", what, why);
        }
    }
    probe_free(&p);
}

// No share at all: the server must ask for one (RFC 9846 §4.2.4).
static void check_retry(struct check *c)
{
    static const uint16_t none[1] = {0};
    struct probe_request q = {.key_shares = none, .key_shares_count = 0};
    struct probe p;
    if (look(c, &q, &p)) {
        if (p.done && p.retried) {
            add_finding(c, GROUP_BEHAVIOUR, MARK_OK, "retry", "retry",
                        "a hello without a key share is answered by a request for one of %s "
                        "(HelloRetryRequest).",
                        patina_group_name(p.group));
        } else {
            char why[300];
            reason(&p, why, sizeof(why));
            add_finding(c, GROUP_BEHAVIOUR, MARK_WARN, "retry", "retry",
                        "a hello without a key share fails, instead of being answered by a request "
                        "for one: %s.",
                        why);
        }
    }
    probe_free(&p);
}

void check_behaviour(struct check *c)
{
    unsigned tickets = c->main.tickets;
    check_retry(c);
    if (tickets > 0) {
        add_finding(c, GROUP_BEHAVIOUR, MARK_OK, "tickets", "session tickets",
                    "%u message%s after the handshake, as session tickets come: clients can come "
                    "back faster.",
                    tickets, tickets == 1 ? "" : "s");
    } else {
        add_finding(c, GROUP_BEHAVIOUR, MARK_INFO, "tickets", "session tickets",
                    "none came: clients shake hands in full each time.");
    }
    struct probe_request q = {.flags = PATINA_CONFIG_NO_SNI};
    add_name_probe(c, &q, "no-name", "no name", "a client that names no server (no SNI)");
    q = (struct probe_request){.sni = "unknown-name.invalid"};
    add_name_probe(c, &q, "other-name", "other name", "a name that is not served");
    q = (struct probe_request){.flags = 0};
    struct probe p;
    if (c->main.alpn[0] != '\0' && look(c, &q, &p)) {
        add_finding(c, GROUP_BEHAVIOUR, p.done ? MARK_OK : MARK_WARN, "no-alpn", "no ALPN",
                    p.done ? "a client that offers no application protocol is served."
                           : "a client that offers no application protocol is refused.");
        probe_free(&p);
    }
}
