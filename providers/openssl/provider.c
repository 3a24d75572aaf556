// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The provider over libcrypto >= 3.0: makes and frees the object, fetches everything once, and
// leaves out what the library does not have (ML-KEM before 3.5; X25519 and ChaCha20 in FIPS mode).
#include "lib.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <openssl/rand.h>

// ---- Pools

void *ptn_openssl_pool_take(struct pool *p)
{
    for (size_t i = 0; i < POOL_SLOTS; i++) {
        // A look before the exchange keeps empty slots from being written.
        if (atomic_load_explicit(&AT(p->slots, i), memory_order_relaxed) != NULL) {
            void *context = atomic_exchange_explicit(&AT(p->slots, i), NULL, memory_order_acquire);
            if (context != NULL) {
                return context;
            }
        }
    }
    return NULL;
}

bool ptn_openssl_pool_give(struct pool *p, void *context)
{
    for (size_t i = 0; i < POOL_SLOTS; i++) {
        void *expected = NULL;
        if (atomic_load_explicit(&AT(p->slots, i), memory_order_relaxed) == NULL &&
            atomic_compare_exchange_strong_explicit(&AT(p->slots, i), &expected, context,
                                                    memory_order_release, memory_order_relaxed)) {
            return true;
        }
    }
    return false;
}

void ptn_openssl_pool_clear_pkey(struct pool *p)
{
    EVP_PKEY_CTX *c;
    while ((c = ptn_openssl_pool_take(p)) != NULL) {
        EVP_PKEY_CTX_free(c);
    }
}

void ptn_openssl_pool_give_pkey(struct pool *p, EVP_PKEY_CTX *context)
{
    if (context != NULL && !ptn_openssl_pool_give(p, context)) {
        EVP_PKEY_CTX_free(context);
    }
}

// ---- Helpers of the other files

EVP_MD *ptn_openssl_md(const struct ossl_lib *lib, enum sig_hash hash)
{
    switch (hash) {
    case SIG_SHA256:
        return AT(lib->hash_selves, HASH_SHA256).md;
    case SIG_SHA384:
        return AT(lib->hash_selves, HASH_SHA384).md;
    case SIG_SHA512:
        return AT(lib->hash_selves, HASH_SHA512).md;
    case SIG_PURE:
        break;
    }
    return NULL;
}

// An EVP_PKEY with the parameters of `curve` and no key, or NULL.
static EVP_PKEY *curve_parameters(const struct ossl_lib *lib, const char *curve)
{
    char name[16] = {0};
    if (strlen(curve) >= sizeof(name)) {
        return NULL;
    }
    memcpy(name, curve, strlen(curve)); // OSSL_PARAM wants it not const
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name, 0),
                           OSSL_PARAM_construct_end()};
    EVP_PKEY *out = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(lib->ctx, "EC", lib->properties);

    if (c == NULL || EVP_PKEY_fromdata_init(c) != 1 ||
        EVP_PKEY_fromdata(c, &out, EVP_PKEY_KEY_PARAMETERS, params) != 1) {
        EVP_PKEY_free(out);
        out = NULL;
    }
    EVP_PKEY_CTX_free(c);
    return out;
}

// ---- Random

// A generator of libcrypto notices a fork by itself and reseeds.
static patina_err random_bytes(const struct patina_provider *p, patina_mspan out)
{
    const struct ossl_lib *lib = p->self;
    patina_err err = PATINA_OK;

    if (out.len == 0) {
        return PATINA_OK;
    }
    (void)ERR_set_mark();
    if (RAND_bytes_ex(lib->ctx, out.ptr, out.len, 0) != 1) {
        mspan_zero(out);
        err = PATINA_ERR_RANDOM;
    }
    (void)ERR_pop_to_mark();
    return err;
}

static bool is_fips(const struct patina_provider *p)
{
    const struct ossl_lib *lib = p->self;
    return lib->is_fips;
}

// ---- Life

void ptn_openssl_ref(struct ossl_lib *lib)
{
    (void)atomic_fetch_add_explicit(&lib->references, 1, memory_order_relaxed);
}

