// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// patina_stream: one loop around the connection's calls. Every call that has an output is followed
// by `push`, failed or not, so that alerts reach the peer (RFC 9846 §6.2). Called by programs.
//
// Implementation notes. One input and one output buffer of fixed size, made when first needed; so
// memory is flat whatever is transferred. Application data is opened straight into the caller's
// buffer; only when that is smaller than a record is it opened in place and handed out in pieces
// (`held`), during which the input buffer must not move. A socket that no longer takes bytes
// (`send_errno`) may still have the peer's alert or answer to read: reading goes on.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "stream/internal.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

// Four full records each way: a system call moves 64 KiB of text.
#define INPUT_SIZE (4u * PATINA_RECORD_MAX)
#define OUTPUT_SIZE (4u * (16384u + 22u) + PATINA_OUTPUT_MIN)
#define HANDSHAKE_MS 10000u
#define IDLE_MS 60000u

struct patina_stream {
    const struct patina_allocator *alloc;
    struct patina_conn *conn;
    struct patina_stream_waker *waker;
    struct patina_inbuf in;
    struct patina_output out;
    patina_span held;             // opened in place in `in`, not yet read by the caller
    size_t in_size, out_size;     // bytes of the buffers when they are there
    size_t in_touched;            // bytes of `in` that ever held something
    int64_t started_ms, moved_ms; // monotonic: making; last byte either way
    uint32_t handshake_ms, idle_ms;
    int fd;
    int send_errno, last_errno;
    bool nonblocking;
    bool handshake_done;
    bool closed; // the peer's close_notify was seen
    bool wants_read, wants_wake;
    patina_err err; // sticky
};

// ---- Time.

static int64_t now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t patina_stream_timeout_ms(const struct patina_stream *s)
{
    uint32_t limit = s->handshake_done ? s->idle_ms : s->handshake_ms;
    if (limit == PATINA_STREAM_NO_TIMEOUT) {
        return -1;
    }
    int64_t left = (s->handshake_done ? s->moved_ms : s->started_ms) + limit - now_ms();
    return left > 0 ? left : 0;
}

// ---- Errors and waiting.

// Of the socket call that just failed. POSIX lets the two be one number, and gcc then objects.
static bool would_block(void)
{
#if EAGAIN != EWOULDBLOCK
    if (errno == EWOULDBLOCK) {
        return true;
    }
#endif
    return errno == EAGAIN;
}

// Notes an error that sticks; those of the classes RETRY and USAGE do not.
static patina_err fail(struct patina_stream *s, patina_err e)
{
    int class = patina_err_class(e);
    if (e != PATINA_OK && class != PATINA_CLASS_RETRY && class != PATINA_CLASS_USAGE &&
        s->err == PATINA_OK) {
        s->err = e;
    }
    return e;
}

static patina_err fail_io(struct patina_stream *s, int error)
{
    s->last_errno = error;
    return fail(s, PATINA_ERR_IO);
}

// Non-blocking mode: says NOT_YET, or TIMED_OUT when the time is up. Blocking mode: waits.
static patina_err wait_for(struct patina_stream *s, int fd, short events)
{
    for (;;) {
        int64_t left = patina_stream_timeout_ms(s);
        if (left == 0) {
            return fail(s, PATINA_ERR_TIMED_OUT);
        }
        if (s->nonblocking) {
            return PATINA_ERR_NOT_YET;
        }
        struct pollfd p = {.fd = fd, .events = events};
        int n = poll(&p, 1, left > INT_MAX ? INT_MAX : (int)left);
        if (n > 0) {
            return PATINA_OK;
        }
        if (n < 0 && errno != EINTR && errno != EAGAIN) {
            return fail_io(s, errno);
        }
    }
}

// ---- Buffers.

static patina_err need_input_buffer(struct patina_stream *s)
{
    if (s->in.ptr == NULL) {
        uint8_t *p = ptn_stream_alloc(s->alloc, s->in_size);
        if (p == NULL) {
            return fail(s, PATINA_ERR_NO_MEMORY);
        }
        s->in = (struct patina_inbuf)PATINA_INBUF(p, s->in_size);
    }
    return PATINA_OK;
}

