// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A server over patina_stream, blocking, one connection after the other: usage:
// server CERT KEY [PORT [COUNT]]. Answers every request with a greeting on 127.0.0.1; port 0 lets
// the system choose; ends after COUNT connections. A real one gives each connection a thread or an
// event loop (epoll_client.c shows the calls): configs are shared, streams are not.
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <patina/stream.h>

#include "files.h"
#include "provider.h"

static struct patina_server_config *server_config(const struct patina_provider *provider,
                                                  const char *cert, const char *key)
{
    struct patina_credential_options co = PATINA_CREDENTIAL_OPTIONS_INIT;
    struct patina_server_options o = PATINA_SERVER_OPTIONS_INIT;
    struct patina_server_config *cfg = NULL;
    struct patina_credential *credential = NULL;
    patina_mspan cert_pem = read_file(cert);
    patina_mspan key_pem = read_file(key);
    co.provider = provider;
    co.chain_pem = span_of(cert_pem);
    co.key_pem = span_of(key_pem);
    check(patina_credential_new(&co, &credential, NULL), cert);
    patina_wipe(key_pem.ptr, key_pem.len); // the credential has its own copy
    free(key_pem.ptr);
    free(cert_pem.ptr);
    o.provider = provider;
    o.clock = patina_clock_system();
    o.credentials = &credential;
    o.credentials_count = 1;
    check(patina_server_config_new(&o, &cfg, NULL), "config");
    patina_credential_unref(credential);
    return cfg;
}

static int listen_on(uint16_t port)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
    socklen_t len = sizeof(a);
    int one = 1;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, len) != 0 || listen(fd, 16) != 0 ||
        getsockname(fd, (struct sockaddr *)&a, &len) != 0) {
        perror("listen");
        exit(1);
    }
    printf("port %u\n", (unsigned)ntohs(a.sin_port));
    fflush(stdout);
    return fd;
}

// Reads a request's head, answers, closes its side, and waits for the client to close the other.
static patina_err answer(struct patina_stream *s)
{
    static const char text[] = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n"
                               "Hello, TLS!\r\n";
    char head[8192];
    size_t have = 0;
    size_t n = 1;
    patina_err e = PATINA_OK;
    while (e == PATINA_OK && n > 0 && have < sizeof(head) - 1) {
        e = patina_stream_read(s, head + have, sizeof(head) - 1 - have, &n);
        have += n;
        head[have] = '\0';
        if (strstr(head, "\r\n\r\n") != NULL) {
            break;
        }
    }
    e = e == PATINA_OK ? patina_stream_write(s, text, sizeof(text) - 1, NULL) : e;
    e = e == PATINA_OK ? patina_stream_close_notify(s) : e;
    while (e == PATINA_OK && n > 0) {
        e = patina_stream_read(s, head, sizeof(head), &n);
    }
    return e;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: server CERT KEY [PORT [COUNT]]\n", stderr);
        return 1;
    }
    const struct patina_provider *provider = example_provider();
    struct patina_server_config *cfg = server_config(provider, argv[1], argv[2]);
    int listener = listen_on(argc > 3 ? (uint16_t)strtoul(argv[3], NULL, 10) : 0);
    unsigned long count = argc > 4 ? strtoul(argv[4], NULL, 10) : 0;
    for (unsigned long i = 0; count == 0 || i < count; i++) {
        struct patina_conn *conn = NULL;
        struct patina_stream *s = NULL;
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) {
            continue;
        }
        check(patina_server_new(cfg, NULL, &conn), "connection");
        check(patina_stream_new(fd, conn, NULL, &s), "stream");
        patina_err e = answer(s);
        printf("%s\n", patina_err_name(e));
        patina_stream_free(s);
        close(fd);
    }
    close(listener);
    patina_server_config_unref(cfg);
    patina_provider_unref(provider);
    return 0;
}
