// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Files of a served folder: opened beneath it and nowhere else, listed, typed. Called by http.c.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "http.h"

#define OPEN_FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

// Without openat2: component by component, through no symbolic link at all.
static int open_step_by_step(int root, const char *path)
{
    int at = fcntl(root, F_DUPFD_CLOEXEC, 0);
    while (at >= 0) {
        path += strspn(path, "/");
        size_t len = strcspn(path, "/");
        char name[256];
        if (len == 0) {
            return at;
        }
        int next = -1;
        if (len >= sizeof(name) || strncmp(path, "..", len > 2 ? len : 2) == 0) {
            errno = ENOENT;
        } else {
            memcpy(name, path, len);
            name[len] = '\0';
            next = openat(at, name, OPEN_FLAGS | O_NOFOLLOW);
        }
        int saved = errno;
        close(at);
        errno = saved;
        at = next;
        path += len;
    }
    return -1;
}

#ifdef SYS_openat2
// The kernel's struct open_how and RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS; glibc has no wrapper.
struct how {
    uint64_t flags, mode, resolve;
};

static int open_beneath(int root, const char *path)
{
    struct how how = {.flags = OPEN_FLAGS, .resolve = 0x08 | 0x02};
    return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}
#else
static int open_beneath(int root, const char *path)
{
    (void)root;
    (void)path;
    errno = ENOSYS;
    return -1;
}
#endif

int files_open(int root, const char *path)
{
    int fd = open_beneath(root, path);
    if (fd < 0 && (errno == ENOSYS || errno == EPERM)) {
        fd = open_step_by_step(root, path);
    }
    return fd;
}

// ---- Listing.

struct page {
    char *text;
    size_t len, cap;
    bool failed;
};

static void add(struct page *p, const char *text, size_t len)
{
    if (!p->failed && p->len + len > p->cap) {
        size_t cap = (p->len + len) * 2 + 1024;
        char *more = realloc(p->text, cap);
        p->failed = more == NULL;
        p->text = more != NULL ? more : p->text;
        p->cap = more != NULL ? cap : p->cap;
    }
    if (!p->failed) {
        memcpy(p->text + p->len, text, len);
        p->len += len;
    }
}

static void add_text(struct page *p, const char *text)
{
    add(p, text, strlen(text));
}

static void add_escaped(struct page *p, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            add_text(p, "&amp;");
            break;
        case '<':
            add_text(p, "&lt;");
            break;
        case '>':
            add_text(p, "&gt;");
            break;
        case '"':
            add_text(p, "&quot;");
            break;
        default:
            add(p, text, 1);
        }
    }
}

static void add_link(struct page *p, const char *name, bool folder)
{
    add_text(p, "<li><a href=\"./");
    for (const char *c = name; *c != '\0'; c++) {
        char code[4];
        bool plain = strchr("-_.~", *c) != NULL || (*c >= '0' && *c <= '9') ||
                     ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z');
        snprintf(code, sizeof(code), plain ? "%c" : "%%%02X", (int)(unsigned char)*c);
        add_text(p, code);
    }
    add_text(p, folder ? "/\">" : "\">");
    add_escaped(p, name);
    add_text(p, folder ? "/</a>\n" : "</a>\n");
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int not_hidden(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

bool files_may_serve(const struct site *site, const struct stat *st)
{
    if (!S_ISREG(st->st_mode)) {
        return true;
    }
    for (size_t i = 0; i < site->secrets_count; i++) {
        if (site->secrets[i].device == st->st_dev && site->secrets[i].inode == st->st_ino) {
            return false;
        }
    }
    return (st->st_mode & S_IROTH) != 0;
}

char *files_list(const struct site *site, int folder, const char *path, size_t *out_len)
{
    struct dirent **entries = NULL;
    int count = scandirat(folder, ".", &entries, not_hidden, by_name);
    if (count < 0) {
        return NULL;
    }
    struct page p = {0};
    add_text(&p, "<!doctype html>\n<meta charset=\"utf-8\">\n<title>");
    add_escaped(&p, path);
    add_text(&p, "</title>\n<h1>");
    add_escaped(&p, path);
    add_text(&p, "</h1>\n<ul>\n");
    for (int i = 0; i < count; i++) {
        struct stat st;
        bool there = fstatat(folder, entries[i]->d_name, &st, 0) == 0;
        if (there && files_may_serve(site, &st)) {
            add_link(&p, entries[i]->d_name, S_ISDIR(st.st_mode));
        }
        free(entries[i]);
    }
    free(entries);
    add_text(&p, "</ul>\n");
    if (p.failed) {
        free(p.text);
        return NULL;
    }
    *out_len = p.len;
    return p.text;
}

const char *files_type(const char *path)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        {".html", "text/html; charset=utf-8"},
        {".htm", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".json", "application/json"},
        {".txt", "text/plain; charset=utf-8"},
        {".md", "text/markdown; charset=utf-8"},
        {".csv", "text/csv; charset=utf-8"},
        {".xml", "application/xml"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},
        {".webp", "image/webp"},
        {".avif", "image/avif"},
        {".ico", "image/x-icon"},
        {".pdf", "application/pdf"},
        {".wasm", "application/wasm"},
        {".woff2", "font/woff2"},
        {".mp4", "video/mp4"},
        {".webm", "video/webm"},
        {".mp3", "audio/mpeg"},
        {".ogg", "audio/ogg"},
        {".zip", "application/zip"},
        {".gz", "application/gzip"},
    };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcasecmp(dot, types[i].ending) == 0) {
            return types[i].type;
        }
    }
    return "application/octet-stream";
}
