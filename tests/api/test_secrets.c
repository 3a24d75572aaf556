// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// docs/RULES.md: after a handshake no secret stands where it is no longer needed. A provider of the
// test's own notes every secret that crosses it (shared secrets, whatever HMAC gave, AEAD keys),
// the allocators keep every block that is given back, one handshake runs on a stack of the test's
// own; then arena, freed blocks, live objects and that stack are searched. Runs in every preset,
// the optimised ones first of all: there the compiler takes wiping away if it may.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "fixture.h"
#include "null_provider.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

// ---- What is known

enum what { SHARED = 1, MAC = 2, KEY = 4 };

struct secret {
    uint8_t bytes[PATINA_KX_SECRET_MAX];
    size_t len;
    enum what what;
};

enum { MAX_SECRETS = 512, WINDOW = 16, MAX_LOG = 16 };
static struct secret secrets[MAX_SECRETS];
static size_t secrets_count;

static void note(enum what what, const uint8_t *bytes, size_t len)
{
    assert_true(secrets_count < MAX_SECRETS && len <= sizeof secrets[0].bytes);
    struct secret *s = &secrets[secrets_count++];
    memcpy(s->bytes, bytes, len);
    s->len = len;
    s->what = what;
}

// ---- A provider that notes what crosses it

struct spy_hmac {
    struct patina_hmac row;
    const struct patina_hmac *real;
};
struct spy_aead {
    struct patina_aead row;
    const struct patina_aead *real;
};
struct spy_group {
    struct patina_group row;
    const struct patina_group *real;
};
enum { SPIES = 16, HEAD = 16 }; // HEAD: the real row before a context, which stays 16-aligned

struct spy {
    struct patina_provider table;
    struct spy_hmac hmacs[SPIES];
    struct spy_aead aeads[SPIES];
    struct spy_group groups[SPIES];
    struct patina_suite suites[SPIES];
    const struct patina_suite *suite_list[SPIES];
    const struct patina_group *group_list[SPIES];
};
static struct spy spy;

static patina_err spy_key(const struct patina_hmac *m, void *ctx, patina_span key)
{
    const struct patina_hmac *real = ((const struct spy_hmac *)m)->real;
    memcpy(ctx, &real, sizeof real);
    return real->key(real, (uint8_t *)ctx + HEAD, key);
}

static patina_err spy_mac(void *ctx, const patina_span *parts, size_t parts_count,
                          struct patina_digest *out)
{
    const struct patina_hmac *real;
    memcpy(&real, ctx, sizeof real);
    patina_err err = real->mac((uint8_t *)ctx + HEAD, parts, parts_count, out);
    if (err == PATINA_OK) {
        note(MAC, out->bytes, out->len);
    }
    return err;
}

static void spy_hmac_clear(void *ctx)
{
    const struct patina_hmac *real;
    memcpy(&real, ctx, sizeof real);
    if (real != NULL) {
        real->clear((uint8_t *)ctx + HEAD);
    }
    memset(ctx, 0, sizeof real);
}

static patina_err spy_init(const struct patina_aead *a, void *ctx, patina_span key, bool seal)
{
    const struct patina_aead *real = ((const struct spy_aead *)a)->real;
    for (size_t i = 0; i < secrets_count; i++) { // what HMAC gave for it is the same secret
        if (secrets[i].what == MAC && memcmp(secrets[i].bytes, key.ptr, WINDOW) == 0) {
            secrets[i].what = KEY;
        }
    }
    note(KEY, key.ptr, key.len);
    return real->init(real, ctx, key, seal);
}

static patina_err spy_start(const struct patina_group *g, void *ctx, patina_mspan out_share)
{
    const struct patina_group *real = ((const struct spy_group *)g)->real;
    return real->start(real, ctx, out_share);
}

static patina_err spy_respond(const struct patina_group *g, patina_span share,
                              patina_mspan out_reply, struct patina_kx_secret *out)
{
    const struct patina_group *real = ((const struct spy_group *)g)->real;
    patina_err err = real->respond(real, share, out_reply, out);
    if (err == PATINA_OK) {
        note(SHARED, out->bytes, out->len);
    }
    return err;
}

static patina_err spy_finish(const struct patina_group *g, void *ctx, patina_span reply,
                             struct patina_kx_secret *out)
{
    const struct patina_group *real = ((const struct spy_group *)g)->real;
    patina_err err = real->finish(real, ctx, reply, out);
    if (err == PATINA_OK) {
        note(SHARED, out->bytes, out->len);
    }
    return err;
}

