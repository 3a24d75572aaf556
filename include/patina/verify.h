// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Verifiers: who judges the peer's chain. Immutable, counted, shared by threads.
#ifndef PATINA_VERIFY_H
#define PATINA_VERIFY_H

#include "patina/base.h"
#include "patina/cert.h"
#include "patina/op.h"
#include "patina/provider.h"
#include "patina/revocation.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- Trust: the slot that holds the roots of the day and is reloaded under load.

struct patina_trust;

// `patina_trust_new` makes a slot that holds `roots`, of which it takes a reference. `alloc` NULL:
// the C heap; it must outlive the slot. NO_ROOTS, NO_MEMORY. Any thread; does not block.
PATINA_API PATINA_MUST patina_err patina_trust_new(struct patina_roots *roots,
                                                   const struct patina_allocator *alloc,
                                                   struct patina_trust **out);

// `patina_trust_get` returns the roots of the moment with a reference of the caller's own.
// Wait-free, never blocks: any number of threads, also while others set. The last user of roots
// that were replaced frees them.
PATINA_API struct patina_roots *patina_trust_get(struct patina_trust *trust);

// `patina_trust_set` puts other roots there, of which a reference is taken. A verification that has
// begun ends with the roots it began with; what was learned under older roots (signatures of
// certificates in a client's link cache) is not used again. NO_ROOTS, MISUSE, BUSY (nothing has
// changed: 15 threads sleep in the midst of `patina_trust_get`, each with other roots). Any thread;
// never blocks.
PATINA_API PATINA_MUST patina_err patina_trust_set(struct patina_trust *trust,
                                                   struct patina_roots *roots);

// `patina_trust_generation` returns the number of this setting of the slot: 1 for the first,
// another one after each `set`, never the same twice. Any thread; never blocks.
PATINA_API uint64_t patina_trust_generation(struct patina_trust *trust);

// `patina_trust_ref` and `patina_trust_unref` count references; the last one frees. NULL is a
// no-op. Any thread; never blocks.
PATINA_API struct patina_trust *patina_trust_ref(struct patina_trust *trust);
PATINA_API void patina_trust_unref(struct patina_trust *trust);

// ---- Verifiers

struct patina_verifier;

enum patina_profile {
    PATINA_PROFILE_PRIVATE = 0, // enforces what protects the relying party; for roots given by the
                                // caller
    PATINA_PROFILE_WEB = 1      // also what RFC 5280 and the CA/Browser rules ask of issuers
};

enum patina_purpose {          // what the leaf is to be for, RFC 5280 §4.2.1.12
    PATINA_PURPOSE_SERVER = 0, // id-kp-serverAuth
    PATINA_PURPOSE_CLIENT = 1  // id-kp-clientAuth
};

enum patina_client_auth {            // PURPOSE_CLIENT: what a server asks of its clients
    PATINA_CLIENT_AUTH_REQUIRED = 0, // no certificate, no connection
    PATINA_CLIENT_AUTH_OPTIONAL = 1  // a client without one is served as nobody in particular; one
                                     // that is shown must be good
};

enum patina_verifier_flags {
    PATINA_VERIFIER_NO_HINTS = 1 << 0 // PURPOSE_CLIENT: name no authorities to the client
};

struct patina_verifier_options {
    uint32_t struct_size;
    uint32_t profile;                       // enum patina_profile
    const struct patina_provider *provider; // required: checks the signatures
    const struct patina_allocator *alloc;   // NULL: the C heap; must outlive the verifier
    struct patina_roots *roots;             // required (or `trust`); a reference is taken
    uint32_t purpose;                       // enum patina_purpose
    uint32_t max_intermediates; // between leaf and root, 1..6; PATINA_NO_INTERMEDIATES: the root
                                // itself must have issued the leaf; 0: 6
    patina_span own_eku; // contents of an OBJECT IDENTIFIER that the leaf must be for, in place of
                         // the purpose's, at most 64 bytes; copied. Empty: the purpose's
    struct patina_trust *trust; // in place of `roots`: each verification takes the slot's roots of
                                // its beginning; a reference is taken
    struct patina_crls *crls;   // revocation lists; NULL: none; a reference is taken
    uint32_t revocation;        // enum patina_revocation_flags; 0: strict
    uint32_t flags;             // enum patina_verifier_flags
    uint32_t client_auth;       // enum patina_client_auth; PURPOSE_CLIENT alone
    uint32_t reserved;          // 0
    const patina_span *hints;   // PURPOSE_CLIENT alone: the authorities named to clients (RFC 9846
                                // §4.3.4), each a DER Name; copied. They say which certificate to
                                // show, not what is trusted. NULL: the subjects of the roots
    size_t hints_count;         // at most 256
};
#define PATINA_NO_INTERMEDIATES UINT32_MAX
#define PATINA_VERIFIER_OPTIONS_INIT         \
    {sizeof(struct patina_verifier_options), \
     0,                                      \
     NULL,                                   \
     NULL,                                   \
     NULL,                                   \
     0,                                      \
     0,                                      \
     {NULL, 0},                              \
     NULL,                                   \
     NULL,                                   \
     0,                                      \
     0,                                      \
     0,                                      \
     0,                                      \
     NULL,                                   \
     0}

