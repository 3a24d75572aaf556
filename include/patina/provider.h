// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The crypto behind the core: tables of algorithms, each a const struct of sizes, limits and
// functions. Tables are shared by all threads; contexts belong to one thread at a time. No function
// here blocks, sees a connection, or keeps a span after it returns. Outputs are zeroed on failure.
// The library's own error queue is left as found.
//
// Whatever is not called optional must be there: a table with a hole, or with a row of a size the
// core has no room for, is refused by everything made with it (BAD_OPTION).
//
// Contexts are `ctx_size` bytes of zeroed, 16-aligned memory given by the core. They are
// address-bound: never copied, never moved. `init`, `key` and `start` on a used context re-key it.
// `clear` wipes the context itself, and accepts a zeroed, a half-initialised and an already cleared
// one.
#ifndef PATINA_PROVIDER_H
#define PATINA_PROVIDER_H

#include "patina/base.h"
#include "patina/op.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PATINA_PROVIDER_ABI 1u

enum patina_alg_flags {
    PATINA_ALG_FIPS = 1 << 0,      // approved in the library's present mode
    PATINA_ALG_KEM = 1 << 1,       // respond needs the peer's share: a KEM or a hybrid
    PATINA_ALG_SHARED_CTX = 1 << 2 // a context may be used by many threads at once
};

// Every row begins so. `self` is the provider's own data for the row.
#define PATINA_ALG_HEAD   \
    uint32_t struct_size; \
    uint32_t flags;       \
    const char *name;     \
    const void *self

#define PATINA_DIGEST_MAX 64u // SHA-512

struct patina_digest {
    uint8_t bytes[PATINA_DIGEST_MAX];
    size_t len; // bytes
};

struct patina_nonce {
    uint8_t bytes[12]; // RFC 9846 §5.3
};

// The largest context of any kind the core has room for, bytes.
#define PATINA_CTX_MAX 4096u

struct patina_hash {
    PATINA_ALG_HEAD;
    uint16_t id;                 // HashAlgorithm: 4 SHA-256, 5 SHA-384, 6 SHA-512
    uint16_t out_len, block_len; // bytes
    uint32_t ctx_size;           // bytes
    patina_err (*init)(const struct patina_hash *h, void *ctx);
    patina_err (*update)(void *ctx, patina_span bytes);
    patina_err (*fork)(const struct patina_hash *h, void *dst /* zeroed or cleared */, void *src);
    patina_err (*peek)(void *ctx, struct patina_digest *out); // the digest so far; the context goes
                                                              // on
    patina_err (*once)(const struct patina_hash *h, const patina_span *parts, size_t parts_count,
                       struct patina_digest *out);
    void (*clear)(void *ctx);
};

struct patina_hmac { // keyed once, used many times
    PATINA_ALG_HEAD;
    const struct patina_hash *hash;
    uint32_t ctx_size;                                                          // bytes
    patina_err (*key)(const struct patina_hmac *m, void *ctx, patina_span key); // an empty key is
                                                                                // allowed
    patina_err (*mac)(void *ctx, const patina_span *parts, size_t parts_count,
                      struct patina_digest *out);
    void (*clear)(void *ctx);
    // Optional, NULL: the core's own over `mac`. For modules whose KDF must be the approved
    // service.
    patina_err (*hkdf_extract)(const struct patina_hmac *m, patina_span salt, patina_span ikm,
                               struct patina_digest *out_prk);
    patina_err (*hkdf_expand)(const struct patina_hmac *m, patina_span prk, patina_span info,
                              patina_mspan out);
};

struct patina_aead {
    PATINA_ALG_HEAD;
    uint16_t id; // AEAD of the IANA registry: 1 AES-128-GCM, 2 AES-256-GCM, 29 ChaCha20-Poly1305
    uint8_t key_len, nonce_len, tag_len; // bytes
    uint32_t ctx_size;                   // bytes
    uint64_t seal_limit;                 // records under one key, RFC 9846 §5.5
    uint64_t open_limit;                 // failed opens under one key (QUIC)
    patina_err (*init)(const struct patina_aead *a, void *ctx, patina_span key, bool seal);
    // Seals the concatenated `in` and then `extra` (content type, padding: short) into `out`, whose
    // length is exactly the sum plus tag_len. `out` is disjoint from every input, or in_count is 1
    // and both begin at the same byte. On failure `out` is zeroed and the key must not be used
    // again.
    patina_err (*seal)(void *ctx, const struct patina_nonce *nonce, patina_span aad,
                       const patina_span *in, size_t in_count, patina_span extra, patina_mspan out);
    // Opens `in` (ciphertext and tag) into `out` of in.len - tag_len bytes, in place (same first
    // byte) or disjoint. Any failure to authenticate, a short `in` included, is BAD_RECORD_MAC;
    // `out` is then zeroed.
    patina_err (*open)(void *ctx, const struct patina_nonce *nonce, patina_span aad, patina_span in,
                       patina_mspan out);
    void (*clear)(void *ctx);
};

struct patina_header_cipher; // QUIC header protection; defined with QUIC

#define PATINA_KX_SECRET_MAX 96u // SecP384r1MLKEM1024 gives 80

struct patina_kx_secret {
    uint8_t bytes[PATINA_KX_SECRET_MAX];
    size_t len; // bytes
};

