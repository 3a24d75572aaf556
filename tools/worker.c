// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One thread of `patina serve`: epoll, non-blocking streams, a small state machine a connection.
// Called by serve.c.
//
// Implementation notes. A connection waits for one thing at a time: a request, its body, room for
// the answer, or the end. Answers are read from the file 64 KiB at a time into memory the worker
// owns and sealed from there straight into the stream's output, again only when that is empty: so
// memory is flat, and no part of a file is read twice. Half-open connections are capped: at the cap
// those that never said a word make room at once, those that dawdle after a while, and until then
// nothing is accepted (the kernel's queue holds the rest).
#include "worker.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "patina/stream.h"

#define CHUNK 65536u
#define EVENTS_MAX 64
#define TICK_MS 500
#define TICK_US (INT64_C(1000) * TICK_MS)
#define LINGER_MS 2000
#define HEAD_MS 30000 // a request's head may not drip in for ever
#define FULL_TICK_MS 50
#define SILENT_MS 200  // at the cap, older ones that sent nothing: a hello comes with the first ACK
#define DAWDLE_MS 3000 // at the cap, older ones whatever they sent
#define STEPS_MAX 32   // chunks for one connection before the others have their turn
#define REFUSED_MAX UINT64_C(262144) // bytes read from a refused client, so that it reads the alert

enum state { STATE_HANDSHAKE, STATE_HEAD, STATE_BODY, STATE_ANSWER, STATE_LINGER, STATE_REFUSED };

struct client {
    struct client *next, *prev;
    struct patina_stream *stream;
    int fd;
    char address[64]; // numeric, for the log
    enum state state;
    uint32_t events; // registered with epoll
    bool heard;      // something came
    bool write_shut;
    int64_t since_us; // of HANDSHAKE, LINGER, REFUSED; of the first byte of a request's head
    char head[HTTP_HEAD_MAX];
    size_t head_len;
    struct http_request request;
    uint64_t body_left; // REFUSED: bytes still read and thrown away
    struct http_answer answer;
    uint64_t answer_at; // bytes of text and file already taken by the stream
};

struct list { // the oldest first
    struct client *first, *last;
};

struct worker {
    struct serve_shared *shared;
    int epoll;
    struct list handshakes, clients;
    size_t count, half_open;
    bool accepting;
    uint8_t chunk[CHUNK];
};

// Both stand for epoll's data pointer where it is no client.
static char listener_mark, stop_mark;

// ---- Connections come and go.

static void list_add(struct list *l, struct client *c)
{
    c->prev = l->last;
    c->next = NULL;
    if (l->last != NULL) {
        l->last->next = c;
    } else {
        l->first = c;
    }
    l->last = c;
}

static void list_remove(struct list *l, struct client *c)
{
    if (c->prev != NULL) {
        c->prev->next = c->next;
    } else {
        l->first = c->next;
    }
    if (c->next != NULL) {
        c->next->prev = c->prev;
    } else {
        l->last = c->prev;
    }
}

// The handshake of a client is over, well or badly.
static void leave_handshake(struct worker *w, struct client *c, enum state next)
{
    list_remove(&w->handshakes, c);
    list_add(&w->clients, c);
    w->half_open--;
    c->state = next;
}

static void set_accepting(struct worker *w, bool on)
{
    if (on == w->accepting) {
        return;
    }
    struct epoll_event ev = {.events = EPOLLIN | EPOLLEXCLUSIVE, .data = {.ptr = &listener_mark}};
    if (epoll_ctl(w->epoll, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, w->shared->listener, &ev) == 0) {
        w->accepting = on;
    }
}

static bool may_accept(const struct worker *w)
{
    const struct serve_shared *s = w->shared;
    return w->half_open < s->max_half_open && w->count < s->max_connections &&
           (s->once == 0 || atomic_load(&s->accepted) < s->once);
}

static void log_failure(const struct worker *w, const struct client *c, patina_err e)
{
    atomic_fetch_add(&w->shared->failed, 1);
    if (w->shared->log) {
        struct patina_report report = {0};
        patina_conn_report(patina_stream_conn(c->stream), &report);
        char why[ERROR_TEXT_MAX];
        error_text(e, &report, why);
        ui_warn(w->shared->ui, "%s %s failed: %s", c->address,
                c->state == STATE_HANDSHAKE ? "handshake" : "connection", why);
    }
}

