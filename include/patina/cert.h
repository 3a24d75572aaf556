// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Certificates and keys as objects: chains, roots, credentials. All are immutable, counted, and
// shared by threads.
#ifndef PATINA_CERT_H
#define PATINA_CERT_H

#include "patina/base.h"
#include "patina/provider.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- Chain: certificates as DER, leaf first.

struct patina_chain;

// `patina_chain_count` returns the number of certificates. Any thread; never blocks.
PATINA_API size_t patina_chain_count(const struct patina_chain *chain);

// `patina_chain_certificate` returns the i-th certificate's DER, borrowed from the chain; empty
// past the end. Any thread; never blocks.
PATINA_API patina_span patina_chain_certificate(const struct patina_chain *chain, size_t i);

// `patina_chain_ref` adds a reference and returns `chain`; NULL gives NULL. Any thread; never
// blocks.
PATINA_API struct patina_chain *patina_chain_ref(struct patina_chain *chain);

// `patina_chain_unref` gives a reference back; the last one frees. NULL is a no-op. Any thread;
// never blocks.
PATINA_API void patina_chain_unref(struct patina_chain *chain);

// ---- Roots: trust anchors, parsed once (RFC 5280 §6.1.1 (d)).

struct patina_roots;

// What of a bundle could not be used. All but the count is of the first block that is broken
// (BAD_PEM, CERT_ENCODING), or, where none is, of the first whose certificate is refused.
struct patina_roots_refused { // a fixed size for ever
    size_t count;             // of such blocks; 0: everything was used
    size_t position;          // where its BEGIN line starts, bytes from the start of the text
    uint64_t line;            // the same as a line, from 1
    patina_err err;           // why: BAD_PEM, a class CERTIFICATE error, TOO_MANY_OPTIONS
    char file[252];           // `patina_roots_system`: in which file, cut at its end to fit,
                              // zero-terminated; else empty
    uint64_t reserved[4];
};

// `patina_roots_from_pem` reads every CERTIFICATE block of `pem`; text may stand between blocks,
// and blocks of other kinds. What cannot be used is passed over, not an error, and told in
// *out_refused (may be NULL), by which callers may be stricter; none usable is NO_ROOTS. `alloc`
// NULL: the C heap; it must outlive the roots. `pem` is read and not kept. BAD_PEM (more than 64
// MiB), NO_MEMORY, MISUSE. Any thread; does not block.
PATINA_API PATINA_MUST patina_err patina_roots_from_pem(patina_span pem,
                                                        const struct patina_allocator *alloc,
                                                        struct patina_roots **out,
                                                        struct patina_roots_refused *out_refused);

// `patina_roots_from_der` makes roots of DER certificates. One that cannot be used is
// BAD_CERTIFICATE_INPUT, none at all NO_ROOTS. `alloc` as above; the certificates are copied.
// NO_MEMORY, MISUSE. Any thread; does not block.
PATINA_API PATINA_MUST patina_err patina_roots_from_der(const patina_span *certificates,
                                                        size_t count,
                                                        const struct patina_allocator *alloc,
                                                        struct patina_roots **out);

// `patina_roots_system` reads the system's bundle: SSL_CERT_FILE and SSL_CERT_DIR where set (files
// of PEM, or of one certificate as DER; folders with colons between them, every file of which is
// read, hashed or not), else the places of Debian, Fedora, Alpine, SUSE, the BSDs. What is good is
// used, the rest told in *out_refused (may be NULL). Reads files and so blocks. `alloc` as above.
// NO_ROOTS, FILE, NO_MEMORY. Any thread. Only in builds with PATINA_OS. On Windows: what the user's
// store ROOT has for servers, without what the store Disallowed has; no variable is looked at, no
// file is told. That store is not whole: Windows fetches roots when it meets their chains, which
// the verifier of the platform sees to.
PATINA_API PATINA_MUST patina_err patina_roots_system(const struct patina_allocator *alloc,
                                                      struct patina_roots **out,
                                                      struct patina_roots_refused *out_refused);

// `patina_roots_count` returns how many trust anchors there are. Any thread; never blocks.
PATINA_API size_t patina_roots_count(const struct patina_roots *roots);

// `patina_roots_certificate` returns the i-th trust anchor's DER, borrowed from the roots; empty
// past the end. Any thread; never blocks.
PATINA_API patina_span patina_roots_certificate(const struct patina_roots *roots, size_t i);

// `patina_roots_ref` and `patina_roots_unref` count references as the chain's do. Any thread; never
// blocks.
PATINA_API struct patina_roots *patina_roots_ref(struct patina_roots *roots);
PATINA_API void patina_roots_unref(struct patina_roots *roots);

