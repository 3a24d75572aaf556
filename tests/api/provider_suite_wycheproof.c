// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider suite: the vectors of Wycheproof, read from PATINA_CORPORA/wycheproof, a row per
// file. Without the folder, or without a JSON reader in the build, the rows are skipped by name.
//
// What a vector leaves open ("acceptable") is decided here, for every provider alike:
//   X25519, ZeroSharedSecret      refused (RFC 9846 §7.4.2)
//   X25519, every other           accepted, with the given secret (twist and non-canonical points;
//   RFC 7748 §5) ECDH, CompressedPoint         refused (RFC 9846 §4.3.8.2) RSA PKCS#1, MissingNull
//   refused (RFC 8017 §9.2 note 1)
#include "provider_suite.h"

#include <stdlib.h>
#include <string.h>

#ifdef PATINA_SUITE_JSON
#include <jansson.h>

struct vectors {
    const char *file;
    // Runs one vector and says whether the provider took it; false also when it gave another result
    // than the vector's.
    bool (*take)(const struct patina_provider *p, const json_t *group, const json_t *test);
    bool (*has)(const struct patina_provider *p); // NULL: every provider has the algorithm
    size_t least;                                 // vectors that must have been run
};

#define FIELD_MAX 70000u

// The bytes of a hexadecimal member, empty when there is none; `room` says which of a few buffers
// holds them.
static patina_span bytes_of(const json_t *object, const char *name, size_t room)
{
    static uint8_t rooms[8][FIELD_MAX];
    const char *hex = json_string_value(json_object_get(object, name));
    if (hex == NULL) {
        return (patina_span){NULL, 0};
    }
    patina_mspan m = from_hex(hex, MSPAN(rooms[room]));
    return (patina_span){m.ptr, m.len};
}

static size_t number_of(const json_t *object, const char *name)
{
    return (size_t)json_integer_value(json_object_get(object, name));
}

static bool equal(patina_span a, const uint8_t *b, size_t len)
{
    return a.len == len && (len == 0 || memcmp(a.ptr, b, len) == 0);
}

static bool has_flag(const json_t *test, const char *flag)
{
    const json_t *flags = json_object_get(test, "flags");
    for (size_t i = 0; i < json_array_size(flags); i++) {
        if (strcmp(json_string_value(json_array_get(flags, i)), flag) == 0) {
            return true;
        }
    }
    return false;
}

// ---- AEAD

static bool take_aead(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    struct patina_nonce nonce;
    const struct patina_aead *aead = NULL;
    for (size_t i = 0; i < p->suites_count; i++) {
        bool chacha = p->suites[i]->aead->id == 29;
        if (p->suites[i]->aead->key_len * 8u == number_of(group, "keySize") &&
            chacha == (json_object_get(group, "isChaCha") != NULL)) {
            aead = p->suites[i]->aead;
        }
    }
    assert_non_null(aead);
    patina_span key = bytes_of(test, "key", 0);
    patina_span iv = bytes_of(test, "iv", 1);
    patina_span aad = bytes_of(test, "aad", 2);
    patina_span text = bytes_of(test, "msg", 3);
    patina_span ct = bytes_of(test, "ct", 4);
    patina_span tag = bytes_of(test, "tag", 5);
    assert_int_equal(iv.len, sizeof(nonce.bytes));
    memcpy(nonce.bytes, iv.ptr, iv.len);

    uint8_t *sealed = malloc(ct.len + tag.len + 1);
    uint8_t *out = malloc(text.len + ct.len + 17);
    assert_true(sealed != NULL && out != NULL);
    memcpy(sealed, ct.ptr, ct.len);
    memcpy(sealed + ct.len, tag.ptr, tag.len);
    void *ctx = context_new(aead->ctx_size);
    assert_err(aead->init(aead, ctx, key, false), PATINA_OK);
    patina_err err = aead->open(ctx, &nonce, aad, (patina_span){sealed, ct.len + tag.len},
                                (patina_mspan){out, ct.len});
    bool taken = err == PATINA_OK && equal(text, out, ct.len);
    if (taken) { // and the other way
        assert_err(aead->init(aead, ctx, key, true), PATINA_OK);
        assert_err(aead->seal(ctx, &nonce, aad, &text, 1, (patina_span){NULL, 0},
                              (patina_mspan){out, text.len + 16}),
                   PATINA_OK);
        taken = memcmp(out, sealed, text.len + 16) == 0;
    }
    context_free(ctx, aead->ctx_size, aead->clear);
    free(sealed);
    free(out);
    return taken;
}

// ---- HMAC, HKDF

static const struct patina_hmac *hmac_of(const struct patina_provider *p, const char *file)
{
    return suite_of(p, strstr(file, "sha384") != NULL ? 0x1302 : 0x1301)->hmac;
}

