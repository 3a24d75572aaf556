// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Servers that `patina connect` must cope with and `patina serve` never is, and one odd client.
// Prints "port N", serves one connection on 127.0.0.1, ends. Called by tests/tools/run.
//
//   odd_server silent                    accepts and says nothing until the client leaves
//   odd_server plain                     speaks SMTP
//   odd_server wrong-key CERT KEY        shows CERT but signs with KEY
//   odd_server truncate CERT KEY         sends a few bytes, then closes without close_notify
//   odd_server truncate-after CERT KEY   the same, but first waits for the client's close_notify
//   odd_server half-close CERT KEY       closes its side first, prints how much it received
//   odd_server idle-client PORT          connects, says nothing, prints how long it was borne
//   odd_server refused-client PORT       sends what is no TLS, goes on, prints the alert it got
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "patina/patina.h"
#include "patina/stream.h"
#include "test_provider.h"

static int die(const char *what)
{
    fprintf(stderr, "odd_server: %s\n", what);
    exit(1);
}

static patina_span read_file(const char *path)
{
    static char buffers[2][65536];
    static int used;
    FILE *f = fopen(path, "rb");
    if (f == NULL || used == 2) {
        die(path);
    }
    char *buffer = buffers[used++];
    size_t n = fread(buffer, 1, sizeof(buffers[0]), f);
    fclose(f);
    return (patina_span){(const uint8_t *)buffer, n};
}

// ---- A key that claims to belong to the certificate.

struct lying_key {
    struct patina_key base;
    struct patina_key *real;
    patina_span spki;
};

static const uint16_t *lying_schemes(const struct patina_key *key, size_t *out_count)
{
    const struct lying_key *k = (const struct lying_key *)(const void *)key;
    return k->real->vtable->schemes(k->real, out_count);
}

static patina_err lying_sign(struct patina_key *key, struct patina_op *op)
{
    struct lying_key *k = (struct lying_key *)(void *)key;
    return k->real->vtable->sign(k->real, op);
}

static patina_err lying_spki(const struct patina_key *key, patina_span *out)
{
    const struct lying_key *k = (const struct lying_key *)(const void *)key;
    *out = k->spki;
    return PATINA_OK;
}

static void lying_drop(struct patina_key *key)
{
    struct lying_key *k = (struct lying_key *)(void *)key;
    k->real->vtable->drop(k->real);
}

static const struct patina_key_vtable lying_vtable = {
    sizeof(struct patina_key_vtable), 0, lying_schemes, lying_sign, lying_spki, lying_drop,
};

// One base64 block of PEM as DER.
static patina_span pem_to_der(patina_span pem)
{
    static uint8_t der[2][16384];
    static int used;
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t *out = der[used++];
    size_t n = 0;
    uint32_t bits = 0;
    unsigned have = 0;
    const char *text = (const char *)pem.ptr;
    for (const char *p = strchr(text, '\n'); p != NULL && *p != '-' && *p != '\0'; p++) {
        const char *d = strchr(digits, *p);
        if (d == NULL || *p == '\n') {
            continue;
        }
        bits = (bits << 6) | (uint32_t)(d - digits);
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (uint8_t)((bits >> have) & 0xff);
        }
    }
    return (patina_span){out, n};
}

// Finds an EC P-256 SubjectPublicKeyInfo (91 bytes, one well-known beginning).
static patina_span find_spki(patina_span der)
{
    static const uint8_t begin[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86,
                                    0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
                                    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
    for (size_t i = 0; i + 91 <= der.len; i++) {
        if (memcmp(der.ptr + i, begin, sizeof(begin)) == 0) {
            return (patina_span){der.ptr + i, 91};
        }
    }
    die("no P-256 key in the certificate");
    return (patina_span){NULL, 0};
}

static struct patina_credential *credential(const struct patina_provider *provider,
                                            const char *cert, const char *key, bool lie)
{
    static struct lying_key liar;
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    struct patina_credential *out = NULL;
    o.provider = provider;
    o.chain_pem = read_file(cert);
    o.key_pem = read_file(key);
    if (lie) {
        liar.base.vtable = &lying_vtable;
        liar.spki = find_spki(pem_to_der(o.chain_pem));
        if (provider->load_key(provider, pem_to_der(o.key_pem), &liar.real) != PATINA_OK) {
            die("the key cannot be loaded");
        }
        o.key_pem = (patina_span){NULL, 0};
        o.key = &liar.base;
    }
    if (patina_credential_new(&o, &out, NULL) != PATINA_OK) {
        die("no credential");
    }
    return out;
}

// ---- Sockets.

static int accept_one(void)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(a);
    if (listener < 0 || bind(listener, (struct sockaddr *)&a, len) != 0 ||
        listen(listener, 1) != 0 || getsockname(listener, (struct sockaddr *)&a, &len) != 0) {
        die("cannot listen");
    }
    printf("port %u\n", (unsigned)ntohs(a.sin_port));
    fflush(stdout);
    alarm(60); // nobody came
    int fd = accept(listener, NULL, NULL);
    close(listener);
    return fd;
}

