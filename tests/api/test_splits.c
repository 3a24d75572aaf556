// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Any split of the input gives the same result (docs/RULES.md, 4): with clock and random fixed by
// the null provider, the same events, data, output bytes, error and report, whatever the pieces, in
// place and out of place, one byte a call included.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"
#include "null_provider.h"

#include <stdlib.h>
#include <string.h>

struct row {
    bool retry;     // HelloRetryRequest
    bool update;    // KeyUpdate both ways
    size_t corrupt; // flips a bit of this byte the server sends; SIZE_MAX: none
};

// All that one run shows.
struct trace {
    uint8_t *sent[2];
    size_t sent_len[2];
    uint8_t *data[2];
    size_t data_len[2];
    uint64_t events[2];
    patina_err err[2];
    struct patina_report report[2];
};

struct recorder {
    struct trace *trace;
    size_t corrupt;
};

static void record(void *user, bool from_client, patina_mspan bytes)
{
    struct recorder *r = user;
    size_t i = from_client ? 0 : 1;
    size_t at = r->trace->sent_len[i];
    r->trace->sent[i] = realloc(r->trace->sent[i], at + bytes.len);
    assert_non_null(r->trace->sent[i]);
    memcpy(r->trace->sent[i] + at, bytes.ptr, bytes.len);
    r->trace->sent_len[i] += bytes.len;
    if (!from_client && r->corrupt >= at && r->corrupt - at < bytes.len) {
        bytes.ptr[r->corrupt - at] ^= 1;
    }
}

static void keep_side(struct trace *t, size_t i, struct pair_side *side)
{
    t->data[i] = side->data;
    t->data_len[i] = side->data_len;
    side->data = NULL;
    t->events[i] = side->events;
    t->err[i] = side->err;
    patina_conn_report(side->conn, &t->report[i]);
}

static void traffic(struct pair *p, const struct row *row)
{
    static const uint8_t text[20000] = {1, 2, 3};
    if (p->client.err != PATINA_OK || p->server.err != PATINA_OK) {
        return;
    }
    (void)pair_send(p, &p->client, text, sizeof text);
    if (row->update) {
        assert_int_equal(patina_conn_update_keys(p->server.conn, true, &p->server.out), PATINA_OK);
        pair_run(p);
    }
    (void)pair_send(p, &p->server, text, 300);
    (void)pair_send(p, &p->client, text, 10);
    assert_int_equal(patina_conn_close(p->client.conn, &p->client.out), PATINA_OK);
    pair_run(p);
}

static void run(struct fixture *f, const struct row *row, size_t piece, bool into,
                struct trace *out)
{
    *out = (struct trace){0};
    struct recorder recorder = {.trace = out, .corrupt = row->corrupt};
    struct pair p;
    null_provider_reseed(f->client.provider, 7);
    fixture_pair(f, &p);
    p.piece = piece;
    p.into = into;
    p.tap = record;
    p.tap_user = &recorder;
    pair_run(&p);
    traffic(&p, row);
    keep_side(out, 0, &p.client);
    keep_side(out, 1, &p.server);
    pair_free(&p);
}

static void trace_free(struct trace *t)
{
    for (size_t i = 0; i < 2; i++) {
        free(t->sent[i]);
        free(t->data[i]);
    }
}

static void assert_same_bytes(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
    assert_int_equal(a_len, b_len);
    if (a_len != 0) {
        assert_memory_equal(a, b, a_len);
    }
}

static void assert_same(const struct trace *a, const struct trace *b)
{
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(patina_err_name(a->err[i]), patina_err_name(b->err[i]));
        assert_int_equal(a->events[i], b->events[i]);
        assert_same_bytes(a->sent[i], a->sent_len[i], b->sent[i], b->sent_len[i]);
        assert_same_bytes(a->data[i], a->data_len[i], b->data[i], b->data_len[i]);
        assert_memory_equal(&a->report[i], &b->report[i], sizeof a->report[i]);
    }
}

static void test_row(void **state)
{
    const struct row *row = *state;
    static const uint16_t groups[] = {0x0017, 0x001d};
    static const size_t pieces[] = {1, 2, 3, 5, 7, 64, 333, 1000, 16384, 0};
    struct fixture f;
    const struct patina_provider *null_provider = null_provider_new(7);
    fixture_options(&f, null_provider, null_provider, TEST_P256);
    f.client.groups = groups;
    f.client.groups_count = 2;
    f.client.key_shares = &groups[row->retry ? 0 : 1];
    f.client.key_shares_count = 1;
    f.server.groups = &groups[1];
    f.server.groups_count = 1;
    fixture_configs(&f);
    struct trace whole;
    run(&f, row, 0, false, &whole);
    if (row->corrupt == SIZE_MAX) {
        assert_int_equal(whole.err[0], PATINA_OK);
        assert_int_equal(whole.data_len[1], 20010);
        assert_int_equal(whole.data_len[0], 300);
    }
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        for (int into = 0; into < 2; into++) {
            struct trace split;
            run(&f, row, pieces[i], into != 0, &split);
            assert_same(&whole, &split);
            trace_free(&split);
        }
    }
    trace_free(&whole);
    fixture_free(&f);
    patina_provider_unref(null_provider);
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
        ROW("full handshake, data, closure", false, false, SIZE_MAX),
        ROW("HelloRetryRequest", true, false, SIZE_MAX),
        ROW("KeyUpdate both ways", false, true, SIZE_MAX),
        ROW("a bad ServerHello random changes the keys", false, false, 20),
        ROW("a bad ServerHello suite", false, false, 77),
        ROW("a bad byte in the first protected record", false, false, 150),
        ROW("a bad record header", false, false, 130),
    };
    return cmocka_run_group_tests_name("splits", tests, NULL, NULL) != 0;
}
