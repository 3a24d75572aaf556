// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A connection over the socket to the runner. Without -async whatever the socket has is fed at once
// and the output grows; with it every byte is a call of its own, the output is the smallest one
// allowed, and operations complete one turn later.
#include "shim.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { IDLE_MS = 10000, DRAIN_MS = 5000 };

struct shim_link {
    struct shim_state *state;
    struct patina_conn *conn;
    int fd;
    bool hold;
    bool held_byte_sent;
    bool at_end;
    struct patina_inbuf in;
    struct patina_output out;
    uint8_t stash[4096]; // read from the socket, not yet fed
    size_t stash_at, stash_len;
    uint8_t out_bytes[PATINA_OUTPUT_MIN];
    uint8_t in_bytes[2 * PATINA_RECORD_MAX];
};

static int open_socket_in(int family, int port)
{
    struct sockaddr_in6 v6 = {0};
    struct sockaddr_in v4 = {0};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons((uint16_t)port);
    v6.sin6_addr = in6addr_loopback;
    v4.sin_family = AF_INET;
    v4.sin_port = htons((uint16_t)port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const struct sockaddr *address = family == AF_INET6 ? (const void *)&v6 : (const void *)&v4;
    socklen_t len = family == AF_INET6 ? sizeof v6 : sizeof v4;
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;
    if (fd >= 0 && (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
                    connect(fd, address, len) != 0)) {
        close(fd);
        fd = -1;
    }
    return fd;
}

// The newer runner says which loopback address it listens on; the older one takes ::1 if it can.
static int open_socket(const struct shim_flags *f)
{
    int fd = -1;
    if (f->ipv6 || !f->has_shim_id) {
        fd = open_socket_in(AF_INET6, f->port);
    }
    if (fd < 0 && !f->ipv6) {
        fd = open_socket_in(AF_INET, f->port);
    }
    if (fd < 0) {
        perror("connect");
    }
    return fd;
}

static bool write_all(int fd, const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static bool write_shim_id(const struct shim_flags *f, int fd)
{
    uint8_t id[8];
    for (size_t i = 0; i < sizeof id; i++) {
        id[i] = (uint8_t)(f->shim_id >> (8 * i));
    }
    return !f->has_shim_id || write_all(fd, id, sizeof id);
}

static patina_err make_conn(struct shim_link *link, const struct shim_setup *setup)
{
    const struct shim_flags *f = link->state->flags;
    struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
    o.user = link->state;
    if (f->server) {
        return patina_server_new(setup->server, &o, &link->conn);
    }
    const char *name = f->host_name != NULL ? f->host_name : "runner.test";
    o.server_name = (patina_span){(const uint8_t *)name, strlen(name)};
    return patina_client_new(setup->client, &o, &link->conn);
}

struct shim_link *shim_link_open(struct shim_state *s, const struct shim_setup *setup)
{
    struct shim_link *link = calloc(1, sizeof *link);
    if (link == NULL) {
        return NULL;
    }
    link->state = s;
    link->in = (struct patina_inbuf)PATINA_INBUF(link->in_bytes, sizeof link->in_bytes);
    if (s->flags->async) {
        link->out =
            (struct patina_output)PATINA_OUTPUT_FIXED(link->out_bytes, sizeof link->out_bytes);
    } else {
        link->out = (struct patina_output)PATINA_OUTPUT_GROW(SIZE_MAX);
    }
    link->fd = open_socket(s->flags);
    if (link->fd < 0) {
        free(link);
        return NULL;
    }
    patina_err e = write_shim_id(s->flags, link->fd) ? make_conn(link, setup) : PATINA_ERR_IO;
    if (e != PATINA_OK) {
        shim_print_error(s, e, NULL);
        shim_link_free(link);
        return NULL;
    }
    return link;
}

struct patina_conn *shim_link_conn(struct shim_link *link)
{
    return link->conn;
}

// ---- Output.

// Writes what stands in the output, but for a held one its first byte alone.
static bool put(struct shim_link *link)
{
    patina_span unsent = patina_output_unsent(&link->out);
    if (link->hold) {
        unsent.len = !link->held_byte_sent && unsent.len > 0 ? 1 : 0;
        link->held_byte_sent = link->held_byte_sent || unsent.len == 1;
    }
    bool ok = unsent.len == 0 || write_all(link->fd, unsent.ptr, unsent.len);
    // The runner may be gone already; what it did is still to be read.
    patina_output_sent(&link->out, unsent.len);
    return ok;
}

// Writes, and goes on while the library has more than the output took.
static void put_everything(struct shim_link *link)
{
    (void)put(link);
    while (!link->hold && patina_conn_queued(link->conn) > 0) {
        if (patina_conn_flush(link->conn, &link->out) != PATINA_OK ||
            patina_output_unsent(&link->out).len == 0) {
            return;
        }
        (void)put(link);
    }
}

void shim_link_hold(struct shim_link *link, bool hold)
{
    link->hold = hold;
    put_everything(link);
}

bool shim_link_quiet(const struct shim_link *link)
{
    return patina_output_unsent(&link->out).len == 0 && patina_conn_queued(link->conn) == 0;
}

// ---- Input.

static bool refill(struct shim_link *link)
{
    struct pollfd p = {link->fd, POLLIN, 0};
    if (poll(&p, 1, IDLE_MS) <= 0) {
        fprintf(stderr, "the runner is silent\n");
        return false;
    }
    ssize_t n = recv(link->fd, link->stash, sizeof link->stash, 0);
    link->stash_at = 0;
    link->stash_len = n > 0 ? (size_t)n : 0;
    link->at_end = n <= 0;
    return true;
}

static patina_err feed(struct shim_link *link)
{
    if (link->stash_at == link->stash_len && !link->at_end && !refill(link)) {
        return PATINA_ERR_TIMED_OUT;
    }
    if (link->at_end) {
        patina_err e = patina_conn_input_end(link->conn, patina_inbuf_unread(&link->in).len);
        return e == PATINA_OK ? PATINA_ERR_IO : e;
    }
    size_t n = link->state->flags->async ? 1 : link->stash_len - link->stash_at;
    patina_mspan room = patina_inbuf_room(&link->in, patina_inbuf_unread(&link->in).len + n);
    if (room.len < n) {
        return PATINA_ERR_INTERNAL; // NEED_INPUT with a whole record unread would be the library's
                                    // fault
    }
    memcpy(room.ptr, link->stash + link->stash_at, n);
    link->stash_at += n;
    patina_inbuf_filled(&link->in, n);
    return PATINA_OK;
}

static void complete_kept(struct shim_state *s)
{
    struct patina_op *op = s->kept;
    if (op != NULL) {
        s->kept = NULL;
        s->complete(s, op);
        patina_op_release(op);
    }
}

patina_err shim_link_poke(struct shim_link *link, struct patina_event *ev)
{
    size_t used = 0;
    patina_mspan unread = patina_inbuf_unread(&link->in);
    patina_err e = patina_conn_receive(link->conn, unread, &used, &link->out, ev);
    patina_inbuf_used(&link->in, used);
    put_everything(link);
    return e;
}

patina_err shim_link_event(struct shim_link *link, struct patina_event *ev)
{
    for (;;) {
        patina_err e = shim_link_poke(link, ev);
        if (e != PATINA_OK) {
            return e;
        }
        switch (ev->kind) {
        case PATINA_EVENT_NEED_INPUT:
            e = feed(link);
            if (e != PATINA_OK) {
                return e;
            }
            break;
        case PATINA_EVENT_SUSPENDED:
            if (link->state->kept == NULL) {
                return PATINA_ERR_INTERNAL;
            }
            complete_kept(link->state);
            break;
        default:
            return PATINA_OK;
        }
    }
}

// ---- The rest.

patina_err shim_link_send(struct shim_link *link, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    while (len > 0) {
        patina_span rest = {at, len};
        size_t taken = 0;
        patina_err e = patina_conn_send(link->conn, &rest, 1, &taken, &link->out);
        bool moved = taken > 0 || patina_output_unsent(&link->out).len > 0;
        put_everything(link);
        if (e != PATINA_OK) {
            return e;
        }
        if (!moved || (link->hold && taken < len)) {
            return PATINA_ERR_INTERNAL; // an output with room always makes progress
        }
        at += taken;
        len -= taken;
    }
    return PATINA_OK;
}

patina_err shim_link_update_keys(struct shim_link *link)
{
    patina_err e = patina_conn_update_keys(link->conn, false, &link->out);
    put_everything(link);
    return e;
}

patina_err shim_link_close(struct shim_link *link)
{
    patina_err e = patina_conn_close(link->conn, &link->out);
    put_everything(link);
    return e;
}

patina_err shim_link_abort(struct shim_link *link, uint8_t alert)
{
    patina_err e = patina_conn_abort(link->conn, alert, &link->out);
    put_everything(link);
    return e;
}

void shim_link_free(struct shim_link *link)
{
    if (link->conn != NULL) {
        put_everything(link);
    }
    shutdown(link->fd, SHUT_WR);
    struct pollfd p = {link->fd, POLLIN, 0};
    while (!link->at_end && poll(&p, 1, DRAIN_MS) > 0 &&
           recv(link->fd, link->stash, sizeof link->stash, 0) > 0) {
    }
    close(link->fd);
    patina_conn_free(link->conn);
    patina_op_release(link->state->kept); // abandoned by the line above
    link->state->kept = NULL;
    patina_output_free(&link->out);
    free(link);
}
