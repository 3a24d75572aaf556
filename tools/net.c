// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Names, sockets, files and dates for the verbs. Called by connect.c, serve.c, ca.c, doctor.c.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tool.h"

#define FILE_MAX (128u << 20)

int64_t micros_now(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void format_date(int64_t unix_s, char out[16])
{
    time_t t = (time_t)unix_s;
    struct tm tm;
    if (gmtime_r(&t, &tm) == NULL || strftime(out, 16, "%Y-%m-%d", &tm) == 0) {
        snprintf(out, 16, "?");
    }
}

// Connects one address until the deadline. 0 or an errno.
static int connect_one(int fd, const struct addrinfo *ai, int64_t deadline_us)
{
    if (connect(fd, ai->ai_addr, ai->ai_addrlen) == 0) {
        return 0;
    }
    if (errno != EINPROGRESS) {
        return errno;
    }
    for (;;) {
        int64_t left_ms = (deadline_us - micros_now()) / 1000;
        if (left_ms <= 0) {
            return ETIMEDOUT;
        }
        struct pollfd p = {.fd = fd, .events = POLLOUT};
        int n = poll(&p, 1, left_ms > INT_MAX ? INT_MAX : (int)left_ms);
        if (n > 0) {
            int error = 0;
            socklen_t len = sizeof(error);
            return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 ? error : errno;
        }
        if (n < 0 && errno != EINTR) {
            return errno;
        }
    }
}

static int dial_address(const struct addrinfo *ai, int64_t deadline_us, int *out_error)
{
    int fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, ai->ai_protocol);
    if (fd < 0) {
        *out_error = errno;
        return -1;
    }
    *out_error = connect_one(fd, ai, deadline_us);
    if (*out_error != 0) {
        close(fd);
        return -1;
    }
    int one = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return fd;
}

// RFC 6761 §6.3: localhost and all names below it are this machine, whatever a resolver knows.
static bool is_this_machine(const char *host)
{
    static const char name[] = "localhost";
    size_t len = strlen(host);
    len -= len != 0 && host[len - 1] == '.' ? 1 : 0;
    if (len < sizeof(name) - 1) {
        return false;
    }
    size_t front = len - (sizeof(name) - 1);
    return strncasecmp(host + front, name, sizeof(name) - 1) == 0 &&
           (front == 0 || host[front - 1] == '.');
}

static int look_up(const char *host, const char *port, struct addrinfo **out)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    if (is_this_machine(host)) { // both loopback addresses: a server may listen on one alone
        return getaddrinfo(NULL, port, &hints, out);
    }
    hints.ai_flags = AI_ADDRCONFIG;
    int rc = getaddrinfo(host, port, &hints, out);
    if (rc == EAI_NONAME || rc == EAI_ADDRFAMILY) { // loopback counts as no address at all
        hints.ai_flags = 0;
        rc = getaddrinfo(host, port, &hints, out);
    }
    return rc;
}

int net_dial(const char *host, const char *port, int64_t timeout_ms, struct dial_times *times,
             int *out_status, char *why, size_t why_cap)
{
    *times = (struct dial_times){0};
    *out_status = EXIT_NETWORK;
    int64_t begin = micros_now();
    struct addrinfo *list = NULL;
    int rc = look_up(host, port, &list);
    times->dns_us = micros_now() - begin;
    if (rc != 0) {
        snprintf(why, why_cap, "no address for %s: %s%s", host, gai_strerror(rc),
                 is_foreign(host) ? " (write it as xn--...)" : "");
        return -1;
    }
    int64_t tcp_begin = micros_now();
    int64_t deadline = timeout_ms < 0 ? INT64_MAX : tcp_begin + timeout_ms * 1000;
    int fd = -1;
    int error = 0;
    for (const struct addrinfo *ai = list; ai != NULL && fd < 0; ai = ai->ai_next) {
        fd = dial_address(ai, deadline, &error);
        if (fd >= 0) {
            getnameinfo(ai->ai_addr, ai->ai_addrlen, times->address, sizeof(times->address), NULL,
                        0, NI_NUMERICHOST);
        }
    }
    times->tcp_us = micros_now() - tcp_begin;
    freeaddrinfo(list);
    if (fd < 0) {
        *out_status = error == ETIMEDOUT ? EXIT_TIMEOUT : EXIT_NETWORK;
        snprintf(why, why_cap, "no connection to %s port %s: %s", host, port, strerror(error));
    }
    return fd;
}

static int listen_on(const struct addrinfo *ai)
{
    int fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, ai->ai_protocol);
    if (fd < 0) {
        return -1;
    }
    int one = 1;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(fd, ai->ai_addr, ai->ai_addrlen) != 0 || listen(fd, 512) != 0) {
        int saved = errno;
        close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

int net_listen(const char *host, const char *port, uint16_t *out_port, char *why, size_t why_cap)
{
    *out_port = 0;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *list = NULL;
    int rc = getaddrinfo(host, port, &hints, &list);
    if (rc != 0) {
        snprintf(why, why_cap, "no address for %s: %s", host, gai_strerror(rc));
        return -1;
    }
    int fd = -1;
    for (const struct addrinfo *ai = list; ai != NULL && fd < 0; ai = ai->ai_next) {
        fd = listen_on(ai);
    }
    int saved = errno;
    freeaddrinfo(list);
    if (fd < 0) {
        snprintf(why, why_cap, "cannot listen on %s port %s: %s", host, port, strerror(saved));
        return -1;
    }
    struct sockaddr_storage bound = {0};
    socklen_t len = sizeof(bound);
    char number[16] = "0";
    uint64_t n = 0;
    if (getsockname(fd, (struct sockaddr *)&bound, &len) == 0 &&
        getnameinfo((struct sockaddr *)&bound, len, NULL, 0, number, sizeof(number),
                    NI_NUMERICSERV) == 0 &&
        parse_uint(number, UINT16_MAX, &n)) {
        *out_port = (uint16_t)n;
    }
    return fd;
}

// Its size is only a hint, for it may be a pipe.
char *stream_read(int fd, size_t *out_len)
{
    *out_len = 0;
    size_t cap = 16384;
    size_t len = 0;
    char *buf = malloc(cap);
    while (buf != NULL) {
        if (len == cap) {
            char *more = cap < FILE_MAX ? realloc(buf, cap * 2) : NULL;
            if (more == NULL) {
                errno = cap < FILE_MAX ? ENOMEM : EFBIG;
                break;
            }
            buf = more;
            cap *= 2;
        }
        ssize_t n = read(fd, buf + len, cap - len);
        if (n == 0) {
            *out_len = len;
            return buf;
        }
        if (n > 0) {
            len += (size_t)n;
        } else if (errno != EINTR) {
            break;
        }
    }
    free(buf);
    return NULL;
}

char *file_read(const char *path, size_t *out_len)
{
    *out_len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return NULL;
    }
    char *buf = stream_read(fd, out_len);
    int saved = errno;
    close(fd);
    errno = saved;
    return buf;
}
