// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina connect HOST[:PORT]`: a verified connection, its facts on standard error, then standard
// input and output through it. Called by main.c.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "explain.h"
#include "patina/dangerous.h"
#include "patina/stream.h"
#include "pipe.h"

static const char help[] =
    "usage: patina connect [options] HOST[:PORT]\n"
    "\n"
    "Connects (port 443 unless given), verifies the server, writes a summary to standard error "
    "and\n"
    "then copies standard input to the server and what it answers to standard output. The end of\n"
    "standard input ends the sending direction only (half-close).\n"
    "\n"
    "  --cafile FILE        trust the roots of this PEM file instead of the system's store\n"
    "  --servername NAME    ask for and verify NAME instead of HOST\n"
    "  --alpn LIST          application protocols, comma separated (h2,http/1.1)\n"
    "  --groups LIST        key exchange groups (X25519MLKEM768,x25519,p256,p384)\n"
    "  --suites LIST        cipher suites (aes128,aes256,chacha20 or registry names)\n"
    "  --provider NAME      awslc or openssl\n"
    "  --timeout SECONDS    for each phase and for silence later (10, and none for silence)\n"
    "  --summary-only       stop after the summary (also --no-pipe)\n"
    "  --no-half-close      at the end of input wait for the server to close\n"
    "  --keylog FILE        append the connection's secrets to FILE (also $SSLKEYLOGFILE):\n"
    "                       whoever reads the file can read the connection\n"
    "  --json               the summary as JSON on standard output; implies --summary-only\n"
    "  --quiet  --color=auto|always|never  --help\n"
    "\n"
    "exit status: 0 ok, 1 usage, 2 DNS or TCP, 3 TLS, 4 certificate or name, 5 revoked,\n"
    "6 time-out, 7 other\n";

enum {
    O_CAFILE,
    O_SERVERNAME,
    O_ALPN,
    O_GROUPS,
    O_SUITES,
    O_PROVIDER,
    O_TIMEOUT,
    O_SUMMARY_ONLY,
    O_NO_PIPE,
    O_NO_HALF_CLOSE,
    O_KEYLOG,
    O_COUNT
};
static const struct option options[O_COUNT] = {
    [O_CAFILE] = {"--cafile", true},    [O_SERVERNAME] = {"--servername", true},
    [O_ALPN] = {"--alpn", true},        [O_GROUPS] = {"--groups", true},
    [O_SUITES] = {"--suites", true},    [O_PROVIDER] = {"--provider", true},
    [O_TIMEOUT] = {"--timeout", true},  [O_SUMMARY_ONLY] = {"--summary-only", false},
    [O_NO_PIPE] = {"--no-pipe", false}, [O_NO_HALF_CLOSE] = {"--no-half-close", false},
    [O_KEYLOG] = {"--keylog", true},
};

struct connect {
    struct ui *ui;
    char host[HOST_MAX], port[PORT_MAX];
    const char *cafile, *name, *provider_name, *keylog;
    char *alpn_text;
    patina_span alpn[PROTOCOLS_MAX];
    size_t alpn_count;
    struct codes groups, suites;
    int64_t timeout_ms; // 0: the defaults
    bool no_pipe, no_half_close;

    const struct patina_provider *provider;
    struct patina_verifier *verifier;
    struct patina_client_config *config;
    struct patina_stream *stream;
    FILE *keylog_file;
    int fd;
    struct dial_times times;
    int64_t tls_us;
    struct certs chain; // the server's, once failure_of has been called
};

// ---- Options.

