// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The rules of docs/RULES.md about input and output, a named row each: what is used, what stays
// queued, what a failed connection still does, what sending may do. Operations are in
// test_suspend.c, splits in test_splits.c.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

struct world {
    struct fixture f;
    struct pair p;
};

static void connect_pair(struct world *w)
{
    const struct patina_provider *provider = fixture_provider(0);
    fixture_options(&w->f, provider, provider, TEST_P256);
    fixture_configs(&w->f);
    fixture_pair(&w->f, &w->p);
}

static void finish_handshake(struct world *w)
{
    connect_pair(w);
    pair_run(&w->p);
    assert_err(w->p.client.err, PATINA_OK);
    assert_err(w->p.server.err, PATINA_OK);
}

static void end(struct world *w)
{
    pair_free(&w->p);
    fixture_free(&w->f);
}

static patina_err receive(struct pair_side *side, uint8_t *in, size_t len, size_t *used,
                          struct patina_event *ev)
{
    return patina_conn_receive(side->conn, (patina_mspan){in, len}, used, &side->out, ev);
}

// Seals `len` bytes from the client and returns the records.
static uint8_t *seal(struct world *w, const void *text, size_t len, size_t *out_len)
{
    const patina_span span = {text, len};
    size_t taken = 0;
    assert_err(patina_conn_send(w->p.client.conn, &span, 1, &taken, &w->p.client.out), PATINA_OK);
    assert_int_equal(taken, len);
    patina_span sent = patina_output_unsent(&w->p.client.out);
    uint8_t *records = malloc(sent.len);
    assert_non_null(records);
    memcpy(records, sent.ptr, sent.len);
    *out_len = sent.len;
    patina_output_sent(&w->p.client.out, sent.len);
    return records;
}

static void test_unused_is_unchanged(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    size_t len;
    uint8_t *records = seal(&w, "hello", 5, &len);
    uint8_t *before = malloc(len);
    assert_non_null(before);
    memcpy(before, records, len);
    struct patina_event ev;
    size_t used;
    for (size_t part = 0; part < len; part++) { // a part of a record is never used
        assert_err(receive(&w.p.server, records, part, &used, &ev), PATINA_OK);
        assert_int_equal(used, 0);
        assert_int_equal(ev.kind, PATINA_EVENT_NEED_INPUT);
        assert_int_equal(ev.want, part < 5 ? 5 : len);
        assert_memory_equal(records, before, len);
    }
    assert_err(receive(&w.p.server, records, len, &used, &ev), PATINA_OK);
    assert_int_equal(used, len);
    assert_int_equal(ev.kind, PATINA_EVENT_DATA);
    assert_int_equal(ev.data.len, 5);
    assert_memory_equal(ev.data.ptr, "hello", 5);
    assert_true(ev.data.ptr >= records && ev.data.ptr + 5 <= records + len); // inside the used part
    free(before);
    free(records);
    end(&w);
}

static void test_one_event_a_call(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    size_t first;
    size_t second;
    uint8_t *a = seal(&w, "one", 3, &first);
    uint8_t *b = seal(&w, "two", 3, &second);
    uint8_t *both = malloc(first + second);
    assert_non_null(both);
    memcpy(both, a, first);
    memcpy(both + first, b, second);
    struct patina_event ev;
    size_t used;
    assert_err(receive(&w.p.server, both, first + second, &used, &ev), PATINA_OK);
    assert_int_equal(used, first);
    assert_memory_equal(both + first, b, second); // the second record is untouched
    assert_err(receive(&w.p.server, both + used, second, &used, &ev), PATINA_OK);
    assert_int_equal(used, second);
    assert_memory_equal(ev.data.ptr, "two", 3);
    free(a);
    free(b);
    free(both);
    end(&w);
}

