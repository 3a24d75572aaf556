// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The pairs (key algorithm, signature algorithm) every provider offers, with their DER
// AlgorithmIdentifier contents (RFC 5480, RFC 8017 with RFC 4055, RFC 8410) and the
// SignatureSchemes of RFC 9846 §4.3.3. Included by one file of each provider, which puts its own
// functions behind the rows.
#ifndef PATINA_PROVIDERS_ALGIDS_H
#define PATINA_PROVIDERS_ALGIDS_H

#include "common/common.h"

enum key_kind { KEY_P256, KEY_P384, KEY_P521, KEY_RSA, KEY_ED25519, KEY_KINDS };

// How the message is hashed, and whether RSA pads by PSS.
enum sig_hash { SIG_SHA256, SIG_SHA384, SIG_SHA512, SIG_PURE };

// A pair, before a provider puts functions behind it.
struct alg_pair {
    const char *name;
    enum key_kind key;
    enum sig_hash hash;
    bool pss;
    uint16_t scheme; // 0: for certificates only
    patina_span key_alg_id, sig_alg_id;
};

#define OID_EC 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01
#define OID_RSA(last) 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, (last)
#define OID_SHA(last) 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, (last)
#define OID_ECDSA(last) 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, (last)
#define DER_NULL 0x05, 0x00