static bool read_option(struct connect *c, int option, const char *value)
{
    char bad[64];
    uint64_t seconds = 0;
    switch (option) {
    case O_CAFILE:
        c->cafile = value;
        return true;
    case O_SERVERNAME:
        c->name = value;
        return true;
    case O_PROVIDER:
        c->provider_name = value;
        return true;
    case O_KEYLOG:
        c->keylog = value;
        return true;
    case O_NO_HALF_CLOSE:
        c->no_half_close = true;
        return true;
    case O_SUMMARY_ONLY:
    case O_NO_PIPE:
        c->no_pipe = true;
        return true;
    case O_TIMEOUT:
        if (!parse_uint(value, 1000000, &seconds) || seconds == 0) {
            ui_complain(c->ui, "--timeout takes seconds, not \"%s\"", value);
            return false;
        }
        c->timeout_ms = (int64_t)seconds * 1000;
        return true;
    case O_ALPN:
        free(c->alpn_text);
        c->alpn_text = strdup(value);
        if (c->alpn_text != NULL && parse_protocols(c->alpn_text, c->alpn, &c->alpn_count)) {
            return true;
        }
        ui_complain(c->ui, "--alpn takes up to %d names, comma separated", PROTOCOLS_MAX);
        return false;
    case O_GROUPS:
    case O_SUITES:
        if (option == O_GROUPS ? parse_groups(value, &c->groups, bad)
                               : parse_suites(value, &c->suites, bad)) {
            return true;
        }
        ui_complain(c->ui, "unknown %s \"%s\"", option == O_GROUPS ? "group" : "suite", bad);
        return false;
    default:
        return false;
    }
}

static bool read_server(struct connect *c, const char *value)
{
    uint16_t number = 0;
    if (strchr(value, '/') != NULL) {
        ui_complain(c->ui, "\"%s\": give HOST:PORT, not a URL", value);
        return false;
    }
    if (!parse_host_port(value, c->host, c->port)) {
        ui_complain(c->ui, "\"%s\" is not HOST[:PORT]", value);
        return false;
    }
    if (!parse_port(c->port, 1, &number)) {
        ui_complain(c->ui, "\"%s\" is not a port (1 to 65535)", c->port);
        return false;
    }
    return true;
}

// EXIT_OK, or what to leave with.
static int read_args(struct connect *c, struct args *a)
{
    const char *value = NULL;
    bool have_host = false;
    for (int option = 0; option != ARGS_END;) {
        option = args_next(a, options, O_COUNT, c->ui, &value);
        if (option == ARGS_BAD || (option >= 0 && !read_option(c, option, value))) {
            return EXIT_USAGE;
        }
        if (option == ARGS_POSITIONAL) {
            if (have_host) {
                return ui_error(c->ui, EXIT_USAGE, "more than one server: \"%s\"", value);
            }
            if (!read_server(c, value)) {
                return EXIT_USAGE;
            }
            have_host = true;
        }
    }
    if (!have_host && !c->ui->help) {
        return ui_error(c->ui, EXIT_USAGE, "which server? (patina connect --help)");
    }
    if (c->name == NULL) {
        c->name = c->host;
    }
    c->no_pipe = c->no_pipe || c->ui->json;
    return EXIT_OK;
}

// ---- Setup.

static void log_keys(void *user, patina_span line)
{
    FILE *f = user;
    fwrite(line.ptr, 1, line.len, f);
    fputc('\n', f);
    fflush(f);
}

static int open_keylog(struct connect *c)
{
    bool asked = c->keylog != NULL;
    if (!asked) {
        c->keylog = getenv("SSLKEYLOGFILE");
    }
    if (c->keylog == NULL || c->keylog[0] == '\0') {
        return EXIT_OK;
    }
    int fd = open(c->keylog, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    c->keylog_file = fd >= 0 ? fdopen(fd, "a") : NULL;
    if (c->keylog_file == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "%s: %s", c->keylog, strerror(errno));
    }
    ui_warn(c->ui, "warning: %ssecrets of this connection go to %s; whoever reads it can read all",
            asked ? "" : "SSLKEYLOGFILE is set: ", c->keylog);
    return EXIT_OK;
}