static void spy_suites(const struct patina_provider *real)
{
    assert_true(real->suites_count <= SPIES);
    for (size_t i = 0; i < real->suites_count; i++) {
        const struct patina_suite *s = real->suites[i];
        spy.hmacs[i] = (struct spy_hmac){.row = *s->hmac, .real = s->hmac};
        spy.hmacs[i].row.ctx_size += HEAD;
        spy.hmacs[i].row.key = spy_key;
        spy.hmacs[i].row.mac = spy_mac;
        spy.hmacs[i].row.clear = spy_hmac_clear;
        spy.hmacs[i].row.hkdf_extract = NULL; // the core's own, over `mac`
        spy.hmacs[i].row.hkdf_expand = NULL;
        spy.aeads[i] = (struct spy_aead){.row = *s->aead, .real = s->aead};
        spy.aeads[i].row.init = spy_init;
        spy.suites[i] = *s;
        spy.suites[i].hmac = &spy.hmacs[i].row;
        spy.suites[i].aead = &spy.aeads[i].row;
        spy.suite_list[i] = &spy.suites[i];
    }
}

static const struct patina_provider *spy_on(const struct patina_provider *real)
{
    memset(&spy, 0, sizeof spy);
    spy.table = *real;
    spy_suites(real);
    assert_true(real->groups_count <= SPIES);
    for (size_t i = 0; i < real->groups_count; i++) {
        spy.groups[i] = (struct spy_group){.row = *real->groups[i], .real = real->groups[i]};
        spy.groups[i].row.start = spy_start;
        spy.groups[i].row.respond = spy_respond;
        spy.groups[i].row.finish = spy_finish;
        spy.group_list[i] = &spy.groups[i].row;
    }
    spy.table.suites = spy.suite_list;
    spy.table.groups = spy.group_list;
    return &spy.table;
}

// ---- An allocator that keeps what is given back

enum { MAX_BLOCKS = 4096 };
struct block {
    uint8_t *ptr;
    size_t size;
    bool live;
};
struct keeper {
    struct patina_allocator alloc;
    struct block blocks[MAX_BLOCKS];
    size_t count;
};

static void *keep_alloc(void *user, size_t size)
{
    struct keeper *k = user;
    assert_true(k->count < MAX_BLOCKS);
    uint8_t *p = malloc(size);
    assert_non_null(p);
    memset(p, 0xa5, size); // nothing of an earlier run
    k->blocks[k->count++] = (struct block){p, size, true};
    return p;
}

static void keep_release(void *user, void *p, size_t size)
{
    struct keeper *k = user;
    for (size_t i = 0; i < k->count; i++) {
        if (k->blocks[i].ptr == p && k->blocks[i].live) {
            assert_int_equal(k->blocks[i].size, size);
            k->blocks[i].live = false;
            return;
        }
    }
    fail_msg("a block that is not there was given back");
}

static void *keep_resize(void *user, void *p, size_t old_size, size_t new_size)
{
    (void)user;
    (void)p;
    (void)old_size;
    (void)new_size;
    return NULL; // never called: a moved block could leave a secret behind
}

static void keeper_init(struct keeper *k)
{
    memset(k, 0, sizeof *k);
    k->alloc = (struct patina_allocator){.struct_size = sizeof k->alloc,
                                         .user = k,
                                         .alloc = keep_alloc,
                                         .resize = keep_resize,
                                         .release = keep_release};
}

static void keeper_end(struct keeper *k)
{
    for (size_t i = 0; i < k->count; i++) {
        assert_false(k->blocks[i].live);
        free(k->blocks[i].ptr);
    }
    k->count = 0;
}

// ---- Searching

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED true
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif
#if defined(__clang__)
#define ANY_BYTE __attribute__((no_sanitize("address", "memory", "undefined")))
#elif defined(__GNUC__) // which has no memory sanitizer and refuses its name
#define ANY_BYTE __attribute__((no_sanitize("address", "undefined")))
#else
#define ANY_BYTE
#endif

// By hand: the sanitizers watch memcmp, and a stack has places no one may read.
ANY_BYTE static bool stands_at(const uint8_t *at, const uint8_t *window)
{
    size_t same = 0;
    while (same < WINDOW && at[same] == window[same]) {
        same++;
    }
    return same == WINDOW;
}

ANY_BYTE static bool contains(const uint8_t *bytes, size_t len, const uint8_t *window)
{
    for (size_t i = 0; i + WINDOW <= len; i++) {
        if (bytes[i] == window[0] && stands_at(bytes + i, window)) {
            return true;
        }
    }
    return false;
}

