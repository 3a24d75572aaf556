// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The link cache of a client config: a busy client pays for a signature between
// certificates once. What must not profit from it: another chain, another name, another time,
// another trust, another config; and no handshake that was not completed leaves anything behind.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the four above first.
#include <cmocka.h>

#include "craft.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define assert_err(have, want) assert_string_equal(patina_err_name(have), patina_err_name(want))

// ---- A provider that counts the signatures it checks

enum { MAX_ALGS = 32 };

static struct patina_verify_alg counting_algs[MAX_ALGS];
static const struct patina_verify_alg *real_algs[MAX_ALGS];
static const struct patina_verify_alg *counting_list[MAX_ALGS];
static struct patina_provider counting_provider;
static atomic_size_t checked;
static size_t reload_at; // at this check trust is set anew, once; 0: never
static struct patina_trust *reload_trust;
static struct patina_roots *reload_roots;

static const struct patina_verify_alg *real_alg(const struct patina_verify_alg *a)
{
    return real_algs[a - counting_algs];
}

static patina_err count_load(const struct patina_verify_alg *a, patina_span public_key,
                             struct patina_public_key **out)
{
    return real_alg(a)->load(real_alg(a), public_key, out);
}

static patina_err count_verify(const struct patina_verify_alg *a, const struct patina_public_key *k,
                               const patina_span *message, size_t message_count,
                               patina_span signature)
{
    if (atomic_fetch_add(&checked, 1) + 1 == reload_at) {
        reload_at = 0;
        assert_err(patina_trust_set(reload_trust, reload_roots), PATINA_OK);
    }
    return real_alg(a)->verify(real_alg(a), k, message, message_count, signature);
}

static void count_drop(const struct patina_verify_alg *a, struct patina_public_key *k)
{
    real_alg(a)->drop(real_alg(a), k);
}

static const struct patina_provider *counting(const struct patina_provider *real)
{
    counting_provider = *real;
    counting_provider.ref = NULL;
    counting_provider.unref = NULL;
    counting_provider.verify_algs = counting_list;
    assert_in_range(real->verify_algs_count, 1, MAX_ALGS);
    for (size_t i = 0; i < real->verify_algs_count; i++) {
        real_algs[i] = real->verify_algs[i];
        counting_algs[i] = *real->verify_algs[i];
        counting_algs[i].load = count_load;
        counting_algs[i].verify = count_verify;
        counting_algs[i].drop = count_drop;
        counting_list[i] = &counting_algs[i];
    }
    return &counting_provider;
}

// ---- A client that connects again and again

struct world {
    struct fixture f;
    patina_err err; // of the last handshake, on the client
};

static void open_world(struct world *w, size_t provider, enum test_key key)
{
    memset(w, 0, sizeof *w);
    fixture_options(&w->f, counting(fixture_provider(provider)), fixture_provider(provider), key);
}

// Connects; the number of signatures that the client has checked.
static size_t connect_to(struct world *w, const char *name)
{
    struct pair p;
    w->f.client_conn.server_name = fixture_text(name);
    fixture_pair(&w->f, &p);
    atomic_store(&checked, 0);
    pair_run(&p);
    w->err = p.client.err;
    pair_free(&p);
    return atomic_load(&checked);
}

#define EXPECT(w, name, want_err, want_checked) \
    do {                                        \
        size_t n_ = connect_to((w), (name));    \
        assert_err((w)->err, (want_err));       \
        assert_int_equal(n_, (want_checked));   \
    } while (0)

// Leaf, intermediate, CertificateVerify; and the last alone.
enum { COLD = 3, WARM = 1, OTHER_NAME = 2 };

static void use_credential(struct world *w, const struct test_cert *leaf,
                           const struct test_cert *intermediate)
{
    patina_credential_unref(w->f.credential);
    patina_server_config_unref(w->f.server_config);
    w->f.credential = fixture_credential(w->f.server.provider, leaf, intermediate, NULL);
    assert_err(patina_server_config_new(&w->f.server, &w->f.server_config, NULL), PATINA_OK);
}

static void test_warm(void **state)
{
    (void)state;
    static const enum test_key kinds[] = {TEST_P256, TEST_P384, TEST_ED25519, TEST_RSA2048};
    for (size_t i = 0; fixture_provider(i) != NULL; i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            struct world w;
            open_world(&w, i, kinds[k]);
            fixture_configs(&w.f);
            EXPECT(&w, "server.test", PATINA_OK, COLD);
            EXPECT(&w, "server.test", PATINA_OK, WARM);
            EXPECT(&w, "server.test", PATINA_OK, WARM);
            fixture_free(&w.f);
        }
    }
}