static patina_err need_output_buffer(struct patina_stream *s)
{
    if (s->out.ptr == NULL) {
        uint8_t *p = ptn_stream_alloc(s->alloc, s->out_size);
        if (p == NULL) {
            return fail(s, PATINA_ERR_NO_MEMORY);
        }
        s->out = (struct patina_output)PATINA_OUTPUT_FIXED(p, s->out_size);
    }
    return PATINA_OK;
}

static void drop_input_buffer(struct patina_stream *s)
{
    if (s->in.ptr != NULL) {
        // Records opened in place leave plaintext behind. What was never written to is not touched,
        // so that a connection costs no more pages than it received.
        patina_wipe(s->in.ptr, s->in_touched);
        s->in_touched = 0;
        ptn_stream_release(s->alloc, s->in.ptr, s->in_size);
        s->in = (struct patina_inbuf){0};
    }
}

static void drop_output_buffer(struct patina_stream *s)
{
    ptn_stream_release(s->alloc, s->out.ptr, s->out_size);
    s->out = (struct patina_output){0};
}

void patina_stream_release_buffers(struct patina_stream *s)
{
    if (s->held.len == 0 && !s->closed && patina_inbuf_unread(&s->in).len == 0) {
        drop_input_buffer(s);
    }
    if (patina_output_unsent(&s->out).len == 0) {
        drop_output_buffer(s);
    }
}

// ---- The socket.

// Sends what stands in `out`. NOT_YET, TIMED_OUT, or IO, after which nothing more is sent.
static patina_err drain(struct patina_stream *s)
{
    for (;;) {
        patina_span unsent = patina_output_unsent(&s->out);
        if (unsent.len == 0) {
            return PATINA_OK;
        }
        if (s->send_errno != 0) {
            patina_output_sent(&s->out, unsent.len);
            return PATINA_ERR_IO;
        }
        ssize_t n = send(s->fd, unsent.ptr, unsent.len, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n >= 0) {
            patina_output_sent(&s->out, (size_t)n);
            s->moved_ms = now_ms();
        } else if (would_block()) {
            patina_err e = wait_for(s, s->fd, POLLOUT);
            if (e != PATINA_OK) {
                return e;
            }
        } else if (errno != EINTR) {
            s->send_errno = s->last_errno = errno;
        }
    }
}

// Sends what stands in `out` and all that the connection has queued behind it.
static patina_err push(struct patina_stream *s)
{
    for (;;) {
        patina_err e = drain(s);
        if (e != PATINA_OK || patina_conn_queued(s->conn) == 0) {
            return e;
        }
        e = patina_conn_flush(s->conn, &s->out);
        if (e != PATINA_OK) {
            return fail(s, e);
        }
        if (patina_output_unsent(&s->out).len == 0) {
            return PATINA_OK; // queued behind something that has to happen first
        }
    }
}

// Receives into the input buffer until something came. `want` bytes must be able to stand in it.
static patina_err fill(struct patina_stream *s, uint64_t want)
{
    size_t unread = patina_inbuf_unread(&s->in).len;
    patina_mspan room = {NULL, 0};
    if (want <= s->in_size) {
        room = patina_inbuf_room(&s->in, want > unread ? (size_t)want : unread + 1);
    }
    if (room.len == 0) {
        return fail(s, PATINA_ERR_INTERNAL); // the connection never asks for more than a record
    }
    for (;;) {
        ssize_t n = recv(s->fd, room.ptr, room.len, MSG_DONTWAIT);
        if (n > 0) {
            patina_inbuf_filled(&s->in, (size_t)n);
            s->in_touched = s->in.end > s->in_touched ? s->in.end : s->in_touched;
            s->moved_ms = now_ms();
            s->wants_read = false;
            return PATINA_OK;
        }
        if (n == 0) {
            patina_err e = patina_conn_input_end(s->conn, unread);
            s->closed = e == PATINA_OK;
            return fail(s, e);
        }
        if (would_block()) {
            s->wants_read = true;
            patina_err e = wait_for(s, s->fd, POLLIN);
            if (e != PATINA_OK) {
                return e;
            }
        } else if (errno != EINTR) {
            return fail_io(s, errno);
        }
    }
}

