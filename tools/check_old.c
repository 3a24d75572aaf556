// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Does a server speak TLS 1.2 or older? patina does not, so one ClientHello of that version is
// written by hand (RFC 5246 §7.4.1.2) and the answer looked at; the connection ends there.
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

#define HELLO_MAX 1024
struct bytes {
    uint8_t data[HELLO_MAX];
    size_t len;
};

static void put(struct bytes *b, unsigned value, size_t width)
{
    for (size_t i = width; i > 0 && b->len < HELLO_MAX; i--) {
        b->data[b->len++] = (uint8_t)(value >> (8 * (i - 1)));
    }
}

static void put_all(struct bytes *b, const void *data, size_t len)
{
    if (len <= HELLO_MAX - b->len) {
        memcpy(b->data + b->len, data, len);
        b->len += len;
    }
}

// Writes the length of what has come since `at` into the `width` bytes in front of it.
static void close_length(struct bytes *b, size_t at, size_t width)
{
    size_t len = b->len - at;
    for (size_t i = 0; i < width; i++) {
        b->data[at - 1 - i] = (uint8_t)(len >> (8 * i));
    }
}

static void put_numbers(struct bytes *b, const uint16_t *list, size_t count)
{
    put(b, 0, 2);
    size_t at = b->len;
    for (size_t i = 0; i < count; i++) {
        put(b, list[i], 2);
    }
    close_length(b, at, 2);
}

static void put_server_name(struct bytes *b, const char *name)
{
    size_t len = strlen(name);
    if (strspn(name, "0123456789.:") == len || strchr(name, ':') != NULL || len > 253) {
        return; // addresses are not sent (RFC 6066 §3)
    }
    put(b, 0, 2);
    put(b, (unsigned)len + 5, 2);
    put(b, (unsigned)len + 3, 2);
    put(b, 0, 1);
    put(b, (unsigned)len, 2);
    put_all(b, name, len);
}

static void put_extensions(struct bytes *b, const char *name)
{
    static const uint16_t groups[] = {0x001d, 0x0017, 0x0018, 0x0019};
    static const uint16_t schemes[] = {0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501,
                                       0x0603, 0x0806, 0x0601, 0x0203, 0x0201};
    put(b, 0, 2);
    size_t all = b->len;
    put_server_name(b, name);
    put(b, 10, 2); // supported_groups
    put(b, 2 + sizeof(groups), 2);
    put_numbers(b, groups, sizeof(groups) / sizeof(groups[0]));
    put(b, 11, 2); // ec_point_formats: uncompressed
    put(b, 2, 2);
    put(b, 0x0100, 2);
    put(b, 13, 2); // signature_algorithms
    put(b, 2 + sizeof(schemes), 2);
    put_numbers(b, schemes, sizeof(schemes) / sizeof(schemes[0]));
    put(b, 23, 2); // extended_master_secret
    put(b, 0, 2);
    close_length(b, all, 2);
}

static bool write_hello(const struct check *c, uint16_t version, struct bytes *b)
{
    // What clients of that time offered: ECDHE, then plain RSA; AEAD, then CBC. The last one says
    // that renegotiation is understood (RFC 5746 §3.3).
    static const uint16_t suites[] = {0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8,
                                      0xc009, 0xc013, 0xc00a, 0xc014, 0x009c, 0x009d,
                                      0x002f, 0x0035, 0x000a, 0x00ff};
    uint8_t random[32];
    if (c->provider->random(c->provider, (patina_mspan){random, sizeof(random)}) != PATINA_OK) {
        return false;
    }
    put(b, 22, 1);
    put(b, 0x0301, 2);
    put(b, 0, 2);
    size_t record = b->len;
    put(b, 1, 1); // client_hello
    put(b, 0, 3);
    size_t body = b->len;
    put(b, version, 2);
    put_all(b, random, sizeof(random));
    put(b, 0, 1); // no session
    put_numbers(b, suites, sizeof(suites) / sizeof(suites[0]));
    put(b, 0x0100, 2); // no compression
    put_extensions(b, c->name);
    close_length(b, body, 3);
    close_length(b, record, 2);
    return true;
}

const char *old_suite_name(uint16_t suite)
{
    static const struct {
        uint16_t id;
        const char *name;
    } names[] = {
        {0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"},
        {0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
        {0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"},
        {0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"},
        {0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"},
        {0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"},
        {0xc009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"},
        {0xc013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"},
        {0xc00a, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"},
        {0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"},
        {0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"},
        {0x009d, "TLS_RSA_WITH_AES_256_GCM_SHA384"},
        {0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"},
        {0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"},
        {0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].id == suite) {
            return names[i].name;
        }
    }
    return "a suite that was not offered";
}

// ECDHE with an AEAD, which is all TLS 1.2 still has to give.
bool old_suite_is_good(uint16_t suite)
{
    return (suite >= 0xc02b && suite <= 0xc030) || suite == 0xcca8 || suite == 0xcca9;
}

// ---- The answer

// Reads until `want` bytes are there, or time is up. Returns how many there are.
static size_t read_bytes(int fd, uint8_t *buf, size_t want, int64_t deadline_us)
{
    size_t have = 0;
    while (have < want) {
        int64_t left_ms = (deadline_us - micros_now()) / 1000;
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (left_ms <= 0 || poll(&p, 1, (int)left_ms) <= 0) {
            break;
        }
        ssize_t n = recv(fd, buf + have, want - have, 0);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
            break;
        }
        have += n > 0 ? (size_t)n : 0;
    }
    return have;
}

static void read_answer(int fd, int64_t deadline_us, struct old_hello *out)
{
    static const uint8_t sentinel[] = {'D', 'O', 'W', 'N', 'G', 'R', 'D'};
    uint8_t b[5 + 4 + 2 + 32 + 1 + 32 + 2];
    out->answer = OLD_OTHER;
    if (read_bytes(fd, b, 7, deadline_us) < 7) {
        out->answer = OLD_NO_ANSWER;
        return;
    }
    if (b[0] == 21) {
        out->answer = OLD_REFUSED;
        out->alert = b[6];
        return;
    }
    if (b[0] != 22 || b[5] != 2 || read_bytes(fd, b + 7, 37, deadline_us) < 37) {
        return;
    }
    out->version = (uint16_t)(b[9] << 8 | b[10]);
    size_t session = b[43];
    if (session > 32 || read_bytes(fd, b + 44, session + 2, deadline_us) < session + 2) {
        return;
    }
    out->suite = (uint16_t)(b[44 + session] << 8 | b[45 + session]);
    out->has_sentinel = memcmp(b + 35, sentinel, sizeof(sentinel)) == 0 && b[42] <= 1;
    out->answer = OLD_SPOKEN;
}

void old_hello(struct check *c, uint16_t version, struct old_hello *out)
{
    struct bytes hello = {.len = 0};
    struct dial_times times;
    char why[256];
    int status = EXIT_OK;
    *out = (struct old_hello){.answer = OLD_NO_ANSWER};
    if (micros_now() - c->begin_us > c->limit_us) {
        c->out_of_time = true;
        return;
    }
    c->connections++;
    int fd = net_dial(c->host, c->port, c->timeout_ms, &times, &status, why, sizeof(why));
    if (fd < 0) {
        return;
    }
    if (write_hello(c, version, &hello) &&
        send(fd, hello.data, hello.len, MSG_NOSIGNAL) == (ssize_t)hello.len) {
        read_answer(fd, micros_now() + c->timeout_ms * 1000, out);
    }
    close(fd);
}
