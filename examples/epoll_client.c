// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Many connections in one thread: usage: epoll_client HOST PORT CAFILE COUNT (HOST numeric). Each
// sends a request and reads the answer through a non-blocking patina_stream; epoll says whose turn
// it is, and patina_stream_wants says what to wait for.
#include <arpa/inet.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <patina/stream.h>

#include "files.h"
#include "provider.h"

static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

struct fetch {
    int fd;
    struct patina_stream *stream;
    size_t sent, received;
};

// Goes on as far as it can without waiting. OK: done; NOT_YET: wait; else it failed.
static patina_err go_on(struct fetch *f)
{
    patina_err e = PATINA_OK;
    while (e == PATINA_OK && f->sent < sizeof(request) - 1) {
        size_t taken = 0;
        e = patina_stream_write(f->stream, request + f->sent, sizeof(request) - 1 - f->sent,
                                &taken);
        f->sent += taken;
    }
    size_t n = 1;
    while (e == PATINA_OK && n > 0) {
        char text[16384];
        e = patina_stream_read(f->stream, text, sizeof(text), &n);
        f->received += n;
    }
    return e == PATINA_OK ? patina_stream_close_notify(f->stream) : e;
}

struct totals {
    size_t open, failed, bytes;
};

// One turn: goes on, then waits for what the stream wants, or ends. Called at once after connecting
// too: what is at hand already is nothing epoll would report.
static void turn(int epoll, struct fetch *f, int op, struct totals *t)
{
    patina_err e = go_on(f);
    if (e == PATINA_ERR_NOT_YET) {
        uint32_t events = EPOLLIN;
        if (patina_stream_wants_write(f->stream)) {
            events |= EPOLLOUT;
        }
        struct epoll_event ev = {.events = events, .data = {.ptr = f}};
        epoll_ctl(epoll, op, f->fd, &ev);
        return;
    }
    t->failed += e == PATINA_OK ? 0 : 1;
    t->bytes += f->received;
    patina_stream_free(f->stream);
    close(f->fd); // leaves the epoll by itself
    t->open--;
}

static void start(struct fetch *f, struct patina_client_config *cfg, const char *host,
                  const char *port)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
    struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
    struct patina_stream_options so = PATINA_STREAM_OPTIONS_INIT;
    struct patina_conn *conn = NULL;
    f->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (f->fd < 0 || inet_pton(AF_INET, host, &a.sin_addr) != 1 ||
        connect(f->fd, (struct sockaddr *)&a, sizeof(a)) != 0) {
        perror(host);
        exit(1);
    }
    o.server_name = patina_span_str(host);
    so.flags = PATINA_STREAM_NONBLOCKING;
    check(patina_client_new(cfg, &o, &conn), host);
    check(patina_stream_new(f->fd, conn, &so, &f->stream), "stream");
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fputs("usage: epoll_client ADDRESS PORT CAFILE COUNT\n", stderr);
        return 1;
    }
    const struct patina_provider *provider = example_provider();
    struct patina_client_config *cfg = client_config(provider, argv[3]);
    size_t count = strtoul(argv[4], NULL, 10);
    struct totals t = {count, 0, 0};
    struct fetch *fetches = calloc(count, sizeof(*fetches));
    int epoll = epoll_create1(0);
    for (size_t i = 0; i < count; i++) {
        start(&fetches[i], cfg, argv[1], argv[2]);
        turn(epoll, &fetches[i], EPOLL_CTL_ADD, &t);
    }
    while (t.open > 0) {
        struct epoll_event ev;
        if (epoll_wait(epoll, &ev, 1, -1) == 1) {
            turn(epoll, ev.data.ptr, EPOLL_CTL_MOD, &t);
        }
    }
    printf("%zu fetched, %zu failed, %zu bytes\n", count - t.failed, t.failed, t.bytes);
    close(epoll);
    free(fetches);
    patina_client_config_unref(cfg);
    patina_provider_unref(provider);
    return t.failed == 0 ? 0 : 1;
}
