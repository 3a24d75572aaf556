// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite: random bytes, forks, threads, references.
#include "provider_suite.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// ---- Random

static void random_fills(const struct row *r)
{
    const struct patina_provider *p = r->lib->p;
    assert_err(p->random(p, (patina_mspan){NULL, 0}), PATINA_OK);
    for (size_t len = 1; len < 70000; len = len * 3 + 1) {
        uint8_t *a = calloc(1, len + 1);
        uint8_t *b = calloc(1, len + 1);
        assert_true(a != NULL && b != NULL);
        assert_err(p->random(p, (patina_mspan){a, len}), PATINA_OK);
        assert_err(p->random(p, (patina_mspan){b, len}), PATINA_OK);
        assert_int_equal(a[len], 0);
        if (len >= 16) {
            assert_memory_not_equal(a, b, len);
            assert_false(is_zero(a + len - 16, 16));
        }
        free(a);
        free(b);
    }
}

// Parent and child draw after a fork: not the same bytes (RFC 9846 appendix C.1).
static void random_survives_fork(const struct row *r)
{
    const struct patina_provider *p = r->lib->p;
    uint8_t warm[16];
    assert_err(p->random(p, MSPAN(warm)), PATINA_OK);
    for (size_t i = 0; i < 3; i++) {
        int ends[2];
        uint8_t ours[32];
        uint8_t theirs[32] = {0};
        int status = 0;
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            bool ok = p->random(p, MSPAN(theirs)) == PATINA_OK &&
                      write(ends[1], theirs, sizeof(theirs)) == (ssize_t)sizeof(theirs);
            _exit(ok ? 0 : 1);
        }
        assert_err(p->random(p, MSPAN(ours)), PATINA_OK);
        assert_int_equal(read(ends[0], theirs, sizeof(theirs)), sizeof(theirs));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        (void)close(ends[0]);
        (void)close(ends[1]);
        assert_false(is_zero(theirs, sizeof(theirs)));
        assert_memory_not_equal(ours, theirs, sizeof(ours));
    }
}

// ---- Threads: tables, keys and pools are shared.

#define THREADS 4
#define ROUNDS 25

struct shared {
    const struct patina_provider *p;
    struct patina_key *key, *rsa;
    const struct patina_verify_alg *alg;
    struct patina_public_key *public_key;
    unsigned failures;
};

static bool exchange(const struct patina_provider *p, uint16_t id)
{
    const struct patina_group *g = group_of(p, id);
    uint8_t share[97];
    uint8_t reply[97];
    struct patina_kx_secret a;
    struct patina_kx_secret b;
    void *ctx = calloc(1, g->ctx_size);
    bool ok = ctx != NULL && g->start(g, ctx, (patina_mspan){share, g->share_len}) == PATINA_OK &&
              g->respond(g, (patina_span){share, g->share_len}, (patina_mspan){reply, g->reply_len},
                         &a) == PATINA_OK &&
              g->finish(g, ctx, (patina_span){reply, g->reply_len}, &b) == PATINA_OK &&
              memcmp(&a, &b, sizeof(a)) == 0;
    g->clear(ctx);
    free(ctx);
    return ok;
}

static bool sign_and_verify(const struct shared *s, uint8_t round)
{
    uint8_t message[3] = {1, 2, round};
    patina_span span = SPAN(message);
    struct patina_op *op = NULL;
    bool ok =
        patina_sign_op_new(0x0403, span, NULL, &op) == PATINA_OK &&
        s->key->vtable->sign(s->key, op) == PATINA_OK &&
        s->alg->verify(s->alg, s->public_key, &span, 1, patina_sign_op_result(op)) == PATINA_OK;
    patina_op_release(op);
    ok = ok && patina_sign_op_new(0x0804, span, NULL, &op) == PATINA_OK &&
         s->rsa->vtable->sign(s->rsa, op) == PATINA_OK;
    patina_op_release(ok ? op : NULL);
    return ok;
}

static bool keyed_hash(const struct patina_provider *p, uint8_t round)
{
    const struct patina_hmac *m = p->hmac_sha256;
    void *ctx = calloc(1, m->ctx_size);
    patina_span span = {&round, 1};
    struct patina_digest a;
    struct patina_digest b;
    bool ok = ctx != NULL && m->key(m, ctx, span) == PATINA_OK &&
              m->mac(ctx, &span, 1, &a) == PATINA_OK && m->mac(ctx, &span, 1, &b) == PATINA_OK &&
              memcmp(&a, &b, sizeof(a)) == 0;
    m->clear(ctx);
    free(ctx);
    return ok;
}

static void *work(void *arg)
{
    struct shared *s = arg;
    uint8_t bytes[32];
    unsigned failures = 0;
    for (uint8_t i = 0; i < ROUNDS; i++) {
        failures += !exchange(s->p, 0x001d);
        failures += !exchange(s->p, 0x0017);
        failures += !sign_and_verify(s, i);
        failures += !keyed_hash(s->p, i);
        failures += s->p->random(s->p, MSPAN(bytes)) != PATINA_OK;
        s->p = patina_provider_ref(s->p);
        patina_provider_unref(s->p);
    }
    s->failures = failures;
    return NULL;
}

static struct patina_key *load(const struct patina_provider *p, const char *file)
{
    struct patina_key *key = NULL;
    patina_mspan der = read_pem(file);
    assert_err(p->load_key(p, (patina_span){der.ptr, der.len}, &key), PATINA_OK);
    free(der.ptr);
    return key;
}

static void threads_share_it(const struct row *r)
{
    const struct patina_provider *p = r->lib->p;
    pthread_t threads[THREADS];
    struct shared states[THREADS];
    patina_mspan spki = read_pem("p256.public.pem");
    patina_span id;
    patina_span bits;
    struct shared first = {.p = p, .alg = alg_of_scheme(p, 0x0403)};
    split_spki((patina_span){spki.ptr, spki.len}, &id, &bits);
    first.key = load(p, "p256.pkcs8.pem");
    first.rsa = load(p, "rsa2048.pkcs8.pem");
    assert_err(first.alg->load(first.alg, bits, &first.public_key), PATINA_OK);
    for (size_t i = 0; i < THREADS; i++) {
        states[i] = first;
        assert_int_equal(pthread_create(&threads[i], NULL, work, &states[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(states[i].failures, 0);
    }
    first.alg->drop(first.alg, first.public_key);
    first.key->vtable->drop(first.key);
    first.rsa->vtable->drop(first.rsa);
    free(spki.ptr);
}

void add_life_rows(const struct library *lib)
{
    add_row(lib, NULL, "random: fills, and never the same", random_fills, NULL);
    add_row(lib, NULL, "random: parent and child differ after a fork", random_survives_fork, NULL);
    add_row(lib, NULL, "four threads share tables, keys and pools", threads_share_it, NULL);
}