struct patina_group { // an ECDH curve or a KEM; hybrids are made by the core from two rows
    PATINA_ALG_HEAD;
    uint16_t id;                               // NamedGroup; 0x0201 stands for ML-KEM-768 alone
    uint16_t share_len, reply_len, secret_len; // bytes: initiator's share, responder's share,
                                               // shared secret
    uint32_t ctx_size;                         // bytes; holds the initiator's private part
    patina_err (*start)(const struct patina_group *g, void *ctx,
                        patina_mspan out_share); // out_share.len == share_len
    // INVALID_SHARE: wrong length, not on the curve, compressed, all-zero X25519 result, FIPS 203
    // §7.2 check.
    patina_err (*respond)(const struct patina_group *g, patina_span share, patina_mspan out_reply,
                          struct patina_kx_secret *out);
    patina_err (*finish)(const struct patina_group *g, void *ctx, patina_span reply,
                         struct patina_kx_secret *out); // does not consume
    patina_err (*import)(const struct patina_group *g, void *ctx, patina_span private_key,
                         patina_mspan out_share); // optional
    void (*clear)(void *ctx);
};

struct patina_public_key; // the provider's own

// A pair (key algorithm, signature algorithm), each as the contents of a DER AlgorithmIdentifier
// SEQUENCE.
struct patina_verify_alg {
    PATINA_ALG_HEAD;
    patina_span key_alg_id;  // in SubjectPublicKeyInfo
    patina_span sig_alg_id;  // in Certificate.signatureAlgorithm
    const uint16_t *schemes; // SignatureSchemes this pair serves in CertificateVerify (RFC 9846
                             // §4.3.3); rsa_pkcs1_* listed too
    size_t schemes_count;
    // `public_key`: the bits of subjectPublicKey. Refuses (BAD_KEY): points not on the curve or not
    // uncompressed, RSA moduli outside 2048..8192 bits or even, exponents even or < 3 or >= 2^33.
    patina_err (*load)(const struct patina_verify_alg *a, patina_span public_key,
                       struct patina_public_key **out);
    // The message is the concatenation of the parts. BAD_SIGNATURE when it does not hold. Many
    // threads at once.
    patina_err (*verify)(const struct patina_verify_alg *a, const struct patina_public_key *k,
                         const patina_span *message, size_t message_count, patina_span signature);
    void (*drop)(const struct patina_verify_alg *a, struct patina_public_key *k); // NULL is a no-op
};

// A private key: the provider's, PKCS#11's, a KMS's, the application's. The first member of every
// such object.
struct patina_key {
    const struct patina_key_vtable *vtable;
};
struct patina_key_vtable {
    uint32_t struct_size;
    uint32_t flags;
    // The schemes it can sign with, best first, for TLS 1.3 and 1.2 alike. Borrowed for the key's
    // life.
    const uint16_t *(*schemes)(const struct patina_key *key, size_t *out_count);
    // Completes `op` (kind SIGN) and returns OK, or keeps it and returns PENDING, or fails. Many
    // threads at once. RSA is blinded and checked before release.
    patina_err (*sign)(struct patina_key *key, struct patina_op *op);
    // The DER SubjectPublicKeyInfo, to compare with a certificate's. Borrowed for the key's life.
    patina_err (*spki)(const struct patina_key *key, patina_span *out);
    // With the last reference of its credential, on whichever thread gives that back.
    void (*drop)(struct patina_key *key);
};

struct patina_suite {
    PATINA_ALG_HEAD;
    uint16_t id;      // CipherSuite
    uint16_t version; // 0x0304
    const struct patina_aead *aead;
    const struct patina_hmac *hmac;
    const struct patina_header_cipher *header; // QUIC; NULL
    uint32_t auth;                             // TLS 1.2; 0
};

struct patina_provider {
    uint32_t abi;         // PATINA_PROVIDER_ABI
    uint32_t struct_size; // sizeof(struct patina_provider)
    const char *name;     // "aws-lc", "openssl", ...
    const char *version;  // the library's own
    void *self;
    void (*ref)(const struct patina_provider *p);   // NULL for static tables
    void (*unref)(const struct patina_provider *p); // NULL for static tables
    const struct patina_suite *const *suites;       // in order of preference
    size_t suites_count;
    const struct patina_group *const *groups; // in order of preference; ML-KEM-768 alone (0x0201)
                                              // serves hybrids only
    size_t groups_count;
    const struct patina_verify_alg *const *verify_algs;
    size_t verify_algs_count;
    patina_err (*random)(const struct patina_provider *p, patina_mspan out); // RANDOM on failure;
                                                                             // survives fork
    // Reads an unencrypted PKCS#8, SEC1 or PKCS#1 key, DER. BAD_KEY or UNSUPPORTED_BY_PROVIDER.
    patina_err (*load_key)(const struct patina_provider *p, patina_span der,
                           struct patina_key **out);
    patina_err (*load_key_uri)(const struct patina_provider *p, const char *uri,
                               struct patina_key **out); // optional
    const struct patina_aead *ticket_aead;               // AES-256-GCM
    const struct patina_hmac *hmac_sha256;               // for what the core hashes outside a suite
    bool (*fips)(const struct patina_provider *p);
    // SHA-1, by which OCSP says which certificate it speaks of (RFC 6960 §4.1.1); no digest of this
    // kind is ever signed, and it has no row above. 20 bytes. Optional: NULL, and OCSP answers that
    // use it say nothing. Many threads at once.
    patina_err (*certid_sha1)(const struct patina_provider *p, patina_span bytes,
                              struct patina_digest *out);
};

// `patina_provider_ref` adds a reference and returns `p`; static tables need none. Any thread;
// never blocks.
PATINA_API const struct patina_provider *patina_provider_ref(const struct patina_provider *p);

// `patina_provider_unref` gives a reference back; the last one frees. NULL is a no-op. Any thread;
// never blocks.
PATINA_API void patina_provider_unref(const struct patina_provider *p);

#ifdef __cplusplus
}
#endif
#endif
