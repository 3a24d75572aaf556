// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Standard input and output through a stream, both ways at once, in fixed memory. Called by
// connect.c.
//
// Implementation notes. Only the socket is non-blocking: standard input and output may be shared
// with other programs and stay as they are. Input is read when poll says so, and only while the
// stream has nothing unsent; output is written as it comes, so a slow reader slows the server down.
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pipe.h"
#include "tool.h"

#define CHUNK 65536u

struct pipe_state {
    struct patina_stream *stream;
    int fd;
    bool half_close;
    bool input_ended;
    bool peer_closed;
    bool transport_ended;
    uint8_t up[CHUNK], down[CHUNK];
    size_t up_start, up_end; // bytes of `up` not yet taken by the stream
};

static int poll_timeout(const struct patina_stream *s)
{
    int64_t left = patina_stream_timeout_ms(s);
    return left < 0 ? -1 : left > INT_MAX ? INT_MAX : (int)left;
}

static short wanted_events(const struct patina_stream *s, bool reading)
{
    int events = reading ? POLLIN : 0;
    if (patina_stream_wants_write(s)) {
        events |= POLLOUT;
    }
    return (short)events;
}

static patina_err wait_for_socket(const struct patina_stream *s, int fd, bool reading)
{
    struct pollfd p = {.fd = fd, .events = wanted_events(s, reading)};
    if (poll(&p, 1, poll_timeout(s)) < 0 && errno != EINTR) {
        return PATINA_ERR_IO;
    }
    return PATINA_OK;
}

patina_err pipe_handshake(struct patina_stream *s, int fd)
{
    for (;;) {
        patina_err e = patina_stream_handshake(s);
        if (e != PATINA_ERR_NOT_YET) {
            return e;
        }
        e = wait_for_socket(s, fd, true);
        if (e != PATINA_OK) {
            return e;
        }
    }
}

int pipe_close(struct patina_stream *s, int fd)
{
    patina_err e = PATINA_OK;
    do {
        e = patina_stream_close_notify(s);
    } while (e == PATINA_ERR_NOT_YET && wait_for_socket(s, fd, false) == PATINA_OK);
    // A peer that is gone has nothing to be told.
    return e == PATINA_ERR_TIMED_OUT ? EXIT_TIMEOUT : EXIT_OK;
}

// Writes all of it to standard output.
static bool put_out(const uint8_t *p, size_t n)
{
    while (n > 0) {
        ssize_t k = write(STDOUT_FILENO, p, n);
        if (k >= 0) {
            p += k;
            n -= (size_t)k;
        } else if (errno == EAGAIN) {
            struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
            (void)poll(&out, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

// What came from the server goes out, as much as is at hand.
static patina_err pump_down(struct pipe_state *p)
{
    for (;;) {
        size_t n = 0;
        patina_err e = patina_stream_read(p->stream, p->down, sizeof(p->down), &n);
        if (e != PATINA_OK) {
            return e == PATINA_ERR_NOT_YET ? PATINA_OK : e;
        }
        if (n == 0) {
            p->peer_closed = true;
            return PATINA_OK;
        }
        if (!put_out(p->down, n)) {
            return PATINA_ERR_FILE;
        }
    }
}

// Takes a chunk of standard input. `ready`: poll said that reading does not block.
static patina_err pump_up(struct pipe_state *p, bool ready)
{
    if (p->up_start == p->up_end && ready && !p->input_ended) {
        ssize_t n = read(STDIN_FILENO, p->up, sizeof(p->up));
        if (n < 0 && errno != EAGAIN && errno != EINTR) {
            return PATINA_ERR_FILE;
        }
        p->input_ended = n == 0;
        p->up_start = 0;
        p->up_end = n > 0 ? (size_t)n : 0;
    }
    patina_err e = PATINA_OK;
    if (p->up_start < p->up_end) {
        size_t taken = 0;
        e = patina_stream_write(p->stream, p->up + p->up_start, p->up_end - p->up_start, &taken);
        p->up_start += taken;
    } else if (p->input_ended && p->half_close &&
               !patina_conn_sent_close(patina_stream_conn(p->stream))) {
        e = patina_stream_close_notify(p->stream);
    } else if (patina_stream_wants_write(p->stream)) {
        e = patina_stream_flush(p->stream);
    }
    if (e == PATINA_ERR_IO) { // nobody takes it any more; what the server said may still be there
        p->input_ended = true;
        p->half_close = false;
        p->up_start = p->up_end;
        return PATINA_OK;
    }
    return e == PATINA_ERR_NOT_YET ? PATINA_OK : e;
}

// After the server's close_notify: is there still someone to send to?
static bool transport_is_open(const struct pipe_state *p)
{
    char byte = 0;
    if (p->transport_ended) {
        return false;
    }
    ssize_t n = recv(p->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

static bool is_over(const struct pipe_state *p)
{
    if (!p->peer_closed) {
        return false;
    }
    bool all_sent =
        p->input_ended && p->up_start == p->up_end && !patina_stream_wants_write(p->stream);
    return all_sent || !transport_is_open(p);
}

static patina_err wait_for_any(struct pipe_state *p, bool *out_input_ready)
{
    bool input =
        !p->input_ended && p->up_start == p->up_end && !patina_stream_wants_write(p->stream);
    int events = wanted_events(p->stream, !p->peer_closed) | (p->peer_closed ? POLLRDHUP : 0);
    struct pollfd fds[2] = {
        {.fd = p->fd, .events = (short)events},
        {.fd = input ? STDIN_FILENO : -1, .events = POLLIN},
    };
    *out_input_ready = false;
    if (poll(fds, 2, poll_timeout(p->stream)) < 0 && errno != EINTR) {
        return PATINA_ERR_IO;
    }
    p->transport_ended = p->peer_closed && (fds[0].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
    *out_input_ready = (fds[1].revents & (POLLIN | POLLHUP | POLLERR | POLLNVAL)) != 0;
    return PATINA_OK;
}

static patina_err copy_both_ways(struct pipe_state *p)
{
    bool input_ready = false;
    for (;;) {
        patina_err e = p->peer_closed ? PATINA_OK : pump_down(p);
        if (e == PATINA_OK) {
            e = pump_up(p, input_ready);
        }
        if (e != PATINA_OK) {
            return e;
        }
        if (is_over(p)) {
            (void)pipe_close(p->stream, p->fd);
            return PATINA_OK;
        }
        e = wait_for_any(p, &input_ready);
        if (e != PATINA_OK) {
            return e;
        }
    }
}

patina_err pipe_run(struct patina_stream *s, int fd, bool half_close)
{
    struct pipe_state *p = calloc(1, sizeof(*p)); // large for a stack
    if (p == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    p->stream = s;
    p->fd = fd;
    p->half_close = half_close;
    patina_err e = copy_both_ways(p);
    int saved = errno;
    free(p);
    errno = saved;
    return e;
}