static void test_into(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    size_t len;
    uint8_t *records = seal(&w, "hello", 5, &len);
    uint8_t *before = malloc(len);
    assert_non_null(before);
    memcpy(before, records, len);
    uint8_t text[64];
    struct patina_event ev;
    size_t used;
    struct patina_conn *c = w.p.server.conn;
    struct patina_output *out = &w.p.server.out;
    assert_err(patina_conn_receive_into(c, (patina_span){records, len}, (patina_mspan){text, 3},
                                        &used, out, &ev),
               PATINA_OK);
    assert_int_equal(ev.kind, PATINA_EVENT_NEED_ROOM);
    assert_int_equal(used, 0);
    assert_true(ev.want <= sizeof text);
    patina_mspan room = {text, (size_t)ev.want};
    assert_err(patina_conn_receive_into(c, (patina_span){records, len}, room, &used, out, &ev),
               PATINA_OK);
    assert_int_equal(ev.kind, PATINA_EVENT_DATA);
    assert_ptr_equal(ev.data.ptr, text);
    assert_memory_equal(text, "hello", 5);
    assert_int_equal(used, len);
    assert_memory_equal(records, before, len); // `in` is read only
    free(before);
    free(records);
    end(&w);
}

static void test_longer_record(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    uint8_t header[5] = {23, 3, 3, 0x41, 0x01}; // 2^14 + 257
    struct patina_event ev;
    size_t used;
    assert_err(receive(&w.p.server, header, sizeof header, &used, &ev), PATINA_ERR_RECORD_OVERFLOW);
    end(&w);
}

static void test_close_ends_input(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    assert_err(patina_conn_close(w.p.client.conn, &w.p.client.out), PATINA_OK);
    patina_span sent = patina_output_unsent(&w.p.client.out);
    uint8_t bytes[64] = {0};
    assert_true(sent.len + 4 <= sizeof bytes);
    memcpy(bytes, sent.ptr, sent.len);
    memcpy(bytes + sent.len, "mine", 4); // what follows belongs to the caller
    struct patina_event ev;
    size_t used;
    assert_err(receive(&w.p.server, bytes, sent.len + 4, &used, &ev), PATINA_OK);
    assert_int_equal(ev.kind, PATINA_EVENT_CLOSED);
    assert_int_equal(used, sent.len);
    assert_memory_equal(bytes + used, "mine", 4);
    assert_err(receive(&w.p.server, bytes + used, 4, &used, &ev), PATINA_OK);
    assert_int_equal(ev.kind, PATINA_EVENT_CLOSED);
    assert_int_equal(used, 0);
    assert_err(patina_conn_input_end(w.p.server.conn, 4), PATINA_OK);
    end(&w);
}

static void test_truncation(void **state)
{
    (void)state;
    struct world w;
    struct patina_report report;
    finish_handshake(&w);
    assert_err(patina_conn_input_end(w.p.server.conn, 0), PATINA_ERR_TRUNCATED);
    patina_conn_report(w.p.server.conn, &report);
    assert_string_equal(report.state, "server_traffic");
    assert_err(patina_conn_input_end(w.p.server.conn, 0), PATINA_ERR_TRUNCATED); // sticky
    end(&w);
    connect_pair(&w);
    pair_step(&w.p, &w.p.client);
    assert_err(patina_conn_input_end(w.p.client.conn, 0), PATINA_ERR_TRUNCATED);
    patina_conn_report(w.p.client.conn, &report);
    assert_string_equal(report.state, "expect_server_hello");
    assert_int_equal(patina_conn_queued(w.p.client.conn), 0); // no alert: nobody is there to read
                                                              // it
    end(&w);
}

// ---- Output