// Sends close_notify if the socket takes it.
static void say_goodbye(struct client *c)
{
    patina_err e = patina_stream_close_notify(c->stream);
    (void)e; // a client that is gone need not know
}

// Of a client that stands in no list any more.
static void destroy(struct worker *w, struct client *c)
{
    w->count--;
    http_answer_clear(&c->answer);
    patina_stream_free(c->stream);
    close(c->fd);
    free(c);
    struct serve_shared *s = w->shared;
    uint64_t closed = atomic_fetch_add(&s->closed, 1) + 1;
    if (s->once > 0 && closed >= s->once) {
        (void)!write(s->stop_write, "", 1);
    }
    set_accepting(w, may_accept(w));
}

static void drop_handshake(struct worker *w, struct client *c)
{
    list_remove(&w->handshakes, c);
    w->half_open--;
    destroy(w, c);
}

static void drop_client(struct worker *w, struct client *c)
{
    list_remove(&w->clients, c);
    destroy(w, c);
}

static struct client *new_client(struct worker *w, int fd)
{
    struct client *c = calloc(1, sizeof(*c));
    struct patina_conn *conn = NULL;
    if (c == NULL || patina_server_new(w->shared->config, NULL, &conn) != PATINA_OK) {
        free(c);
        return NULL;
    }
    struct patina_stream_options o = PATINA_STREAM_OPTIONS_INIT;
    o.flags = PATINA_STREAM_NONBLOCKING;
    o.handshake_timeout_ms = w->shared->handshake_ms;
    o.idle_timeout_ms = w->shared->idle_ms;
    if (patina_stream_new(fd, conn, &o, &c->stream) != PATINA_OK) {
        patina_conn_free(conn);
        free(c);
        return NULL;
    }
    c->fd = fd;
    c->answer.file = -1;
    c->since_us = micros_now();
    return c;
}

static bool add_client(struct worker *w, int fd, const struct sockaddr_storage *from)
{
    struct client *c = new_client(w, fd);
    if (c == NULL) {
        return false;
    }
    struct epoll_event ev = {.events = EPOLLIN, .data = {.ptr = c}};
    c->events = EPOLLIN;
    if (w->shared->log && getnameinfo((const struct sockaddr *)from, sizeof(*from), c->address,
                                      sizeof(c->address), NULL, 0, NI_NUMERICHOST) != 0) {
        snprintf(c->address, sizeof(c->address), "?");
    }
    if (epoll_ctl(w->epoll, EPOLL_CTL_ADD, fd, &ev) != 0) {
        patina_stream_free(c->stream);
        free(c);
        return false;
    }
    list_add(&w->handshakes, c);
    w->count++;
    w->half_open++;
    return true;
}

static bool is_silent(const struct client *c)
{
    char byte = 0;
    return !c->heard && recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0;
}

// At the cap of handshakes: drops those that take part in none.
static void make_room(struct worker *w)
{
    int64_t now = micros_now();
    struct client *next = NULL;
    for (struct client *c = w->handshakes.first; c != NULL; c = next) {
        int64_t age_ms = (now - c->since_us) / 1000;
        next = age_ms > SILENT_MS ? c->next : NULL; // the rest is younger
        if (age_ms > DAWDLE_MS || (age_ms > SILENT_MS && is_silent(c))) {
            drop_handshake(w, c);
        }
    }
}

static bool is_full(const struct worker *w)
{
    return w->half_open >= w->shared->max_half_open;
}

static void accept_some(struct worker *w)
{
    struct serve_shared *s = w->shared;
    for (int i = 0; i < EVENTS_MAX && may_accept(w); i++) {
        struct sockaddr_storage from = {0};
        socklen_t from_len = sizeof(from);
        int fd =
            accept4(s->listener, (struct sockaddr *)&from, &from_len, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR) {
                set_accepting(w, false); // out of descriptors: again at the next tick
            }
            return;
        }
        if (s->once > 0 && atomic_fetch_add(&s->accepted, 1) >= s->once) {
            close(fd);
            break;
        }
        int one = 1;
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
        if (!add_client(w, fd, &from)) {
            close(fd);
            atomic_fetch_add(&s->closed, 1);
        }
    }
    set_accepting(w, may_accept(w));
}

// ---- Requests.

