// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The transcript hash, RFC 9846 §4.1. Messages before the suite is known are kept as bytes, then
// hashed.
#ifndef PTN_TRANSCRIPT_H
#define PTN_TRANSCRIPT_H

#include "base/mem.h"
#include "patina/provider.h"

struct ptn_transcript {
    const struct patina_allocator *alloc;
    const struct patina_hash *hash; // NULL until chosen
    void *ctx;                      // hash->ctx_size bytes
    struct ptn_buf early;           // messages before the choice
};

void ptn_transcript_init(struct ptn_transcript *t, const struct patina_allocator *alloc);
void ptn_transcript_clear(struct ptn_transcript *t);

// Adds one message, header included.
patina_err ptn_transcript_add(struct ptn_transcript *t, patina_span message);

// Chooses the hash; what was kept is hashed and wiped. Once.
patina_err ptn_transcript_choose(struct ptn_transcript *t, const struct patina_hash *hash);

// Replaces all so far (ClientHello1) by its message_hash (RFC 9846 §4.1). After choose.
patina_err ptn_transcript_retry(struct ptn_transcript *t);

// The hash of all so far; goes on after.
patina_err ptn_transcript_peek(struct ptn_transcript *t, struct patina_digest *out);

#endif