// ---- Credential: a chain of our own and its private key.

struct patina_credential;

struct patina_credential_options {
    uint32_t struct_size;
    uint32_t reserved;                      // 0
    const struct patina_provider *provider; // required
    const struct patina_allocator *alloc;   // NULL: the C heap; must outlive the credential
    patina_span chain_pem;                  // CERTIFICATE blocks, leaf first; or:
    const patina_span *chain_der;           // DER certificates, leaf first
    size_t chain_der_count;
    patina_span key_pem; // PRIVATE KEY, EC PRIVATE KEY or RSA PRIVATE KEY block, unencrypted; or:
    patina_span key_der; // PKCS#8, SEC1 or PKCS#1; or:
    struct patina_key *key;  // an own key object: ownership passes on success
    const uint16_t *schemes; // the schemes to sign with, best first; NULL: the key's own
    size_t schemes_count;
    patina_span ocsp_response; // DER OCSPResponse about the leaf (RFC 6960 §4.2.1), stapled for a
                               // peer that asks; up to PATINA_STAPLE_MAX bytes; empty: none
    patina_span sct_list;      // SignedCertificateTimestampList (RFC 6962 §3.3), sent likewise
};
#define PATINA_CREDENTIAL_OPTIONS_INIT         \
    {sizeof(struct patina_credential_options), \
     0,                                        \
     NULL,                                     \
     NULL,                                     \
     {NULL, 0},                                \
     NULL,                                     \
     0,                                        \
     {NULL, 0},                                \
     {NULL, 0},                                \
     NULL,                                     \
     NULL,                                     \
     0,                                        \
     {NULL, 0},                                \
     {NULL, 0}}

// The longest OCSP response, and the longest SCT list, that is stapled: bytes.
#define PATINA_STAPLE_MAX 16384u

// `patina_credential_new` makes a credential; spans are copied. BAD_PEM, NO_CERTIFICATE_FOUND,
// NO_KEY_FOUND, BAD_KEY, BAD_CERTIFICATE_INPUT, KEY_MISMATCH (the leaf's SubjectPublicKeyInfo is
// compared with the key's), MISSING_PROVIDER, BAD_OPTION (a malformed SCT list, a staple that is
// too long, a provider or an own key object with a function missing), UNSUPPORTED_BY_PROVIDER,
// TOO_MANY_OPTIONS, NEWER_OPTIONS, NO_MEMORY. What an OCSP response says is not judged: the peer
// does. `report` (may be NULL) says which line a malformed PEM block begins at. Any thread; does
// not block (an own key object's `spki` may).
PATINA_API PATINA_MUST patina_err patina_credential_new(const struct patina_credential_options *o,
                                                        struct patina_credential **out,
                                                        struct patina_report *report);

// `patina_credential_with_status` makes a credential that shares chain and key with `c` and staples
// another OCSP response and SCT list (each may be empty: none): how a server renews its staple
// without loading its key again. Spans are copied, `c` is referenced. BAD_OPTION, NO_MEMORY. Any
// thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_credential_with_status(struct patina_credential *c,
                                                                patina_span ocsp_response,
                                                                patina_span sct_list,
                                                                struct patina_credential **out);

// `patina_credential_ref` and `patina_credential_unref` count references; the last one frees, and
// drops the key. NULL is a no-op. Any thread; never blocks (an own key object's `drop` may).
PATINA_API struct patina_credential *patina_credential_ref(struct patina_credential *c);
PATINA_API void patina_credential_unref(struct patina_credential *c);

// `patina_credential_chain` returns the chain, borrowed from the credential. Any thread; never
// blocks.
PATINA_API struct patina_chain *patina_credential_chain(const struct patina_credential *c);

// ---- What a certificate says, for people: text fields of a parsed certificate.

struct patina_cert_info { // a fixed size for ever; texts are UTF-8, cut to fit, zero-terminated
    int64_t not_before_s, not_after_s; // seconds since 1970-01-01 UTC
    uint32_t is_ca;                    // 0 or 1
    uint32_t key_bits;                 // modulus or curve size; 0 unknown
    char subject[160], issuer[160];    // "CN=example.test, O=Example"
    char key[24], signature[32];       // "EC P-256", "ecdsa-with-SHA256"
    char names[256];                   // subjectAltName, comma separated, with "…" when cut
};

// `patina_cert_describe` fills `out` from one DER certificate. CERT_ENCODING when it does not
// parse; `out` is then zeroed. Any thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_cert_describe(patina_span der,
                                                       struct patina_cert_info *out);

#ifdef __cplusplus
}
#endif
#endif