// `patina_verifier_new` makes the built-in verifier: path from the leaf to a root (RFC 5280 §6),
// names (RFC 9525), budgets on every loop. MISSING_PROVIDER, NO_ROOTS, BAD_OPTION, NEWER_OPTIONS,
// NO_MEMORY. Any thread; does not block.
PATINA_API PATINA_MUST patina_err patina_verifier_new(const struct patina_verifier_options *o,
                                                      struct patina_verifier **out);

// `patina_verifier_platform` does what the system's own programs do: the system's roots
// (`patina_roots_system`), profile WEB. `alloc` NULL: the C heap; it must outlive the verifier.
// MISSING_PROVIDER, BAD_OPTION, NO_ROOTS, FILE, NO_MEMORY. Reads files and so blocks. Any thread.
// Only in builds with PATINA_OS.
//
// On Windows programs ask the system, and so does this verifier: it gives Windows the chain as it
// came, with staple, name and time, for a server, and takes its verdict, in a handshake. That
// blocks, there and not here: Windows may fetch a root, an issuer or what says that the leaf is
// revoked, for 10 seconds at most. A state of revocation that nobody can tell is let pass, as
// programs of Windows do; a common name is not taken for a name. Each fault has the error of this
// library's that says the same, else CERT_SYSTEM_REFUSED; the report says no more. No
// `patina_verifier_judge` (MISUSE): it is made of a callback. On Apple's systems it is as on other
// Unix ones; where it asks a service there, too, callers will need no other code.
PATINA_API PATINA_MUST patina_err patina_verifier_platform(const struct patina_provider *provider,
                                                           const struct patina_allocator *alloc,
                                                           struct patina_verifier **out);

// ---- Pinning: the peer is who has a certificate, or a key, that the application knows already: a
// device with a certificate of its own making, a service whose key is given out with the program.
// It asks no issuer and judges no name, purpose, date (but by flag) or revocation; the library
// still checks that the peer has the certificate's key (CertificateVerify) and that its keyUsage,
// if there, lets it sign (RFC 9846 §4.5.1.2). Chains of any length will do, also one signed by
// itself.

enum patina_pin_flags {
    PATINA_PIN_JUDGE_DATES = 1 << 0 // before and after its time the certificate is refused
};

struct patina_pin_options {
    uint32_t struct_size;
    uint32_t flags;                         // enum patina_pin_flags
    const struct patina_provider *provider; // required; has SHA-256
    const struct patina_allocator *alloc;   // NULL: the C heap; must outlive the verifier
    const patina_span *pins;                // required; one of them is enough. Copied
    size_t pins_count;                      // 1 to 32
};
#define PATINA_PIN_OPTIONS_INIT {sizeof(struct patina_pin_options), 0, NULL, NULL, NULL, 0}

// `patina_verifier_pin_certificate` makes a verifier that accepts just these certificates: each pin
// is one as DER, compared byte by byte. A renewed certificate is another one. MISSING_PROVIDER,
// UNSUPPORTED_BY_PROVIDER, BAD_OPTION, BAD_CERTIFICATE_INPUT, NO_MEMORY, MISUSE, NEWER_OPTIONS.
// Any thread; does not block.
PATINA_API PATINA_MUST patina_err
patina_verifier_pin_certificate(const struct patina_pin_options *o, struct patina_verifier **out);

// `patina_verifier_pin_key` makes a verifier that accepts any certificate for these keys: each pin
// is the SHA-256, 32 bytes, of the certificate's DER SubjectPublicKeyInfo (RFC 7469 §2.4 pins the
// same). A certificate that is renewed with its old key is accepted. Errors as above. Any thread;
// does not block.
PATINA_API PATINA_MUST patina_err patina_verifier_pin_key(const struct patina_pin_options *o,
                                                          struct patina_verifier **out);