static void free_lib(struct ossl_lib *lib)
{
    ptn_openssl_pool_clear_pkey(&lib->rsa_importers);
    for (size_t i = 0; i < GROUPS; i++) {
        ptn_openssl_pool_clear_pkey(&AT(lib->generators, i));
    }
    for (size_t i = 0; i < HASHES; i++) {
        EVP_MAC_CTX *mac;
        while ((mac = ptn_openssl_pool_take(&AT(lib->macs, i))) != NULL) {
            EVP_MAC_CTX_free(mac);
        }
        EVP_MD_free(AT(lib->hash_selves, i).md);
    }
    for (size_t i = 0; i < AEADS; i++) {
        EVP_CIPHER_free(AT(lib->aead_selves, i).cipher);
    }
    for (size_t i = 0; i < KEY_KINDS; i++) {
        EVP_PKEY_free(AT(lib->curves, i));
    }
    EVP_MAC_free(lib->hmac);
    EVP_MD_free(lib->sha1);
    OPENSSL_free(lib->properties);
    if (lib->owns_ctx) {
        OSSL_LIB_CTX_free(lib->ctx);
    }
    OPENSSL_free(lib);
}

void ptn_openssl_unref(struct ossl_lib *lib)
{
    // The last one sees what every other thread did before it frees.
    if (atomic_fetch_sub_explicit(&lib->references, 1, memory_order_acq_rel) == 1) {
        free_lib(lib);
    }
}

static void table_ref(const struct patina_provider *p)
{
    ptn_openssl_ref(p->self);
}

static void table_unref(const struct patina_provider *p)
{
    ptn_openssl_unref(p->self);
}

// ---- Building

// A suite stands when its cipher and its hash are there. The order is patina's: AES-128 first,
// because SHA-384 costs a third of a server's handshake.
static void add_suites(struct ossl_lib *lib)
{
    static const struct {
        const char *name;
        uint16_t id;
        uint8_t aead, hash;
    } rows[AEADS] = {
        {"TLS_AES_128_GCM_SHA256", 0x1301, AEAD_AES128, HASH_SHA256},
        {"TLS_AES_256_GCM_SHA384", 0x1302, AEAD_AES256, HASH_SHA384},
        {"TLS_CHACHA20_POLY1305_SHA256", 0x1303, AEAD_CHACHA, HASH_SHA256},
    };
    size_t count = 0;
    for (size_t i = 0; i < AEADS; i++) {
        const struct patina_aead *aead = &AT(lib->aeads, AT(rows, i).aead);
        const struct patina_hmac *hmac = &AT(lib->hmacs, AT(rows, i).hash);
        if (aead->init == NULL || hmac->key == NULL) {
            continue;
        }
        struct patina_suite *s = &AT(lib->suites, i);
        *s = (struct patina_suite){.struct_size = sizeof(*s),
                                   .flags = aead->flags & hmac->flags & PATINA_ALG_FIPS,
                                   .name = AT(rows, i).name,
                                   .self = lib,
                                   .id = AT(rows, i).id,
                                   .version = 0x0304,
                                   .aead = aead,
                                   .hmac = hmac};
        AT(lib->suite_list, count++) = s;
    }
    lib->table.suites = lib->suite_list;
    lib->table.suites_count = count;
}

static void add_rows(struct ossl_lib *lib)
{
    size_t groups = 0;
    size_t algs = 0;

    for (size_t i = 0; i < HASHES; i++) {
        (void)ptn_openssl_hash_row(lib, i);
    }
    for (size_t i = 0; i < AEADS; i++) {
        (void)ptn_openssl_aead_row(lib, i);
    }
    add_suites(lib);
    for (size_t i = 0; i < GROUPS; i++) {
        if (ptn_openssl_group_row(lib, i)) {
            AT(lib->group_list, groups++) = &AT(lib->groups, i);
        }
    }
    for (size_t i = 0; i < ALG_PAIRS; i++) {
        if (ptn_openssl_verify_row(lib, i)) {
            AT(lib->verify_list, algs++) = &AT(lib->verify_algs, i);
        }
    }
    lib->table.groups = lib->group_list;
    lib->table.groups_count = groups;
    lib->table.verify_algs = lib->verify_list;
    lib->table.verify_algs_count = algs;
    if (AT(lib->aeads, AEAD_AES256).init != NULL) {
        lib->table.ticket_aead = &AT(lib->aeads, AEAD_AES256);
    }
    if (AT(lib->hmacs, HASH_SHA256).key != NULL) {
        lib->table.hmac_sha256 = &AT(lib->hmacs, HASH_SHA256);
    }
}

