// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite: what only the provider over libcrypto has: options, references, a library
// context handed in, and one whose random generator fails.
#include "provider_suite.h"

#include "patina/provider_openssl.h"

#include <openssl/crypto.h>
#include <openssl/provider.h>
#include <openssl/rand.h>

#include <stdlib.h>
#include <string.h>

static void options_are_checked(const struct row *r)
{
    struct {
        struct patina_openssl_options o;
        uint64_t later;
    } newer = {PATINA_OPENSSL_OPTIONS_INIT, 0};
    const struct patina_provider *p = NULL;
    (void)r;
    assert_err(patina_openssl_new(NULL, NULL), PATINA_ERR_MISUSE);
    newer.o.struct_size = sizeof(newer.o) - 1;
    assert_err(patina_openssl_new(&newer.o, &p), PATINA_ERR_BAD_OPTION);
    assert_null(p);
    newer.o = (struct patina_openssl_options)PATINA_OPENSSL_OPTIONS_INIT;
    newer.o.reserved = 1;
    assert_err(patina_openssl_new(&newer.o, &p), PATINA_ERR_BAD_OPTION);
    newer.o.reserved = 0;
    newer.o.struct_size = sizeof(newer);
    newer.later = 1;
    assert_err(patina_openssl_new(&newer.o, &p), PATINA_ERR_NEWER_OPTIONS);
    newer.later = 0; // a newer struct that asks for nothing new
    assert_err(patina_openssl_new(&newer.o, &p), PATINA_OK);
    patina_provider_unref(p);
}

static void it_is_counted(const struct row *r)
{
    const struct patina_provider *p = NULL;
    (void)r;
    for (size_t i = 0; i < 5; i++) {
        assert_err(patina_openssl_new(NULL, &p), PATINA_OK);
        assert_ptr_equal(patina_provider_ref(p), p);
        patina_provider_unref(p);
        uint8_t bytes[16];
        assert_err(p->random(p, MSPAN(bytes)), PATINA_OK);
        patina_provider_unref(p);
    }
    patina_provider_unref(NULL);
}

static void a_key_outlives_its_provider(const struct row *r)
{
    const struct patina_provider *p = NULL;
    struct patina_key *key = NULL;
    patina_mspan der = read_pem("p256.pkcs8.pem");
    patina_mspan spki = read_pem("p256.public.pem");
    patina_span id;
    patina_span bits;
    uint8_t signature[PATINA_SIGNATURE_MAX];
    size_t len;
    assert_err(patina_openssl_new(NULL, &p), PATINA_OK);
    assert_err(p->load_key(p, (patina_span){der.ptr, der.len}, &key), PATINA_OK);
    patina_provider_unref(p);
    assert_err(sign(key, 0x0403, TEXT("message"), signature, &len), PATINA_OK);
    key->vtable->drop(key);

    const struct patina_verify_alg *a = alg_of_scheme(r->lib->p, 0x0403);
    struct patina_public_key *public_key = NULL;
    patina_span message = TEXT("message");
    split_spki((patina_span){spki.ptr, spki.len}, &id, &bits);
    assert_err(a->load(a, bits, &public_key), PATINA_OK);
    assert_err(a->verify(a, public_key, &message, 1, (patina_span){signature, len}), PATINA_OK);
    a->drop(a, public_key);
    free(der.ptr);
    free(spki.ptr);
}

// Properties that nothing has leave no rows, and that is an error; those everything has change
// nothing.
static void properties_are_obeyed(const struct row *r)
{
    struct patina_openssl_options o = PATINA_OPENSSL_OPTIONS_INIT;
    const struct patina_provider *p = NULL;
    o.properties = "provider=nobody";
    assert_err(patina_openssl_new(&o, &p), PATINA_ERR_UNSUPPORTED_BY_PROVIDER);
    assert_null(p);
    o.properties = "provider=default";
    assert_err(patina_openssl_new(&o, &p), PATINA_OK);
    assert_int_equal(p->suites_count, r->lib->p->suites_count);
    assert_int_equal(p->groups_count, r->lib->p->groups_count);
    assert_int_equal(p->verify_algs_count, r->lib->p->verify_algs_count);
    // Everything that names algorithms anew must carry the properties along.
    uint8_t share[97];
    uint8_t reply[97];
    struct patina_kx_secret secret;
    for (size_t i = 0; i < p->groups_count; i++) {
        const struct patina_group *g = p->groups[i];
        if (g->share_len <= sizeof(share)) {
            void *ctx = context_new(g->ctx_size);
            assert_err(g->start(g, ctx, (patina_mspan){share, g->share_len}), PATINA_OK);
            assert_err(g->respond(g, (patina_span){share, g->share_len},
                                  (patina_mspan){reply, g->reply_len}, &secret),
                       PATINA_OK);
            context_free(ctx, g->ctx_size, g->clear);
        }
    }
    patina_provider_unref(p);
}

