// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina check HOST[:PORT]`: connects to a server several times, in a bounded number and time, and
// says what is good, what is doubtful and what is bad, a plain sentence each. Called by main.c.
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static const char help[] =
    "usage: patina check [options] HOST[:PORT]\n"
    "\n"
    "Connects to a server about twenty times, one after the other, and reports: versions, key\n"
    "exchange (post-quantum or not), cipher suites, certificates, and how it behaves. Each "
    "finding\n"
    "is ok, a warning, or bad, with a sentence. Nothing is sent over the connections.\n"
    "\n"
    "  --cafile FILE      trust the roots of this PEM file instead of the system's store\n"
    "  --servername NAME  ask for and verify NAME instead of HOST\n"
    "  --html FILE        also write the report as one HTML file; what is there is kept\n"
    "  --timeout SECONDS  for each connection, and for each handshake (5)\n"
    "  --limit SECONDS    for all of it (60)\n"
    "  --provider NAME    awslc or openssl\n"
    "  --json  --quiet  --color=auto|always|never  --help\n"
    "\n"
    "exit status: 0 nothing bad, 1 usage, 2 DNS or TCP, 3 TLS, 4 certificate or name, 5 revoked,\n"
    "6 time-out, 7 other\n";

enum { O_CAFILE, O_SERVERNAME, O_HTML, O_TIMEOUT, O_LIMIT, O_PROVIDER, O_COUNT };
static const struct option options[O_COUNT] = {
    [O_CAFILE] = {"--cafile", true}, [O_SERVERNAME] = {"--servername", true},
    [O_HTML] = {"--html", true},     [O_TIMEOUT] = {"--timeout", true},
    [O_LIMIT] = {"--limit", true},   [O_PROVIDER] = {"--provider", true},
};

// ---- Findings

void add_finding(struct check *c, enum group group, enum mark mark, const char *id,
                 const char *title, const char *format, ...)
{
    if (c->findings_count == FINDINGS_MAX) {
        return;
    }
    struct finding *f = &c->findings[c->findings_count++];
    *f = (struct finding){.group = group, .mark = mark};
    snprintf(f->id, sizeof(f->id), "%s", id);
    snprintf(f->title, sizeof(f->title), "%s", title);
    va_list list;
    va_start(list, format);
    vsnprintf(f->text, sizeof(f->text), format, list);
    va_end(list);
    if (mark == MARK_BAD && c->status == EXIT_OK) {
        c->status = group == GROUP_CERTIFICATE ? EXIT_CERTIFICATE : EXIT_TLS;
    }
}

const char *group_title(enum group group)
{
    static const char *const titles[GROUP_COUNT] = {
        [GROUP_PROTOCOL] = "Protocol",    [GROUP_EXCHANGE] = "Key exchange",
        [GROUP_SUITES] = "Cipher suites", [GROUP_CERTIFICATE] = "Certificate",
        [GROUP_BEHAVIOUR] = "Behaviour",
    };
    return titles[group];
}

const char *mark_name(enum mark mark)
{
    static const char *const names[MARK_COUNT] = {
        [MARK_INFO] = "info", [MARK_OK] = "ok", [MARK_WARN] = "warn", [MARK_BAD] = "bad"};
    return names[mark];
}

size_t count_marks(const struct check *c, enum mark mark)
{
    size_t n = 0;
    for (size_t i = 0; i < c->findings_count; i++) {
        n += c->findings[i].mark == mark ? 1 : 0;
    }
    return n;
}

// ---- Options

static bool read_seconds(const struct check *c, const char *option, const char *value,
                         int64_t *out_ms)
{
    uint64_t n = 0;
    if (!parse_uint(value, 3600, &n) || n == 0) {
        ui_complain(c->ui, "%s takes seconds (1 to 3600), not \"%s\"", option, value);
        return false;
    }
    *out_ms = (int64_t)n * 1000;
    return true;
}

static bool read_option(struct check *c, int option, const char *value)
{
    int64_t ms = 0;
    switch (option) {
    case O_CAFILE:
        c->cafile = value;
        return true;
    case O_SERVERNAME:
        c->name = value;
        return true;
    case O_HTML:
        c->html = value;
        return true;
    case O_TIMEOUT:
        return read_seconds(c, "--timeout", value, &c->timeout_ms);
    case O_LIMIT:
        if (!read_seconds(c, "--limit", value, &ms)) {
            return false;
        }
        c->limit_us = ms * 1000;
        return true;
    case O_PROVIDER:
        c->provider_name = value;
        return true;
    default:
        return false;
    }
}