static patina_err build(struct ossl_lib *lib, const struct patina_openssl_options *o)
{
    lib->ctx = o->libctx;
    if (lib->ctx == NULL) {
        lib->ctx = OSSL_LIB_CTX_new();
        lib->owns_ctx = lib->ctx != NULL;
        if (lib->ctx == NULL) {
            return PATINA_ERR_NO_MEMORY;
        }
    }
    if (o->properties != NULL) {
        lib->properties = OPENSSL_strdup(o->properties);
        if (lib->properties == NULL) {
            return PATINA_ERR_NO_MEMORY;
        }
    }
    lib->is_fips = EVP_default_properties_is_fips_enabled(lib->ctx) == 1 ||
                   (lib->properties != NULL && strstr(lib->properties, "fips=yes") != NULL);
    lib->hmac = EVP_MAC_fetch(lib->ctx, "HMAC", lib->properties);
    AT(lib->curves, KEY_P256) = curve_parameters(lib, "P-256");
    AT(lib->curves, KEY_P384) = curve_parameters(lib, "P-384");
    AT(lib->curves, KEY_P521) = curve_parameters(lib, "P-521");
    lib->table = (struct patina_provider){.abi = PATINA_PROVIDER_ABI,
                                          .struct_size = sizeof(struct patina_provider),
                                          .name = "openssl",
                                          .version = OpenSSL_version(OPENSSL_VERSION_STRING),
                                          .self = lib,
                                          .ref = table_ref,
                                          .unref = table_unref,
                                          .random = random_bytes,
                                          .load_key = ptn_openssl_load_key,
                                          .fips = is_fips};
    add_rows(lib);

    // X25519 and P-256 alone make a handshake; ML-KEM without a curve does not.
    size_t curves =
        lib->table.groups_count - (AT(lib->groups, GROUP_MLKEM768).start != NULL ? 1 : 0);
    if (lib->table.suites_count == 0 || curves == 0 || lib->table.hmac_sha256 == NULL ||
        lib->table.ticket_aead == NULL) {
        return PATINA_ERR_UNSUPPORTED_BY_PROVIDER;
    }
    // After what may fail, since libcrypto's queue forgets its mark behind sixteen errors.
    lib->sha1 = EVP_MD_fetch(lib->ctx, "SHA1", lib->properties);
    lib->table.certid_sha1 = lib->sha1 != NULL ? ptn_openssl_certid_sha1 : NULL;
    return PATINA_OK;
}

// Copies the caller's options, which may be of an older or newer version (a newer one must leave
// its new fields zero).
static patina_err read_options(const struct patina_openssl_options *o,
                               struct patina_openssl_options *out)
{
    *out = (struct patina_openssl_options)PATINA_OPENSSL_OPTIONS_INIT;
    if (o == NULL) {
        return PATINA_OK;
    }
    if (o->struct_size < sizeof(*o) || o->reserved != 0) {
        return PATINA_ERR_BAD_OPTION;
    }
    patina_span tail =
        span_part((patina_span){(const uint8_t *)o, o->struct_size}, sizeof(*o), SIZE_MAX);
    for (size_t i = 0; i < tail.len; i++) {
        if (ITEM(tail.ptr, tail.len, i) != 0) {
            return PATINA_ERR_NEWER_OPTIONS;
        }
    }
    *out = *o;
    return PATINA_OK;
}

patina_err patina_openssl_new(const struct patina_openssl_options *o,
                              const struct patina_provider **out)
{
    struct patina_openssl_options options;
    if (out == NULL) {
        return PATINA_ERR_MISUSE;
    }
    *out = NULL;
    patina_err err = read_options(o, &options);
    if (err != PATINA_OK) {
        return err;
    }
    (void)ERR_set_mark();
    struct ossl_lib *lib = OPENSSL_zalloc(sizeof(*lib));
    if (lib == NULL) {
        (void)ERR_pop_to_mark();
        return PATINA_ERR_NO_MEMORY;
    }
    atomic_init(&lib->references, 1);
    err = build(lib, &options);
    if (err != PATINA_OK) {
        free_lib(lib);
        lib = NULL;
    }
    (void)ERR_pop_to_mark();
    *out = lib != NULL ? &lib->table : NULL;
    return err;
}