static void test_switched_off(void **state)
{
    (void)state;
    struct world w;
    open_world(&w, 0, TEST_P256);
    w.f.client.flags = PATINA_CONFIG_NO_LINK_CACHE;
    fixture_configs(&w.f);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    fixture_free(&w.f);
}

// Another name of the same certificate: what its issuer signed is looked at anew, the rest is not.
static void test_other_name(void **state)
{
    (void)state;
    struct world w;
    open_world(&w, 0, TEST_P256);
    fixture_configs(&w.f);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    EXPECT(&w, "a.wild.test", PATINA_OK, OTHER_NAME);
    EXPECT(&w, "a.wild.test", PATINA_OK, WARM);
    EXPECT(&w, "b.wild.test", PATINA_OK, OTHER_NAME);
    EXPECT(&w, "127.0.0.1", PATINA_OK, OTHER_NAME);
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    // A name the certificate has not got: judged before any look-up.
    EXPECT(&w, "other.test", PATINA_ERR_CERT_NAME_MISMATCH, 0);
    fixture_free(&w.f);
}

static void test_other_config(void **state)
{
    (void)state;
    struct world w;
    open_world(&w, 0, TEST_P256);
    fixture_configs(&w.f);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    patina_client_config_unref(w.f.client_config);
    assert_err(patina_client_config_new(&w.f.client, &w.f.client_config, NULL), PATINA_OK);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    fixture_free(&w.f);
}

// The dates are judged every time, whatever is known of the signatures.
static void test_other_time(void **state)
{
    (void)state;
    struct world w;
    open_world(&w, 0, TEST_P256);
    fixture_configs(&w.f);
    const int64_t good = w.f.now_s;
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    w.f.now_s = good + INT64_C(100) * 365 * 86400;
    EXPECT(&w, "server.test", PATINA_ERR_CERT_EXPIRED, 0);
    w.f.now_s = 0;
    EXPECT(&w, "server.test", PATINA_ERR_CERT_NOT_YET_VALID, 0);
    w.f.now_s = good;
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    fixture_free(&w.f);
}

// ---- Other chains

// A copy of a certificate with a bit of its signature, its last bytes, changed.
static struct test_cert with_bad_signature(const struct test_cert *c, uint8_t *room)
{
    struct test_cert bad = *c;
    memcpy(room, c->der.ptr, c->der.len);
    room[c->der.len - 1] ^= 1;
    bad.der.ptr = room;
    return bad;
}

static void test_bad_signatures(void **state)
{
    (void)state;
    static uint8_t room[2][4096];
    struct world w;
    open_world(&w, 0, TEST_P256);
    fixture_configs(&w.f);
    struct test_cert leaf = w.f.leaf;
    struct test_cert intermediate = w.f.intermediate;
    struct test_cert bad_leaf = with_bad_signature(&leaf, room[0]);
    struct test_cert bad_intermediate = with_bad_signature(&intermediate, room[1]);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    use_credential(&w, &bad_leaf, &intermediate);
    EXPECT(&w, "server.test", PATINA_ERR_CERT_BAD_SIGNATURE, 1);
    use_credential(&w, &leaf, &bad_intermediate);
    EXPECT(&w, "server.test", PATINA_ERR_CERT_BAD_SIGNATURE, 1);
    use_credential(&w, &leaf, &intermediate);
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    fixture_free(&w.f);
}

// An authority of the same name with a key of its own, and a leaf of its making.
static void test_namesake(void **state)
{
    (void)state;
    struct test_cert false_root;
    struct test_cert false_intermediate;
    struct test_cert false_leaf;
    struct world w;
    open_world(&w, 0, TEST_P256);
    fixture_configs(&w.f);
    struct test_cert leaf = w.f.leaf;
    struct test_cert intermediate = w.f.intermediate;
    test_make_ca("Test Root", TEST_P256, NULL, &false_root);
    test_make_ca("Test Intermediate", TEST_P256, &false_root, &false_intermediate);
    test_make_server("server.test", "DNS:server.test", TEST_P256, &false_intermediate, &false_leaf);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    use_credential(&w, &false_leaf, &false_intermediate);
    EXPECT(&w, "server.test", PATINA_ERR_CERT_BAD_SIGNATURE, 1);
    use_credential(&w, &false_leaf, &intermediate); // the good link of the intermediate is known
    EXPECT(&w, "server.test", PATINA_ERR_CERT_BAD_SIGNATURE, 1);
    use_credential(&w, &leaf, &false_intermediate);
    EXPECT(&w, "server.test", PATINA_ERR_CERT_BAD_SIGNATURE, 1);
    use_credential(&w, &leaf, &intermediate);
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    fixture_free(&w.f);
    test_cert_free(&false_leaf);
    test_cert_free(&false_intermediate);
    test_cert_free(&false_root);
}

