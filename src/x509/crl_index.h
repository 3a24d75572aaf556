// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The entries of one revocation list by serial number: a hash table over the bytes of the list,
// eight bytes an entry beside them, a bounded number of looks whatever the numbers are.
#ifndef PTN_X509_CRL_INDEX_H
#define PTN_X509_CRL_INDEX_H

#include "base/mem.h"
#include "x509/crl.h"

struct ptn_crl_index {
    uint32_t *starts; // of each bucket in `places`, and one more behind the last
    size_t starts_count;
    uint32_t *places; // where an entry begins in the entries, bucket after bucket
    size_t places_count;
};

// Makes the index of the `count` entries, which were read once without error. CRL_TOO_LARGE when
// more than PTN_MAX_CRL_BUCKET of them share a bucket, which no authority's own numbers do.
// NO_MEMORY.
patina_err ptn_crl_index_build(const struct patina_allocator *alloc, patina_span entries,
                               size_t count, struct ptn_crl_index *out)
    PTN_CONTRACT(REQUIRES(READABLE(alloc) && SPAN(entries) && entries.len <= PTN_MAX_CRL_BYTES)
                     REQUIRES(count <= PTN_MAX_CRL_ENTRIES && WRITABLE(out)) ASSIGNS(*out)
                         ENSURES(out->places_count == (RESULT == PATINA_OK ? count : 0))
                             ENSURES(IMPLIES(RESULT != PATINA_OK, out->starts == NULL &&
                                                                      out->places == NULL &&
                                                                      out->starts_count == 0)));

void ptn_crl_index_clear(const struct patina_allocator *alloc, struct ptn_crl_index *index);

// Finds the entry of a serial number (octets of the INTEGER) in the entries that the index was made
// of. False when there is none.
bool ptn_crl_index_find(const struct ptn_crl_index *index, patina_span entries, patina_span serial,
                        struct ptn_crl_entry *out)
    PTN_CONTRACT(REQUIRES(READABLE(index) && SPAN(entries) && SPAN(serial) && WRITABLE(out))
                     REQUIRES(READABLE_ARRAY(index->starts, index->starts_count) &&
                              READABLE_ARRAY(index->places, index->places_count)) ASSIGNS(*out)
                         ENSURES(WITHIN(out->serial, entries)));

#endif
