// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the verbs of the `patina` command share. Exit statuses are a promise (docs/man/patina.1).
#ifndef PATINA_TOOL_H
#define PATINA_TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "patina/patina.h"

enum tool_exit {
    EXIT_OK = 0,
    EXIT_USAGE = 1,
    EXIT_NETWORK = 2, // DNS or TCP
    EXIT_TLS = 3,
    EXIT_CERTIFICATE = 4, // or name
    EXIT_REVOKED = 5,
    EXIT_TIMEOUT = 6,
    EXIT_OTHER = 7
};

// ---- ui.c: what people and programs read.

enum tool_color { COLOR_AUTO = 0, COLOR_ALWAYS, COLOR_NEVER };
enum tool_style { STYLE_PLAIN = 0, STYLE_BOLD, STYLE_DIM, STYLE_GOOD, STYLE_BAD, STYLE_WARN };

// What was complained about first: the reason in the JSON of a verb that wrote none itself.
#define COMPLAINT_MAX 1024
struct ui_notes {
    char complaint[COMPLAINT_MAX];
};

struct ui {
    const char *verb;       // "connect"
    struct ui_notes *notes; // NULL: nothing is kept
    enum tool_color color_wish;
    bool json, quiet, help;
    bool color, unicode; // decided by ui_begin
    FILE *out;           // text for people
};

// `ui_begin` decides about colour and unicode for text written to `out`.
void ui_begin(struct ui *ui, FILE *out);

// `ui_put` writes text that may come from a peer: what a terminal would act on becomes '?'. Returns
// its width in columns.
size_t ui_put(const struct ui *ui, enum tool_style style, const char *text);

// `ui_pad` writes spaces from column `at` to column `to`, at least one when `at` is past it.
void ui_pad(const struct ui *ui, size_t at, size_t to);

// `ui_wrap` writes words from column `at` on, goes on at column `indent` where 80 columns are full,
// and ends the line. Words that are longer than a line are cut into several.
void ui_wrap(const struct ui *ui, enum tool_style style, size_t at, size_t indent,
             const char *text);

// `ui_good`, `ui_bad` and `ui_maybe` are the marks: a tick, a cross and a bang, or "ok", "x", "!".
const char *ui_good(const struct ui *ui);
const char *ui_bad(const struct ui *ui);
const char *ui_maybe(const struct ui *ui);