// A whole handshake and data through an output of PATINA_OUTPUT_MIN bytes.
static void test_small_output(void **state)
{
    (void)state;
    struct world w;
    connect_pair(&w);
    uint8_t small[2][PATINA_OUTPUT_MIN];
    const struct patina_output client = PATINA_OUTPUT_FIXED(small[0], PATINA_OUTPUT_MIN);
    const struct patina_output server = PATINA_OUTPUT_FIXED(small[1], PATINA_OUTPUT_MIN);
    w.p.client.out = client;
    w.p.server.out = server;
    struct pair_side *sides[2] = {&w.p.client, &w.p.server};
    for (int i = 0; i < 200; i++) {
        pair_step(&w.p, sides[i % 2]);
        (void)pair_move(&w.p, sides[i % 2], sides[1 - i % 2]);
    }
    assert_err(w.p.client.err, PATINA_OK);
    assert_err(w.p.server.err, PATINA_OK);
    assert_true(pair_saw(&w.p.client, PATINA_EVENT_HANDSHAKE_DONE));
    assert_true(pair_saw(&w.p.server, PATINA_EVENT_HANDSHAKE_DONE));
    static uint8_t text[5000];
    patina_span left = {text, sizeof text};
    while (left.len != 0) {
        size_t taken = 0;
        assert_err(patina_conn_send(w.p.client.conn, &left, 1, &taken, &w.p.client.out), PATINA_OK);
        assert_true(taken > 0);
        left.ptr += taken;
        left.len -= taken;
        (void)pair_move(&w.p, &w.p.client, &w.p.server);
        pair_step(&w.p, &w.p.server);
    }
    assert_int_equal(w.p.server.data_len, sizeof text);
    end(&w);
}

static void test_full_output(void **state)
{
    (void)state;
    struct world w;
    connect_pair(&w);
    uint8_t none[1];
    struct patina_output full = PATINA_OUTPUT_FIXED(none, 0);
    struct patina_event ev;
    size_t used;
    struct patina_conn *c = w.p.client.conn;
    assert_err(patina_conn_receive(c, (patina_mspan){NULL, 0}, &used, &full, &ev), PATINA_OK);
    assert_int_equal(ev.kind, PATINA_EVENT_NEED_INPUT);
    size_t queued = patina_conn_queued(c); // the ClientHello waits, unsealed
    assert_true(queued > 100);
    assert_err(patina_conn_flush(c, &w.p.client.out), PATINA_OK);
    assert_int_equal(patina_conn_queued(c), 0);
    assert_int_equal(patina_output_unsent(&w.p.client.out).len, queued);
    end(&w);
}

static void test_sizes_are_exact(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    static uint8_t text[70000];
    static const size_t lens[] = {1, 16383, 16384, 16385, 50000, 70000};
    for (size_t i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        size_t expected = patina_conn_sealed_size(w.p.client.conn, lens[i]);
        size_t len;
        free(seal(&w, text, lens[i], &len));
        assert_int_equal(len, expected);
    }
    end(&w);
}

static void test_owed_key_update(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    for (int i = 0; i < 5; i++) { // five requests, one at a time as RFC 9846 §4.7.3 asks: the test
                                  // breaks that rule below
        assert_err(patina_conn_update_keys(w.p.client.conn, i == 0, &w.p.client.out), PATINA_OK);
    }
    assert_err(patina_conn_update_keys(w.p.client.conn, true, &w.p.client.out), PATINA_ERR_BUSY);
    pair_run(&w.p);
    assert_err(w.p.server.err, PATINA_OK);
    assert_int_equal(patina_output_unsent(&w.p.server.out).len, 0); // never written by receive
    assert_int_equal(patina_conn_queued(w.p.server.conn), 0);       // and not counted
    size_t expected = patina_conn_sealed_size(w.p.server.conn, 4);
    const patina_span text = {(const uint8_t *)"text", 4};
    size_t taken;
    assert_err(patina_conn_send(w.p.server.conn, &text, 1, &taken, &w.p.server.out), PATINA_OK);
    assert_int_equal(patina_output_unsent(&w.p.server.out).len, expected);
    assert_int_equal(expected, (5 + 5 + 1 + 16) + (5 + 4 + 1 + 16)); // one KeyUpdate ahead of the
                                                                     // data
    pair_run(&w.p);
    assert_int_equal(w.p.client.data_len, 4);
    assert_err(patina_conn_update_keys(w.p.client.conn, true, &w.p.client.out),
               PATINA_OK); // the
                           // answer
                           // came
    end(&w);
}