// ---- The application's own

// A verifier of the application's own gets a PATINA_OP_VERIFY: the whole chain as DER, the name,
// the stapled OCSP response, the certificate timestamps, the time. It accepts or rejects before it
// returns OK (by an error of its choice, or by `patina_op_refuse` with an alert of its choice), or
// keeps the operation and returns PENDING. Any other return fails the handshake with it. Called by
// the thread that drives the connection.
typedef patina_err patina_verify_callback(void *user, struct patina_op *op);

struct patina_verifier_callback_options {
    uint32_t struct_size;
    uint32_t reserved;                      // 0
    const struct patina_provider *provider; // required: CertificateVerify is still checked by the
                                            // library
    const struct patina_allocator *alloc;   // NULL: the C heap
    patina_verify_callback *verify;         // required
    void *user;
    void (*drop_user)(void *user); // NULL, or called with the last reference, on its thread
    struct patina_verifier *then;  // NULL, or a verifier of the library (built-in or pinning),
                                   // asked first; only its yes reaches `verify`
};
#define PATINA_VERIFIER_CALLBACK_OPTIONS_INIT \
    {sizeof(struct patina_verifier_callback_options), 0, NULL, NULL, NULL, NULL, NULL, NULL}

// `patina_verifier_callback_new` makes a verifier out of a callback; `then` is referenced.
// MISSING_PROVIDER, BAD_OPTION, NEWER_OPTIONS, NO_MEMORY. Any thread; does not block.
PATINA_API PATINA_MUST patina_err patina_verifier_callback_new(
    const struct patina_verifier_callback_options *o, struct patina_verifier **out);

// `patina_verifier_ref` and `patina_verifier_unref` count references; the last one frees. NULL is a
// no-op. Any thread; never blocks (`drop_user` may).
PATINA_API struct patina_verifier *patina_verifier_ref(struct patina_verifier *v);
PATINA_API void patina_verifier_unref(struct patina_verifier *v);

// ---- Judging outside a connection.

struct patina_verify_input {
    uint32_t struct_size;
    uint32_t flags;           // 0
    const patina_span *chain; // DER, leaf first, the rest in any order; 1 to 64. Borrowed
    size_t chain_count;
    patina_span name; // a DNS name (of A-labels), an IP address in text, or a URI with an authority
                      // (RFC 3986 §3), which is compared byte for byte; a "spiffe:" one must be a
                      // SPIFFE ID, and the certificate's only URI. Empty: no name is judged, which
                      // is for clients' certificates and who knows its peer by other means
    int64_t now_s;    // seconds since 1970-01-01 UTC
    patina_span staple; // the OCSPResponse stapled to the leaf (RFC 6960 §4.2.1); empty: none
};
#define PATINA_VERIFY_INPUT_INIT \
    {sizeof(struct patina_verify_input), 0, NULL, 0, {NULL, 0}, 0, {NULL, 0}}

struct patina_verify_result { // a fixed size for ever
    int16_t path[8];          // of an accepted chain: which certificates lead to the root, as
                              // indices in the chain, leaf first
    uint32_t path_count;      // 0: refused
    int32_t root;             // its number among the roots (`patina_roots_certificate`); -1: none
    uint32_t signatures, steps, comparisons; // what it cost
    uint32_t reserved[7];
};

// `patina_verifier_judge` judges a chain as a connection would, CertificateVerify apart. Not for
// verifiers made of a callback (MISUSE). `result` and `report` may be NULL. Errors of class
// CERTIFICATE, BAD_SERVER_NAME, MISUSE, NEWER_OPTIONS, TOO_MANY_OPTIONS, NO_MEMORY. Any thread;
// does not block.
PATINA_API PATINA_MUST patina_err patina_verifier_judge(const struct patina_verifier *v,
                                                        const struct patina_verify_input *input,
                                                        struct patina_verify_result *result,
                                                        struct patina_report *report);

// `patina_verifier_check` is the short form: a chain, leaf first, for `name` (not empty) at `now_s`
// (seconds since 1970-01-01 UTC). Errors, threads and blocking as above.
PATINA_API PATINA_MUST patina_err patina_verifier_check(const struct patina_verifier *v,
                                                        const patina_span *chain_der, size_t count,
                                                        patina_span name, int64_t now_s,
                                                        struct patina_report *report);

#ifdef __cplusplus
}
#endif
#endif
