// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The transcript hash, RFC 9846 §4.1. Called by the dispatchers of hs for each message, and by
// their handlers where a hash is needed.
#include "keys/transcript.h"

#include "base/limits.h"
#include "wire/codepoints.h"

void ptn_transcript_init(struct ptn_transcript *t, const struct patina_allocator *alloc)
{
    *t = (struct ptn_transcript){.alloc = alloc};
    ptn_buf_init(&t->early, alloc, PTN_MAX_HANDSHAKE_BYTES);
}

void ptn_transcript_clear(struct ptn_transcript *t)
{
    if (t->hash != NULL) {
        t->hash->clear(t->ctx);
        ptn_free(t->alloc, t->ctx, t->hash->ctx_size);
    }
    t->hash = NULL;
    t->ctx = NULL;
    ptn_buf_clear(&t->early);
}

patina_err ptn_transcript_add(struct ptn_transcript *t, patina_span message)
{
    if (t->hash == NULL) {
        return ptn_buf_append(&t->early, message) ? PATINA_OK : PATINA_ERR_NO_MEMORY;
    }
    return t->hash->update(t->ctx, message);
}

patina_err ptn_transcript_choose(struct ptn_transcript *t, const struct patina_hash *hash)
{
    PTN_CHECK(t->hash == NULL);
    t->ctx = ptn_alloc(t->alloc, hash->ctx_size);
    if (t->ctx == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    t->hash = hash;
    PTN_TRY(hash->init(hash, t->ctx));
    if (ptn_buf_len(&t->early) != 0) {
        PTN_TRY(hash->update(t->ctx, ptn_buf_span(&t->early)));
    }
    ptn_buf_clear(&t->early);
    return PATINA_OK;
}

// RFC 9846 §4.1: ClientHello1 is replaced by
//
//     message_hash ||        /* Handshake type */
//     00 00 Hash.length  ||  /* Handshake message length (bytes) */
//     Hash(ClientHello1)     /* Hash of ClientHello1 */
patina_err ptn_transcript_retry(struct ptn_transcript *t)
{
    struct patina_digest first;
    PTN_CHECK(t->hash != NULL);
    PTN_TRY(t->hash->peek(t->ctx, &first));

    uint8_t header[4] = {PTN_HS_MESSAGE_HASH, 0, 0, (uint8_t)first.len};
    PTN_TRY(t->hash->init(t->hash, t->ctx));
    PTN_TRY(t->hash->update(t->ctx, PTN_SPAN_OF(header)));
    return t->hash->update(t->ctx, ptn_span_first(PTN_SPAN_OF(first.bytes), first.len));
}

patina_err ptn_transcript_peek(struct ptn_transcript *t, struct patina_digest *out)
{
    *out = (struct patina_digest){0};
    PTN_CHECK(t->hash != NULL);
    return t->hash->peek(t->ctx, out);
}