// Refused chains, however many, leave what is known as it is.
static void test_flood(void **state)
{
    (void)state;
    enum { FLOOD = 60 };
    static uint8_t room[4096];
    struct world w;
    open_world(&w, 0, TEST_P256);
    fixture_configs(&w.f);
    struct test_cert leaf = w.f.leaf;
    struct test_cert intermediate = w.f.intermediate;
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    for (int i = 0; i < FLOOD; i++) {
        struct test_cert hostile;
        if (i % 3 == 0) { // a good chain for another name
            test_make_server("other.test", "DNS:other.test", TEST_P256, &intermediate, &hostile);
        } else { // nobody's
            test_make_server("server.test", "DNS:server.test", TEST_P256, NULL, &hostile);
        }
        use_credential(&w, &hostile, &intermediate);
        (void)connect_to(&w, "server.test");
        assert_err(w.err, i % 3 == 0 ? PATINA_ERR_CERT_NAME_MISMATCH : PATINA_ERR_CERT_SELF_SIGNED);
        test_cert_free(&hostile);
        struct test_cert bad = with_bad_signature(&leaf, room);
        use_credential(&w, &bad, &intermediate);
        EXPECT(&w, "server.test", PATINA_ERR_CERT_BAD_SIGNATURE, 1);
    }
    use_credential(&w, &leaf, &intermediate);
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    fixture_free(&w.f);
}

// ---- Handshakes that are not completed

static void test_refused_dates_and_names(void **state)
{
    (void)state;
    struct world w;
    open_world(&w, 0, TEST_P256);
    fixture_configs(&w.f);
    const int64_t good = w.f.now_s;
    EXPECT(&w, "other.test", PATINA_ERR_CERT_NAME_MISMATCH, 0);
    w.f.now_s = 0;
    EXPECT(&w, "server.test", PATINA_ERR_CERT_NOT_YET_VALID, 0);
    w.f.now_s = good;
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    fixture_free(&w.f);
}

// A key that signs something else: its chain is another's.
struct thief {
    struct patina_key base;
    struct patina_key *real;
};

static const uint16_t *thief_schemes(const struct patina_key *key, size_t *out_count)
{
    const struct thief *t = (const struct thief *)(const void *)key;
    return t->real->vtable->schemes(t->real, out_count);
}

static patina_err thief_sign(struct patina_key *key, struct patina_op *op)
{
    static const uint8_t nothing[] = {0x30, 6, 2, 1, 1, 2, 1, 1};
    (void)key;
    return patina_sign_op_complete(op, (patina_span){nothing, sizeof nothing});
}

static patina_err thief_spki(const struct patina_key *key, patina_span *out)
{
    const struct thief *t = (const struct thief *)(const void *)key;
    return t->real->vtable->spki(t->real, out);
}

static void thief_drop(struct patina_key *key)
{
    struct thief *t = (struct thief *)(void *)key;
    t->real->vtable->drop(t->real);
    free(t);
}

static const struct patina_key_vtable thief_vtable = {
    sizeof(struct patina_key_vtable), 0, thief_schemes, thief_sign, thief_spki, thief_drop};

static void use_thief(struct world *w)
{
    const struct patina_provider *p = w->f.server.provider;
    const patina_span chain[2] = {w->f.leaf.der, w->f.intermediate.der};
    struct thief *t = calloc(1, sizeof *t);
    assert_non_null(t);
    patina_span der = test_key_der(&w->f.leaf);
    t->base.vtable = &thief_vtable;
    assert_err(p->load_key(p, der, &t->real), PATINA_OK);
    free((void *)(uintptr_t)der.ptr);
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    o.provider = p;
    o.chain_der = chain;
    o.chain_der_count = 2;
    o.key = &t->base;
    patina_credential_unref(w->f.credential);
    patina_server_config_unref(w->f.server_config);
    assert_err(patina_credential_new(&o, &w->f.credential, NULL), PATINA_OK);
    assert_err(patina_server_config_new(&w->f.server, &w->f.server_config, NULL), PATINA_OK);
}