static void test_failed_stays_failed(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    uint8_t junk[30] = {23, 3, 3, 0, 25};
    uint8_t none[1];
    struct patina_output full = PATINA_OUTPUT_FIXED(none, 0);
    struct patina_event ev;
    size_t used;
    struct patina_conn *c = w.p.server.conn;
    assert_err(patina_conn_receive(c, (patina_mspan){junk, sizeof junk}, &used, &full, &ev),
               PATINA_ERR_BAD_RECORD_MAC);
    assert_int_equal(patina_conn_queued(c), 5 + 2 + 1 + 16);
    assert_err(patina_conn_receive(c, (patina_mspan){junk, 5}, &used, &full, &ev),
               PATINA_ERR_BAD_RECORD_MAC);
    assert_int_equal(used, 0);
    const patina_span text = {(const uint8_t *)"text", 4};
    size_t taken;
    assert_err(patina_conn_send(c, &text, 1, &taken, &w.p.server.out), PATINA_ERR_BAD_RECORD_MAC);
    assert_err(patina_conn_update_keys(c, false, &full), PATINA_ERR_BAD_RECORD_MAC);
    assert_err(patina_conn_close(c, &full), PATINA_ERR_BAD_RECORD_MAC);
    assert_err(patina_conn_input_end(c, 0), PATINA_ERR_BAD_RECORD_MAC);
    uint8_t exported[16];
    assert_err(patina_conn_export(c, fixture_text("l"), text, (patina_mspan){exported, 16}),
               PATINA_ERR_BAD_RECORD_MAC);
    assert_int_equal(patina_conn_phase(c), PATINA_PHASE_FAILED);
    assert_err(patina_conn_flush(c, &w.p.server.out), PATINA_OK); // yields the alert
    pair_run(&w.p);
    assert_err(w.p.client.err, PATINA_ERR_PEER_ALERT);
    struct patina_report report;
    patina_conn_report(w.p.client.conn, &report);
    assert_int_equal(report.alert, PATINA_ALERT_BAD_RECORD_MAC);
    patina_conn_report(c, &report); // stays
    assert_err(report.err, PATINA_ERR_BAD_RECORD_MAC);
    end(&w);
}

static void test_alert_under_newest_key(void **state)
{
    (void)state;
    struct world w;
    connect_pair(&w);
    w.f.now_s = 0; // nothing is valid yet: the client refuses the certificate
    pair_run(&w.p);
    assert_err(w.p.client.err, PATINA_ERR_CERT_NOT_YET_VALID);
    assert_err(w.p.server.err, PATINA_ERR_PEER_ALERT);        // it came protected: the server takes
                                                              // nothing else by now
    assert_non_null(patina_conn_peer_chain(w.p.client.conn)); // the raw chain is kept
    end(&w);
}

static void test_sending(void **state)
{
    (void)state;
    struct world w;
    connect_pair(&w);
    const patina_span text = {(const uint8_t *)"text", 4};
    size_t taken = 9;
    assert_err(patina_conn_send(w.p.client.conn, &text, 1, &taken, &w.p.client.out),
               PATINA_ERR_NOT_YET);
    assert_int_equal(taken, 0);
    assert_int_equal(patina_conn_sealed_size(w.p.client.conn, 4), 0);
    pair_run(&w.p);
    assert_err(patina_conn_send(w.p.client.conn, NULL, 0, &taken, &w.p.client.out), PATINA_OK);
    const patina_span empty[2] = {{NULL, 0}, {NULL, 0}};
    assert_err(patina_conn_send(w.p.client.conn, empty, 2, &taken, &w.p.client.out), PATINA_OK);
    assert_int_equal(patina_output_unsent(&w.p.client.out).len, 0); // zero bytes make no record
    assert_err(patina_conn_close(w.p.client.conn, &w.p.client.out), PATINA_OK);
    size_t len = patina_output_unsent(&w.p.client.out).len;
    assert_err(patina_conn_close(w.p.client.conn, &w.p.client.out), PATINA_OK); // idempotent
    assert_int_equal(patina_output_unsent(&w.p.client.out).len, len);
    assert_err(patina_conn_send(w.p.client.conn, &text, 1, &taken, &w.p.client.out),
               PATINA_ERR_SEND_CLOSED);
    pair_run(&w.p);
    assert_err(pair_send(&w.p, &w.p.server, "late", 4), PATINA_OK); // receiving goes on
    assert_int_equal(w.p.client.data_len, 4);
    end(&w);
}