static bool take_hmac(const struct patina_hmac *m, const json_t *group, const json_t *test)
{
    struct patina_digest digest;
    patina_span key = bytes_of(test, "key", 0);
    patina_span message = bytes_of(test, "msg", 1);
    patina_span tag = bytes_of(test, "tag", 2);
    void *ctx = context_new(m->ctx_size);
    assert_err(m->key(m, ctx, key), PATINA_OK);
    assert_err(m->mac(ctx, &message, 1, &digest), PATINA_OK);
    context_free(ctx, m->ctx_size, m->clear);
    assert_true(number_of(group, "tagSize") / 8 <= digest.len);
    return equal(tag, digest.bytes, number_of(group, "tagSize") / 8);
}

static bool take_hmac256(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    return take_hmac(hmac_of(p, "sha256"), group, test);
}

static bool take_hmac384(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    return take_hmac(hmac_of(p, "sha384"), group, test);
}

static bool take_hkdf(const struct patina_hmac *m, const json_t *test)
{
    struct patina_digest prk;
    struct patina_digest t = {.len = 0};
    size_t size = number_of(test, "size");
    patina_span ikm = bytes_of(test, "ikm", 0);
    patina_span salt = bytes_of(test, "salt", 1);
    patina_span info = bytes_of(test, "info", 2);
    patina_span okm = bytes_of(test, "okm", 3);
    if (size > 255u * m->hash->out_len) {
        return false; // RFC 5869 §2.3
    }
    uint8_t *out = malloc(size + PATINA_DIGEST_MAX);
    assert_non_null(out);
    void *ctx = context_new(m->ctx_size);
    assert_err(m->key(m, ctx, salt), PATINA_OK);
    assert_err(m->mac(ctx, &ikm, 1, &prk), PATINA_OK);
    assert_err(m->key(m, ctx, (patina_span){prk.bytes, prk.len}), PATINA_OK);
    uint8_t i = 0;
    for (size_t at = 0; at < size; at += m->hash->out_len) {
        struct patina_digest previous = t;
        i++;
        patina_span parts[3] = {{previous.bytes, previous.len}, info, {&i, 1}};
        assert_err(m->mac(ctx, parts, 3, &t), PATINA_OK);
        memcpy(out + at, t.bytes, t.len);
    }
    context_free(ctx, m->ctx_size, m->clear);
    bool taken = equal(okm, out, size);
    free(out);
    return taken;
}

static bool take_hkdf256(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    (void)group;
    return take_hkdf(hmac_of(p, "sha256"), test);
}

static bool take_hkdf384(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    (void)group;
    return take_hkdf(hmac_of(p, "sha384"), test);
}

// ---- Key exchange

static bool take_ecdh(const struct patina_group *g, const json_t *test)
{
    uint8_t share[97];
    uint8_t scalar[48] = {0};
    struct patina_kx_secret secret;
    patina_span peer = bytes_of(test, "public", 0);
    patina_span key = bytes_of(test, "private", 1);
    patina_span shared = bytes_of(test, "shared", 2);
    if (g->id != 0x001d) { // an integer: leading zeros may be missing or one too many
        while (key.len > g->secret_len && key.ptr[0] == 0) {
            key = (patina_span){key.ptr + 1, key.len - 1};
        }
        assert_true(key.len <= g->secret_len);
        memcpy(scalar + (g->secret_len - key.len), key.ptr, key.len);
        key = (patina_span){scalar, g->secret_len};
    }
    void *ctx = context_new(g->ctx_size);
    assert_err(g->import(g, ctx, key, (patina_mspan){share, g->share_len}), PATINA_OK);
    patina_err err = g->finish(g, ctx, peer, &secret);
    context_free(ctx, g->ctx_size, g->clear);
    assert_true(err == PATINA_OK || err == PATINA_ERR_INVALID_SHARE);
    return err == PATINA_OK && equal(shared, secret.bytes, secret.len);
}

static bool take_p256(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    (void)group;
    return take_ecdh(group_of(p, 0x0017), test);
}

static bool take_p384(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    (void)group;
    return take_ecdh(group_of(p, 0x0018), test);
}

static bool take_x25519(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    (void)group;
    return take_ecdh(group_of(p, 0x001d), test);
}

static bool has_mlkem(const struct patina_provider *p)
{
    return group_of(p, 0x0201) != NULL;
}

