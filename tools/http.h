// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Just enough HTTP/1.1 (RFC 9110, RFC 9112) for static files: requests are parsed, answers are
// prepared; no sockets here. Called by serve.c.
#ifndef PATINA_TOOL_HTTP_H
#define PATINA_TOOL_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#define HTTP_HEAD_MAX 8192u // bytes of a request's head
#define HTTP_PATH_MAX 2048u

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_UPLOAD /* POST, PUT */, HTTP_OTHER, HTTP_UNKNOWN };

struct http_request {
    enum http_method method;
    char method_name[16];     // for the log; cut when longer
    char path[HTTP_PATH_MAX]; // decoded; begins with '/'
    uint64_t content_length;
    bool keep_alive;
    bool expects_continue;
    bool chunked;
    bool has_range;
    bool range_suffix; // the last `range_last` bytes
    bool range_open;   // from range_first to the end
    uint64_t range_first, range_last;
    char if_modified_since[40];
    int bad; // 0, or the status to refuse with
};

struct http_answer {
    int status;
    char *text; // head and, for short answers, body; to be freed
    size_t text_len;
    int file; // -1, or open
    uint64_t file_at, file_left;
    uint64_t body_len; // bytes after the head, for the log
    bool keep_alive;
};

// A served folder, and the files that must never leave it: private keys.
struct site {
    int root;
    const struct file_id {
        dev_t device;
        ino_t inode;
    } *secrets;
    size_t secrets_count;
};

// `http_empty_lines` returns the length of the empty lines that `buf` begins with: in front of a
// request they do not count (RFC 9112 §2.2).
size_t http_empty_lines(const char *buf, size_t len);

// `http_head_len` returns the length of the head that stands in `buf`, its empty line included, or
// 0 while it is incomplete.
size_t http_head_len(const char *buf, size_t len);

// `http_parse` reads a head. `out->bad` says what is wrong with it.
void http_parse(const char *head, size_t len, struct http_request *out);

// `http_answer` prepares the answer out of `site`; `received` is the bytes of the body. False: no
// memory.
bool http_answer(const struct http_request *r, const struct site *site, uint64_t received,
                 struct http_answer *out);

// `http_answer_clear` closes and frees. A zeroed answer's file is -1 only after this.
void http_answer_clear(struct http_answer *a);

// `files_open` opens `path` (relative, decoded) under `root` and never outside of it, whatever
// "..", symbolic links or races do. -1 with errno.
int files_open(int root, const char *path);

// `files_may_serve` is false for the site's secrets, and for every regular file that others on this
// machine may not read: what is private here is not made public by a server.
bool files_may_serve(const struct site *site, const struct stat *st);

// `files_list` makes an HTML page of a folder's entries, without what may not be served. NULL: no
// memory, or not readable.
char *files_list(const struct site *site, int folder, const char *path, size_t *out_len);

// `files_type` returns the media type by the name's ending.
const char *files_type(const char *path);

#endif
