// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The one object behind a provider over libcrypto: everything fetched, the rows built from it,
// pools of ready contexts. Made by provider.c, read by symmetric.c, kx.c, verify.c and key.c. EVP
// only, so that the FIPS module and builds without deprecated functions stay open.
#ifndef PATINA_OPENSSL_LIB_H
#define PATINA_OPENSSL_LIB_H

#include "common/algids.h"
#include "patina/provider_openssl.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <stdatomic.h>

struct ossl_lib;

// Ready contexts, given back after use. Slots are exchanged, so no lock is held and a thread that
// finds the pool empty makes a context of its own; one that finds it full frees what it brings.
#define POOL_SLOTS 16u
struct pool {
    void *_Atomic slots[POOL_SLOTS];
};

// What the rows' `self` points to.
struct hash_self {
    struct ossl_lib *lib;
    EVP_MD *md;
    const char *md_name;
    struct pool *macs; // EVP_MAC_CTX with this digest set
};

struct aead_self {
    struct ossl_lib *lib;
    EVP_CIPHER *cipher;
};

struct group_self {
    struct ossl_lib *lib;
    const char *algorithm;   // of the EVP_PKEY
    const char *curve;       // NULL but for EC
    enum key_kind kind;      // of a curve
    size_t field_len;        // bytes of a coordinate; 0 but for EC
    EVP_PKEY *parameters;    // EC: the curve, to copy from; borrowed
    struct pool *generators; // EVP_PKEY_CTX ready to generate
};

struct verify_self {
    struct ossl_lib *lib;
    const struct alg_pair *pair;
};

enum { HASH_SHA256, HASH_SHA384, HASH_SHA512, HASHES };
enum { AEAD_AES128, AEAD_AES256, AEAD_CHACHA, AEADS };
enum { GROUP_MLKEM768, GROUP_X25519, GROUP_P256, GROUP_P384, GROUPS };

struct ossl_lib {
    struct patina_provider table; // its `self` is this object
    atomic_size_t references;
    OSSL_LIB_CTX *ctx;
    bool owns_ctx;
    bool is_fips;
    char *properties; // NULL: none
    EVP_MAC *hmac;
    EVP_MD *sha1;                // for certid_sha1 alone; NULL: the library has none
    EVP_PKEY *curves[KEY_KINDS]; // parameters of the EC kinds
    struct pool rsa_importers;   // EVP_PKEY_CTX after EVP_PKEY_fromdata_init
    struct pool macs[HASHES];
    struct pool generators[GROUPS];

    struct hash_self hash_selves[HASHES];
    struct aead_self aead_selves[AEADS];
    struct group_self group_selves[GROUPS];
    struct verify_self verify_selves[ALG_PAIRS];

    struct patina_hash hashes[HASHES];
    struct patina_hmac hmacs[HASHES];
    struct patina_aead aeads[AEADS];
    struct patina_suite suites[AEADS];
    struct patina_group groups[GROUPS];
    struct patina_verify_alg verify_algs[ALG_PAIRS];

    const struct patina_suite *suite_list[AEADS];
    const struct patina_group *group_list[GROUPS];
    const struct patina_verify_alg *verify_list[ALG_PAIRS];
};

// ---- provider.c

void ptn_openssl_ref(struct ossl_lib *lib);
void ptn_openssl_unref(struct ossl_lib *lib);

// A ready context, or NULL when the pool is empty.
void *ptn_openssl_pool_take(struct pool *p);

// False when the pool is full: the caller frees.
bool ptn_openssl_pool_give(struct pool *p, void *context);

// An EVP_PKEY_CTX goes back or is freed; NULL is a no-op.
void ptn_openssl_pool_give_pkey(struct pool *p, EVP_PKEY_CTX *context);
void ptn_openssl_pool_clear_pkey(struct pool *p);

// The digest a signature hash stands for; NULL for SIG_PURE.
EVP_MD *ptn_openssl_md(const struct ossl_lib *lib, enum sig_hash hash);

// ---- The rest: each fills its rows, and says whether the library has the algorithm. Error marks
// are the caller's.

bool ptn_openssl_hash_row(struct ossl_lib *lib, size_t i);
bool ptn_openssl_aead_row(struct ossl_lib *lib, size_t i);
bool ptn_openssl_group_row(struct ossl_lib *lib, size_t i);
bool ptn_openssl_verify_row(struct ossl_lib *lib, size_t i);

// Hashes the parts in one go with a context of its own.
patina_err ptn_openssl_digest(EVP_MD *md, const patina_span *parts, size_t parts_count,
                              struct patina_digest *out);

// The provider's certid_sha1.
patina_err ptn_openssl_certid_sha1(const struct patina_provider *p, patina_span bytes,
                                   struct patina_digest *out);

// Makes `c`, initialised to sign or verify, speak one scheme: digest, padding, salt.
bool ptn_openssl_set_scheme(const struct ossl_lib *lib, EVP_PKEY_CTX *c, enum key_kind key,
                            enum sig_hash hash, bool pss);

// ---- key_read.c: building an EVP_PKEY from numbers, without libcrypto's decoders.

// The private key of a scalar (big-endian, not longer than the field) on one of the EC kinds; its
// public point, computed, goes to `out_point`. NULL when the scalar is 0 or not below the order.
EVP_PKEY *ptn_openssl_ec_private(const struct ossl_lib *lib, enum key_kind kind, patina_span scalar,
                                 patina_mspan out_point);

// Bytes of a coordinate of an EC kind.
size_t ptn_openssl_field_len(enum key_kind kind);

// What a key file holds. The public key as it stands in a SubjectPublicKeyInfo: RSA's is the
// largest, n and e of up to RSA_BITS_MAX and 33 bits with their headers.
#define PUBLIC_BITS_MAX (RSA_BYTES_MAX + 32)
struct read_key {
    EVP_PKEY *pkey;
    enum key_kind kind;
    size_t public_len;
    uint8_t public_bits[PUBLIC_BITS_MAX];
};

// Reads a private key; `out->pkey` is NULL unless PATINA_OK.
patina_err ptn_openssl_read_key(const struct ossl_lib *lib, patina_span der, struct read_key *out);

// ---- key.c

patina_err ptn_openssl_load_key(const struct patina_provider *p, patina_span der,
                                struct patina_key **out);

#endif