static int make_config(struct connect *c)
{
    char why[ERROR_TEXT_MAX] = "";
    c->provider = provider_by_name(c->provider_name);
    if (c->provider == NULL) {
        return ui_error(c->ui, EXIT_USAGE, "this build has no provider \"%s\"",
                        c->provider_name != NULL ? c->provider_name : "at all");
    }
    patina_err e = verifier_for(c->ui, c->provider, c->cafile, &c->verifier, why, sizeof(why));
    if (e != PATINA_OK) {
        return ui_error(c->ui, c->cafile != NULL ? EXIT_USAGE : EXIT_OTHER, "%s", why);
    }
    struct patina_dangerous_options dangerous = PATINA_DANGEROUS_OPTIONS_INIT;
    dangerous.key_log = log_keys;
    dangerous.key_log_user = c->keylog_file;
    struct patina_client_options o = PATINA_CLIENT_OPTIONS_INIT;
    o.provider = c->provider;
    o.verifier = c->verifier;
    o.clock = patina_clock_system();
    o.alpn = c->alpn_count > 0 ? c->alpn : NULL;
    o.alpn_count = c->alpn_count;
    o.groups = c->groups.count > 0 ? c->groups.list : NULL;
    o.groups_count = c->groups.count;
    o.suites = c->suites.count > 0 ? c->suites.list : NULL;
    o.suites_count = c->suites.count;
    o.dangerous = c->keylog_file != NULL ? &dangerous : NULL;
    struct patina_report report = {0};
    e = patina_client_config_new(&o, &c->config, &report);
    if (e != PATINA_OK) {
        error_text(e, &report, why);
        return ui_error(c->ui, exit_status_of(e), "%s", why);
    }
    return EXIT_OK;
}

// ---- Failures.

static struct failure failure_of(struct connect *c, patina_err e)
{
    struct failure f = {
        .host = c->host,
        .port = c->port,
        .name = c->name,
        .cafile = c->cafile,
        .chain = &c->chain,
        .provider = c->provider,
        .verifier = c->verifier,
        .err = e,
        .report = {.certificate = -1, .alert = PATINA_ALERT_NONE},
        .now_s = (int64_t)time(NULL),
    };
    if (c->stream != NULL) {
        const struct patina_conn *conn = patina_stream_conn(c->stream);
        patina_conn_report(conn, &f.report);
        f.error_number = patina_stream_errno(c->stream);
        f.half_closed = patina_conn_sent_close(patina_stream_conn(c->stream));
        certs_free(&c->chain);
        (void)certs_of_chain(patina_conn_peer_chain(conn), &c->chain); // as much as memory allows
    }
    return f;
}

static void json_begin(struct json *j, const struct connect *c, bool ok)
{
    *j = (struct json){.out = stdout};
    json_open(j, NULL, '{');
    json_bool(j, "ok", ok);
    json_string(j, "host", c->host);
    uint16_t port = 0;
    (void)parse_port(c->port, 0, &port);
    json_number(j, "port", port);
    json_string(j, "server_name", c->name);
}

static int fail_tls(struct connect *c, patina_err e)
{
    struct failure f = failure_of(c, e);
    int status = exit_status_of(e);
    if (c->ui->json) {
        struct json j;
        json_begin(&j, c, false);
        json_number(&j, "exit", status);
        json_failure(&j, &f);
        json_close(&j, '}');
        json_end(&j);
        return status;
    }
    return explain_failure(c->ui, &f);
}

static int fail_network(const struct connect *c, int status, const char *why)
{
    if (c->ui->json) {
        struct json j;
        json_begin(&j, c, false);
        json_number(&j, "exit", status);
        json_open(&j, "error", '{');
        json_string(&j, "name", status == EXIT_TIMEOUT ? "TIMED_OUT" : "NETWORK");
        json_string(&j, "why", why);
        json_close(&j, '}');
        json_close(&j, '}');
        json_end(&j);
        return status;
    }
    const struct ui *ui = c->ui;
    ui_put(ui, STYLE_BAD, ui_bad(ui));
    fputc(' ', ui->out);
    size_t at = 2 + ui_put(ui, STYLE_BOLD, c->host);
    at += ui_put(ui, STYLE_BOLD, ":");
    at += ui_put(ui, STYLE_BOLD, c->port);
    ui_pad(ui, at, at + 3);
    at += 3 + ui_put(ui, STYLE_BAD, status == EXIT_TIMEOUT ? "timed out" : "not reached");
    ui_pad(ui, at, 74);
    fprintf(ui->out, "exit %d\n  why: ", status);
    ui_put(ui, STYLE_PLAIN, why);
    fputc('\n', ui->out);
    return status;
}