// The chain is good, and the peer has not got its key.
static void test_stolen_chain(void **state)
{
    (void)state;
    struct world w;
    open_world(&w, 0, TEST_P256);
    fixture_configs(&w.f);
    struct test_cert leaf = w.f.leaf;
    struct test_cert intermediate = w.f.intermediate;
    use_thief(&w);
    EXPECT(&w, "server.test", PATINA_ERR_BAD_SIGNATURE, COLD);
    EXPECT(&w, "server.test", PATINA_ERR_BAD_SIGNATURE, COLD); // nothing was learned
    use_credential(&w, &leaf, &intermediate);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    use_thief(&w);
    EXPECT(&w, "server.test", PATINA_ERR_BAD_SIGNATURE, WARM); // its own is always checked
    fixture_free(&w.f);
}

static bool refuses;

static patina_err accept_or_refuse(void *user, struct patina_op *op)
{
    (void)user;
    return refuses ? patina_op_refuse(op, PATINA_ALERT_CERTIFICATE_UNKNOWN)
                   : patina_verify_op_accept(op);
}

static void test_refused_by_callback(void **state)
{
    (void)state;
    struct world w;
    struct patina_verifier *v = NULL;
    open_world(&w, 0, TEST_P256);
    struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    o.provider = w.f.client.provider;
    o.verify = accept_or_refuse;
    o.then = w.f.verifier;
    assert_err(patina_verifier_callback_new(&o, &v), PATINA_OK);
    w.f.client.verifier = v;
    fixture_configs(&w.f);
    refuses = true;
    EXPECT(&w, "server.test", PATINA_ERR_REFUSED, COLD - 1);
    EXPECT(&w, "server.test", PATINA_ERR_REFUSED, COLD - 1);
    refuses = false;
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    refuses = true;
    EXPECT(&w, "server.test", PATINA_ERR_REFUSED, WARM - 1); // asked every time
    fixture_free(&w.f);
    patina_verifier_unref(v);
}

// The chain and CertificateVerify are good, Finished is not.
static void test_bad_finished(void **state)
{
    (void)state;
    for (int good = 0; good < 2; good++) {
        static struct craft c;
        craft_options(&c, false);
        c.f.client.provider = counting(c.provider);
        struct patina_verifier_options v = PATINA_VERIFIER_OPTIONS_INIT;
        v.provider = c.f.client.provider;
        v.roots = c.f.roots;
        patina_verifier_unref(c.f.verifier);
        assert_err(patina_verifier_new(&v, &c.f.verifier), PATINA_OK);
        c.f.client.verifier = c.f.verifier;
        craft_start(&c);
        craft_server_flight(&c);
        if (good == 0) {
            c.flight[FIN].bytes[c.flight[FIN].len - 1] ^= 1;
        }
        craft_deal_until(&c, FIN);
        craft_deal(&c, FIN);
        assert_err(c.p.client.err, good != 0 ? PATINA_OK : PATINA_ERR_BAD_FINISHED);
        struct pair p;
        fixture_pair(&c.f, &p);
        atomic_store(&checked, 0);
        pair_run(&p);
        assert_err(p.client.err, PATINA_OK);
        assert_int_equal(atomic_load(&checked), good != 0 ? WARM : COLD);
        pair_free(&p);
        craft_free(&c);
    }
}

// ---- Trust

static void set_trust(struct patina_trust *trust, const struct test_cert *const *certs,
                      size_t count)
{
    patina_span der[2];
    struct patina_roots *roots = NULL;
    for (size_t i = 0; i < count; i++) {
        der[i] = certs[i]->der;
    }
    assert_err(patina_roots_from_der(der, count, NULL, &roots), PATINA_OK);
    assert_err(patina_trust_set(trust, roots), PATINA_OK);
    patina_roots_unref(roots);
}

static void open_trusting(struct world *w, struct patina_trust **trust)
{
    open_world(w, 0, TEST_P256);
    assert_err(patina_trust_new(w->f.roots, NULL, trust), PATINA_OK);
    struct patina_verifier_options v = PATINA_VERIFIER_OPTIONS_INIT;
    v.provider = w->f.client.provider;
    v.trust = *trust;
    patina_verifier_unref(w->f.verifier);
    assert_err(patina_verifier_new(&v, &w->f.verifier), PATINA_OK);
    w->f.client.verifier = w->f.verifier;
    fixture_configs(&w->f);
}

