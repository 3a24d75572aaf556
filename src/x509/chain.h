// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The counted chain of patina/cert.h.
#ifndef PTN_X509_CHAIN_H
#define PTN_X509_CHAIN_H

#include "base/mem.h"
#include "patina/cert.h"

// Copies the certificates, leaf first, into one block. NO_MEMORY.
patina_err ptn_chain_new(const struct patina_allocator *alloc, const patina_span *certificates,
                         size_t count, struct patina_chain **out);

#endif