// An operation is open: sleeps until the waker's pipe says that it completed.
static patina_err wait_for_operation(struct patina_stream *s)
{
    s->wants_wake = true;
    if (!s->nonblocking && s->waker == NULL) {
        return PATINA_ERR_MISUSE;
    }
    patina_err e = wait_for(s, s->waker != NULL ? patina_stream_waker_fd(s->waker) : -1, POLLIN);
    if (e == PATINA_OK) {
        patina_stream_waker_clear(s->waker);
    }
    return e;
}

// After an event that carries nothing for the caller: waits for what is missing.
static patina_err go_on(struct patina_stream *s, const struct patina_event *ev)
{
    s->wants_wake = false;
    if (ev->kind == PATINA_EVENT_NEED_INPUT) {
        return fill(s, ev->want);
    }
    if (ev->kind == PATINA_EVENT_SUSPENDED) {
        return wait_for_operation(s);
    }
    return PATINA_OK;
}

// What every call begins with.
static patina_err begin(struct patina_stream *s)
{
    if (s == NULL) {
        return PATINA_ERR_MISUSE;
    }
    if (s->err != PATINA_OK) {
        return s->err;
    }
    patina_err e = need_input_buffer(s);
    return e != PATINA_OK ? e : need_output_buffer(s);
}

// ---- Making.

