// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Every single bit of every record of a handshake, flipped, in both directions: it never completes
// with a difference. One side fails with an error of the peer's and the alert that belongs to it,
// or waits for bytes that do not come. The only flips without effect are those of the minor version
// byte in unencrypted record headers, which RFC 9846 §5.1 ignores.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_STREAM = 16384 };

struct row {
    uint16_t group;
    bool retry, from_client;
};

struct flipper {
    bool from_client; // the direction that is changed
    size_t bit;       // in the stream; SIZE_MAX: none
    size_t len;       // bytes seen
    uint8_t stream[MAX_STREAM];
};

static void flip(void *user, bool from_client, patina_mspan bytes)
{
    struct flipper *f = user;
    if (from_client != f->from_client) {
        return;
    }
    assert_true(f->len + bytes.len <= MAX_STREAM);
    memcpy(f->stream + f->len, bytes.ptr, bytes.len);
    size_t byte = f->bit / 8;
    if (f->bit != SIZE_MAX && byte >= f->len && byte - f->len < bytes.len) {
        bytes.ptr[byte - f->len] ^= (uint8_t)(1u << (f->bit % 8));
    }
    f->len += bytes.len;
}

// Whether a byte of a stream of records is the minor version of an unencrypted record's header.
static bool is_minor_version(const struct flipper *f, size_t byte)
{
    size_t at = 0;
    while (at + 5 <= f->len) {
        size_t len = ((size_t)f->stream[at + 3] << 8) | f->stream[at + 4];
        if (byte == at + 2) {
            return f->stream[at] != 23;
        }
        at += 5 + len;
    }
    return false;
}

static bool is_done(const struct pair_side *side)
{
    return pair_saw(side, PATINA_EVENT_HANDSHAKE_DONE);
}

// A side that failed by itself sent the alert of its error, and the other got it unless it had
// failed too.
static void assert_right_alert(const struct pair_side *side)
{
    struct patina_report report;
    patina_conn_report(side->conn, &report);
    int err_class = patina_err_class(side->err);
    if (err_class == PATINA_CLASS_ALERT) {
        assert_int_equal(report.alert_from_peer, 1);
        return;
    }
    assert_true(err_class == PATINA_CLASS_PEER || err_class == PATINA_CLASS_CERTIFICATE);
    assert_int_equal(report.alert, patina_err_alert(side->err));
    assert_int_not_equal(report.alert, PATINA_ALERT_NONE);
}

static void run(struct fixture *f, struct pair *p, struct flipper *flipper)
{
    flipper->len = 0;
    fixture_pair(f, p);
    p->tap = flip;
    p->tap_user = flipper;
    pair_run(p);
    if (p->client.err == PATINA_OK && p->server.err == PATINA_OK && is_done(&p->client) &&
        is_done(&p->server)) {
        (void)pair_send(p, &p->client, "ping", 4);
        (void)pair_send(p, &p->server, "pong", 4);
    }
}

static bool completed(const struct pair *p)
{
    return p->client.err == PATINA_OK && p->server.err == PATINA_OK && p->server.data_len == 4 &&
           p->client.data_len == 4;
}

static void check_flip(struct fixture *f, struct flipper *flipper, bool may_pass)
{
    struct pair p;
    run(f, &p, flipper);
    if (completed(&p)) {
        if (!may_pass) {
            fail_msg("bit %zu of byte %zu had no effect", flipper->bit % 8, flipper->bit / 8);
        }
    } else {
        assert_false(may_pass);
        if (p.client.err != PATINA_OK) {
            assert_right_alert(&p.client);
        }
        if (p.server.err != PATINA_OK) {
            assert_right_alert(&p.server);
        }
    }
    pair_free(&p);
}

static void test_row(void **state)
{
    const struct row *row = *state;
    static struct flipper flipper;
    struct fixture f;
    const uint16_t groups[2] = {row->group == 0x0017 ? 0x0018 : 0x0017, row->group};
    const struct patina_provider *provider = fixture_provider(0);
    fixture_options(&f, provider, provider, TEST_ED25519); // its signatures have one length
    f.client.groups = groups;
    f.client.groups_count = 2;
    f.client.key_shares = &groups[row->retry ? 0 : 1];
    f.client.key_shares_count = 1;
    f.server.groups = &row->group;
    f.server.groups_count = 1;
    fixture_configs(&f);

    struct pair p;
    flipper = (struct flipper){.from_client = row->from_client, .bit = SIZE_MAX};
    run(&f, &p, &flipper);
    assert_true(completed(&p));
    pair_free(&p);
    size_t len = flipper.len;
    for (size_t bit = 0; bit < len * 8; bit++) {
        flipper.bit = bit;
        check_flip(&f, &flipper, is_minor_version(&flipper, bit / 8));
        if (flipper.len < bit / 8) {
            break; // never: the stream is deterministic in length
        }
    }
    fixture_free(&f);
}

#define ROW(text, ...)                            \
    {                                             \
        text, test_row, NULL, NULL, &(struct row) \
        {                                         \
            __VA_ARGS__                           \
        }                                         \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("client's bytes, x25519", 0x001d, false, true),
        ROW("server's bytes, x25519", 0x001d, false, false),
        ROW("client's bytes, secp256r1 after HelloRetryRequest", 0x0017, true, true),
        ROW("server's bytes, secp256r1 after HelloRetryRequest", 0x0017, true, false),
    };
    return cmocka_run_group_tests_name("bit flips", tests, NULL, NULL) != 0;
}