static int read_args(struct check *c, struct args *a)
{
    const char *value = NULL;
    for (int option = 0; option != ARGS_END;) {
        option = args_next(a, options, O_COUNT, c->ui, &value);
        if (option == ARGS_BAD || (option >= 0 && !read_option(c, option, value))) {
            return EXIT_USAGE;
        }
        if (option == ARGS_POSITIONAL) {
            uint16_t number = 0;
            if (c->host[0] != '\0') {
                return ui_error(c->ui, EXIT_USAGE, "more than one server: \"%s\"", value);
            }
            if (strchr(value, '/') != NULL || !parse_host_port(value, c->host, c->port) ||
                !parse_port(c->port, 1, &number)) {
                return ui_error(c->ui, EXIT_USAGE, "\"%s\" is not HOST[:PORT]", value);
            }
        }
    }
    if (c->host[0] == '\0' && !c->ui->help) {
        return ui_error(c->ui, EXIT_USAGE, "which server? (patina check --help)");
    }
    if (c->name == NULL) {
        c->name = c->host;
    }
    return EXIT_OK;
}

// ---- Running

static int set_up(struct check *c)
{
    char why[ERROR_TEXT_MAX] = "";
    c->provider = provider_by_name(c->provider_name);
    if (c->provider == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "this build has no provider \"%s\"",
                        c->provider_name != NULL ? c->provider_name : "at all");
    }
    if (verifier_for(c->ui, c->provider, c->cafile, &c->verifier, why, sizeof(why)) != PATINA_OK) {
        return ui_error(c->ui, c->cafile != NULL ? EXIT_USAGE : EXIT_OTHER, "%s", why);
    }
    c->looking = verifier_for_looking(c->provider);
    if (c->looking == NULL) {
        return ui_error(c->ui, EXIT_OTHER, "no memory");
    }
    provider_warm_up(c->provider);
    c->now_s = (int64_t)time(NULL);
    c->begin_us = micros_now();
    return EXIT_OK;
}

static void run_checks(struct check *c)
{
    if (c->main.done) {
        check_certificate(c);
    }
    check_versions(c);
    if (c->main.done) {
        check_groups(c);
        check_suites(c);
        check_behaviour(c);
    }
    if (c->out_of_time) {
        add_finding(c, GROUP_BEHAVIOUR, MARK_WARN, "time-limit", "time",
                    "%lld seconds were not enough for all connections: some things were not tried "
                    "(--limit).",
                    (long long)(c->limit_us / 1000000));
    }
}

static int write_page(const struct check *c)
{
    int fd = open(c->html, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (f == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "%s: %s", c->html,
                        errno == EEXIST ? "is already there" : strerror(errno));
    }
    bool ok = write_html(c, f);
    return fclose(f) == 0 && ok ? EXIT_OK
                                : ui_error(c->ui, EXIT_OTHER, "%s: %s", c->html, strerror(errno));
}

static int run(struct check *c)
{
    int status = set_up(c);
    if (status != EXIT_OK) {
        return status;
    }
    check_main(c);
    if (c->main.status != EXIT_OK) {
        return ui_error(c->ui, c->main.status, "%s", c->main.why);
    }
    if (c->main.err == PATINA_ERR_TIMED_OUT) {
        return ui_error(c->ui, EXIT_TIMEOUT,
                        "%s port %s accepts connections but does not answer in time (--timeout)",
                        c->host, c->port);
    }
    if (patina_err_class(c->main.err) == PATINA_CLASS_USAGE) {
        return ui_error(c->ui, EXIT_USAGE, "%s: %s", c->name, patina_err_text(c->main.err));
    }
    run_checks(c);
    if (c->html != NULL) {
        status = write_page(c);
        if (status != EXIT_OK) {
            return status;
        }
    }
    if (c->ui->json) {
        put_report_json(c);
    } else if (!c->ui->quiet || c->status != EXIT_OK) {
        put_report(c);
    }
    return c->status;
}

int verb_check(struct ui *ui, struct args *a)
{
    struct check *c = calloc(1, sizeof(*c));
    if (c == NULL) {
        return ui_error(ui, EXIT_OTHER, "no memory");
    }
    *c = (struct check){
        .ui = ui, .port = "443", .timeout_ms = 5000, .limit_us = INT64_C(60) * 1000000};
    int status = read_args(c, a);
    if (ui->help) {
        fputs(help, stdout);
        status = EXIT_OK;
    } else if (status == EXIT_OK) {
        ui_begin(ui, stdout);
        status = run(c);
    }
    if (c->has_tree) {
        tree_free(&c->tree);
    }
    certs_free(&c->chain);
    probe_free(&c->main);
    patina_verifier_unref(c->looking);
    patina_verifier_unref(c->verifier);
    patina_provider_unref(c->provider);
    free(c);
    return status;
}