// Each step returns PATINA_OK to go on with the next, NOT_YET to wait, else the connection ends.
#define ENDED PATINA_ERR_TRUNCATED

static void begin_answer(struct worker *w, struct client *c, uint64_t received)
{
    atomic_fetch_add(&w->shared->requests, 1);
    if (!http_answer(&c->request, &w->shared->site, received, &c->answer)) {
        http_answer_clear(&c->answer);
        c->answer.keep_alive = false;
    }
    if (w->shared->log) {
        const struct http_request *r = &c->request;
        ui_warn(w->shared->ui, "%s %s %s %d %llu", c->address,
                r->method_name[0] != '\0' ? r->method_name : "?", r->path, c->answer.status,
                (unsigned long long)(r->method == HTTP_HEAD ? 0 : c->answer.body_len));
    }
    c->answer_at = 0;
    c->state = STATE_ANSWER;
}

static patina_err begin_request(struct worker *w, struct client *c, size_t head_len)
{
    http_parse(c->head, head_len, &c->request);
    c->head_len -= head_len;
    memmove(c->head, c->head + head_len, c->head_len);
    if (c->request.bad != 0 && c->request.bad != 404) {
        begin_answer(w, c, 0);
        return PATINA_OK;
    }
    c->body_left = c->request.content_length;
    c->state = STATE_BODY;
    if (c->request.expects_continue && c->body_left > 0 && c->head_len == 0) {
        static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
        size_t taken = 0;
        patina_err e = patina_stream_write(c->stream, go_on, sizeof(go_on) - 1, &taken);
        return e == PATINA_ERR_NOT_YET ? PATINA_OK : e;
    }
    return PATINA_OK;
}

static patina_err on_head(struct worker *w, struct client *c)
{
    size_t empty = http_empty_lines(c->head, c->head_len);
    c->head_len -= empty;
    memmove(c->head, c->head + empty, c->head_len);
    size_t head_len = http_head_len(c->head, c->head_len);
    if (head_len > 0) {
        return begin_request(w, c, head_len);
    }
    if (c->head_len == sizeof(c->head)) {
        c->request = (struct http_request){.path = "?", .bad = 431};
        begin_answer(w, c, 0);
        return PATINA_OK;
    }
    size_t n = 0;
    patina_err e =
        patina_stream_read(c->stream, c->head + c->head_len, sizeof(c->head) - c->head_len, &n);
    if (e == PATINA_ERR_NOT_YET && c->head_len == 0) {
        patina_stream_release_buffers(c->stream);
    }
    if (e == PATINA_OK && n == 0) { // close_notify: the client asks nothing more
        c->state = STATE_LINGER;
        c->since_us = micros_now();
    }
    if (c->head_len == 0) {
        c->since_us = micros_now();
    }
    c->head_len += n;
    return e;
}

// Request bodies are counted and thrown away.
static patina_err on_body(struct worker *w, struct client *c)
{
    size_t n = c->head_len < c->body_left ? c->head_len : (size_t)c->body_left;
    c->head_len -= n;
    memmove(c->head, c->head + n, c->head_len);
    c->body_left -= n;
    if (c->body_left == 0) {
        begin_answer(w, c, c->request.content_length);
        return PATINA_OK;
    }
    size_t cap = c->body_left < CHUNK ? (size_t)c->body_left : CHUNK;
    patina_err e = patina_stream_read(c->stream, w->chunk, cap, &n);
    c->body_left -= n;
    return e == PATINA_OK && n == 0 ? ENDED : e;
}

// Fills the chunk with what comes next of the answer: the rest of the text, then of the file.
static ssize_t next_chunk(struct worker *w, const struct client *c)
{
    const struct http_answer *a = &c->answer;
    size_t n = 0;
    uint64_t at = c->answer_at;
    if (at < a->text_len) {
        n = a->text_len - (size_t)at < CHUNK ? a->text_len - (size_t)at : CHUNK;
        memcpy(w->chunk, a->text + at, n);
        at += n;
    }
    uint64_t in_file = at - a->text_len;
    if (at >= a->text_len && in_file < a->file_left && n < CHUNK) {
        uint64_t left = a->file_left - in_file;
        size_t want = left < CHUNK - n ? (size_t)left : CHUNK - n;
        ssize_t got = pread(a->file, w->chunk + n, want, (off_t)(a->file_at + in_file));
        if (got <= 0) {
            return -1; // shorter than it was: the length already sent is a lie, so break off
        }
        n += (size_t)got;
    }
    return (ssize_t)n;
}