// ---- The summary.

static void fact(const struct ui *ui, const char *label, const char *value, const char *remark)
{
    ui_pad(ui, 0, 2);
    size_t at = 2 + ui_put(ui, STYLE_DIM, label);
    ui_pad(ui, at, 13);
    ui_put(ui, STYLE_PLAIN, value);
    if (remark != NULL) {
        ui_put(ui, STYLE_DIM, remark);
    }
    fputc('\n', ui->out);
}

static const char *version_name(uint16_t version)
{
    return version == 0x0304 ? "TLS 1.3" : "TLS ?";
}

static void copy_span(char *out, size_t cap, patina_span s)
{
    size_t n = s.len < cap - 1 ? s.len : cap - 1;
    if (n > 0) {
        memcpy(out, s.ptr, n);
    }
    out[n] = '\0';
}

static void put_summary(struct connect *c)
{
    const struct ui *ui = c->ui;
    const struct patina_conn *conn = patina_stream_conn(c->stream);
    uint16_t group = patina_conn_group(conn);
    char text[300];
    ui_put(ui, STYLE_GOOD, ui_good(ui));
    fputc(' ', ui->out);
    snprintf(text, sizeof(text), "%s:%s", c->host, c->port);
    ui_put(ui, STYLE_BOLD, text);
    snprintf(text, sizeof(text), "   %s, verified%s%s", version_name(patina_conn_version(conn)),
             strcmp(c->name, c->host) != 0 ? " as " : "",
             strcmp(c->name, c->host) != 0 ? c->name : "");
    ui_put(ui, STYLE_PLAIN, text);
    fputc('\n', ui->out);
    snprintf(text, sizeof(text), "  %s%s",
             group_is_post_quantum(group) ? "(post-quantum hybrid)" : "(not post-quantum)",
             patina_conn_was_retried(conn) ? ", after a HelloRetryRequest" : "");
    fact(ui, "group", patina_group_name(group), text);
    fact(ui, "suite", patina_suite_name(patina_conn_suite(conn)), NULL);
    fact(ui, "signature", patina_scheme_name(patina_conn_scheme(conn)), NULL);
    copy_span(text, sizeof(text), patina_conn_alpn(conn));
    fact(ui, "alpn", text[0] != '\0' ? text : "none", NULL);
    fact(ui, "address", c->times.address, NULL);
    snprintf(text, sizeof(text), "DNS %.1f ms, TCP %.1f ms, TLS %.1f ms",
             (double)c->times.dns_us / 1000.0, (double)c->times.tcp_us / 1000.0,
             (double)c->tls_us / 1000.0);
    fact(ui, "time", text, NULL);
    fact(ui, "provider", provider_name(c->provider), NULL);
    struct failure f = failure_of(c, PATINA_OK);
    chain_tree(ui, &f);
    fflush(ui->out);
}