// A decapsulation key or its seed is imported, then the ciphertext decapsulated. What is invalid
// fails at either.
static bool take_decaps(const struct patina_provider *p, const char *key_name, const json_t *test)
{
    const struct patina_group *g = group_of(p, 0x0201);
    uint8_t share[1184];
    struct patina_kx_secret have;
    patina_span key = bytes_of(test, key_name, 0);
    patina_span ct = bytes_of(test, "c", 2);
    patina_span ek = bytes_of(test, "ek", 1);
    patina_span secret = bytes_of(test, "K", 3);
    void *ctx = context_new(g->ctx_size);
    bool taken = g->import(g, ctx, key, MSPAN(share)) == PATINA_OK &&
                 (ek.len == 0 || equal(ek, share, sizeof(share))) &&
                 g->finish(g, ctx, ct, &have) == PATINA_OK && equal(secret, have.bytes, have.len);
    context_free(ctx, g->ctx_size, g->clear);
    return taken;
}

static bool take_mlkem(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    (void)group;
    return take_decaps(p, "seed", test);
}

static bool take_mlkem_dk(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    (void)group;
    return take_decaps(p, "dk", test);
}

// The randomness of an encapsulation cannot be given, so only whether it is refused shows.
static bool take_encaps(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    const struct patina_group *g = group_of(p, 0x0201);
    uint8_t reply[1088];
    struct patina_kx_secret secret;
    (void)group;
    patina_span ek = bytes_of(test, "ek", 0);
    patina_err err = g->respond(g, ek, MSPAN(reply), &secret);
    assert_true(err == PATINA_OK || err == PATINA_ERR_INVALID_SHARE);
    return err == PATINA_OK;
}

// ---- Signatures

static bool take_signature(const struct patina_provider *p, const json_t *group, const json_t *test)
{
    static const struct {
        const char *type, *sha;
        patina_span sig_alg_id;
    } rows[] = {
        {"EcdsaVerify", "SHA-256", {sig_ecdsa_sha256, sizeof(sig_ecdsa_sha256)}},
        {"EcdsaVerify", "SHA-384", {sig_ecdsa_sha384, sizeof(sig_ecdsa_sha384)}},
        {"EcdsaVerify", "SHA-512", {sig_ecdsa_sha512, sizeof(sig_ecdsa_sha512)}},
        {"EddsaVerify", NULL, {alg_ed25519, sizeof(alg_ed25519)}},
        {"RsassaPkcs1Verify", "SHA-256", {sig_rsa_sha256, sizeof(sig_rsa_sha256)}},
        {"RsassaPkcs1Verify", "SHA-384", {sig_rsa_sha384, sizeof(sig_rsa_sha384)}},
        {"RsassaPkcs1Verify", "SHA-512", {sig_rsa_sha512, sizeof(sig_rsa_sha512)}},
        {"RsassaPssVerify", "SHA-256", {sig_pss_sha256, sizeof(sig_pss_sha256)}},
        {"RsassaPssVerify", "SHA-384", {sig_pss_sha384, sizeof(sig_pss_sha384)}},
        {"RsassaPssVerify", "SHA-512", {sig_pss_sha512, sizeof(sig_pss_sha512)}},
    };
    const char *type = json_string_value(json_object_get(group, "type"));
    const char *sha = json_string_value(json_object_get(group, "sha"));
    patina_span id;
    patina_span bits;
    const struct patina_verify_alg *a = NULL;
    struct patina_public_key *key = NULL;
    patina_span spki = bytes_of(group, "publicKeyDer", 0);
    patina_span message = bytes_of(test, "msg", 1);
    patina_span signature = bytes_of(test, "sig", 2);
    split_spki(spki, &id, &bits);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].type, type) == 0 &&
            (rows[i].sha == NULL || strcmp(rows[i].sha, sha) == 0)) {
            a = alg_of_ids(p, id, rows[i].sig_alg_id);
        }
    }
    assert_non_null(a);
    assert_err(a->load(a, bits, &key), PATINA_OK);
    patina_err err = a->verify(a, key, &message, 1, signature);
    a->drop(a, key);
    assert_true(err == PATINA_OK || err == PATINA_ERR_BAD_SIGNATURE);
    return err == PATINA_OK;
}

// ---- Files

