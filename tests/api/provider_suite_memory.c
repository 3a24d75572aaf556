// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite: every allocation of the crypto library fails once, and once with all that
// follow it. A call then gives an error and zeroed outputs, or it could do without; never a wrong
// result, a leak or a crash. The same calls also show which of them do not allocate at all.
#include "provider_suite.h"

#include "library_hooks.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

// ---- The failing heap. Rows run one at a time; the counters are atomic for the row with threads.

static atomic_bool armed;
static atomic_bool fails_on; // all that follow fail too
static atomic_size_t fail_at;
static atomic_size_t seen;
static atomic_bool hit;

static bool fails_now(void)
{
    if (!armed) {
        return false;
    }
    size_t now = atomic_fetch_add(&seen, 1);
    if (now == fail_at || (fails_on && now > fail_at)) {
        hit = true;
        return true;
    }
    return false;
}

void *failing_malloc(size_t size)
{
    return fails_now() ? NULL : malloc(size);
}

void *failing_realloc(void *p, size_t size)
{
    return fails_now() ? NULL : realloc(p, size);
}

void failing_free(void *p)
{
    free(p);
}

// The call under test stands between the two.
static void arm(void)
{
    seen = 0;
    armed = true;
}

static void disarm(void)
{
    armed = false;
}

// ---- The calls. Each prepares, arms, calls, disarms, checks what the contract says of a failure,
// cleans up.

typedef patina_err (*call_fn)(const struct row *r, const void *data);

struct sweep {
    call_fn call;
    const void *data;
};

#define SWEEP_MAX 20000u

static void every_allocation_fails(const struct row *r)
{
    const struct sweep *s = r->data;
    if (!r->lib->heap_is_hooked) {
        skip();
    }
    for (int all = 0; all < 2; all++) {
        for (size_t n = 0;; n++) {
            assert_true(n < SWEEP_MAX);
            fail_at = n;
            fails_on = all != 0;
            hit = false;
            r->lib->mark_errors();
            patina_err err = s->call(r, s->data);
            assert_true(r->lib->has_mark_alone());
            if (!hit) {
                assert_err(err, PATINA_OK);
                break;
            }
        }
    }
    r->lib->mark_errors();
}

static void nothing_is_allocated(const struct row *r)
{
    const struct sweep *s = r->data;
    if (!r->lib->heap_is_hooked) {
        skip();
    }
    fail_at = SIZE_MAX;
    hit = false;
    assert_err(s->call(r, s->data), PATINA_OK); // what is made once is made now
    assert_err(s->call(r, s->data), PATINA_OK);
    assert_int_equal(seen, 0);
}

static patina_err call_hash(const struct row *r, const void *data)
{
    const struct patina_hash *h = suite_of(r->lib->p, *(const uint16_t *)data)->hmac->hash;
    struct patina_digest digest = {.len = 1};
    struct patina_digest once = {.len = 1};
    void *ctx = context_new(h->ctx_size);
    void *fork = context_new(h->ctx_size);
    patina_span text = TEXT("text");
    arm();
    patina_err err = h->init(h, ctx);
    err = err == PATINA_OK ? h->update(ctx, text) : err;
    err = err == PATINA_OK ? h->fork(h, fork, ctx) : err;
    if (err == PATINA_OK) {
        err = h->peek(fork, &digest);
        assert_int_equal(digest.len, err == PATINA_OK ? h->out_len : 0);
    }
    if (err == PATINA_OK) {
        err = h->once(h, &text, 1, &once);
        assert_true(err == PATINA_OK ? memcmp(&once, &digest, sizeof(once)) == 0
                                     : is_zero(&once, sizeof(once)));
    }
    disarm();
    context_free(ctx, h->ctx_size, h->clear);
    context_free(fork, h->ctx_size, h->clear);
    return err;
}

static patina_err call_hmac(const struct row *r, const void *data)
{
    const struct patina_hmac *m = suite_of(r->lib->p, *(const uint16_t *)data)->hmac;
    struct patina_digest first = {.len = 1};
    struct patina_digest second = {.len = 1};
    void *ctx = context_new(m->ctx_size);
    patina_span text = TEXT("text");
    arm();
    patina_err err = m->key(m, ctx, text);
    if (err == PATINA_OK) {
        err = m->mac(ctx, &text, 1, &first);
        assert_true(err == PATINA_OK || is_zero(&first, sizeof(first)));
    }
    if (err == PATINA_OK) {
        err = m->mac(ctx, &text, 1, &second);
        assert_true(err == PATINA_OK ? memcmp(&first, &second, sizeof(first)) == 0
                                     : is_zero(&second, sizeof(second)));
    }
    m->clear(ctx);
    disarm();
    context_free(ctx, m->ctx_size, m->clear);
    return err;
}