// Many spans, some empty, some large: the peer gets their concatenation.
static void test_gathering(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    static uint8_t text[60000];
    patina_span spans[400];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (uint8_t)(i * 31);
    }
    size_t at = 0;
    for (size_t i = 0; i < 400; i++) { // far more than a record is sealed from without a copy
        size_t len = i % 3 == 0 ? 0 : (i == 20 ? 30000 : 10 + i % 50);
        spans[i] = (patina_span){text + at, len};
        at += len;
    }
    size_t taken;
    size_t expected = patina_conn_sealed_size(w.p.client.conn, at);
    assert_err(patina_conn_send(w.p.client.conn, spans, 400, &taken, &w.p.client.out), PATINA_OK);
    assert_int_equal(patina_output_unsent(&w.p.client.out).len, expected); // records are full
    assert_int_equal(taken, at);
    pair_run(&w.p);
    assert_int_equal(w.p.server.data_len, at);
    assert_memory_equal(w.p.server.data, text, at);
    end(&w);
}

static void test_abort(void **state)
{
    (void)state;
    struct world w;
    finish_handshake(&w);
    assert_err(patina_conn_abort(w.p.client.conn, PATINA_ALERT_CLOSE_NOTIFY, &w.p.client.out),
               PATINA_ERR_MISUSE);
    assert_err(patina_conn_abort(w.p.client.conn, PATINA_ALERT_ACCESS_DENIED, &w.p.client.out),
               PATINA_OK);
    pair_run(&w.p);
    assert_err(w.p.client.err, PATINA_ERR_REFUSED);
    assert_err(w.p.server.err, PATINA_ERR_PEER_ALERT);
    struct patina_report report;
    patina_conn_report(w.p.server.conn, &report);
    assert_int_equal(report.alert, PATINA_ALERT_ACCESS_DENIED);
    end(&w);
}

// user_canceled, then close_notify, RFC 9846 §6.1.
static void test_close_in_handshake(void **state)
{
    (void)state;
    struct world w;
    connect_pair(&w);
    pair_step(&w.p, &w.p.client);
    assert_err(patina_conn_close(w.p.server.conn, &w.p.server.out), PATINA_OK);
    (void)pair_move(&w.p, &w.p.server, &w.p.client);
    pair_step(&w.p, &w.p.client);
    assert_err(w.p.client.err, PATINA_OK);
    assert_true(pair_saw(&w.p.client, PATINA_EVENT_CLOSED));
    assert_false(pair_saw(&w.p.client, PATINA_EVENT_HANDSHAKE_DONE));
    pair_step(&w.p, &w.p.server);
    assert_true(pair_saw(&w.p.server, PATINA_EVENT_CLOSED));
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"rule 1: unused means unchanged", test_unused_is_unchanged, NULL, NULL, NULL},
        {"rule 2: one event a call", test_one_event_a_call, NULL, NULL, NULL},
        {"rule 2: a longer record is refused from its header", test_longer_record, NULL, NULL,
         NULL},
        {"rule 3: receive_into", test_into, NULL, NULL, NULL},
        {"rule 5: after close_notify nothing more is used", test_close_ends_input, NULL, NULL,
         NULL},
        {"rule 5: truncation says where", test_truncation, NULL, NULL, NULL},
        {"rule 6: PATINA_OUTPUT_MIN always makes progress", test_small_output, NULL, NULL, NULL},
        {"rule 7: a full output fails nothing", test_full_output, NULL, NULL, NULL},
        {"rule 7: sealed_size is exact", test_sizes_are_exact, NULL, NULL, NULL},
        {"rule 7: five KeyUpdate requests, one answer", test_owed_key_update, NULL, NULL, NULL},
        {"rule 8: a failed connection stays failed", test_failed_stays_failed, NULL, NULL, NULL},
        {"rule 8: the alert goes under the newest key", test_alert_under_newest_key, NULL, NULL,
         NULL},
        {"rule 9: sending", test_sending, NULL, NULL, NULL},
        {"rule 9: spans are gathered", test_gathering, NULL, NULL, NULL},
        {"abort", test_abort, NULL, NULL, NULL},
        {"close during the handshake", test_close_in_handshake, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("rules of input and output", tests, NULL, NULL) != 0;
}
