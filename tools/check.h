// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the files of `patina check` share: the findings, and who makes and who shows them.
#ifndef PATINA_TOOL_CHECK_H
#define PATINA_TOOL_CHECK_H

#include "explain.h"
#include "probe.h"

enum mark { MARK_INFO = 0, MARK_OK, MARK_WARN, MARK_BAD, MARK_COUNT };
enum group {
    GROUP_PROTOCOL = 0,
    GROUP_EXCHANGE,
    GROUP_SUITES,
    GROUP_CERTIFICATE,
    GROUP_BEHAVIOUR,
    GROUP_COUNT
};

struct finding {
    enum group group;
    enum mark mark;
    char id[48];    // stable, for programs: "tls1.2", "group.x25519"
    char title[40]; // "TLS 1.2"
    char text[512]; // one plain sentence
};
#define FINDINGS_MAX 96

struct check {
    struct ui *ui;
    char host[HOST_MAX], port[PORT_MAX];
    const char *name, *cafile, *html, *provider_name;
    int64_t timeout_ms, limit_us; // of one connection; of all of them

    const struct patina_provider *provider;
    struct patina_verifier *looking, *verifier;
    int64_t begin_us, now_s;
    unsigned connections;
    bool out_of_time;

    struct finding findings[FINDINGS_MAX];
    size_t findings_count;
    struct probe main;     // the first connection
    struct certs chain;    // what it showed
    struct failure judged; // what is to be said of that
    struct tree tree;
    bool has_tree;
    int status; // the exit status
};

// ---- check.c

void add_finding(struct check *c, enum group group, enum mark mark, const char *id,
                 const char *title, const char *format, ...) __attribute__((format(printf, 6, 7)));
const char *group_title(enum group group);
const char *mark_name(enum mark mark); // "ok"
size_t count_marks(const struct check *c, enum mark mark);

// ---- check_probe.c: connections and what they say.

// `look` makes one more connection, if there is time. False: not made, or not reached.
bool look(struct check *c, struct probe_request *q, struct probe *out);
void check_main(struct check *c);
void check_versions(struct check *c);
void check_groups(struct check *c);
void check_suites(struct check *c);
void check_behaviour(struct check *c);

// ---- check_old.c: TLS 1.2 and older, by one hello.

enum old_answer { OLD_NO_ANSWER = 0, OLD_SPOKEN, OLD_REFUSED, OLD_OTHER };
struct old_hello {
    enum old_answer answer;
    uint16_t version, suite; // chosen
    uint8_t alert;           // refused with
    bool has_sentinel;       // RFC 9846 §4.2.3
};
const char *old_suite_name(uint16_t suite);
bool old_suite_is_good(uint16_t suite);
void old_hello(struct check *c, uint16_t version, struct old_hello *out);

// ---- check_cert.c

void check_certificate(struct check *c);

// ---- check_put.c, html.c

void put_report(const struct check *c);
void put_report_json(const struct check *c);
bool write_html(const struct check *c, FILE *out);

#endif