static patina_err on_answer(struct worker *w, struct client *c)
{
    patina_err e = patina_stream_flush(c->stream);
    if (e != PATINA_OK) {
        return e;
    }
    ssize_t n = next_chunk(w, c);
    if (n < 0) {
        return ENDED;
    }
    if (n > 0) {
        size_t taken = 0;
        e = patina_stream_write(c->stream, w->chunk, (size_t)n, &taken);
        c->answer_at += taken;
        return e;
    }
    bool keep_alive = c->answer.keep_alive;
    http_answer_clear(&c->answer);
    c->state = keep_alive ? STATE_HEAD : STATE_LINGER;
    c->since_us = micros_now();
    return PATINA_OK;
}

// close_notify, FIN, and then reading until the client has it all: closing earlier would reset the
// connection and could destroy what the client has not read yet.
static patina_err on_linger(struct worker *w, struct client *c)
{
    patina_err e = patina_stream_close_notify(c->stream);
    if (e != PATINA_OK) {
        return e;
    }
    if (!c->write_shut) {
        c->write_shut = true;
        (void)shutdown(c->fd, SHUT_WR);
    }
    if (patina_conn_received_close(patina_stream_conn(c->stream))) {
        return ENDED;
    }
    size_t n = 0;
    e = patina_stream_read(c->stream, w->chunk, CHUNK, &n);
    return e == PATINA_OK && n == 0 ? ENDED : e;
}

static patina_err on_handshake(struct worker *w, struct client *c)
{
    patina_err e = patina_stream_handshake(c->stream);
    if (e == PATINA_OK) {
        leave_handshake(w, c, STATE_HEAD);
        set_accepting(w, may_accept(w));
    }
    return e;
}

// The alert is sent, and FIN; what the client is still sending is read and thrown away, for a
// while. Closing earlier would reset the connection, and the alert could be lost with it.
static patina_err on_refused(struct worker *w, struct client *c)
{
    patina_err e = patina_stream_flush(c->stream);
    if (e != PATINA_OK) {
        return e;
    }
    if (!c->write_shut) {
        c->write_shut = true;
        (void)shutdown(c->fd, SHUT_WR);
    }
    ssize_t n = recv(c->fd, w->chunk, CHUNK, MSG_DONTWAIT);
    if (n < 0) {
        return errno == EAGAIN || errno == EINTR ? PATINA_ERR_NOT_YET : PATINA_ERR_IO;
    }
    c->body_left -= (size_t)n < c->body_left ? (size_t)n : c->body_left;
    return n == 0 || c->body_left == 0 ? ENDED : PATINA_OK;
}

// True if the client is worth waiting for: it was sent an alert.
static bool refuse(struct worker *w, struct client *c, patina_err e)
{
    if (patina_err_class(e) != PATINA_CLASS_PEER || patina_err_alert(e) == PATINA_ALERT_NONE) {
        return false;
    }
    if (c->state == STATE_HANDSHAKE) {
        leave_handshake(w, c, STATE_REFUSED);
    }
    c->state = STATE_REFUSED;
    c->since_us = micros_now();
    c->body_left = REFUSED_MAX;
    set_accepting(w, may_accept(w));
    return true;
}

static patina_err step(struct worker *w, struct client *c)
{
    switch (c->state) {
    case STATE_HANDSHAKE:
        return on_handshake(w, c);
    case STATE_HEAD:
        return on_head(w, c);
    case STATE_BODY:
        return on_body(w, c);
    case STATE_ANSWER:
        return on_answer(w, c);
    case STATE_LINGER:
        return on_linger(w, c);
    case STATE_REFUSED:
        return on_refused(w, c);
    default:
        return ENDED;
    }
}

// ---- The loop.

// Waits for what the stream wants. An answer waits for room only: not reading holds back a client
// that asks faster than it reads.
static void set_events(struct worker *w, struct client *c, bool again)
{
    uint32_t events = c->state == STATE_ANSWER ? 0 : EPOLLIN;
    if (patina_stream_wants_write(c->stream) || again) {
        events |= EPOLLOUT;
    }
    if (events != c->events) {
        struct epoll_event ev = {.events = events, .data = {.ptr = c}};
        c->events = events;
        (void)epoll_ctl(w->epoll, EPOLL_CTL_MOD, c->fd, &ev);
    }
}

