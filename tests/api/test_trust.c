// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// patina_trust (docs/RULES.md, 14): roots that are changed under load. A verification ends with
// the roots it began with; four threads verify and shake hands while a fifth reloads.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "../unit/counting.h"
#include "fixture.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

// Two authorities: the one of the fixture's chain and one that has issued nothing.
static struct test_cert other;

static struct patina_roots *roots_of(const struct test_cert *cert,
                                     const struct patina_allocator *alloc)
{
    struct patina_roots *roots = NULL;
    assert_err(patina_roots_from_der(&cert->der, 1, alloc, &roots), PATINA_OK);
    return roots;
}

struct world {
    struct fixture f;
    struct counting heap; // of the roots
    struct patina_trust *trust;
    struct patina_verifier *verifier;
};

static void open_world(struct world *w)
{
    memset(w, 0, sizeof *w);
    counting_init(&w->heap);
    fixture_options(&w->f, fixture_provider(0), fixture_provider(0), TEST_P256);
    struct patina_roots *roots = roots_of(&w->f.root, &w->heap.alloc);
    assert_err(patina_trust_new(roots, &w->heap.alloc, &w->trust), PATINA_OK);
    patina_roots_unref(roots);
    struct patina_verifier_options v = PATINA_VERIFIER_OPTIONS_INIT;
    v.provider = w->f.client.provider;
    v.trust = w->trust;
    assert_err(patina_verifier_new(&v, &w->verifier), PATINA_OK);
    w->f.client.verifier = w->verifier;
}

static void close_world(struct world *w)
{
    fixture_free(&w->f);
    patina_verifier_unref(w->verifier);
    patina_trust_unref(w->trust);
    assert_int_equal(w->heap.live_blocks, 0);
    assert_int_equal(w->heap.unwiped, 0);
}

static void set(struct world *w, const struct test_cert *cert)
{
    struct patina_roots *roots = roots_of(cert, &w->heap.alloc);
    assert_err(patina_trust_set(w->trust, roots), PATINA_OK);
    patina_roots_unref(roots);
}

static patina_err check(const struct world *w)
{
    const patina_span chain[2] = {w->f.leaf.der, w->f.intermediate.der};
    return patina_verifier_check(w->verifier, chain, 2, fixture_text("server.test"), w->f.now_s,
                                 NULL);
}

static patina_err handshake(struct fixture *f)
{
    struct pair p;
    fixture_pair(f, &p);
    pair_run(&p);
    patina_err err = p.client.err;
    pair_free(&p);
    return err;
}

// ---- One thread

static void test_reload(void **state)
{
    (void)state;
    struct world w;
    open_world(&w);
    fixture_configs(&w.f);
    size_t blocks = w.heap.live_blocks;
    for (uint64_t i = 1; i < 40; i += 2) {
        assert_int_equal(patina_trust_generation(w.trust), i);
        assert_err(check(&w), PATINA_OK);
        assert_err(handshake(&w.f), PATINA_OK);
        set(&w, &other);
        assert_int_equal(patina_trust_generation(w.trust), i + 1);
        assert_err(check(&w), PATINA_ERR_CERT_UNKNOWN_ISSUER);
        assert_err(handshake(&w.f), PATINA_ERR_CERT_UNKNOWN_ISSUER);
        set(&w, &w.f.root);
        assert_int_equal(w.heap.live_blocks, blocks); // the roots replaced are gone
    }
    struct patina_roots *mine = patina_trust_get(w.trust);
    set(&w, &other);
    assert_int_equal(patina_roots_count(mine), 1);
    assert_int_not_equal(w.heap.live_blocks, blocks); // kept by the reference
    patina_roots_unref(mine);
    assert_int_equal(w.heap.live_blocks, blocks);
    close_world(&w);
}

static void test_options(void **state)
{
    (void)state;
    struct world w;
    struct patina_verifier *v = NULL;
    struct patina_trust *t = NULL;
    open_world(&w);
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    o.provider = w.f.client.provider;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_NO_ROOTS);
    o.trust = w.trust;
    o.roots = w.f.roots;
    assert_err(patina_verifier_new(&o, &v), PATINA_ERR_BAD_OPTION);
    assert_null(v);
    assert_err(patina_trust_new(NULL, NULL, &t), PATINA_ERR_NO_ROOTS);
    assert_null(t);
    assert_err(patina_trust_new(w.f.roots, NULL, NULL), PATINA_ERR_MISUSE);
    assert_err(patina_trust_set(w.trust, NULL), PATINA_ERR_NO_ROOTS);
    assert_err(patina_trust_set(NULL, w.f.roots), PATINA_ERR_MISUSE);
    assert_int_equal(patina_trust_generation(w.trust), 1);
    assert_int_equal(patina_trust_generation(NULL), 0);
    assert_null(patina_trust_get(NULL));
    assert_null(patina_trust_ref(NULL));
    patina_trust_unref(NULL);
    w.heap.fail_at = w.heap.allocations + 1;
    assert_err(patina_trust_new(w.f.roots, &w.heap.alloc, &t), PATINA_ERR_NO_MEMORY);
    assert_null(t);
    close_world(&w);
}

