// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation lists (CRLs, RFC 5280 §5) that an application hands to its verifiers. A set is
// immutable, counted and shared by threads; a newer one goes into a new verifier. Stapled OCSP
// answers need nothing from here.
#ifndef PATINA_REVOCATION_H
#define PATINA_REVOCATION_H

#include "patina/base.h"

#ifdef __cplusplus
extern "C" {
#endif

// How a verifier judges revocation. Zero is strict: every certificate below the root needs a
// status, a list past its nextUpdate says nothing, and unknown is refused. Without lists and
// without a stapled answer nothing is asked, but for what a certificate itself demands
// (must-staple, RFC 7633), which holds always.
enum patina_revocation_flags {
    PATINA_REVOCATION_LEAF_ONLY = 1 << 0,      // intermediates need no status
    PATINA_REVOCATION_ALLOW_UNKNOWN = 1 << 1,  // refuse only what is known to be revoked
    PATINA_REVOCATION_ACCEPT_EXPIRED = 1 << 2, // lists and answers count after their nextUpdate
    PATINA_REVOCATION_REQUIRE_STAPLE = 1 << 3  // the peer must staple an OCSP answer
};

// ---- A set of lists

struct patina_crls;

struct patina_crls_options {
    uint32_t struct_size;
    uint32_t reserved;                    // 0
    const struct patina_allocator *alloc; // NULL: the C heap; must outlive the set
    const patina_span *der;               // lists in DER
    size_t der_count;
    patina_span pem;    // text with X509 CRL blocks; other blocks are passed over
    size_t max_bytes;   // of all lists together; 0: 128 MiB, the most there is
    size_t max_entries; // of all lists together; 0: 4,194,304, the most there is
};
#define PATINA_CRLS_OPTIONS_INIT \
    {sizeof(struct patina_crls_options), 0, NULL, NULL, 0, {NULL, 0}, 0, 0}

// `patina_crls_new` reads the lists given and makes a set of them: complete lists of an issuer's
// own. Each is copied, with an index by serial number beside it (at most 12 bytes an entry). That
// their signatures hold is found when a certificate of the issuer is judged. One list that cannot
// be used fails all: CRL_ENCODING, CRL_DELTA, CRL_INDIRECT, CRL_CRITICAL_EXTENSION, CRL_TOO_LARGE,
// BAD_PEM, NO_CRLS, BAD_OPTION, NEWER_OPTIONS, NO_MEMORY. `report` (may be NULL) then says which
// list, from 0 (`certificate`), and where; of PEM the line. Any thread; does not block.
PATINA_API PATINA_MUST patina_err patina_crls_new(const struct patina_crls_options *o,
                                                  struct patina_crls **out,
                                                  struct patina_report *report);

// `patina_crls_ref` and `patina_crls_unref` count references; the last one frees. NULL is a no-op.
// Any thread; never blocks.
PATINA_API struct patina_crls *patina_crls_ref(struct patina_crls *crls);
PATINA_API void patina_crls_unref(struct patina_crls *crls);

// `patina_crls_count` returns the number of lists. Any thread; never blocks.
PATINA_API size_t patina_crls_count(const struct patina_crls *crls);

struct patina_crl_info { // a fixed size for ever; texts are cut to fit, zero-terminated
    int64_t this_update_s, next_update_s; // seconds since 1970-01-01 UTC
    uint64_t entries, bytes;
    char issuer[160]; // "CN=Example CA, O=Example"
    char number[48];  // cRLNumber in hexadecimal; empty: none
    uint64_t reserved[4];
};

// `patina_crls_describe` says what the i-th list is, in the order of issuers; MISUSE past the end.
// Any thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_crls_describe(const struct patina_crls *crls, size_t i,
                                                       struct patina_crl_info *out);

// ---- The same in pieces, for lists too large to be held twice: bytes are read as they come, an
// error is found with the first byte that shows it, memory grows with the bytes received.

struct patina_crl_loader;

// `patina_crl_loader_new` begins a set; lists in the options come first. Errors as above. Any
// thread; does not block.
PATINA_API PATINA_MUST patina_err patina_crl_loader_new(const struct patina_crls_options *o,
                                                        struct patina_crl_loader **out,
                                                        struct patina_report *report);

// `patina_crl_loader_feed` takes the next bytes of DER, in pieces of any size; a list may follow
// the other at once. After an error the loader only repeats it. `report` may be NULL. Errors of
// lists as `patina_crls_new`; MISUSE. One thread at a time; does not block.
PATINA_API PATINA_MUST patina_err patina_crl_loader_feed(struct patina_crl_loader *loader,
                                                         patina_span bytes,
                                                         struct patina_report *report);

// `patina_crl_loader_finish` makes the set; a list that is not whole is CRL_ENCODING. The loader is
// then used up, free it. `report` may be NULL. NO_CRLS, NO_MEMORY, and the error of an earlier
// call. One thread at a time; does not block.
PATINA_API PATINA_MUST patina_err patina_crl_loader_finish(struct patina_crl_loader *loader,
                                                           struct patina_crls **out,
                                                           struct patina_report *report);

// `patina_crl_loader_free` frees a loader and what it still holds. NULL is a no-op. One thread at a
// time; never blocks.
PATINA_API void patina_crl_loader_free(struct patina_crl_loader *loader);

#ifdef __cplusplus
}
#endif
#endif
