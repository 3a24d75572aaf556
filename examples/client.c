// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The smallest honest client: usage: client HOST PORT [CAFILE]. Connects, sends a request, prints
// the answer. It shows the whole contract of patina_conn_receive and patina_conn_send over a
// blocking socket; patina_stream does the same with deadlines. With patina installed:
//   cc client.c $(pkg-config --cflags --libs patina_openssl) -o client
#include <patina/patina.h>
#include <patina/provider_openssl.h>

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct client {
    int fd;
    struct patina_conn *conn;
    struct patina_inbuf in;
    struct patina_output out;
};

// After every call on the connection, failed or not, what stands in `out` is sent first.
static int send_out(struct client *c)
{
    for (patina_span s; (s = patina_output_unsent(&c->out)).len != 0;) {
        ssize_t n = send(c->fd, s.ptr, s.len, MSG_NOSIGNAL);
        if (n <= 0) {
            return -1;
        }
        patina_output_sent(&c->out, (size_t)n);
    }
    return 0;
}

// Runs until the next event other than NEED_INPUT.
static patina_err next_event(struct client *c, struct patina_event *ev)
{
    for (;;) {
        size_t used = 0;
        patina_err e =
            patina_conn_receive(c->conn, patina_inbuf_unread(&c->in), &used, &c->out, ev);
        patina_inbuf_used(&c->in, used);
        int sent = send_out(c);
        if (e != PATINA_OK || ev->kind != PATINA_EVENT_NEED_INPUT) {
            return e;
        }
        patina_mspan room = patina_inbuf_room(&c->in, (size_t)ev->want);
        ssize_t n = sent == 0 ? recv(c->fd, room.ptr, room.len, 0) : 0;
        if (n <= 0) {
            return patina_conn_input_end(c->conn, patina_inbuf_unread(&c->in).len);
        }
        patina_inbuf_filled(&c->in, (size_t)n);
    }
}

static patina_err fetch(struct client *c, const char *host)
{
    struct patina_event ev = {0};
    while (ev.kind != PATINA_EVENT_HANDSHAKE_DONE) {
        patina_err e = next_event(c, &ev);
        if (e != PATINA_OK) {
            return e;
        }
    }
    char request[512];
    int len = snprintf(request, sizeof(request),
                       "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", host);
    if (len < 0 || (size_t)len >= sizeof(request)) {
        return PATINA_ERR_BAD_SERVER_NAME;
    }
    patina_span text = {(const uint8_t *)request, (size_t)len};
    size_t taken = 0;
    patina_err e = patina_conn_send(c->conn, &text, 1, &taken, &c->out);
    int sent = send_out(c);
    if (e != PATINA_OK || sent != 0) {
        return e != PATINA_OK ? e : PATINA_ERR_IO;
    }
    while ((e = next_event(c, &ev)) == PATINA_OK && ev.kind != PATINA_EVENT_CLOSED) {
        if (ev.kind == PATINA_EVENT_DATA) {
            fwrite(ev.data.ptr, 1, ev.data.len, stdout);
        }
    }
    return e;
}

// The whole file, however large; the caller frees `out->ptr`, also on failure.
static int read_file(const char *path, patina_mspan *out)
{
    FILE *f = fopen(path, "rb");
    size_t cap = 0;
    while (f != NULL && !feof(f) && !ferror(f)) {
        if (out->len == cap) {
            cap = cap == 0 ? 65536 : 2 * cap;
            uint8_t *more = realloc(out->ptr, cap);
            if (more == NULL) {
                break;
            }
            out->ptr = more;
        }
        out->len += fread(out->ptr + out->len, 1, cap - out->len, f);
    }
    int rc = f != NULL && feof(f) ? 0 : -1;
    if (f != NULL) {
        fclose(f);
    }
    return rc;
}

// Roots of the system, or those of a file.
static patina_err make_verifier(const struct patina_provider *provider, const char *cafile,
                                struct patina_verifier **out)
{
    if (cafile == NULL) {
        return patina_verifier_platform(provider, NULL, out);
    }
    patina_mspan pem = {NULL, 0};
    if (read_file(cafile, &pem) != 0) {
        perror(cafile);
        free(pem.ptr);
        return PATINA_ERR_FILE;
    }
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    o.provider = provider;
    patina_err e = patina_roots_from_pem((patina_span){pem.ptr, pem.len}, NULL, &o.roots, NULL);
    if (e == PATINA_OK) {
        e = patina_verifier_new(&o, out);
    }
    free(pem.ptr);
    patina_roots_unref(o.roots);
    return e;
}

static int dial(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
    int fd = -1;
    if (getaddrinfo(host, port, &hints, &list) != 0) {
        return -1;
    }
    for (struct addrinfo *a = list; a != NULL; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) == 0) {
            break;
        }
        if (fd >= 0) {
            close(fd);
        }
        fd = -1;
    }
    freeaddrinfo(list);
    return fd;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: client HOST PORT [CAFILE]\n", stderr);
        return 1;
    }
    const struct patina_provider *provider = NULL;
    struct patina_client_config *cfg = NULL;
    struct patina_client_options options = PATINA_CLIENT_OPTIONS_INIT;
    struct patina_conn_options conn_options = PATINA_CONN_OPTIONS_INIT;
    static uint8_t buffer[2 * PATINA_RECORD_MAX];
    struct client c = {.in = PATINA_INBUF(buffer, sizeof(buffer)),
                       .out = PATINA_OUTPUT_GROW(SIZE_MAX)};

    patina_err e = patina_openssl_new(NULL, &provider);
    if (e == PATINA_OK) {
        e = make_verifier(provider, argc > 3 ? argv[3] : NULL, &options.verifier);
    }
    options.provider = provider;
    options.clock = patina_clock_system();
    if (e == PATINA_OK) {
        e = patina_client_config_new(&options, &cfg, NULL);
    }
    conn_options.server_name = patina_span_str(argv[1]);
    if (e == PATINA_OK) {
        e = patina_client_new(cfg, &conn_options, &c.conn);
    }
    c.fd = e == PATINA_OK ? dial(argv[1], argv[2]) : -1;
    if (c.fd >= 0) {
        e = fetch(&c, argv[1]);
        close(c.fd);
    } else if (e == PATINA_OK) {
        perror("connect");
    }
    if (e != PATINA_OK) {
        struct patina_report report = {0};
        char why[1024];
        if (c.conn != NULL) {
            patina_conn_report(c.conn, &report);
            patina_conn_explain(c.conn, why, sizeof(why));
        }
        // Without a failed connection the error came from somewhere else.
        fprintf(stderr, "%s\n", report.err != PATINA_OK ? why : patina_err_text(e));
    }
    patina_conn_free(c.conn);
    patina_output_free(&c.out);
    patina_client_config_unref(cfg);
    patina_verifier_unref(options.verifier);
    patina_provider_unref(provider);
    return e != PATINA_OK || c.fd < 0;
}