// Reloads in the midst of a verification: when the path builder asks for memory.
struct reloading {
    struct patina_allocator alloc;
    struct world *w;
    struct counting heap;
    size_t reloads;
    bool armed;
};

static void *reloading_alloc(void *user, size_t size)
{
    struct reloading *r = user;
    if (r->armed) {
        r->armed = false;
        r->reloads++;
        set(r->w, &other);
    }
    return r->heap.alloc.alloc(r->heap.alloc.user, size);
}

static void reloading_release(void *user, void *p, size_t size)
{
    struct reloading *r = user;
    r->heap.alloc.release(r->heap.alloc.user, p, size);
}

static void test_pinned(void **state)
{
    (void)state;
    struct world w;
    struct reloading r = {.w = &w};
    open_world(&w);
    counting_init(&r.heap);
    r.alloc = (struct patina_allocator){.struct_size = sizeof r.alloc,
                                        .user = &r,
                                        .alloc = reloading_alloc,
                                        .resize = NULL,
                                        .release = reloading_release};
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    patina_verifier_unref(w.verifier);
    o.provider = w.f.client.provider;
    o.trust = w.trust;
    o.alloc = &r.alloc;
    assert_err(patina_verifier_new(&o, &w.verifier), PATINA_OK);
    r.armed = true;
    assert_err(check(&w), PATINA_OK); // by the roots it began with, which it holds
    assert_int_equal(r.reloads, 1);
    assert_int_equal(patina_trust_generation(w.trust), 2);
    assert_err(check(&w), PATINA_ERR_CERT_UNKNOWN_ISSUER);
    close_world(&w);
    assert_int_equal(r.heap.live_blocks, 0);
}

// ---- Under load

enum { THREADS = 4, CHECKS = 400, HANDSHAKES = 8 };

static atomic_size_t wrong;
static atomic_bool stop;

struct load {
    struct world w;
    bool always; // every version has the root
};

static void *verify_much(void *arg)
{
    struct load *l = arg;
    for (int i = 0; i < CHECKS; i++) {
        patina_err err = check(&l->w);
        bool good = err == PATINA_OK || (!l->always && err == PATINA_ERR_CERT_UNKNOWN_ISSUER);
        struct patina_roots *roots = patina_trust_get(l->w.trust);
        good = good && patina_roots_count(roots) >= 1;
        patina_roots_unref(roots);
        atomic_fetch_add(&wrong, good ? 0 : 1);
    }
    for (int i = 0; i < HANDSHAKES; i++) {
        patina_err err = handshake(&l->w.f);
        bool good = err == PATINA_OK || (!l->always && err == PATINA_ERR_CERT_UNKNOWN_ISSUER);
        atomic_fetch_add(&wrong, good ? 0 : 1);
    }
    return NULL;
}

static void *reload(void *arg)
{
    struct load *l = arg;
    const patina_span certificates[2] = {l->w.f.root.der, other.der};
    for (size_t i = 0; !atomic_load(&stop); i++) {
        struct patina_roots *roots = NULL;
        size_t from = !l->always && i % 2 == 1 ? 1 : 0;
        patina_err err =
            patina_roots_from_der(certificates + from, l->always ? 1 + i % 2 : 1, NULL, &roots);
        err = err == PATINA_OK ? patina_trust_set(l->w.trust, roots) : err;
        atomic_fetch_add(&wrong, err == PATINA_OK ? 0 : 1);
        patina_roots_unref(roots);
        (void)sched_yield();
    }
    return NULL;
}

static void test_load(void **state)
{
    static struct load l;
    pthread_t threads[THREADS];
    pthread_t reloaders[2];
    open_world(&l.w);
    fixture_configs(&l.w.f);
    l.always = *(const bool *)*state;
    atomic_store(&wrong, 0);
    atomic_store(&stop, false);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&reloaders[i], NULL, reload, &l), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, verify_much, &l), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    atomic_store(&stop, true);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(reloaders[i], NULL), 0);
    }
    assert_int_equal(atomic_load(&wrong), 0);
    assert_true(patina_trust_generation(l.w.trust) > 1);
    close_world(&l.w);
}

static const bool yes = true;
static const bool no = false;

#define ROW(name, test) {name, test, NULL, NULL, NULL}
#define LOAD(name, always) {name, test_load, NULL, NULL, (void *)(uintptr_t)&(always)}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("reloaded between handshakes", test_reload),
        ROW("a verifier has roots or a slot, a slot has roots", test_options),
        ROW("a verification ends with the roots it began with", test_pinned),
        LOAD("reloaded under load: every version has the root", yes),
        LOAD("reloaded under load: every other version has the root", no),
    };
    test_make_ca("Another Root", TEST_P256, NULL, &other);
    int failed = cmocka_run_group_tests_name("trust", tests, NULL, NULL);
    test_cert_free(&other);
    return failed != 0;
}