// Either end of a secret gives it away.
static bool holds(const uint8_t *bytes, size_t len, const struct secret *s)
{
    return contains(bytes, len, s->bytes) || contains(bytes, len, s->bytes + s->len - WINDOW);
}

// How many of the known secrets of these kinds stand in blocks that are live, or were given back.
static size_t found(const struct keeper *k, bool live, unsigned kinds, const struct secret *allowed,
                    size_t allowed_count)
{
    size_t count = 0;
    for (size_t s = 0; s < secrets_count; s++) {
        bool is_allowed = (secrets[s].what & kinds) == 0;
        for (size_t a = 0; a < allowed_count; a++) {
            is_allowed = is_allowed || memcmp(allowed[a].bytes, secrets[s].bytes, WINDOW) == 0;
        }
        for (size_t i = 0; i < k->count && !is_allowed; i++) {
            const struct block *b = &k->blocks[i];
            if (b->live == live && holds(b->ptr, b->size, &secrets[s])) {
                print_message("secret %zu (kind %d, %zu bytes) in a %s block of %zu bytes\n", s,
                              (int)secrets[s].what, secrets[s].len, live ? "live" : "freed",
                              b->size);
                count++;
            }
        }
    }
    return count;
}

// ---- The key log: which secrets a connection still needs

struct log {
    struct secret secrets[MAX_LOG];
    char labels[MAX_LOG][40];
    size_t count;
};