static void put_json(struct connect *c)
{
    const struct patina_conn *conn = patina_stream_conn(c->stream);
    char alpn[256];
    copy_span(alpn, sizeof(alpn), patina_conn_alpn(conn));
    struct json j;
    json_begin(&j, c, true);
    json_number(&j, "exit", EXIT_OK);
    json_string(&j, "address", c->times.address);
    json_string(&j, "version", version_name(patina_conn_version(conn)));
    json_string(&j, "group", patina_group_name(patina_conn_group(conn)));
    json_bool(&j, "post_quantum", group_is_post_quantum(patina_conn_group(conn)));
    json_bool(&j, "retried", patina_conn_was_retried(conn));
    json_string(&j, "suite", patina_suite_name(patina_conn_suite(conn)));
    json_string(&j, "signature", patina_scheme_name(patina_conn_scheme(conn)));
    json_string(&j, "alpn", alpn[0] != '\0' ? alpn : NULL);
    json_string(&j, "provider", provider_name(c->provider));
    json_open(&j, "milliseconds", '{');
    json_micros(&j, "dns", c->times.dns_us);
    json_micros(&j, "tcp", c->times.tcp_us);
    json_micros(&j, "tls", c->tls_us);
    json_close(&j, '}');
    struct failure f = failure_of(c, PATINA_OK);
    json_chain(&j, &f);
    json_close(&j, '}');
    json_end(&j);
}

// ---- Running.

static patina_err make_stream(struct connect *c)
{
    struct patina_conn_options co = PATINA_CONN_OPTIONS_INIT;
    co.server_name = (patina_span){(const uint8_t *)c->name, strlen(c->name)};
    struct patina_conn *conn = NULL;
    patina_err e = patina_client_new(c->config, &co, &conn);
    if (e != PATINA_OK) {
        return e;
    }
    struct patina_stream_options so = PATINA_STREAM_OPTIONS_INIT;
    so.flags = PATINA_STREAM_NONBLOCKING;
    so.handshake_timeout_ms = c->timeout_ms > 0 ? (uint32_t)c->timeout_ms : 0;
    so.idle_timeout_ms = c->timeout_ms > 0 ? (uint32_t)c->timeout_ms : PATINA_STREAM_NO_TIMEOUT;
    e = patina_stream_new(c->fd, conn, &so, &c->stream);
    if (e != PATINA_OK) {
        patina_conn_free(conn);
    }
    return e;
}

static int run(struct connect *c)
{
    char why[512] = "";
    int status = open_keylog(c);
    if (status == EXIT_OK) {
        status = make_config(c);
    }
    if (status != EXIT_OK) {
        return status;
    }
    provider_warm_up(c->provider);
    int64_t limit = c->timeout_ms > 0 ? c->timeout_ms : 10000;
    c->fd = net_dial(c->host, c->port, limit, &c->times, &status, why, sizeof(why));
    if (c->fd < 0) {
        return fail_network(c, status, why);
    }
    int64_t begin = micros_now();
    patina_err e = make_stream(c);
    if (e == PATINA_OK) {
        e = pipe_handshake(c->stream, c->fd);
    }
    c->tls_us = micros_now() - begin;
    if (e != PATINA_OK) {
        return fail_tls(c, e);
    }
    if (c->ui->json) {
        put_json(c);
    } else if (!c->ui->quiet) {
        put_summary(c);
    }
    if (c->no_pipe) {
        return pipe_close(c->stream, c->fd);
    }
    e = pipe_run(c->stream, c->fd, !c->no_half_close);
    if (e == PATINA_ERR_FILE) {
        return ui_error(c->ui, EXIT_OTHER, "standard input or output: %s", strerror(errno));
    }
    return e == PATINA_OK ? EXIT_OK : fail_tls(c, e);
}

int verb_connect(struct ui *ui, struct args *a)
{
    struct connect c = {.ui = ui, .port = "443", .fd = -1};
    int status = read_args(&c, a);
    if (ui->help) {
        fputs(help, stdout);
        status = EXIT_OK;
    } else if (status == EXIT_OK) {
        ui_begin(ui, stderr);
        status = run(&c);
    }
    certs_free(&c.chain);
    patina_stream_free(c.stream);
    patina_client_config_unref(c.config);
    patina_verifier_unref(c.verifier);
    patina_provider_unref(c.provider);
    if (c.fd >= 0) {
        close(c.fd);
    }
    if (c.keylog_file != NULL) {
        fclose(c.keylog_file);
    }
    free(c.alpn_text);
    return status;
}
