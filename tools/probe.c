// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One connection to a server: see probe.h. The loop around patina_conn_receive stands here and not
// in the stream library because session tickets are counted by records, one at a time: what is used
// up after the handshake without an event is one.
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe.h"

static patina_err accept_any(void *user, struct patina_op *op)
{
    (void)user;
    return patina_verify_op_accept(op);
}

struct patina_verifier *verifier_for_looking(const struct patina_provider *provider)
{
    struct patina_verifier *v = NULL;
    struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    o.provider = provider;
    o.verify = accept_any;
    return patina_verifier_callback_new(&o, &v) == PATINA_OK ? v : NULL;
}

struct run {
    const struct probe_request *q;
    struct probe *p;
    struct patina_client_config *config;
    struct patina_conn *conn;
    struct patina_output out;
    int fd;
    int64_t deadline_us;
    uint8_t in[PATINA_RECORD_MAX];
    size_t in_len;
};

static patina_err make(struct run *r)
{
    const struct probe_request *q = r->q;
    struct patina_client_options o = PATINA_CLIENT_OPTIONS_INIT;
    o.flags = q->flags;
    o.provider = q->provider;
    o.verifier = q->verifier;
    o.clock = patina_clock_system();
    o.alpn = q->alpn;
    o.alpn_count = q->alpn_count;
    o.groups = q->groups;
    o.groups_count = q->groups_count;
    o.suites = q->suites;
    o.suites_count = q->suites_count;
    o.key_shares = q->key_shares;
    o.key_shares_count = q->key_shares_count;
    patina_err e = patina_client_config_new(&o, &r->config, NULL);
    if (e != PATINA_OK) {
        return e;
    }
    struct patina_conn_options co = PATINA_CONN_OPTIONS_INIT;
    co.server_name = patina_span_str(q->name);
    co.sni = q->sni != NULL ? patina_span_str(q->sni) : (patina_span){0};
    return patina_client_new(r->config, &co, &r->conn);
}

// Waits for the socket until the deadline.
static patina_err wait_socket(struct run *r, short events)
{
    for (;;) {
        int64_t left_ms = (r->deadline_us - micros_now()) / 1000;
        if (left_ms <= 0) {
            return PATINA_ERR_TIMED_OUT;
        }
        struct pollfd p = {.fd = r->fd, .events = events};
        int n = poll(&p, 1, left_ms > INT_MAX ? INT_MAX : (int)left_ms);
        if (n > 0) {
            return PATINA_OK;
        }
        if (n < 0 && errno != EINTR) {
            return PATINA_ERR_IO;
        }
    }
}

static patina_err send_all(struct run *r)
{
    patina_span unsent = patina_output_unsent(&r->out);
    while (unsent.len > 0) {
        ssize_t n = send(r->fd, unsent.ptr, unsent.len, MSG_NOSIGNAL);
        if (n > 0) {
            patina_output_sent(&r->out, (size_t)n);
        } else if (n < 0 && errno == EAGAIN) {
            patina_err e = wait_socket(r, POLLOUT);
            if (e != PATINA_OK) {
                return e;
            }
        } else if (n == 0 || errno != EINTR) {
            r->p->error_number = errno;
            return PATINA_ERR_IO;
        }
        unsent = patina_output_unsent(&r->out);
    }
    return PATINA_OK;
}

static patina_err read_some(struct run *r)
{
    for (;;) {
        ssize_t n = recv(r->fd, r->in + r->in_len, sizeof(r->in) - r->in_len, 0);
        if (n > 0) {
            r->in_len += (size_t)n;
            return PATINA_OK;
        }
        if (n == 0) {
            return patina_conn_input_end(r->conn, r->in_len);
        }
        if (errno == EAGAIN) {
            patina_err e = wait_socket(r, POLLIN);
            if (e != PATINA_OK) {
                return e;
            }
        } else if (errno != EINTR) {
            r->p->error_number = errno;
            return PATINA_ERR_IO;
        }
    }
}

// One record at most is handed over at a time.
static size_t first_record(const struct run *r)
{
    if (r->in_len < 5 || patina_record_want((patina_span){r->in, r->in_len}) != 0) {
        return r->in_len;
    }
    return 5 + ((size_t)r->in[3] << 8 | r->in[4]);
}

