// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Two connections in memory over every suite x group x key type x provider pair, with
// HelloRetryRequest, data both ways, KeyUpdate, exporter and closure. RFC 9846.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ROWS = 1024 };

static const uint16_t suites[] = {0x1301, 0x1302, 0x1303};
static const uint16_t groups[] = {0x11ec, 0x001d, 0x0017, 0x0018};
static const struct {
    enum test_key key;
    const char *name;
} keys[] = {
    {TEST_P256, "ECDSA P-256"}, {TEST_P384, "ECDSA P-384"}, {TEST_P521, "ECDSA P-521"},
    {TEST_ED25519, "Ed25519"},  {TEST_RSA2048, "RSA-2048"},
};

struct row {
    size_t client, server, suite, group, key;
    bool retry;
    char name[120];
};

static bool has_group(const struct patina_provider *p, uint16_t id)
{
    for (size_t i = 0; i < p->groups_count; i++) {
        if (p->groups[i]->id == (id == 0x11ec ? 0x0201 : id)) {
            return true;
        }
    }
    return false;
}

static void assert_ok(const struct pair_side *side)
{
    if (side->err != PATINA_OK) {
        char text[400];
        (void)patina_conn_explain(side->conn, text, sizeof text);
        fail_msg("%s", text);
    }
}

static void check_data(struct pair *p)
{
    static uint8_t text[40000];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (uint8_t)(i * 7);
    }
    assert_int_equal(pair_send(p, &p->client, text, sizeof text), PATINA_OK);
    assert_int_equal(p->server.data_len, sizeof text);
    assert_memory_equal(p->server.data, text, sizeof text);
    assert_int_equal(pair_send(p, &p->server, text, 100), PATINA_OK);
    assert_int_equal(p->client.data_len, 100);
    assert_memory_equal(p->client.data, text, 100);
}

static void check_exporter(struct pair *p)
{
    uint8_t a[48];
    uint8_t b[48];
    const patina_span label = fixture_text("EXPORTER-test");
    assert_int_equal(
        patina_conn_export(p->client.conn, label, fixture_text("c"), (patina_mspan){a, 48}),
        PATINA_OK);
    assert_int_equal(
        patina_conn_export(p->server.conn, label, fixture_text("c"), (patina_mspan){b, 48}),
        PATINA_OK);
    assert_memory_equal(a, b, 48);
    assert_int_equal(
        patina_conn_export(p->server.conn, label, fixture_text("d"), (patina_mspan){b, 48}),
        PATINA_OK);
    assert_memory_not_equal(a, b, 48);
}

static void check_close(struct pair *p)
{
    assert_int_equal(patina_conn_close(p->client.conn, &p->client.out), PATINA_OK);
    pair_run(p);
    assert_true(pair_saw(&p->server, PATINA_EVENT_CLOSED));
    // Half-close: the other direction goes on, RFC 9846 §6.1.
    assert_int_equal(pair_send(p, &p->server, "late", 4), PATINA_OK);
    assert_memory_equal(p->client.data + p->client.data_len - 4, "late", 4);
    assert_int_equal(patina_conn_close(p->server.conn, &p->server.out), PATINA_OK);
    pair_run(p);
    assert_int_equal(patina_conn_input_end(p->client.conn, 0), PATINA_OK);
    assert_int_equal(patina_conn_phase(p->client.conn), PATINA_PHASE_CLOSED);
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct fixture f;
    fixture_options(&f, fixture_provider(row->client), fixture_provider(row->server),
                    keys[row->key].key);
    const uint16_t both[2] = {groups[row->group] == 0x0017 ? 0x0018 : 0x0017, groups[row->group]};
    f.client.suites = &suites[row->suite];
    f.client.suites_count = 1;
    f.client.groups = both;
    f.client.groups_count = 2;
    f.client.key_shares = &both[row->retry ? 0 : 1];
    f.client.key_shares_count = 1;
    f.server.groups = &groups[row->group];
    f.server.groups_count = 1;
    fixture_configs(&f);

    struct pair p;
    fixture_pair(&f, &p);
    pair_run(&p);
    assert_ok(&p.client);
    assert_ok(&p.server);
    assert_true(pair_saw(&p.client, PATINA_EVENT_HANDSHAKE_DONE));
    assert_true(pair_saw(&p.server, PATINA_EVENT_HANDSHAKE_DONE));
    const struct patina_conn *conns[2] = {p.client.conn, p.server.conn};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(patina_conn_version(conns[i]), 0x0304);
        assert_int_equal(patina_conn_suite(conns[i]), suites[row->suite]);
        assert_int_equal(patina_conn_group(conns[i]), groups[row->group]);
        assert_int_equal(patina_conn_was_retried(conns[i]), row->retry);
    }
    assert_int_equal(patina_conn_scheme(p.client.conn), patina_conn_scheme(p.server.conn));
    assert_int_equal(patina_chain_count(patina_conn_peer_chain(p.client.conn)), 2);
    check_data(&p);
    assert_int_equal(patina_conn_update_keys(p.client.conn, true, &p.client.out), PATINA_OK);
    pair_run(&p);
    check_exporter(&p);
    assert_int_equal(pair_send(&p, &p.server, "after", 5), PATINA_OK); // carries the KeyUpdate it
                                                                       // owes
    assert_memory_equal(p.client.data + p.client.data_len - 5, "after", 5);
    check_close(&p);
    pair_free(&p);
    fixture_free(&f);
}

static size_t add_rows(struct row *rows, size_t client, size_t server)
{
    size_t n = 0;
    const struct patina_provider *c = fixture_provider(client);
    const struct patina_provider *s = fixture_provider(server);
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
            for (size_t i = 0; i < 2 * sizeof suites / sizeof suites[0]; i++) {
                if (!has_group(c, groups[g]) || !has_group(s, groups[g])) {
                    continue;
                }
                struct row *r = &rows[n++];
                *r = (struct row){.client = client,
                                  .server = server,
                                  .suite = i / 2,
                                  .group = g,
                                  .key = k,
                                  .retry = i % 2};
                (void)snprintf(r->name, sizeof r->name, "%s to %s, %s, %s, %s%s", c->name, s->name,
                               patina_suite_name(suites[i / 2]), patina_group_name(groups[g]),
                               keys[k].name, r->retry ? ", HelloRetryRequest" : "");
            }
        }
    }
    return n;
}

int main(void)
{
    static struct row rows[MAX_ROWS];
    static struct CMUnitTest tests[MAX_ROWS];
    size_t count = 0;
    for (size_t c = 0; fixture_provider(c) != NULL; c++) {
        for (size_t s = 0; fixture_provider(s) != NULL; s++) {
            count += add_rows(&rows[count], c, s);
        }
    }
    for (size_t i = 0; i < count; i++) {
        tests[i] = (struct CMUnitTest){
            .name = rows[i].name, .test_func = test_row, .initial_state = &rows[i]};
    }
    return _cmocka_run_group_tests("handshake", tests, count, NULL, NULL) != 0;
}