static bool tail_is_zero(const struct patina_stream_options *o)
{
    const unsigned char *bytes = (const unsigned char *)o;
    for (size_t i = sizeof(*o); i < o->struct_size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

// Copies the options' known part and fills in the defaults.
static patina_err read_options(const struct patina_stream_options *given,
                               struct patina_stream_options *out)
{
    *out = (struct patina_stream_options)PATINA_STREAM_OPTIONS_INIT;
    if (given != NULL) {
        size_t size = given->struct_size;
        if (size < sizeof(uint32_t) * 2) {
            return PATINA_ERR_BAD_OPTION;
        }
        if (size > sizeof(*given) && !tail_is_zero(given)) {
            return PATINA_ERR_NEWER_OPTIONS;
        }
        memcpy(out, given, size < sizeof(*out) ? size : sizeof(*out));
    }
    if (out->handshake_timeout_ms == 0) {
        out->handshake_timeout_ms = HANDSHAKE_MS;
    }
    if (out->idle_timeout_ms == 0) {
        out->idle_timeout_ms = IDLE_MS;
    }
    if (out->input_size == 0) {
        out->input_size = INPUT_SIZE;
    }
    if (out->output_size == 0) {
        out->output_size = OUTPUT_SIZE;
    }
    if ((out->flags & ~(uint32_t)PATINA_STREAM_NONBLOCKING) != 0 ||
        out->input_size < PATINA_RECORD_MAX || out->output_size < PATINA_OUTPUT_MIN) {
        return PATINA_ERR_BAD_OPTION;
    }
    return PATINA_OK;
}

patina_err patina_stream_new(int fd, struct patina_conn *conn,
                             const struct patina_stream_options *o, struct patina_stream **out)
{
    if (out == NULL) {
        return PATINA_ERR_MISUSE;
    }
    *out = NULL;
    if (conn == NULL || fcntl(fd, F_GETFD) < 0) {
        return PATINA_ERR_MISUSE;
    }
    struct patina_stream_options options;
    patina_err e = read_options(o, &options);
    if (e != PATINA_OK) {
        return e;
    }
    struct patina_stream *s = ptn_stream_alloc(options.alloc, sizeof(*s));
    if (s == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    int64_t now = now_ms();
    *s = (struct patina_stream){
        .alloc = options.alloc,
        .conn = conn,
        .waker = options.waker,
        .in_size = options.input_size,
        .out_size = options.output_size,
        .started_ms = now,
        .moved_ms = now,
        .handshake_ms = options.handshake_timeout_ms,
        .idle_ms = options.idle_timeout_ms,
        .fd = fd,
        .nonblocking = (options.flags & PATINA_STREAM_NONBLOCKING) != 0,
    };
    *out = s;
    return PATINA_OK;
}

void patina_stream_free(struct patina_stream *s)
{
    if (s == NULL) {
        return;
    }
    patina_conn_free(s->conn);
    drop_input_buffer(s);
    drop_output_buffer(s);
    ptn_stream_release(s->alloc, s, sizeof(*s));
}

// ---- Running.

patina_err patina_stream_handshake(struct patina_stream *s)
{
    patina_err e = begin(s);
    while (e == PATINA_OK && !s->handshake_done) {
        struct patina_event ev = {0};
        size_t used = 0;
        s->wants_wake = false;
        e = patina_conn_receive(s->conn, patina_inbuf_unread(&s->in), &used, &s->out, &ev);
        patina_inbuf_used(&s->in, used);
        patina_err pushed = push(s); // whatever `e` says: the alert stands there
        if (e != PATINA_OK) {
            return fail(s, e);
        }
        if (ev.kind == PATINA_EVENT_HANDSHAKE_DONE) {
            s->handshake_done = true;
            s->moved_ms = now_ms();
        } else if (ev.kind == PATINA_EVENT_CLOSED) {
            s->closed = true;
            return fail(s, PATINA_ERR_TRUNCATED);
        } else if (pushed == PATINA_ERR_TIMED_OUT) {
            return pushed;
        } else {
            e = go_on(s, &ev);
        }
    }
    return e;
}

// Hands out what `held` has.
static size_t take_held(struct patina_stream *s, uint8_t *buf, size_t cap)
{
    size_t n = s->held.len < cap ? s->held.len : cap;
    if (n > 0) {
        memcpy(buf, s->held.ptr, n);
        s->held.ptr += n;
        s->held.len -= n;
    }
    return n;
}

// The caller's buffer is smaller than the next record: opens it in place and keeps the span.
static patina_err open_in_place(struct patina_stream *s, struct patina_event *ev)
{
    size_t used = 0;
    patina_err e = patina_conn_receive(s->conn, patina_inbuf_unread(&s->in), &used, &s->out, ev);
    patina_inbuf_used(&s->in, used);
    if (e == PATINA_OK && ev->kind == PATINA_EVENT_DATA) {
        s->held = ev->data;
    }
    return e;
}

// Opens whole records that are at hand into `buf`, until it is full or something else happens.
static patina_err read_records(struct patina_stream *s, patina_mspan buf, size_t *out_len,
                               struct patina_event *ev)
{
    size_t got = 0;
    patina_err e = PATINA_OK;
    do {
        patina_mspan in = patina_inbuf_unread(&s->in);
        patina_mspan text = {buf.ptr + got, buf.len - got};
        size_t used = 0;
        *ev = (struct patina_event){0};
        e = patina_conn_receive_into(s->conn, (patina_span){in.ptr, in.len}, text, &used, &s->out,
                                     ev);
        patina_inbuf_used(&s->in, used);
        if (e == PATINA_OK && ev->kind == PATINA_EVENT_DATA) {
            if (ev->data.ptr != text.ptr) {
                memmove(text.ptr, ev->data.ptr, ev->data.len);
            }
            got += ev->data.len;
        }
    } while (e == PATINA_OK && ev->kind == PATINA_EVENT_DATA && got < buf.len);
    if (e == PATINA_OK && got == 0 && ev->kind == PATINA_EVENT_NEED_ROOM) {
        e = open_in_place(s, ev);
        got = take_held(s, buf.ptr, buf.len);
    }
    *out_len = got;
    // An error after data sticks to the connection and shows with the next call.
    return got > 0 ? PATINA_OK : e;
}

patina_err patina_stream_read(struct patina_stream *s, void *buf, size_t cap, size_t *out_len)
{
    if (out_len == NULL) {
        return PATINA_ERR_MISUSE;
    }
    *out_len = 0;
    if (s == NULL || buf == NULL || cap == 0) {
        return PATINA_ERR_MISUSE;
    }
    if (s->held.len > 0) {
        *out_len = take_held(s, buf, cap);
        return PATINA_OK;
    }
    patina_err e = patina_stream_handshake(s);
    while (e == PATINA_OK && !s->closed) {
        struct patina_event ev = {0};
        e = read_records(s, (patina_mspan){buf, cap}, out_len, &ev);
        patina_err pushed = push(s);
        if (e != PATINA_OK) {
            return fail(s, e);
        }
        s->closed = ev.kind == PATINA_EVENT_CLOSED;
        if (*out_len > 0 || s->closed) {
            s->wants_read = false;
            return PATINA_OK;
        }
        e = pushed == PATINA_ERR_TIMED_OUT ? pushed : go_on(s, &ev);
    }
    return e;
}

patina_err patina_stream_write(struct patina_stream *s, const void *buf, size_t len,
                               size_t *out_taken)
{
    size_t ignored = 0;
    size_t *taken = out_taken != NULL ? out_taken : &ignored;
    *taken = 0;
    if (s == NULL || (buf == NULL && len > 0) || (out_taken == NULL && s->nonblocking)) {
        return PATINA_ERR_MISUSE;
    }
    patina_err e = patina_stream_handshake(s);
    if (e != PATINA_OK) {
        return e;
    }
    patina_span text = {buf, len};
    e = push(s);
    while (e == PATINA_OK && text.len > 0) {
        size_t k = 0;
        e = patina_conn_send(s->conn, &text, 1, &k, &s->out);
        text.ptr += k;
        text.len -= k;
        *taken += k;
        bool stuck = k == 0 && patina_output_unsent(&s->out).len == 0;
        patina_err pushed = push(s);
        if (e != PATINA_OK) {
            return fail(s, e);
        }
        e = stuck ? fail(s, PATINA_ERR_INTERNAL) : pushed;
    }
    return e == PATINA_ERR_NOT_YET && *taken > 0 ? PATINA_OK : e;
}

// Also on a failed stream, where it still sends the alert.
patina_err patina_stream_flush(struct patina_stream *s)
{
    if (s == NULL) {
        return PATINA_ERR_MISUSE;
    }
    patina_err e = need_output_buffer(s);
    return e == PATINA_OK ? push(s) : e;
}

patina_err patina_stream_close_notify(struct patina_stream *s)
{
    patina_err e = begin(s);
    if (e != PATINA_OK) {
        return e;
    }
    e = patina_conn_close(s->conn, &s->out);
    patina_err pushed = push(s);
    return e != PATINA_OK ? fail(s, e) : pushed;
}

// ---- Asking.

uint32_t patina_stream_wants(const struct patina_stream *s)
{
    uint32_t wants = 0;
    if (s->wants_read) {
        wants |= PATINA_STREAM_WANTS_READ;
    }
    if (s->wants_wake) {
        wants |= PATINA_STREAM_WANTS_WAKE;
    }
    if (patina_output_unsent(&s->out).len > 0 || patina_conn_queued(s->conn) > 0) {
        wants |= PATINA_STREAM_WANTS_WRITE;
    }
    return wants;
}

bool patina_stream_wants_read(const struct patina_stream *s)
{
    return s->wants_read;
}

bool patina_stream_wants_write(const struct patina_stream *s)
{
    return (patina_stream_wants(s) & PATINA_STREAM_WANTS_WRITE) != 0;
}

bool patina_stream_has_data(const struct patina_stream *s)
{
    patina_mspan unread = patina_inbuf_unread(&s->in);
    return s->held.len > 0 || (!s->closed && unread.len > 0 &&
                               patina_record_want((patina_span){unread.ptr, unread.len}) == 0);
}

int patina_stream_errno(const struct patina_stream *s)
{
    return s->last_errno;
}

bool patina_stream_is_handshake_done(const struct patina_stream *s)
{
    return s->handshake_done;
}

struct patina_conn *patina_stream_conn(const struct patina_stream *s)
{
    return s->conn;
}

patina_span patina_stream_unused(const struct patina_stream *s)
{
    patina_mspan unread = patina_inbuf_unread(&s->in);
    return s->closed ? (patina_span){unread.ptr, unread.len} : (patina_span){NULL, 0};
}