static void test_older_trust(void **state)
{
    (void)state;
    struct world w;
    struct patina_trust *trust = NULL;
    struct test_cert other;
    open_trusting(&w, &trust);
    test_make_ca("Another Root", TEST_P256, NULL, &other);
    const struct test_cert *both[] = {&w.f.root, &other};
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    set_trust(trust, both, 2);
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    set_trust(trust, both + 1, 1);
    EXPECT(&w, "server.test", PATINA_ERR_CERT_UNKNOWN_ISSUER, 0);
    set_trust(trust, both, 1); // the same roots as at first, and another setting
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    fixture_free(&w.f);
    patina_trust_unref(trust);
    test_cert_free(&other);
}

// Trust is changed while CertificateVerify is checked, after the chain was judged.
static void test_trust_changed_meanwhile(void **state)
{
    (void)state;
    struct world w;
    struct patina_trust *trust = NULL;
    open_trusting(&w, &trust);
    reload_at = COLD;
    reload_trust = trust;
    reload_roots = w.f.roots;
    EXPECT(&w, "server.test", PATINA_OK, COLD);
    assert_int_equal(reload_at, 0);
    assert_int_equal(patina_trust_generation(trust), 2);
    EXPECT(&w, "server.test", PATINA_OK, COLD); // what was learned is of the older trust
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    fixture_free(&w.f);
    patina_trust_unref(trust);
}

// ---- Threads

enum { THREADS = 4, ROUNDS = 30 };
static atomic_size_t wrong;
static atomic_bool stop;

static void *handshakes(void *arg)
{
    static const char *const names[] = {"server.test", "a.wild.test", "b.wild.test", "127.0.0.1"};
    struct world *w = arg;
    for (size_t i = 0; i < ROUNDS; i++) {
        struct fixture f = w->f; // the options alone differ
        struct pair p;
        f.client_conn.server_name = fixture_text(names[i % 4]);
        fixture_pair(&f, &p);
        pair_run(&p);
        bool good = p.client.err == PATINA_OK && pair_saw(&p.client, PATINA_EVENT_HANDSHAKE_DONE);
        atomic_fetch_add(&wrong, good ? 0 : 1);
        pair_free(&p);
    }
    return NULL;
}

struct reloads {
    struct patina_trust *trust;
    struct patina_roots *roots;
};

static void *reload(void *arg)
{
    struct reloads *r = arg;
    while (!atomic_load(&stop)) {
        atomic_fetch_add(&wrong, patina_trust_set(r->trust, r->roots) == PATINA_OK ? 0 : 1);
        for (int i = 0; i < 200; i++) {
            (void)sched_yield();
        }
    }
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    struct world w;
    struct patina_trust *trust = NULL;
    pthread_t threads[THREADS];
    pthread_t reloader;
    open_trusting(&w, &trust);
    struct reloads r = {trust, w.f.roots};
    atomic_store(&wrong, 0);
    atomic_store(&stop, false);
    assert_int_equal(pthread_create(&reloader, NULL, reload, &r), 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, handshakes, &w), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    atomic_store(&stop, true);
    assert_int_equal(pthread_join(reloader, NULL), 0);
    assert_int_equal(atomic_load(&wrong), 0);
    (void)connect_to(&w, "server.test"); // cold or warm, by the last reload
    EXPECT(&w, "server.test", PATINA_OK, WARM);
    fixture_free(&w.f);
    patina_trust_unref(trust);
}

#define ROW(name, test) {name, test, NULL, NULL, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW("a warm client pays one signature, not three", test_warm),
        ROW("switched off it pays three every time", test_switched_off),
        ROW("another name: the leaf's link is not used", test_other_name),
        ROW("another config has learned nothing", test_other_config),
        ROW("another time: dates are judged anew", test_other_time),
        ROW("another chain: a bit of a signature changed", test_bad_signatures),
        ROW("another chain: an authority of the same name", test_namesake),
        ROW("a flood of refused chains displaces nothing", test_flood),
        ROW("refused by name or date: nothing is learned", test_refused_dates_and_names),
        ROW("CertificateVerify wrong: nothing is learned", test_stolen_chain),
        ROW("refused by a callback: nothing is learned", test_refused_by_callback),
        ROW("Finished wrong: nothing is learned", test_bad_finished),
        ROW("an older trust's links are not used", test_older_trust),
        ROW("trust changed in the midst of a handshake", test_trust_changed_meanwhile),
        ROW("shared by four threads while trust is reloaded", test_threads),
    };
    return cmocka_run_group_tests_name("link_cache", tests, NULL, NULL) != 0;
}
