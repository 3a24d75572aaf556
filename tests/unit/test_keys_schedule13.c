// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The key schedule of TLS 1.3, RFC 9846 §7, for both hashes, beside a second writing of it over
// libcrypto's HMAC. The traces of RFC 8448 (tests/vectors) have SHA-256 alone, and no exporter and
// no KeyUpdate.
#include "rows.h"

#include "keys/schedule13.h"
#include "patina/provider_openssl.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

static const struct patina_provider *provider;

static int open_provider(void **state)
{
    (void)state;
    return patina_openssl_new(NULL, &provider) == PATINA_OK ? 0 : -1;
}

static int close_provider(void **state)
{
    (void)state;
    patina_provider_unref(provider);
    return 0;
}

// ---- The second writing: everything in one buffer, nothing kept

struct ref {
    const EVP_MD *md;
    size_t len;
};

static void ref_hmac(const struct ref *r, const uint8_t *key, size_t key_len, const uint8_t *text,
                     size_t len, uint8_t *out)
{
    unsigned n = 0;
    assert_non_null(HMAC(r->md, key, (int)key_len, text, len, out, &n));
    assert_int_equal(n, r->len);
}

static void ref_hash(const struct ref *r, const uint8_t *text, size_t len, uint8_t *out)
{
    unsigned n = 0;
    assert_int_equal(EVP_Digest(text, len, out, &n, r->md, NULL), 1);
}

static void ref_expand_label(const struct ref *r, const uint8_t *secret, const char *label,
                             size_t label_len, const uint8_t *context, size_t context_len,
                             uint8_t *out, size_t out_len)
{
    uint8_t text[64 + 600], block[64];
    size_t block_len = 0;
    for (size_t at = 0, i = 1; at < out_len; at += r->len, i++) {
        size_t n = block_len;
        memcpy(text, block, block_len);
        text[n++] = (uint8_t)(out_len >> 8);
        text[n++] = (uint8_t)(out_len & 0xff);
        text[n++] = (uint8_t)(6 + label_len);
        memcpy(text + n, "tls13 ", 6);
        memcpy(text + n + 6, label, label_len);
        n += 6 + label_len;
        text[n++] = (uint8_t)context_len;
        if (context_len != 0) {
            memcpy(text + n, context, context_len);
        }
        n += context_len;
        text[n++] = (uint8_t)i;
        ref_hmac(r, secret, r->len, text, n, block);
        block_len = r->len;
        memcpy(out + at, block, out_len - at < r->len ? out_len - at : r->len);
    }
}

static void ref_derive(const struct ref *r, const uint8_t *secret, const char *label,
                       const uint8_t *hash, uint8_t *out)
{
    ref_expand_label(r, secret, label, strlen(label), hash, r->len, out, r->len);
}

struct ref_schedule {
    uint8_t empty[64], early[64], salt[64], handshake[64], main[64];
    uint8_t c_hs[64], s_hs[64], c_ap[64], s_ap[64], exporter[64], resumption[64];
};

static void ref_all(const struct ref *r, patina_span psk, const struct patina_kx_secret *kx,
                    const uint8_t *hello, const uint8_t *server_finished,
                    const uint8_t *client_finished, struct ref_schedule *out)
{
    static const uint8_t zeros[64];
    ref_hash(r, zeros, 0, out->empty);
    ref_hmac(r, zeros, r->len, psk.len != 0 ? psk.ptr : zeros, psk.len != 0 ? psk.len : r->len,
             out->early);
    ref_derive(r, out->early, "derived", out->empty, out->salt);
    ref_hmac(r, out->salt, r->len, kx->bytes, kx->len, out->handshake);
    ref_derive(r, out->handshake, "c hs traffic", hello, out->c_hs);
    ref_derive(r, out->handshake, "s hs traffic", hello, out->s_hs);
    ref_derive(r, out->handshake, "derived", out->empty, out->salt);
    ref_hmac(r, out->salt, r->len, zeros, r->len, out->main);
    ref_derive(r, out->main, "c ap traffic", server_finished, out->c_ap);
    ref_derive(r, out->main, "s ap traffic", server_finished, out->s_ap);
    ref_derive(r, out->main, "exp master", server_finished, out->exporter);
    ref_derive(r, out->main, "res master", client_finished, out->resumption);
}