// `ui_complain` writes "patina VERB: text" to standard error.
void ui_complain(const struct ui *ui, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// `ui_error` does the same and has the value `status`.
#define ui_error(ui, status, ...) (ui_complain((ui), __VA_ARGS__), (status))

// `ui_warn` does the same for what is no failure, unless --quiet.
void ui_warn(const struct ui *ui, const char *format, ...) __attribute__((format(printf, 2, 3)));

// JSON, one object on one line. Keys are our own; values are escaped.
struct json {
    FILE *out;
    bool comma;
};
void json_open(struct json *j, const char *key, char bracket);        // '{' or '['
void json_close(struct json *j, char bracket);                        // '}' or ']'
void json_string(struct json *j, const char *key, const char *value); // NULL: null
void json_number(struct json *j, const char *key, int64_t value);
void json_micros(struct json *j, const char *key, int64_t us); // as milliseconds
void json_bool(struct json *j, const char *key, bool value);
void json_end(struct json *j); // the newline

// ---- args.c: the command line.

struct option {
    const char *name; // "--cafile"
    bool takes_value;
};
struct args {
    char **argv; // the verb stands at 0
    int argc, at;
    bool only_positional; // after "--"
};
enum { ARGS_END = -1, ARGS_POSITIONAL = -2, ARGS_BAD = -3 };

// `args_next` returns the index of the next option in `options`, with its value, or one of the
// above. Options every verb has (--json, --quiet, --color=WHEN, --help) go into `ui`.
int args_next(struct args *a, const struct option *options, size_t count, struct ui *ui,
              const char **out_value);

// `parse_uint` reads a decimal number of at most `max`.
bool parse_uint(const char *text, uint64_t max, uint64_t *out);

// `parse_host_port` splits "host", "host:port", "[::1]:port", "::1". The port stays as it is when
// there is none. False: malformed or too long.
#define HOST_MAX 256
#define PORT_MAX 32
bool parse_host_port(const char *text, char host[HOST_MAX], char port[PORT_MAX]);

// `parse_port` reads a port's number, `least` (0 or 1) to 65535.
bool parse_port(const char *text, uint64_t least, uint16_t *out);

// ---- net.c: names, sockets, files, time.

int64_t micros_now(void); // monotonic

struct dial_times {
    int64_t dns_us, tcp_us;
    char address[64]; // the one that answered, numeric
};

// `net_dial` connects to the first address that answers, in `timeout_ms` for all of them. Returns a
// socket, or -1 with an exit status and a reason.
int net_dial(const char *host, const char *port, int64_t timeout_ms, struct dial_times *times,
             int *out_status, char *why, size_t why_cap);

// `net_listen` opens a listening socket on a numeric or named address; `port` receives the number.
int net_listen(const char *host, const char *port, uint16_t *out_port, char *why, size_t why_cap);

// `file_read` reads a whole file of at most 128 MiB into memory to be freed. NULL with errno.
char *file_read(const char *path, size_t *out_len);

// `stream_read` does the same with an open descriptor, to its end.
char *stream_read(int fd, size_t *out_len);

// `format_date` writes "2026-11-21" (UTC).
void format_date(int64_t unix_s, char out[16]);

// ---- setup.c: providers, names of algorithms, trust.

// `provider_by_name` returns the provider "awslc" or "openssl", NULL name: AWS-LC, else OpenSSL.
// NULL when this build has it not. Give it back with `patina_provider_unref`.
const struct patina_provider *provider_by_name(const char *name);

// `provider_name` returns the name that --provider takes.
const char *provider_name(const struct patina_provider *provider);

// `provider_warm_up` lets the random generator gather its first entropy, which takes AWS-LC some 50
// ms of a processor once: better now than in the middle of the first handshake.
void provider_warm_up(const struct patina_provider *provider);

// `parse_suites` and `parse_groups` read names of the registry (any case; also short ones as
// "aes128", "p256") or hex numbers, comma separated. False: `bad` holds the unknown one.
#define CODES_MAX 16
struct codes {
    uint16_t list[CODES_MAX];
    size_t count;
};
bool parse_suites(const char *text, struct codes *out, char bad[64]);
bool parse_groups(const char *text, struct codes *out, char bad[64]);

// `parse_protocols` splits an ALPN list in place: `text` is changed and borrowed.
#define PROTOCOLS_MAX 16
bool parse_protocols(char *text, patina_span list[PROTOCOLS_MAX], size_t *out_count);

bool group_is_post_quantum(uint16_t group);

// `verifier_for` makes a verifier over the roots of `cafile` (PEM) or, when NULL, the system's.
patina_err verifier_for(const struct ui *ui, const struct patina_provider *provider,
                        const char *cafile, struct patina_verifier **out, char *why,
                        size_t why_cap);

// `roots_load` loads the roots of `cafile` (PEM) or, when NULL, the system's. A file of the user's
// with a broken block is refused; a certificate that patina does not take is warned of (`ui` NULL:
// silently) and passed over. NULL: `why` says why.
struct patina_roots *roots_load(const struct ui *ui, const char *cafile, char *why, size_t why_cap);

// ---- explain.c: failures in plain words; more in explain.h.

int exit_status_of(patina_err e);

// `error_text` writes the error's sentence and what the report adds to it, nothing twice.
#define ERROR_TEXT_MAX 512
void error_text(patina_err e, const struct patina_report *report, char out[ERROR_TEXT_MAX]);

// `is_foreign` is true when a name has letters that DNS has not.
bool is_foreign(const char *name);

// ---- The verbs. Each gets its own arguments and returns the exit status.

int verb_connect(struct ui *ui, struct args *a);
int verb_serve(struct ui *ui, struct args *a);
int verb_check(struct ui *ui, struct args *a);
int verb_cert(struct ui *ui, struct args *a);
int verb_ca(struct ui *ui, struct args *a);
int verb_doctor(struct ui *ui, struct args *a);

#endif