// The library context is the caller's: used, and left alone when the provider goes.
static void a_library_context_is_borrowed(const struct row *r)
{
    struct patina_openssl_options o = PATINA_OPENSSL_OPTIONS_INIT;
    OSSL_LIB_CTX *ctx = OSSL_LIB_CTX_new();
    const struct patina_provider *p = NULL;
    uint8_t bytes[16];
    (void)r;
    assert_non_null(ctx);
    o.libctx = ctx;
    for (size_t i = 0; i < 2; i++) {
        assert_err(patina_openssl_new(&o, &p), PATINA_OK);
        assert_err(p->random(p, MSPAN(bytes)), PATINA_OK);
        patina_provider_unref(p);
        assert_int_equal(RAND_bytes_ex(ctx, bytes, sizeof(bytes), 0), 1);
    }
    OSSL_LIB_CTX_free(ctx);
}

// A generator that does not exist: random says so, leaves zeros, and no key is made.
static void random_fails_loudly(const struct row *r)
{
    struct patina_openssl_options o = PATINA_OPENSSL_OPTIONS_INIT;
    OSSL_LIB_CTX *ctx = OSSL_LIB_CTX_new();
    const struct patina_provider *p = NULL;
    uint8_t bytes[97];
    uint8_t share[97];
    struct patina_kx_secret secret;
    assert_non_null(ctx);
    assert_int_equal(RAND_set_DRBG_type(ctx, "NO-SUCH-DRBG", NULL, NULL, NULL), 1);
    o.libctx = ctx;
    assert_err(patina_openssl_new(&o, &p), PATINA_OK);
    memset(bytes, 0xee, sizeof(bytes));
    assert_err(p->random(p, MSPAN(bytes)), PATINA_ERR_RANDOM);
    assert_true(is_zero(bytes, sizeof(bytes)));
    for (size_t i = 0; i < 3; i++) {
        static const uint16_t ids[] = {0x001d, 0x0017, 0x0018};
        const struct patina_group *g = group_of(p, ids[i]);
        const struct patina_group *good = group_of(r->lib->p, ids[i]);
        void *ours = context_new(g->ctx_size);
        void *theirs = context_new(good->ctx_size);
        memset(bytes, 0xee, sizeof(bytes));
        assert_err(g->start(g, ours, (patina_mspan){bytes, g->share_len}), PATINA_ERR_PROVIDER);
        assert_true(is_zero(bytes, g->share_len));
        assert_err(good->start(good, theirs, (patina_mspan){share, g->share_len}), PATINA_OK);
        memset(bytes, 0xee, sizeof(bytes));
        assert_err(g->respond(g, (patina_span){share, g->share_len},
                              (patina_mspan){bytes, g->reply_len}, &secret),
                   PATINA_ERR_PROVIDER);
        assert_true(is_zero(bytes, g->reply_len) && is_zero(&secret, sizeof(secret)));
        context_free(ours, g->ctx_size, g->clear);
        context_free(theirs, good->ctx_size, good->clear);
    }
    patina_provider_unref(p);
    OSSL_LIB_CTX_free(ctx);
}

void add_openssl_rows(const struct library *lib)
{
    add_row(lib, NULL, "options are checked", options_are_checked, NULL);
    add_row(lib, NULL, "the provider is counted", it_is_counted, NULL);
    add_row(lib, NULL, "a key outlives its provider", a_key_outlives_its_provider, NULL);
    add_row(lib, NULL, "properties are obeyed", properties_are_obeyed, NULL);
    add_row(lib, NULL, "a library context is borrowed", a_library_context_is_borrowed, NULL);
    add_row(lib, NULL, "random fails loudly", random_fails_loudly, NULL);
}