// ---- Rows

struct row {
    uint16_t suite;
    size_t kx_len, psk_len;
};

struct world {
    struct ref ref;
    struct ptn_hkdf h;
    size_t len;
};

static void open_world(struct world *w, uint16_t suite)
{
    *w =
        (struct world){.ref.md = suite == PTN_TLS_AES_256_GCM_SHA384 ? EVP_sha384() : EVP_sha256()};
    w->len = suite == PTN_TLS_AES_256_GCM_SHA384 ? 48 : 32;
    w->ref.len = w->len;
    for (size_t i = 0; i < provider->suites_count; i++) {
        if (provider->suites[i]->id == suite) {
            assert_err(ptn_hkdf_init(&w->h, provider->suites[i]->hmac, &ptn_heap), PATINA_OK);
            assert_int_equal(ptn_hkdf_hash_len(&w->h), w->len);
            return;
        }
    }
    fail();
}

static struct patina_digest digest_of(const struct world *w, uint8_t byte)
{
    struct patina_digest d = {.len = w->len};
    memset(d.bytes, byte, d.len);
    return d;
}

static void assert_secret(const struct world *w, const struct ptn_secret *have, const uint8_t *want)
{
    assert_int_equal(have->len, w->len);
    assert_memory_equal(have->bytes, want, w->len);
}

static void check_schedule(void **state)
{
    const struct row *row = *state;
    struct world w;
    struct ref_schedule want;
    struct patina_kx_secret kx = {.len = row->kx_len};
    uint8_t psk[64];
    struct ptn_handshake_secrets13 hs;
    struct ptn_traffic_secrets13 ap;
    struct ptn_secret resumption;

    open_world(&w, row->suite);
    memset(kx.bytes, 0x6b, kx.len);
    memset(psk, 0x70, sizeof psk);
    struct patina_digest hello = digest_of(&w, 1);
    struct patina_digest server_finished = digest_of(&w, 2);
    struct patina_digest client_finished = digest_of(&w, 3);
    patina_span psk_span = ptn_span_first(PTN_SPAN_OF(psk), row->psk_len);
    ref_all(&w.ref, psk_span, &kx, hello.bytes, server_finished.bytes, client_finished.bytes,
            &want);

    assert_err(ptn_schedule13_start(&w.h, psk_span, &kx, &hello, &hs), PATINA_OK);
    assert_secret(&w, &hs.client, want.c_hs);
    assert_secret(&w, &hs.server, want.s_hs);
    assert_secret(&w, &hs.main, want.main);
    assert_err(ptn_schedule13_into_traffic(&w.h, &hs, &server_finished, &ap), PATINA_OK);
    assert_secret(&w, &ap.client, want.c_ap);
    assert_secret(&w, &ap.server, want.s_ap);
    assert_secret(&w, &ap.exporter, want.exporter);
    assert_err(ptn_schedule13_resumption(&w.h, &ap, &client_finished, &resumption), PATINA_OK);
    assert_secret(&w, &resumption, want.resumption);
    ptn_hkdf_clear(&w.h);
}

#define SCHEDULE(name, suite, kx_len, psk_len)          \
    {                                                   \
        name, check_schedule, NULL, NULL, &(struct row) \
        {                                               \
            suite, kx_len, psk_len                      \
        }                                               \
    }

static struct ptn_secret some_secret(const struct world *w)
{
    struct ptn_secret s = {.len = w->len};
    memset(s.bytes, 0x73, s.len);
    return s;
}

