// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The public set of revocation lists, as the judging of a status reads it (revocation.c).
#ifndef PTN_X509_CRLS_H
#define PTN_X509_CRLS_H

#include "base/mem.h"
#include "base/ref.h"
#include "patina/provider.h"
#include "patina/revocation.h"
#include "x509/crl_index.h"

enum { PTN_KEY_DIGEST_BYTES = 32 }; // SHA-256

// The key by which a list's signature was once seen to hold: the list and the key never change, so
// neither does that. Written once, by whoever is first; no lock.
struct ptn_crl_memo {
    atomic_uint state; // 0 nothing, 1 being written, 2 there
    uint8_t key[PTN_KEY_DIGEST_BYTES];
};

struct ptn_listed_crl {
    struct ptn_buf bytes;
    struct ptn_crl crl; // borrows from the bytes
    struct ptn_crl_index index;
    struct ptn_crl_memo memo;
};

struct patina_crls {
    struct ptn_ref ref;
    const struct patina_allocator *alloc;
    // By issuer, then scope, then the newest first (RFC 5280 §5.2.3).
    struct ptn_listed_crl **lists;
    size_t lists_count, lists_room;
};

// For contracts. What stands in the array is kept by whoever writes it: proofs/SOUNDNESS.md.
#define CRLS(c)                                                                               \
    (READABLE(c) && (c)->lists_count <= (c)->lists_room && (c)->lists_room <= PTN_MAX_CRLS && \
     WRITABLE_ARRAY((c)->lists, (c)->lists_room))

// The lists of an issuer (Name with its header): *position begins with 0; NULL at the end.
struct ptn_listed_crl *ptn_crls_next(const struct patina_crls *crls, patina_span issuer,
                                     size_t *position)
    PTN_CONTRACT(REQUIRES(CRLS(crls) && SPAN(issuer) && WRITABLE(position)) ASSIGNS(*position)
                     ENSURES(RESULT == NULL ? *position == SIZE_MAX
                                            : *position >= 1 && *position <= PTN_MAX_CRLS));

// Whether the signature is known to hold by the key of this digest; and noting that it does.
bool ptn_crl_is_known_good(const struct ptn_listed_crl *list, const struct patina_digest *key)
    PTN_CONTRACT(REQUIRES(READABLE(list) && READABLE(key)) ASSIGNS());
void ptn_crl_note_good(struct ptn_listed_crl *list, const struct patina_digest *key)
    PTN_CONTRACT(REQUIRES(WRITABLE(list) && READABLE(key)) ASSIGNS(list->memo));

// Adds a whole list, whose bytes pass to the set on success. CRL_TOO_LARGE, NO_MEMORY, and what
// ptn_crl_scan_finish finds.
patina_err ptn_crls_add(struct patina_crls *crls, const struct ptn_crl_scan *scan,
                        struct ptn_buf *bytes);

// An empty set; NULL when memory ran out.
struct patina_crls *ptn_crls_empty(const struct patina_allocator *alloc);

#endif
