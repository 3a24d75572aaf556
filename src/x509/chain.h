// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The counted chain of patina/cert.h, and what came with it in the peer's Certificate message.
#ifndef PTN_X509_CHAIN_H
#define PTN_X509_CHAIN_H

#include "base/mem.h"
#include "patina/cert.h"

// What is put into a chain: certificates, leaf first, and what was stapled to the leaf.
struct ptn_chain_parts {
    const patina_span *certificates;
    size_t count;
    patina_span staple; // an OCSPResponse, RFC 6960 §4.2.1; empty: none
    patina_span scts;   // a SignedCertificateTimestampList, RFC 6962 §3.3; empty: none
};

// Copies all of it into one block. NO_MEMORY.
patina_err ptn_chain_make(const struct patina_allocator *alloc, const struct ptn_chain_parts *parts,
                          struct patina_chain **out)
    PTN_CONTRACT(REQUIRES(READABLE(parts) && WRITABLE(out) && SPAN(parts->staple) &&
                          SPAN(parts->scts) &&
                          SPAN_ARRAY(parts->certificates, parts->count, PTN_MAX_CERTIFICATES))
                     ASSIGNS(*out) ENSURES(IFF(RESULT == PATINA_OK, *out != NULL)));

// The same for certificates alone.
patina_err ptn_chain_new(const struct patina_allocator *alloc, const patina_span *certificates,
                         size_t count, struct patina_chain **out)
    PTN_CONTRACT(REQUIRES(SPAN_ARRAY(certificates, count, PTN_MAX_CERTIFICATES) && WRITABLE(out))
                     ASSIGNS(*out) ENSURES(IFF(RESULT == PATINA_OK, *out != NULL)));

// What was stapled, borrowed from the chain; empty: nothing, or no chain.
patina_span ptn_chain_staple(const struct patina_chain *chain);
patina_span ptn_chain_scts(const struct patina_chain *chain);

#endif