static void check_traffic_keys(void **state)
{
    const struct row *row = *state;
    static const size_t key_lens[] = {16, 32};
    struct world w;
    open_world(&w, row->suite);
    struct ptn_secret secret = some_secret(&w);
    for (size_t i = 0; i < PTN_COUNT(key_lens); i++) {
        uint8_t key[32], want_key[64], want_iv[64];
        struct patina_nonce iv;
        ref_expand_label(&w.ref, secret.bytes, "key", 3, NULL, 0, want_key, key_lens[i]);
        ref_expand_label(&w.ref, secret.bytes, "iv", 2, NULL, 0, want_iv, 12);
        assert_err(ptn_derive_traffic_key13(&w.h, &secret, (patina_mspan){key, key_lens[i]}, &iv),
                   PATINA_OK);
        assert_memory_equal(key, want_key, key_lens[i]);
        assert_memory_equal(iv.bytes, want_iv, 12);
    }
    ptn_hkdf_clear(&w.h);
}

static void check_key_update(void **state)
{
    const struct row *row = *state;
    struct world w;
    open_world(&w, row->suite);
    struct ptn_secret secret = some_secret(&w);
    uint8_t want[64], before[64];
    memcpy(want, secret.bytes, w.len);
    for (int generation = 0; generation < 3; generation++) {
        memcpy(before, want, w.len);
        ref_expand_label(&w.ref, before, "traffic upd", 11, NULL, 0, want, w.len);
        assert_err(ptn_derive_next_traffic13(&w.h, &secret), PATINA_OK);
        assert_secret(&w, &secret, want);
    }
    ptn_hkdf_clear(&w.h);
}

static void check_finished(void **state)
{
    const struct row *row = *state;
    struct world w;
    open_world(&w, row->suite);
    struct ptn_secret secret = some_secret(&w);
    struct patina_digest transcript = digest_of(&w, 5);
    struct patina_digest have;
    uint8_t key[64], want[64];
    ref_expand_label(&w.ref, secret.bytes, "finished", 8, NULL, 0, key, w.len);
    ref_hmac(&w.ref, key, w.len, transcript.bytes, w.len, want);
    assert_err(ptn_derive_finished13(&w.h, &secret, &transcript, &have), PATINA_OK);
    assert_int_equal(have.len, w.len);
    assert_memory_equal(have.bytes, want, w.len);
    ptn_hkdf_clear(&w.h);
}

static void check_one_export(struct world *w, size_t label_len, size_t context_len, size_t out_len)
{
    static uint8_t context[1000], have[255 * 48], want[256 * 48];
    char label[250];
    struct ptn_secret secret = some_secret(w);
    uint8_t empty[64], derived[64], context_hash[64];
    memset(label, 'l', sizeof label);
    memset(context, 'c', sizeof context);
    ref_hash(&w->ref, context, 0, empty);
    ref_hash(&w->ref, context, context_len, context_hash);
    ref_expand_label(&w->ref, secret.bytes, label, label_len, empty, w->len, derived, w->len);
    ref_expand_label(&w->ref, derived, "exporter", 8, context_hash, w->len, want, out_len);
    assert_err(ptn_export13(&w->h, &secret, (patina_span){(const uint8_t *)label, label_len},
                            ptn_span_first(PTN_SPAN_OF(context), context_len),
                            (patina_mspan){have, out_len}),
               PATINA_OK);
    assert_memory_equal(have, want, out_len);
}

static void check_exporter(void **state)
{
    const struct row *row = *state;
    struct world w;
    open_world(&w, row->suite);
    size_t outs[] = {1, 16, w.len - 1, w.len, w.len + 1, 1000, 255 * w.len};
    for (size_t i = 0; i < PTN_COUNT(outs); i++) {
        check_one_export(&w, 10, 0, outs[i]);
        check_one_export(&w, 10, 1000, outs[i]);
    }
    check_one_export(&w, 0, 7, 32);
    check_one_export(&w, 1, 7, 32);
    check_one_export(&w, 249, 7, 32);
    ptn_hkdf_clear(&w.h);
}

