// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A client over patina_stream, blocking: usage: stream_client HOST PORT CAFILE. Sends a request,
// prints the answer. client.c does the same without the helper library.
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <patina/stream.h>

#include "files.h"
#include "provider.h"

static int dial(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;
    int fd = -1;
    if (getaddrinfo(host, port, &hints, &list) != 0) {
        return -1;
    }
    for (struct addrinfo *a = list; a != NULL && fd < 0; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(list);
    return fd;
}

static patina_err fetch(struct patina_stream *s)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    char text[16384];
    size_t n = 0;
    patina_err e = patina_stream_write(s, request, sizeof(request) - 1, NULL);
    do {
        e = e == PATINA_OK ? patina_stream_read(s, text, sizeof(text), &n) : e;
        fwrite(text, 1, n, stdout);
    } while (e == PATINA_OK && n > 0); // no bytes: the server said close_notify
    return e == PATINA_OK ? patina_stream_close_notify(s) : e;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: stream_client HOST PORT CAFILE\n", stderr);
        return 1;
    }
    const struct patina_provider *provider = example_provider();
    struct patina_client_config *cfg = client_config(provider, argv[3]);
    struct patina_conn_options o = PATINA_CONN_OPTIONS_INIT;
    o.server_name = patina_span_str(argv[1]);
    struct patina_conn *conn = NULL;
    struct patina_stream *s = NULL;
    int fd = dial(argv[1], argv[2]);
    check(patina_client_new(cfg, &o, &conn), argv[1]);
    check(patina_stream_new(fd, conn, NULL, &s), "no connection"); // the stream owns conn now
    patina_err e = fetch(s);
    if (e != PATINA_OK) {
        char text[2048];
        patina_conn_explain(patina_stream_conn(s), text, sizeof(text));
        fprintf(stderr, "%s\n%s\n", patina_err_text(e), text);
    }
    patina_stream_free(s);
    close(fd);
    patina_client_config_unref(cfg);
    patina_provider_unref(provider);
    return e == PATINA_OK ? 0 : 1;
}
