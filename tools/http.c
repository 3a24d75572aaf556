// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Requests and answers. A request that could be read in two ways is refused (RFC 9112 §11.2).
// Called by serve.c.
#include "http.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tool.h"

// ---- Requests.

size_t http_empty_lines(const char *buf, size_t len)
{
    size_t n = 0;
    while (n < len && (buf[n] == '\n' || (n + 1 < len && buf[n] == '\r' && buf[n + 1] == '\n'))) {
        n += buf[n] == '\n' ? 1 : 2;
    }
    return n;
}

size_t http_head_len(const char *buf, size_t len)
{
    const char *end = buf + len;
    for (const char *p = memchr(buf, '\n', len); p != NULL;) {
        p++;
        if (p < end && p[0] == '\n') {
            return (size_t)(p - buf) + 1;
        }
        if (p + 1 < end && p[0] == '\r' && p[1] == '\n') {
            return (size_t)(p - buf) + 2;
        }
        p = memchr(p, '\n', (size_t)(end - p));
    }
    return 0;
}

// The lines of a head. All of them end alike, with CRLF or as people type them with LF alone
// (RFC 9112 §2.2): a mixture could be read in two ways.
struct lines {
    const char *at, *end;
    bool crlf;
};

// Cuts off the next line, without its end. There is one, for heads end with an empty line. False:
// it ends otherwise than the first.
static bool next_line(struct lines *l, const char **out, size_t *out_len)
{
    const char *lf = memchr(l->at, '\n', (size_t)(l->end - l->at));
    size_t n = lf != NULL ? (size_t)(lf - l->at) : 0;
    bool cr = n > 0 && l->at[n - 1] == '\r';
    *out = l->at;
    *out_len = cr ? n - 1 : n;
    l->at = lf != NULL ? lf + 1 : l->end;
    return cr == l->crlf;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Decodes %xx up to '?' or '#'. No NUL, no control character, no way out by "..", and nothing whose
// name begins with a dot (.git, .ssh) but /.well-known/.
static int decode_path(const char *target, size_t len, char out[HTTP_PATH_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < len && target[i] != '?' && target[i] != '#'; i++) {
        int c = (unsigned char)target[i];
        if (c == '%') {
            int high = i + 2 < len ? hex_digit(target[i + 1]) : -1;
            int low = i + 2 < len ? hex_digit(target[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return 400;
            }
            c = high * 16 + low;
            i += 2;
        }
        if (c < 0x20 || c == 0x7f) {
            return 400;
        }
        if (n + 1 >= HTTP_PATH_MAX) {
            return 414;
        }
        out[n++] = (char)c;
    }
    out[n] = '\0';
    if (out[0] != '/') {
        return 400;
    }
    for (const char *p = strstr(out, "/."); p != NULL; p = strstr(p + 1, "/.")) {
        if (strncmp(p, "/.well-known/", 13) != 0) {
            return 404;
        }
    }
    return 0;
}

// "bytes=a-b", "bytes=a-", "bytes=-n". Anything else is no range: the whole file is sent.
static void parse_range(const char *value, struct http_request *r)
{
    char text[64];
    if (strncasecmp(value, "bytes=", 6) != 0 || strchr(value, ',') != NULL) {
        return;
    }
    snprintf(text, sizeof(text), "%s", value + 6);
    char *dash = strchr(text, '-');
    if (dash == NULL) {
        return;
    }
    *dash = '\0';
    bool has_last = dash[1] != '\0';
    if (has_last && !parse_uint(dash + 1, INT64_MAX, &r->range_last)) {
        return;
    }
    if (text[0] == '\0') {
        r->range_suffix = has_last;
        r->has_range = has_last;
        return;
    }
    if (!parse_uint(text, INT64_MAX, &r->range_first) ||
        (has_last && r->range_last < r->range_first)) {
        return;
    }
    r->range_open = !has_last;
    r->has_range = true;
}

struct fields {
    struct http_request *r;
    unsigned hosts, lengths;
    bool if_range;
};

static void read_field(struct fields *f, const char *name, const char *value)
{
    struct http_request *r = f->r;
    if (strcasecmp(name, "Host") == 0) {
        f->hosts++;
    } else if (strcasecmp(name, "Content-Length") == 0) {
        f->lengths++;
        if (!parse_uint(value, INT64_MAX, &r->content_length)) {
            r->bad = 400;
        }
    } else if (strcasecmp(name, "Transfer-Encoding") == 0) {
        r->chunked = true;
    } else if (strcasecmp(name, "Connection") == 0) {
        r->keep_alive = strcasestr(value, "close") == NULL &&
                        (r->keep_alive || strcasestr(value, "keep-alive") != NULL);
    } else if (strcasecmp(name, "Expect") == 0) {
        r->expects_continue = strcasecmp(value, "100-continue") == 0;
    } else if (strcasecmp(name, "Range") == 0) {
        parse_range(value, r);
    } else if (strcasecmp(name, "If-Range") == 0) {
        f->if_range = true;
    } else if (strcasecmp(name, "If-Modified-Since") == 0) {
        snprintf(r->if_modified_since, sizeof(r->if_modified_since), "%s", value);
    }
}

// One header line, `len` bytes without its end; a copy of it is cut into name and value.
static bool parse_field(struct fields *f, const char *line, size_t len)
{
    char text[HTTP_HEAD_MAX];
    if (len == 0 || len >= sizeof(text)) {
        return false;
    }
    for (size_t i = 0; i < len; i++) { // RFC 9110 §5.5
        if (((unsigned char)line[i] < 0x20 && line[i] != '\t') || line[i] == 0x7f) {
            return false;
        }
        text[i] = line[i];
    }
    text[len] = '\0';
    char *colon = strchr(text, ':');
    // White space before the colon and folded lines are how requests get smuggled.
    if (colon == NULL || colon == text || strcspn(text, " \t") < (size_t)(colon - text)) {
        return false;
    }
    *colon = '\0';
    char *value = colon + 1 + strspn(colon + 1, " \t");
    size_t n = strlen(value);
    while (n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t')) {
        value[--n] = '\0';
    }
    read_field(f, text, value);
    return true;
}

// RFC 9110 §9.1: what is known but not done here is told apart from what is not known.
static enum http_method method_of(const char *name, size_t len)
{
    static const struct {
        const char *name;
        enum http_method method;
    } methods[] = {
        {"GET", HTTP_GET},     {"HEAD", HTTP_HEAD},     {"POST", HTTP_UPLOAD},
        {"PUT", HTTP_UPLOAD},  {"DELETE", HTTP_OTHER},  {"OPTIONS", HTTP_OTHER},
        {"PATCH", HTTP_OTHER}, {"CONNECT", HTTP_OTHER}, {"TRACE", HTTP_OTHER},
    };
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        if (strlen(methods[i].name) == len && memcmp(methods[i].name, name, len) == 0) {
            return methods[i].method;
        }
    }
    return HTTP_UNKNOWN;
}

static bool begins(const char *text, size_t len, const char *with)
{
    return len >= strlen(with) && strncasecmp(text, with, strlen(with)) == 0;
}

// The path of the target: origin-form, or absolute-form, whose scheme and authority are skipped
// (RFC 9112 §3.2.2). "*" stands for the whole server and fits OPTIONS alone.
static int parse_target(const char *target, size_t len, struct http_request *r)
{
    if (len == 1 && target[0] == '*' && strcmp(r->method_name, "OPTIONS") == 0) {
        snprintf(r->path, sizeof(r->path), "*");
        return 0;
    }
    size_t n = begins(target, len, "http://") ? 7 : begins(target, len, "https://") ? 8 : 0;
    if (n == 0) {
        return decode_path(target, len, r->path);
    }
    while (n < len && target[n] != '/' && target[n] != '?' && target[n] != '#') {
        n++;
    }
    return n < len && target[n] == '/' ? decode_path(target + n, len - n, r->path) : 0;
}

static int parse_request_line(const char *line, size_t len, struct http_request *r)
{
    const char *space = memchr(line, ' ', len);
    if (space == NULL) {
        return 400;
    }
    size_t method_len = (size_t)(space - line);
    snprintf(r->method_name, sizeof(r->method_name), "%.*s",
             method_len < sizeof(r->method_name) ? (int)method_len : (int)sizeof(r->method_name),
             line);
    const char *target = space + 1;
    size_t rest = len - method_len - 1;
    const char *second = memchr(target, ' ', rest);
    if (second == NULL) {
        return 400;
    }
    size_t target_len = (size_t)(second - target);
    size_t version_len = rest - target_len - 1;
    const char *version = second + 1;
    if (version_len != 8 || strncmp(version, "HTTP/", 5) != 0 || version[5] < '0' ||
        version[5] > '9' || version[6] != '.' || version[7] < '0' || version[7] > '9') {
        return 400;
    }
    if (version[5] != '1') {
        return 505;
    }
    r->keep_alive = version[7] != '0';
    r->method = method_of(line, method_len);
    return parse_target(target, target_len, r);
}

void http_parse(const char *head, size_t len, struct http_request *out)
{
    *out = (struct http_request){.path = "/"};
    struct fields f = {.r = out};
    struct lines lines = {.at = head, .end = head + len};
    const char *line = head;
    size_t n = 0;
    lines.crlf = !next_line(&lines, &line, &n); // as the first line ends
    int status = parse_request_line(line, n, out);
    // A path that is not there does not excuse from reading the rest: where the body ends depends
    // on it, and with it where the next request begins.
    out->bad = status == 404 ? 0 : status;
    bool is_1_0 = !out->keep_alive;
    while (out->bad == 0 && lines.at < lines.end) {
        bool alike = next_line(&lines, &line, &n);
        bool last = n == 0 && lines.at == lines.end;
        if (!alike || (!last && !parse_field(&f, line, n))) {
            out->bad = 400;
        }
    }
    if (out->bad == 0 && (f.lengths > 1 || f.hosts > 1 || (f.hosts == 0 && !is_1_0))) {
        out->bad = 400;
    } else if (out->bad == 0 && out->chunked) {
        out->bad = f.lengths > 0 ? 400 : 411;
    }
    if (out->bad == 0) {
        out->bad = status;
    }
    out->has_range = out->has_range && !f.if_range;
}

// ---- Answers.

static const char *reason(int status)
{
    static const struct {
        int status;
        const char *text;
    } reasons[] = {
        {200, "OK"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {411, "Length Required"},
        {414, "URI Too Long"},
        {416, "Range Not Satisfiable"},
        {431, "Request Header Fields Too Large"},
        {501, "Not Implemented"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        if (reasons[i].status == status) {
            return reasons[i].text;
        }
    }
    return "Error";
}

static void http_date(time_t t, char out[40])
{
    struct tm tm;
    if (gmtime_r(&t, &tm) == NULL || strftime(out, 40, "%a, %d %b %Y %H:%M:%S GMT", &tm) == 0) {
        out[0] = '\0';
    }
}

// Head and a body in memory. `more` are further header lines, each with its end.
static bool set_text(struct http_answer *a, int status, const char *type, uint64_t length,
                     const char *more, patina_span body)
{
    char date[40];
    http_date(time(NULL), date);
    char length_line[64] = "";
    if (status != 304) {
        snprintf(length_line, sizeof(length_line), "Content-Length: %llu\r\n",
                 (unsigned long long)length);
    }
    size_t cap = 1024 + strlen(more) + body.len;
    a->text = malloc(cap);
    if (a->text == NULL) {
        return false;
    }
    int n = snprintf(a->text, cap,
                     "HTTP/1.1 %d %s\r\nDate: %s\r\nServer: patina/%s\r\nContent-Type: %s\r\n%s%s"
                     "X-Content-Type-Options: nosniff\r\nConnection: %s\r\n\r\n",
                     status, reason(status), date, patina_version_string(), type, length_line, more,
                     a->keep_alive ? "keep-alive" : "close");
    if (n < 0 || (size_t)n + body.len > cap) {
        return false;
    }
    a->status = status;
    a->body_len = status != 304 ? length : 0;
    a->text_len = (size_t)n;
    if (body.len > 0) {
        memcpy(a->text + a->text_len, body.ptr, body.len);
        a->text_len += body.len;
    }
    return true;
}

static bool answer_status(struct http_answer *a, const struct http_request *r, int status,
                          const char *more)
{
    char body[128];
    int n = snprintf(body, sizeof(body), "%d %s\n", status, reason(status));
    size_t len = n > 0 ? (size_t)n : 0;
    patina_span text = {(const uint8_t *)body, r->method == HTTP_HEAD ? 0 : len};
    return set_text(a, status, "text/plain; charset=utf-8", len, more, text);
}

// 206, 416 or 200: sets the part of the file to send.
static int apply_range(const struct http_request *r, uint64_t size, struct http_answer *a)
{
    a->file_at = 0;
    a->file_left = size;
    if (!r->has_range || r->method != HTTP_GET) {
        return 200;
    }
    if (r->range_suffix) {
        uint64_t n = r->range_last < size ? r->range_last : size;
        a->file_at = size - n;
        a->file_left = n;
        return n > 0 ? 206 : 416;
    }
    if (r->range_first >= size) {
        return 416;
    }
    uint64_t last = r->range_open || r->range_last >= size ? size - 1 : r->range_last;
    a->file_at = r->range_first;
    a->file_left = last - r->range_first + 1;
    return 206;
}

static bool answer_file(struct http_answer *a, const struct http_request *r, const char *name,
                        const struct stat *st)
{
    uint64_t size = st->st_size > 0 ? (uint64_t)st->st_size : 0;
    char modified[40];
    char more[256];
    http_date(st->st_mtime, modified);
    int status = apply_range(r, size, a);
    if (status == 416) {
        a->file_left = 0;
        snprintf(more, sizeof(more), "Content-Range: bytes */%llu\r\n", (unsigned long long)size);
        return answer_status(a, r, 416, more);
    }
    int n = snprintf(more, sizeof(more), "Last-Modified: %s\r\nAccept-Ranges: bytes\r\n", modified);
    if (strcmp(r->if_modified_since, modified) == 0) {
        a->file_left = 0;
        return set_text(a, 304, files_type(name), 0, more, (patina_span){NULL, 0});
    }
    if (status == 206 && n > 0 && (size_t)n < sizeof(more)) {
        snprintf(more + n, sizeof(more) - (size_t)n, "Content-Range: bytes %llu-%llu/%llu\r\n",
                 (unsigned long long)a->file_at,
                 (unsigned long long)(a->file_at + a->file_left - 1), (unsigned long long)size);
    }
    uint64_t length = a->file_left;
    if (r->method == HTTP_HEAD) {
        a->file_left = 0;
    }
    return set_text(a, status, files_type(name), length, more, (patina_span){NULL, 0});
}

static bool answer_folder(struct http_answer *a, const struct http_request *r,
                          const struct site *site, int folder)
{
    int index = files_open(folder, "index.html");
    struct stat st;
    if (index >= 0 && fstat(index, &st) == 0 && S_ISREG(st.st_mode) && files_may_serve(site, &st)) {
        close(a->file);
        a->file = index;
        return answer_file(a, r, "index.html", &st);
    }
    if (index >= 0) {
        close(index);
    }
    size_t len = 0;
    char *page = files_list(site, folder, r->path, &len);
    if (page == NULL) {
        return answer_status(a, r, 403, "");
    }
    patina_span body = {(const uint8_t *)page, r->method == HTTP_HEAD ? 0 : len};
    bool ok = set_text(a, 200, "text/html; charset=utf-8", len, "", body);
    free(page);
    return ok;
}

// The path again, as a header may carry it.
static bool answer_redirect(struct http_answer *a, const struct http_request *r)
{
    char more[3 * HTTP_PATH_MAX + 32] = "Location: ";
    size_t n = strlen(more);
    const char *p = r->path;
    while (p[0] == '/' && p[1] == '/') {
        p++; // "//host" would lead to another server
    }
    for (; *p != '\0'; p++) {
        bool plain = strchr("/-_.~", *p) != NULL || (*p >= '0' && *p <= '9') ||
                     ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z');
        n += (size_t)snprintf(more + n, sizeof(more) - n, plain ? "%c" : "%%%02X",
                              (int)(unsigned char)*p);
    }
    snprintf(more + n, sizeof(more) - n, "/\r\n");
    return answer_status(a, r, 301, more);
}

static bool answer_get(struct http_answer *a, const struct http_request *r, const struct site *site)
{
    const char *relative = r->path + strspn(r->path, "/");
    a->file = files_open(site->root, relative[0] != '\0' ? relative : ".");
    struct stat st;
    if (a->file < 0 || fstat(a->file, &st) != 0) {
        bool hidden = errno == EACCES || errno == EPERM;
        return answer_status(a, r, hidden ? 403 : 404, "");
    }
    if (!files_may_serve(site, &st)) {
        return answer_status(a, r, 403, "");
    }
    size_t len = strlen(r->path);
    bool slash = r->path[len - 1] == '/';
    if (S_ISREG(st.st_mode) && !slash) {
        return answer_file(a, r, relative, &st);
    }
    if (S_ISDIR(st.st_mode)) {
        return slash ? answer_folder(a, r, site, a->file) : answer_redirect(a, r);
    }
    return answer_status(a, r, 404, "");
}

bool http_answer(const struct http_request *r, const struct site *site, uint64_t received,
                 struct http_answer *out)
{
    *out = (struct http_answer){.file = -1, .keep_alive = r->keep_alive && r->bad == 0};
    if (r->bad != 0 && r->bad != 404) {
        return answer_status(out, r, r->bad, "");
    }
    if (r->method == HTTP_OTHER || r->method == HTTP_UNKNOWN) {
        out->keep_alive = out->keep_alive && r->content_length == 0;
        return answer_status(out, r, r->method == HTTP_OTHER ? 405 : 501,
                             "Allow: GET, HEAD, POST, PUT\r\n");
    }
    if (r->bad == 404) {
        out->keep_alive = r->keep_alive;
        return answer_status(out, r, 404, "");
    }
    if (r->method == HTTP_UPLOAD) {
        char body[64];
        int n = snprintf(body, sizeof(body), "received %llu bytes\n", (unsigned long long)received);
        size_t len = n > 0 ? (size_t)n : 0;
        return set_text(out, 200, "text/plain; charset=utf-8", len, "",
                        (patina_span){(const uint8_t *)body, len});
    }
    return answer_get(out, r, site);
}

void http_answer_clear(struct http_answer *a)
{
    free(a->text);
    if (a->file >= 0) {
        close(a->file);
    }
    *a = (struct http_answer){.file = -1};
}
