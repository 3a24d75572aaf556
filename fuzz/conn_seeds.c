// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Writes seeds of the connection targets: what a real peer sends, as a script. Usage:
// fuzz_conn_seeds fuzz/corpus
#include "script.h"

#include "fixture.h"
#include "null_provider.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct script {
    uint8_t bytes[65536];
    size_t len;
};

static void add(struct script *s, uint8_t op, uint8_t first, const uint8_t *body, size_t len)
{
    size_t chunk = op == SCRIPT_FINISHED ? 0 : len + 1;
    s->bytes[s->len] = op;
    s->bytes[s->len + 1] = (uint8_t)(chunk >> 8);
    s->bytes[s->len + 2] = (uint8_t)(chunk & 0xff);
    s->len += 3;
    if (chunk != 0) {
        s->bytes[s->len] = first;
        memcpy(&s->bytes[s->len + 1], body, len);
        s->len += chunk;
    }
}

static void add_messages(struct script *s, const uint8_t *text, size_t len)
{
    for (size_t at = 0; at + 4 <= len;) {
        size_t body = ((size_t)text[at + 1] << 16) | ((size_t)text[at + 2] << 8) | text[at + 3];
        add(s, text[at] == 20 ? SCRIPT_FINISHED : SCRIPT_MESSAGE, text[at], text + at + 4, body);
        at += 4 + body;
    }
}

struct tap {
    struct script of_client, of_server;
};

static void tap(void *user, bool from_client, patina_mspan bytes)
{
    struct tap *t = user;
    struct script *s = from_client ? &t->of_client : &t->of_server;
    for (size_t at = 0; at + 5 <= bytes.len;) {
        const uint8_t *record = bytes.ptr + at;
        size_t len = ((size_t)record[3] << 8) | record[4];
        if (record[0] == 22) {
            add_messages(s, record + 5, len);
        } else if (record[0] != 23) {
            add(s, SCRIPT_PLAIN_RECORD, record[0], record + 5, len);
        } else {
            size_t text = len - NULL_TAG_LEN - 1;
            if (record[5 + text] == 22) {
                add_messages(s, record + 5, text);
            } else {
                add(s, SCRIPT_PROTECTED_RECORD, record[5 + text], record + 5, text);
            }
        }
        at += 5 + len;
    }
}

static void write_script(const char *folder, const char *target, const char *name,
                         const struct script *s)
{
    char path[400];
    (void)snprintf(path, sizeof path, "%s/%s/%s", folder, target, name);
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(s->bytes, 1, s->len, f) != s->len || fclose(f) != 0) {
        (void)fprintf(stderr, "cannot write %s\n", path);
        exit(1);
    }
}

static void handshake(const char *folder, const char *name, bool retry, bool traffic)
{
    static const uint16_t groups[] = {0x0017, 0x001d};
    static struct tap t;
    memset(&t, 0, sizeof t);
    const struct patina_provider *provider = null_provider_new(1);
    struct fixture f;
    const patina_span alpn[] = {fixture_text("http/1.1")};
    fixture_options(&f, provider, provider, TEST_P256);
    f.client.groups = groups;
    f.client.groups_count = 2;
    f.client.key_shares = &groups[retry ? 0 : 1];
    f.client.key_shares_count = 1;
    f.client.alpn = alpn;
    f.client.alpn_count = 1;
    f.server.alpn = alpn;
    f.server.alpn_count = 1;
    f.server.groups = &groups[1];
    f.server.groups_count = 1;
    fixture_configs(&f);
    struct pair p;
    fixture_pair(&f, &p);
    p.tap = tap;
    p.tap_user = &t;
    pair_run(&p);
    if (traffic) {
        static const uint8_t call_send[] = {'h', 'i'};
        static const uint8_t nothing[1];
        (void)pair_send(&p, &p.client, "hello", 5);
        (void)pair_send(&p, &p.server, "hello", 5);
        if (patina_conn_update_keys(p.client.conn, true, &p.client.out) == PATINA_OK) {
            pair_run(&p);
        }
        (void)pair_send(&p, &p.server, "hello", 5);
        if (patina_conn_update_keys(p.server.conn, false, &p.server.out) == PATINA_OK &&
            patina_conn_close(p.client.conn, &p.client.out) == PATINA_OK &&
            patina_conn_close(p.server.conn, &p.server.out) == PATINA_OK) {
            pair_run(&p);
        }
        for (uint8_t which = 0; which < 7; which++) {
            add(&t.of_client, SCRIPT_CALL, which, which == 0 ? call_send : nothing,
                which == 0 ? 2 : 1);
            add(&t.of_server, SCRIPT_CALL, which, which == 0 ? call_send : nothing,
                which == 0 ? 2 : 1);
        }
    }
    write_script(folder, "conn_server", name, &t.of_client);
    write_script(folder, "conn_client", name, &t.of_server);
    pair_free(&p);
    fixture_free(&f);
    patina_provider_unref(provider);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
        return 1;
    }
    handshake(argv[1], "handshake", false, false);
    handshake(argv[1], "hello_retry_request", true, false);
    handshake(argv[1], "traffic", false, true);
    return 0;
}