static patina_err call_aead(const struct row *r, const void *data)
{
    const struct patina_aead *a = suite_of(r->lib->p, *(const uint16_t *)data)->aead;
    static const uint8_t key[32] = {1};
    static const struct patina_nonce nonce = {{2}};
    uint8_t text[100];
    uint8_t sealed[116];
    uint8_t opened[100];
    patina_span in = SPAN(text);
    void *ctx = context_new(a->ctx_size);
    fill(MSPAN(text), 1);
    memset(sealed, 0xee, sizeof(sealed));
    memset(opened, 0xee, sizeof(opened));
    arm();
    patina_err err = a->init(a, ctx, (patina_span){key, a->key_len}, true);
    if (err == PATINA_OK) {
        err = a->seal(ctx, &nonce, TEXT("aad"), &in, 1, (patina_span){NULL, 0}, MSPAN(sealed));
        assert_true(err == PATINA_OK || is_zero(sealed, sizeof(sealed)));
    }
    err = err == PATINA_OK ? a->init(a, ctx, (patina_span){key, a->key_len}, false) : err;
    if (err == PATINA_OK) {
        err = a->open(ctx, &nonce, TEXT("aad"), SPAN(sealed), MSPAN(opened));
        assert_true(err == PATINA_OK ? memcmp(opened, text, sizeof(text)) == 0
                                     : is_zero(opened, sizeof(opened)));
    }
    disarm();
    context_free(ctx, a->ctx_size, a->clear);
    return err;
}

static patina_err call_kx(const struct row *r, const void *data)
{
    const struct patina_group *g = group_of(r->lib->p, *(const uint16_t *)data);
    uint8_t share[1184];
    uint8_t reply[1184];
    struct patina_kx_secret theirs = {.len = 1};
    struct patina_kx_secret ours = {.len = 1};
    void *ctx = context_new(g->ctx_size);
    memset(share, 0xee, sizeof(share));
    memset(reply, 0xee, sizeof(reply));
    arm();
    patina_err err = g->start(g, ctx, (patina_mspan){share, g->share_len});
    assert_true(err == PATINA_OK || is_zero(share, g->share_len));
    if (err == PATINA_OK) {
        err = g->respond(g, (patina_span){share, g->share_len}, (patina_mspan){reply, g->reply_len},
                         &theirs);
        assert_true(err == PATINA_OK ||
                    (is_zero(reply, g->reply_len) && is_zero(&theirs, sizeof(theirs))));
    }
    if (err == PATINA_OK) {
        err = g->finish(g, ctx, (patina_span){reply, g->reply_len}, &ours);
        // libcrypto takes ML-KEM's lack of memory for a rejection: another secret, no error.
        bool other_secret_is_lawful = hit && (g->flags & PATINA_ALG_KEM) != 0;
        assert_true(err == PATINA_OK
                        ? other_secret_is_lawful || memcmp(&ours, &theirs, sizeof(ours)) == 0
                        : is_zero(&ours, sizeof(ours)));
    }
    disarm();
    context_free(ctx, g->ctx_size, g->clear);
    return err;
}

struct key_row {
    const char *file, *public_file;
    uint16_t scheme;
};

static patina_err call_load_key(const struct row *r, const void *data)
{
    const struct key_row *row = data;
    const struct patina_provider *p = r->lib->p;
    struct patina_key *key = NULL;
    patina_mspan der = read_pem(row->file);
    arm();
    patina_err err = p->load_key(p, (patina_span){der.ptr, der.len}, &key);
    disarm();
    assert_true((err == PATINA_OK) == (key != NULL));
    if (key != NULL) {
        key->vtable->drop(key);
    }
    free(der.ptr);
    return err;
}