// Until the handshake is done, or, after it, until time is up or the server has closed.
static patina_err drive(struct run *r)
{
    for (;;) {
        size_t used = 0;
        size_t len = first_record(r);
        struct patina_event ev;
        bool traffic = r->p->done;
        patina_err e =
            patina_conn_receive(r->conn, (patina_mspan){r->in, len}, &used, &r->out, &ev);
        patina_err sent = send_all(r);
        if (e != PATINA_OK || sent != PATINA_OK) {
            return e != PATINA_OK ? e : sent;
        }
        memmove(r->in, r->in + used, r->in_len - used);
        r->in_len -= used;
        if (ev.kind == PATINA_EVENT_HANDSHAKE_DONE) {
            return PATINA_OK;
        }
        if (ev.kind == PATINA_EVENT_CLOSED) {
            return PATINA_ERR_TRUNCATED;
        }
        if (traffic && used > 0 && ev.kind == PATINA_EVENT_NEED_INPUT) {
            r->p->tickets++;
        }
        bool more = r->in_len > 0 && patina_record_want((patina_span){r->in, r->in_len}) == 0;
        if (ev.kind == PATINA_EVENT_NEED_INPUT && !more) {
            e = read_some(r);
            if (e != PATINA_OK) {
                return e;
            }
        }
    }
}

static void ask(struct run *r)
{
    const struct patina_conn *conn = r->conn;
    struct probe *p = r->p;
    patina_span alpn = patina_conn_alpn(conn);
    p->done = true;
    p->version = patina_conn_version(conn);
    p->group = patina_conn_group(conn);
    p->suite = patina_conn_suite(conn);
    p->scheme = patina_conn_scheme(conn);
    p->retried = patina_conn_was_retried(conn);
    snprintf(p->alpn, sizeof(p->alpn), "%.*s", (int)alpn.len, (const char *)alpn.ptr);
}

static void shake_hands(struct run *r)
{
    struct probe *p = r->p;
    int64_t begin = micros_now();
    r->deadline_us = begin + r->q->timeout_ms * 1000;
    p->err = make(r);
    if (p->err == PATINA_OK) {
        p->err = drive(r);
    }
    p->tls_us = micros_now() - begin;
    if (r->conn == NULL) {
        return;
    }
    p->chain = patina_chain_ref(patina_conn_peer_chain(r->conn));
    p->staple = patina_conn_peer_staple(r->conn);
    p->scts = patina_conn_peer_scts(r->conn);
    patina_conn_report(r->conn, &p->report);
    if (p->err != PATINA_OK) {
        return;
    }
    ask(r);
    if (r->q->linger_ms > 0) {
        r->deadline_us = micros_now() + r->q->linger_ms * 1000;
        (void)drive(r); // ends with the time, or with the server
    }
    if (patina_conn_close(r->conn, &r->out) == PATINA_OK) {
        r->deadline_us = micros_now() + r->q->timeout_ms * 1000;
        (void)send_all(r);
    }
}

void probe_run(const struct probe_request *q, struct probe *out)
{
    *out = (struct probe){.report = {.certificate = -1, .alert = PATINA_ALERT_NONE}};
    struct run *r = calloc(1, sizeof(*r));
    if (r == NULL) {
        out->err = PATINA_ERR_NO_MEMORY;
        return;
    }
    *r = (struct run){.q = q, .p = out, .out = PATINA_OUTPUT_GROW(SIZE_MAX)};
    r->fd = net_dial(q->host, q->port, q->timeout_ms, &out->times, &out->status, out->why,
                     sizeof(out->why));
    if (r->fd >= 0) {
        out->status = EXIT_OK;
        shake_hands(r);
        close(r->fd);
    }
    patina_conn_free(r->conn);
    patina_client_config_unref(r->config);
    patina_output_free(&r->out);
    patina_wipe(r->in, sizeof(r->in));
    free(r);
}

void probe_free(struct probe *p)
{
    patina_chain_unref(p->chain);
    p->chain = NULL;
}