static const struct vectors files[] = {
    {"aes_gcm_test.json", take_aead, NULL, 100},
    {"chacha20_poly1305_test.json", take_aead, NULL, 300},
    {"hmac_sha256_test.json", take_hmac256, NULL, 174},
    {"hmac_sha384_test.json", take_hmac384, NULL, 174},
    {"hkdf_sha256_test.json", take_hkdf256, NULL, 86},
    {"hkdf_sha384_test.json", take_hkdf384, NULL, 83},
    {"x25519_test.json", take_x25519, NULL, 518},
    {"ecdh_secp256r1_ecpoint_test.json", take_p256, NULL, 355},
    {"ecdh_secp384r1_ecpoint_test.json", take_p384, NULL, 790},
    {"mlkem_768_test.json", take_mlkem, has_mlkem, 193},
    {"mlkem_768_encaps_test.json", take_encaps, has_mlkem, 265},
    {"mlkem_768_semi_expanded_decaps_test.json", take_mlkem_dk, has_mlkem, 9},
    {"ecdsa_secp256r1_sha256_test.json", take_signature, NULL, 484},
    {"ecdsa_secp256r1_sha512_test.json", take_signature, NULL, 554},
    {"ecdsa_secp384r1_sha256_test.json", take_signature, NULL, 472},
    {"ecdsa_secp384r1_sha384_test.json", take_signature, NULL, 504},
    {"ecdsa_secp521r1_sha512_test.json", take_signature, NULL, 542},
    {"ed25519_test.json", take_signature, NULL, 151},
    {"rsa_pss_2048_sha256_mgf1_32_test.json", take_signature, NULL, 108},
    {"rsa_pss_3072_sha256_mgf1_32_test.json", take_signature, NULL, 108},
    {"rsa_pss_4096_sha256_mgf1_32_test.json", take_signature, NULL, 108},
    {"rsa_pss_4096_sha384_mgf1_48_test.json", take_signature, NULL, 141},
    {"rsa_pss_4096_sha512_mgf1_64_test.json", take_signature, NULL, 179},
    {"rsa_signature_2048_sha256_test.json", take_signature, NULL, 259},
    {"rsa_signature_2048_sha384_test.json", take_signature, NULL, 258},
    {"rsa_signature_2048_sha512_test.json", take_signature, NULL, 259},
    {"rsa_signature_3072_sha256_test.json", take_signature, NULL, 259},
    {"rsa_signature_3072_sha384_test.json", take_signature, NULL, 259},
    {"rsa_signature_4096_sha256_test.json", take_signature, NULL, 258},
    {"rsa_signature_4096_sha384_test.json", take_signature, NULL, 259},
    {"rsa_signature_4096_sha512_test.json", take_signature, NULL, 259},
};

// Groups of vectors that are not what TLS uses: other nonce, tag and key sizes.
static bool is_ours(json_t *group, const char *file)
{
    if (strstr(file, "chacha20") != NULL) {
        (void)json_object_set_new(group, "isChaCha", json_true());
    }
    if (json_object_get(group, "ivSize") == NULL) {
        return true;
    }
    return number_of(group, "ivSize") == 96 && number_of(group, "tagSize") == 128 &&
           (number_of(group, "keySize") == 128 || number_of(group, "keySize") == 256);
}

// Whether the vector must be taken: its own word, or the list at the top of this file.
static bool must_take(const json_t *test)
{
    const char *result = json_string_value(json_object_get(test, "result"));
    if (strcmp(result, "acceptable") != 0) {
        return strcmp(result, "valid") == 0;
    }
    return !has_flag(test, "ZeroSharedSecret") && !has_flag(test, "CompressedPoint") &&
           !has_flag(test, "MissingNull");
}

static void run_file(const struct row *r)
{
    const struct vectors *v = r->data;
    char path[1024];
    json_error_t why;
    size_t run = 0;
    (void)snprintf(path, sizeof(path), "%s/wycheproof/%s", getenv("PATINA_CORPORA"), v->file);
    json_t *root = json_load_file(path, 0, &why);
    if (root == NULL) {
        fail_msg("%s: %s", path, why.text);
    }
    const json_t *groups = json_object_get(root, "testGroups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        json_t *group = json_array_get(groups, i);
        const json_t *cases = json_object_get(group, "tests");
        for (size_t k = 0; is_ours(group, v->file) && k < json_array_size(cases); k++) {
            const json_t *test = json_array_get(cases, k);
            bool taken = v->take(r->lib->p, group, test);
            if (taken != must_take(test)) {
                fail_msg("%s, tcId %zu: %s", v->file, number_of(test, "tcId"),
                         taken ? "taken, but it must be refused" : "refused, or another result");
            }
            run++;
        }
    }
    json_decref(root);
    if (run < v->least) {
        fail_msg("%s: %zu vectors run, %zu expected", v->file, run, v->least);
    }
}
#endif

static void skipped(const struct row *r)
{
    (void)r;
    skip();
}

void add_wycheproof_rows(const struct library *lib)
{
    const char *corpora = getenv("PATINA_CORPORA");
    if (corpora == NULL || corpora[0] == '\0') {
        add_row(lib, NULL, "Wycheproof: PATINA_CORPORA is not set", skipped, NULL);
        return;
    }
#ifdef PATINA_SUITE_JSON
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char name[100];
        if (files[i].has == NULL || files[i].has(lib->p)) {
            (void)snprintf(name, sizeof(name), "Wycheproof %s", files[i].file);
            add_row(lib, NULL, name, run_file, &files[i]);
        }
    }
#else
    add_row(lib, NULL, "Wycheproof: built without a JSON reader (jansson)", skipped, NULL);
#endif
}