static const uint8_t key_p256[] = {OID_EC, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                   0xce,   0x3d, 0x03, 0x01, 0x07};
static const uint8_t key_p384[] = {OID_EC, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
static const uint8_t key_p521[] = {OID_EC, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23};
static const uint8_t key_rsa[] = {OID_RSA(0x01), DER_NULL};
static const uint8_t alg_ed25519[] = {0x06, 0x03, 0x2b, 0x65, 0x70}; // the key's and the
                                                                     // signature's

static const uint8_t sig_ecdsa_sha256[] = {OID_ECDSA(0x02)};
static const uint8_t sig_ecdsa_sha384[] = {OID_ECDSA(0x03)};
static const uint8_t sig_ecdsa_sha512[] = {OID_ECDSA(0x04)};
static const uint8_t sig_rsa_sha256[] = {OID_RSA(0x0b), DER_NULL};
static const uint8_t sig_rsa_sha384[] = {OID_RSA(0x0c), DER_NULL};
static const uint8_t sig_rsa_sha512[] = {OID_RSA(0x0d), DER_NULL};

// RSASSA-PSS-params: hash, MGF1 with the same hash, salt as long as the hash; exactly the form RFC
// 4055 §3.1 gives.
#define PSS_PARAMS(sha, salt)                                                           \
    0x30, 0x34, 0xa0, 0x0f, 0x30, 0x0d, OID_SHA(sha), DER_NULL, 0xa1, 0x1c, 0x30, 0x1a, \
        OID_RSA(0x08), 0x30, 0x0d, OID_SHA(sha), DER_NULL, 0xa2, 0x03, 0x02, 0x01, (salt)
static const uint8_t sig_pss_sha256[] = {OID_RSA(0x0a), PSS_PARAMS(0x01, 0x20)};
static const uint8_t sig_pss_sha384[] = {OID_RSA(0x0a), PSS_PARAMS(0x02, 0x30)};
static const uint8_t sig_pss_sha512[] = {OID_RSA(0x0a), PSS_PARAMS(0x03, 0x40)};

// The list, in order of preference: what TLS 1.3 signs with first, then what only certificates use.
// X(index, name, key, hash, pss, scheme, DER of the key algorithm, DER of the signature algorithm).
// clang-format off
#define ALG_PAIR_LIST(X) \
    X(0, "ECDSA P-256, SHA-256", KEY_P256, SIG_SHA256, false, 0x0403, key_p256, sig_ecdsa_sha256) \
    X(1, "ECDSA P-384, SHA-384", KEY_P384, SIG_SHA384, false, 0x0503, key_p384, sig_ecdsa_sha384) \
    X(2, "ECDSA P-521, SHA-512", KEY_P521, SIG_SHA512, false, 0x0603, key_p521, sig_ecdsa_sha512) \
    X(3, "Ed25519", KEY_ED25519, SIG_PURE, false, 0x0807, alg_ed25519, alg_ed25519) \
    X(4, "RSA-PSS, SHA-256", KEY_RSA, SIG_SHA256, true, 0x0804, key_rsa, sig_pss_sha256) \
    X(5, "RSA-PSS, SHA-384", KEY_RSA, SIG_SHA384, true, 0x0805, key_rsa, sig_pss_sha384) \
    X(6, "RSA-PSS, SHA-512", KEY_RSA, SIG_SHA512, true, 0x0806, key_rsa, sig_pss_sha512) \
    X(7, "RSA PKCS#1, SHA-256", KEY_RSA, SIG_SHA256, false, 0x0401, key_rsa, sig_rsa_sha256) \
    X(8, "RSA PKCS#1, SHA-384", KEY_RSA, SIG_SHA384, false, 0x0501, key_rsa, sig_rsa_sha384) \
    X(9, "RSA PKCS#1, SHA-512", KEY_RSA, SIG_SHA512, false, 0x0601, key_rsa, sig_rsa_sha512) \
    X(10, "ECDSA P-256, SHA-384", KEY_P256, SIG_SHA384, false, 0, key_p256, sig_ecdsa_sha384) \
    X(11, "ECDSA P-256, SHA-512", KEY_P256, SIG_SHA512, false, 0, key_p256, sig_ecdsa_sha512) \
    X(12, "ECDSA P-384, SHA-256", KEY_P384, SIG_SHA256, false, 0, key_p384, sig_ecdsa_sha256) \
    X(13, "ECDSA P-384, SHA-512", KEY_P384, SIG_SHA512, false, 0, key_p384, sig_ecdsa_sha512) \
    X(14, "ECDSA P-521, SHA-256", KEY_P521, SIG_SHA256, false, 0, key_p521, sig_ecdsa_sha256) \
    X(15, "ECDSA P-521, SHA-384", KEY_P521, SIG_SHA384, false, 0, key_p521, sig_ecdsa_sha384)
// clang-format on

#define PAIR(index, name, key, hash, pss, scheme, key_id, sig_id) \
    [index] = {                                                   \
        name, key, hash, pss, scheme, {(key_id), sizeof(key_id)}, {(sig_id), sizeof(sig_id)}},
static const struct alg_pair alg_pairs[] = {ALG_PAIR_LIST(PAIR)};
#undef PAIR
#define ALG_PAIRS (sizeof(alg_pairs) / sizeof(alg_pairs[0]))

// What private keys sign with, in order of preference for each kind of key (RFC 9846 §4.3.3; PKCS#1
// is TLS 1.2's).
struct sign_scheme {
    uint16_t id;
    enum key_kind key;
    enum sig_hash hash;
    bool pss;
};

static const struct sign_scheme sign_schemes[] = {
    {0x0403, KEY_P256, SIG_SHA256, false}, {0x0503, KEY_P384, SIG_SHA384, false},
    {0x0603, KEY_P521, SIG_SHA512, false}, {0x0807, KEY_ED25519, SIG_PURE, false},
    {0x0804, KEY_RSA, SIG_SHA256, true},   {0x0805, KEY_RSA, SIG_SHA384, true},
    {0x0806, KEY_RSA, SIG_SHA512, true},   {0x0401, KEY_RSA, SIG_SHA256, false},
    {0x0501, KEY_RSA, SIG_SHA384, false},  {0x0601, KEY_RSA, SIG_SHA512, false},
};
#define SIGN_SCHEMES (sizeof(sign_schemes) / sizeof(sign_schemes[0]))
#define SCHEMES_PER_KEY 6u // RSA's

#endif