static void check_exporter_bounds(void **state)
{
    const struct row *row = *state;
    static uint8_t out[255 * 48 + 1];
    static const uint8_t label[250] = {'l'};
    struct world w;
    open_world(&w, row->suite);
    struct ptn_secret secret = some_secret(&w);
    patina_span good = ptn_span_first(PTN_SPAN_OF(label), 5);
    assert_err(
        ptn_export13(&w.h, &secret, good, (patina_span){0}, (patina_mspan){out, 255 * w.len + 1}),
        PATINA_ERR_EXPORTER_TOO_LONG);
    assert_err(
        ptn_export13(&w.h, &secret, PTN_SPAN_OF(label), (patina_span){0}, (patina_mspan){out, 16}),
        PATINA_ERR_MISUSE);
    assert_err(ptn_export13(&w.h, &secret, good, (patina_span){0}, (patina_mspan){out, 0}),
               PATINA_OK);
    ptn_hkdf_clear(&w.h);
}

// RFC 5869 §A.1 to §A.3, SHA-256.
struct extract_row {
    const char *ikm, *salt, *prk;
};

static void check_extract(void **state)
{
    const struct extract_row *row = *state;
    struct world w;
    struct ptn_secret prk;
    open_world(&w, PTN_TLS_AES_128_GCM_SHA256);
    patina_span ikm = notation_bytes(row->ikm);
    patina_span salt = notation_bytes(row->salt);
    assert_err(ptn_hkdf_extract(&w.h, salt, ikm, &prk), PATINA_OK);
    assert_span(ptn_secret_span(&prk), row->prk);
    notation_free(ikm);
    notation_free(salt);
    ptn_hkdf_clear(&w.h);
}

#define EXTRACT(name, ...)                                     \
    {                                                          \
        name, check_extract, NULL, NULL, &(struct extract_row) \
        {                                                      \
            __VA_ARGS__                                        \
        }                                                      \
    }
#define BOTH(name, check)                                                                    \
    {name ", SHA-256", check, NULL, NULL, &(struct row){PTN_TLS_AES_128_GCM_SHA256, 0, 0}},  \
    {                                                                                        \
        name ", SHA-384", check, NULL, NULL, &(struct row){PTN_TLS_AES_256_GCM_SHA384, 0, 0} \
    }

static const struct CMUnitTest tests[] = {
    EXTRACT("Extract, RFC 5869 §A.1", "22*0b", "000102030405060708090a0b0c",
            "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"),
    EXTRACT("Extract, RFC 5869 §A.2",
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a"
            "2b2c2d2e2f"
            "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
            "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a"
            "8b8c8d8e8f"
            "909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
            "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244"),
    EXTRACT("Extract without salt, RFC 5869 §A.3", "22*0b", "",
            "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"),
    SCHEDULE("X25519, SHA-256, RFC 9846 §7.1", PTN_TLS_AES_128_GCM_SHA256, 32, 0),
    SCHEDULE("X25519, SHA-384", PTN_TLS_AES_256_GCM_SHA384, 32, 0),
    SCHEDULE("P-384, SHA-256", PTN_TLS_AES_128_GCM_SHA256, 48, 0),
    SCHEDULE("hybrid, SHA-256, RFC 10024", PTN_TLS_AES_128_GCM_SHA256, 64, 0),
    SCHEDULE("hybrid, SHA-384", PTN_TLS_AES_256_GCM_SHA384, 64, 0),
    SCHEDULE("largest hybrid, SHA-384", PTN_TLS_AES_256_GCM_SHA384, 80, 0),
    SCHEDULE("ChaCha20-Poly1305's hash", PTN_TLS_CHACHA20_POLY1305_SHA256, 32, 0),
    SCHEDULE("PSK, SHA-256", PTN_TLS_AES_128_GCM_SHA256, 32, 32),
    SCHEDULE("PSK, SHA-384", PTN_TLS_AES_256_GCM_SHA384, 32, 48),
    SCHEDULE("long PSK", PTN_TLS_AES_128_GCM_SHA256, 32, 64),
    BOTH("traffic keys, RFC 9846 §7.3", check_traffic_keys),
    BOTH("KeyUpdate, RFC 9846 §7.2", check_key_update),
    BOTH("Finished, RFC 9846 §4.5.3", check_finished),
    BOTH("exporter, RFC 9846 §7.5", check_exporter),
    BOTH("exporter's bounds", check_exporter_bounds),
};

int main(void)
{
    return cmocka_run_group_tests(tests, open_provider, close_provider) != 0;
}