static void serve(struct worker *w, struct client *c)
{
    patina_err e = PATINA_OK;
    for (int i = 0; i < STEPS_MAX && e == PATINA_OK; i++) {
        e = step(w, c);
    }
    if (e == PATINA_OK || e == PATINA_ERR_NOT_YET) {
        if (c->state != STATE_ANSWER && patina_stream_wants_write(c->stream)) {
            patina_err flushed = patina_stream_flush(c->stream);
            (void)flushed; // what is left goes out when epoll says so
        }
        set_events(w, c, e == PATINA_OK);
        return;
    }
    bool orderly = c->state == STATE_LINGER || c->state == STATE_REFUSED ||
                   e == PATINA_ERR_TIMED_OUT ||
                   (e == PATINA_ERR_TRUNCATED && c->state == STATE_HEAD && c->head_len == 0);
    if (!orderly) {
        log_failure(w, c, e);
        if (refuse(w, c, e)) {
            set_events(w, c, true);
            return;
        }
    }
    if (c->state == STATE_HANDSHAKE) {
        drop_handshake(w, c);
    } else {
        drop_client(w, c);
    }
}

// Time-outs are found by asking everyone, twice a second: simple, and cheap beside a handshake.
static void tick(struct worker *w)
{
    int64_t now = micros_now();
    struct client *next = NULL;
    for (struct client *c = w->handshakes.first; c != NULL; c = next) {
        next = c->next;
        if (patina_stream_timeout_ms(c->stream) == 0) {
            drop_handshake(w, c);
        }
    }
    for (struct client *c = w->clients.first; c != NULL; c = next) {
        next = c->next;
        int64_t age_ms = (now - c->since_us) / 1000;
        if (((c->state == STATE_LINGER || c->state == STATE_REFUSED) && age_ms > LINGER_MS) ||
            (c->state == STATE_HEAD && c->head_len > 0 && age_ms > HEAD_MS)) {
            drop_client(w, c);
        } else if (patina_stream_timeout_ms(c->stream) == 0) {
            if (c->state == STATE_HEAD) { // idle: say goodbye (RFC 9846 §6.1)
                say_goodbye(c);
            }
            drop_client(w, c);
        }
    }
    set_accepting(w, may_accept(w));
}

static void loop(struct worker *w)
{
    int64_t next_tick = micros_now() + TICK_US;
    for (;;) {
        struct epoll_event events[EVENTS_MAX];
        int n = epoll_wait(w->epoll, events, EVENTS_MAX, is_full(w) ? FULL_TICK_MS : TICK_MS);
        bool accept_now = false;
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr == &stop_mark) {
                return;
            }
            if (events[i].data.ptr == &listener_mark) {
                accept_now = true;
            } else {
                struct client *c = events[i].data.ptr;
                c->heard = true;
                serve(w, c);
            }
        }
        // Last, so that no client of this round is freed and made anew.
        if (is_full(w)) {
            make_room(w);
        }
        if (accept_now) {
            accept_some(w);
        }
        if (micros_now() >= next_tick) {
            tick(w);
            next_tick = micros_now() + TICK_US;
        }
    }
}

bool worker_run(struct serve_shared *shared)
{
    struct worker *w = calloc(1, sizeof(*w));
    if (w == NULL) {
        return false;
    }
    w->shared = shared;
    provider_warm_up(shared->provider);
    w->epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event stop = {.events = EPOLLIN, .data = {.ptr = &stop_mark}};
    bool ok = w->epoll >= 0 && epoll_ctl(w->epoll, EPOLL_CTL_ADD, shared->stop_read, &stop) == 0;
    if (ok) {
        set_accepting(w, true);
        loop(w);
    }
    struct client *next = NULL;
    for (struct client *c = w->handshakes.first; c != NULL; c = next) {
        next = c->next;
        drop_handshake(w, c);
    }
    for (struct client *c = w->clients.first; c != NULL; c = next) {
        next = c->next;
        say_goodbye(c);
        drop_client(w, c);
    }
    if (w->epoll >= 0) {
        close(w->epoll);
    }
    free(w);
    return ok;
}