static uint8_t hex(uint8_t c)
{
    return (uint8_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static void log_line(void *user, patina_span line)
{
    struct log *log = user;
    assert_true(log->count < MAX_LOG);
    struct secret *s = &log->secrets[log->count];
    size_t at = 0;
    while (line.ptr[at] != ' ') {
        log->labels[log->count][at] = (char)line.ptr[at];
        at++;
    }
    log->labels[log->count][at] = 0;
    for (at += 1 + 64 + 1; at + 1 < line.len; at += 2) {
        s->bytes[s->len++] = (uint8_t)(hex(line.ptr[at]) << 4 | hex(line.ptr[at + 1]));
    }
    log->count++;
}

// ---- Runs

struct world {
    struct fixture f;
    struct pair p;
    struct keeper client, server;
    struct log log;
    bool is_null; // its contexts hold no keys
};

static void start(struct world *w, const struct patina_provider *real, bool retry)
{
    static const uint16_t p256[] = {0x0017};
    static struct patina_dangerous_options dangerous = PATINA_DANGEROUS_OPTIONS_INIT;
    memset(w, 0, sizeof *w);
    secrets_count = 0;
    keeper_init(&w->client);
    keeper_init(&w->server);
    const struct patina_provider *provider = spy_on(real);
    w->is_null = strcmp(provider->name, "null") == 0;
    fixture_options(&w->f, provider, provider, TEST_P256);
    dangerous.key_log = log_line;
    dangerous.key_log_user = &w->log;
    w->f.client.dangerous = &dangerous;
    w->f.client.alloc = &w->client.alloc;
    w->f.server.alloc = &w->server.alloc;
    if (retry) {
        w->f.server.groups = p256;
        w->f.server.groups_count = 1;
    }
    fixture_configs(&w->f);
    fixture_pair(&w->f, &w->p);
}

static void finish(struct world *w)
{
    pair_run(&w->p);
    assert_err(w->p.client.err, PATINA_OK);
    assert_err(w->p.server.err, PATINA_OK);
    assert_true(pair_saw(&w->p.server, PATINA_EVENT_HANDSHAKE_DONE));
    assert_int_equal(w->log.count, 5);
    assert_true(secrets_count > 20);
}

static void end(struct world *w)
{
    pair_free(&w->p);
    fixture_free(&w->f);
    assert_int_equal(found(&w->client, false, SHARED | MAC | KEY, NULL, 0), 0);
    assert_int_equal(found(&w->server, false, SHARED | MAC | KEY, NULL, 0), 0);
    keeper_end(&w->client);
    keeper_end(&w->server);
}

// Contexts of a real AEAD hold their key: that is what they are for.
static unsigned live_kinds(const struct world *w)
{
    return w->is_null ? SHARED | MAC | KEY : SHARED | MAC;
}

static void check_both(const struct world *w, const struct secret *allowed, size_t count)
{
    unsigned kinds = live_kinds(w);
    assert_int_equal(found(&w->client, true, kinds, allowed, count), 0);
    assert_int_equal(found(&w->server, true, kinds, allowed, count), 0);
    assert_int_equal(found(&w->client, false, SHARED | MAC | KEY, NULL, 0), 0);
    assert_int_equal(found(&w->server, false, SHARED | MAC | KEY, NULL, 0), 0);
}

static const struct patina_provider *nth(size_t i, const struct patina_provider **out_null)
{
    *out_null = i == 0 ? null_provider_new(7) : NULL;
    return i == 0 ? *out_null : fixture_provider(i - 1);
}

// The last three lines are of the traffic: both sides and the exporter.
static void test_after_handshake(void **state)
{
    bool retry = *(const bool *)*state;
    static struct world w;
    const struct patina_provider *null;
    const struct patina_provider *p;
    for (size_t i = 0; (p = nth(i, &null)) != NULL; i++) {
        start(&w, p, retry);
        finish(&w);
        check_both(&w, &w.log.secrets[2], 3);
        end(&w);
        patina_provider_unref(null);
    }
}

// After two updates the first traffic secrets are gone: what was sent stays secret.
static void test_after_key_update(void **state)
{
    (void)state;
    static struct world w;
    const struct patina_provider *null;
    const struct patina_provider *p;
    for (size_t i = 0; (p = nth(i, &null)) != NULL; i++) {
        start(&w, p, false);
        finish(&w);
        size_t before = secrets_count;
        assert_err(patina_conn_update_keys(w.p.client.conn, true, &w.p.client.out), PATINA_OK);
        pair_run(&w.p);
        assert_err(patina_conn_flush(w.p.server.conn, &w.p.server.out), PATINA_OK);
        pair_run(&w.p);
        assert_err(w.p.client.err, PATINA_OK);
        assert_err(pair_send(&w.p, &w.p.server, "text", 4), PATINA_OK);
        assert_int_equal(w.p.client.data_len, 4);
        // What was known before is gone but for the exporter; of the new ones the traffic secrets
        // stay.
        size_t after = secrets_count;
        assert_true(after > before);
        secrets_count = before;
        check_both(&w, &w.log.secrets[4], 1);
        secrets_count = after;
        end(&w);
        patina_provider_unref(null);
    }
}

// A failed connection keeps none; the key its alert went under is the context's.
static void test_after_failure(void **state)
{
    (void)state;
    static struct world w;
    const struct patina_provider *null;
    const struct patina_provider *p;
    for (size_t i = 0; (p = nth(i, &null)) != NULL; i++) {
        start(&w, p, false);
        finish(&w);
        uint8_t junk[40] = {23, 3, 3, 0, 35};
        struct patina_event ev;
        size_t used;
        assert_err(patina_conn_receive(w.p.client.conn, (patina_mspan){junk, 40}, &used,
                                       &w.p.client.out, &ev),
                   PATINA_ERR_BAD_RECORD_MAC);
        w.p.client.err = PATINA_ERR_BAD_RECORD_MAC;
        pair_run(&w.p); // the alert fails the other side
        assert_err(w.p.server.err, PATINA_ERR_PEER_ALERT);
        check_both(&w, NULL, 0);
        end(&w);
        patina_provider_unref(null);
    }
}

// In the middle of a handshake: the client's failure at the certificate, and a connection freed.
static void test_in_the_middle(void **state)
{
    (void)state;
    static struct world w;
    const struct patina_provider *null;
    const struct patina_provider *p;
    for (size_t i = 0; (p = nth(i, &null)) != NULL; i++) {
        start(&w, p, false);
        w.f.now_s = 1; // nothing is valid yet
        pair_run(&w.p);
        assert_err(w.p.client.err, PATINA_ERR_CERT_NOT_YET_VALID);
        assert_err(w.p.server.err, PATINA_ERR_PEER_ALERT);
        assert_true(secrets_count > 10);
        check_both(&w, NULL, 0);
        end(&w);
        patina_provider_unref(null);

        p = nth(i, &null);
        start(&w, p, false);
        pair_step(&w.p, &w.p.client);
        (void)pair_move(&w.p, &w.p.client, &w.p.server);
        pair_step(&w.p, &w.p.server);
        assert_true(secrets_count > 5);
        end(&w); // freed while it waits for Finished
        patina_provider_unref(null);
    }
}

// The search itself: what must be there is found.
static void test_search_finds(void **state)
{
    (void)state;
    static struct world w;
    start(&w, fixture_provider(0), false);
    pair_step(&w.p, &w.p.client);
    (void)pair_move(&w.p, &w.p.client, &w.p.server);
    pair_step(&w.p, &w.p.server); // has its handshake secrets, waits for Finished
    assert_true(found(&w.server, true, MAC, NULL, 0) > 0);
    end(&w);
}

// ---- A stack of the test's own

enum { STACK = 192 * 1024 };
static _Alignas(4096) uint8_t stack[STACK];
static uint8_t picture[STACK];

// The steps of a connection's life; a picture is taken after each.
static void run_step(void *arg, int step)
{
    struct world *w = arg;
    struct pair *p = &w->p;
    switch (step) {
    case 0:
    case 2:
        pair_step(p, &p->client);
        (void)pair_move(p, &p->client, &p->server);
        return;
    case 1:
    case 3:
        pair_step(p, &p->server);
        (void)pair_move(p, &p->server, &p->client);
        return;
    case 4:
        finish(w);
        return;
    case 5:
        assert_err(pair_send(p, &p->client, "text", 4), PATINA_OK);
        return;
    case 6:
        assert_err(patina_conn_update_keys(p->client.conn, true, &p->client.out), PATINA_OK);
        return;
    case 7:
        pair_run(p);
        assert_err(patina_conn_flush(p->server.conn, &p->server.out), PATINA_OK);
        return;
    default:
        pair_run(p);
        pair_free(p);
        memset(p, 0, sizeof *p);
    }
}
enum { STEPS = 9 };

// Leaves a secret on its stack, as a careless function would.
static void careless(void *arg, int step)
{
    uint8_t copy[32];
    const struct secret *s = arg;
    memcpy(copy, s->bytes, sizeof copy);
    // The compiler must assume that the copy is read: otherwise there is none, or (volatile, clang
    // at -O3) one in pieces, each where it likes.
    __asm__ __volatile__("" : : "r"(copy) : "memory");
    (void)step;
}

static size_t found_on_stack(void)
{
    size_t count = 0;
    for (size_t s = 0; s < secrets_count; s++) {
        if (holds(picture, sizeof picture, &secrets[s])) {
            print_message("secret %zu (kind %d) on the stack\n", s, (int)secrets[s].what);
            count++;
        }
    }
    return count;
}

struct job {
    void (*run)(void *arg, int step);
    void *arg;
    int steps;
    size_t found;
};

// Takes the pictures in a frame that stands above what ran: the C library gives a stack back to
// the system when its thread ends.
ANY_BYTE static void *run_and_look(void *arg)
{
    struct job *job = arg;
    const volatile uint8_t *from = stack;
    for (int step = 0; step < job->steps; step++) {
        job->run(job->arg, step);
        for (size_t i = 0; i < sizeof stack; i++) {
            picture[i] = from[i];
        }
        job->found += found_on_stack();
    }
    return NULL;
}

static size_t on_own_stack(void (*run)(void *arg, int step), void *arg, int steps)
{
    pthread_attr_t attr;
    pthread_t thread;
    struct job job = {run, arg, steps, 0};
    memset(stack, 0, sizeof stack);
    assert_int_equal(pthread_attr_init(&attr), 0);
    assert_int_equal(pthread_attr_setstack(&attr, stack, sizeof stack), 0);
    assert_int_equal(pthread_create(&thread, &attr, run_and_look, &job), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(pthread_attr_destroy(&attr), 0);
    return job.found;
}

// With the null provider: what a crypto library leaves on the stack is not ours to wipe.
static void test_stack(void **state)
{
    (void)state;
    static struct world w;
    for (int retry = 0; retry <= 1; retry++) {
        const struct patina_provider *null = null_provider_new(7);
        start(&w, null, retry == 1);
        size_t ours = on_own_stack(run_step, &w, STEPS);
        assert_true(secrets_count > 30);
        secrets_count = 1;
        size_t careless_ones = on_own_stack(careless, &secrets[0], 1);
        if (!SANITIZED) { // the sanitizers keep copies, and move what is on the stack
            assert_int_equal(ours, 0);
            assert_int_equal(careless_ones, 1);
        }
        end(&w);
        patina_provider_unref(null);
    }
}

int main(void)
{
    static const bool no = false;
    static const bool yes = true;
    const struct CMUnitTest tests[] = {
        {"after a handshake", test_after_handshake, NULL, NULL, (void *)(uintptr_t)&no},
        {"after a handshake with HelloRetryRequest", test_after_handshake, NULL, NULL,
         (void *)(uintptr_t)&yes},
        {"after a KeyUpdate", test_after_key_update, NULL, NULL, NULL},
        {"after a failure", test_after_failure, NULL, NULL, NULL},
        {"in the middle of a handshake", test_in_the_middle, NULL, NULL, NULL},
        {"the search finds what is there", test_search_finds, NULL, NULL, NULL},
        {"on the stack", test_stack, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("secrets", tests, NULL, NULL) != 0;
}