static void drain(int fd)
{
    char buf[4096];
    while (recv(fd, buf, sizeof(buf), 0) > 0) {
    }
}

static int connect_to(const char *port)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                            .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    alarm(60);
    if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof(a)) != 0) {
        die("cannot connect");
    }
    return fd;
}

// Goes on sending after the server had time to refuse: a server that closes without reading on
// resets the connection, and the second half cannot be sent.
static int refused_client(const char *port)
{
    static uint8_t junk[100000];
    int fd = connect_to(port);
    for (int half = 0; half < 2; half++) {
        for (size_t at = 0; at < sizeof(junk);) {
            ssize_t n = send(fd, junk + at, sizeof(junk) - at, MSG_NOSIGNAL);
            if (n <= 0) {
                die("reset by the server");
            }
            at += (size_t)n;
        }
        nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    }
    uint8_t alert[8];
    ssize_t n = recv(fd, alert, sizeof(alert), MSG_WAITALL);
    for (ssize_t i = 0; i < n; i++) {
        printf("%02x", alert[i]);
    }
    printf("\n");
    return n < 0 ? 1 : 0;
}

static int idle_client(const char *port)
{
    struct timespec begin;
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    int fd = connect_to(port);
    printf("connected\n");
    fflush(stdout);
    drain(fd);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("seconds %lld\n", (long long)(end.tv_sec - begin.tv_sec));
    return 0;
}

static int serve_tls(const char *mode, const char *cert, const char *key)
{
    const struct patina_provider *provider = test_provider();
    struct patina_credential *c = credential(provider, cert, key, strcmp(mode, "wrong-key") == 0);
    struct patina_server_options so = PATINA_SERVER_OPTIONS_INIT;
    so.provider = provider;
    so.clock = patina_clock_system();
    so.credentials = &c;
    so.credentials_count = 1;
    struct patina_server_config *cfg = NULL;
    struct patina_conn *conn = NULL;
    struct patina_stream *s = NULL;
    if (patina_server_config_new(&so, &cfg, NULL) != PATINA_OK ||
        patina_server_new(cfg, NULL, &conn) != PATINA_OK) {
        die("no config");
    }
    int fd = accept_one();
    if (patina_stream_new(fd, conn, NULL, &s) != PATINA_OK) {
        die("no stream");
    }
    patina_err e = patina_stream_handshake(s);
    if (e == PATINA_OK && strcmp(mode, "truncate-after") == 0) {
        char buf[16384];
        for (size_t n = 1; e == PATINA_OK && n > 0;) {
            e = patina_stream_read(s, buf, sizeof(buf), &n);
        }
    }
    if (e == PATINA_OK && strncmp(mode, "truncate", 8) == 0) {
        e = patina_stream_write(s, "some bytes\n", 11, NULL);
        (void)shutdown(fd, SHUT_WR);
        drain(fd);
    } else if (e == PATINA_OK && strcmp(mode, "half-close") == 0) {
        char buf[16384];
        size_t n = 0;
        size_t total = 0;
        e = patina_stream_close_notify(s);
        do {
            e = e == PATINA_OK ? patina_stream_read(s, buf, sizeof(buf), &n) : e;
            total += n;
        } while (e == PATINA_OK && n > 0);
        printf("received %zu\n", total);
    }
    printf("result %s\n", patina_err_name(e));
    patina_stream_free(s);
    close(fd);
    patina_server_config_unref(cfg);
    patina_credential_unref(c);
    patina_provider_unref(provider);
    return 0;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    if (strcmp(mode, "idle-client") == 0 && argc == 3) {
        return idle_client(argv[2]);
    }
    if (strcmp(mode, "refused-client") == 0 && argc == 3) {
        return refused_client(argv[2]);
    }
    if (argc == 4) {
        return serve_tls(mode, argv[2], argv[3]);
    }
    if (strcmp(mode, "silent") != 0 && strcmp(mode, "plain") != 0) {
        die("unknown mode");
    }
    int fd = accept_one();
    if (strcmp(mode, "plain") == 0 && send(fd, "220 mail.test ESMTP ready\r\n", 27, 0) != 27) {
        die("cannot send");
    }
    drain(fd);
    close(fd);
    return 0;
}