static patina_err call_sign_and_verify(const struct row *r, const void *data)
{
    const struct key_row *row = data;
    const struct patina_provider *p = r->lib->p;
    const struct patina_verify_alg *a = alg_of_scheme(p, row->scheme);
    struct patina_key *key = NULL;
    struct patina_public_key *public_key = NULL;
    struct patina_op *op = NULL;
    patina_mspan der = read_pem(row->file);
    patina_mspan spki = read_pem(row->public_file);
    patina_span id;
    patina_span bits;
    patina_span parts[2] = {TEXT("mess"), TEXT("age")};
    split_spki((patina_span){spki.ptr, spki.len}, &id, &bits);
    assert_err(p->load_key(p, (patina_span){der.ptr, der.len}, &key), PATINA_OK);
    assert_err(patina_sign_op_new(row->scheme, TEXT("message"), NULL, &op), PATINA_OK);
    arm();
    patina_err err = key->vtable->sign(key, op);
    if (err == PATINA_OK) {
        err = a->load(a, bits, &public_key);
        assert_true((err == PATINA_OK) == (public_key != NULL));
    }
    if (err == PATINA_OK) {
        err = a->verify(a, public_key, parts, 2, patina_sign_op_result(op));
    }
    disarm();
    a->drop(a, public_key);
    patina_op_release(op);
    key->vtable->drop(key);
    free(der.ptr);
    free(spki.ptr);
    return err;
}

void add_memory_rows(const struct library *lib)
{
    static const uint16_t suites[] = {0x1301, 0x1302, 0x1303};
    static const uint16_t groups[] = {0x0201, 0x001d, 0x0017, 0x0018};
    static const struct key_row keys[] = {
        {"p256.pkcs8.pem", "p256.public.pem", 0x0403},
        {"p256.sec1.pem", "p256.public.pem", 0x0403},
        {"ed25519.pkcs8.pem", "ed25519.public.pem", 0x0807},
        {"rsa2048.pkcs8.pem", "rsa2048.public.pem", 0x0804},
        {"rsa2048.pkcs1.pem", "rsa2048.public.pem", 0x0401},
    };
    static struct sweep sweeps[64];
    static size_t count;
    char name[100];
#define SWEEP(fn, with, ...)                                                        \
    do {                                                                            \
        (void)snprintf(name, sizeof(name), "every allocation fails: " __VA_ARGS__); \
        sweeps[count] = (struct sweep){fn, with};                                   \
        add_row(lib, NULL, name, every_allocation_fails, &sweeps[count++]);         \
    } while (0)
    for (size_t i = 0; i < 3; i++) {
        SWEEP(call_aead, &suites[i], "%s", suite_of(lib->p, suites[i])->aead->name);
    }
    for (size_t i = 0; i < 2; i++) {
        SWEEP(call_hash, &suites[i], "%s", suite_of(lib->p, suites[i])->hmac->hash->name);
        SWEEP(call_hmac, &suites[i], "%s", suite_of(lib->p, suites[i])->hmac->name);
    }
    for (size_t i = 0; i < 4; i++) {
        if (group_of(lib->p, groups[i]) != NULL) {
            SWEEP(call_kx, &groups[i], "%s", group_of(lib->p, groups[i])->name);
        }
    }
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        SWEEP(call_load_key, &keys[i], "load %s", keys[i].file);
        SWEEP(call_sign_and_verify, &keys[i], "sign and verify with %s", keys[i].file);
    }
    // What AWS-LC does in the core's memory alone.
    if (strcmp(lib->name, "aws-lc") == 0) {
        static const struct sweep bare[] = {
            {call_aead, &suites[0]}, {call_aead, &suites[1]}, {call_aead, &suites[2]},
            {call_hash, &suites[0]}, {call_hash, &suites[1]}, {call_hmac, &suites[0]},
            {call_hmac, &suites[1]}, {call_kx, &groups[1]},
        };
        static const char *const names[] = {"AES-128-GCM",  "AES-256-GCM", "ChaCha20-Poly1305",
                                            "SHA-256",      "SHA-384",     "HMAC-SHA-256",
                                            "HMAC-SHA-384", "X25519"};
        for (size_t i = 0; i < sizeof(bare) / sizeof(bare[0]); i++) {
            (void)snprintf(name, sizeof(name), "nothing is allocated: %s", names[i]);
            add_row(lib, NULL, name, nothing_is_allocated, &bare[i]);
        }
    }
}
