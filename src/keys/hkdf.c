// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// HKDF (RFC 5869) over a provider's HMAC, and HKDF-Expand-Label of RFC 9846 §7.1. Called by the key
// schedules.
//
// Implementation notes. Keying an HMAC costs two of the four hash blocks of a short derivation, so
// the context is keyed once a secret and then used for all its labels. A provider whose HKDF must
// be one approved service brings hkdf_extract and hkdf_expand; only then is the secret itself kept.
#include "keys/schedule13.h"

enum {
    MAX_BLOCKS = 255, // RFC 5869 §2.3
    // Of label<7..255>, without "tls13 ". Its least length is 1; the exporter takes an empty label
    // too, as other libraries do, since the label is the application's.
    LABEL_MAX = 249,
    CONTEXT_MAX = 255,
    INFO_MAX = 2 + 1 + 255 + 1 + 255,
};

patina_err ptn_hkdf_init(struct ptn_hkdf *h, const struct patina_hmac *hmac,
                         const struct patina_allocator *alloc)
{
    *h = (struct ptn_hkdf){0};
    void *ctx = ptn_alloc(alloc, hmac->ctx_size);
    if (ctx == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    h->hmac = hmac;
    h->ctx = ctx;
    h->alloc = alloc;
    return PATINA_OK;
}

void ptn_hkdf_clear(struct ptn_hkdf *h)
{
    if (h->hmac != NULL) {
        h->hmac->clear(h->ctx);
        ptn_free(h->alloc, h->ctx, h->hmac->ctx_size);
    }
    ptn_wipe(h, sizeof *h);
}

size_t ptn_hkdf_hash_len(const struct ptn_hkdf *h)
{
    return h->hmac->hash->out_len;
}

patina_err ptn_hkdf_empty_hash(struct ptn_hkdf *h, struct patina_digest *out)
{
    if (h->empty_.len == 0) {
        const struct patina_hash *hash = h->hmac->hash;
        PTN_TRY(hash->once(hash, NULL, 0, &h->empty_));
    }
    *out = h->empty_;
    return PATINA_OK;
}

static patina_err hmac_once(struct ptn_hkdf *h, patina_span key, patina_span text,
                            struct patina_digest *out)
{
    PTN_TRY(h->hmac->key(h->hmac, h->ctx, key));
    return h->hmac->mac(h->ctx, &text, 1, out);
}

patina_err ptn_hkdf_extract(struct ptn_hkdf *h, patina_span salt, patina_span ikm,
                            struct ptn_secret *out)
{
    struct patina_digest prk = {0};
    *out = (struct ptn_secret){0};
    patina_err err = h->hmac->hkdf_extract != NULL ? h->hmac->hkdf_extract(h->hmac, salt, ikm, &prk)
                                                   : hmac_once(h, salt, ikm, &prk);
    if (err == PATINA_OK) {
        ptn_span_copy(PTN_MSPAN_OF(out->bytes), ptn_span_first(PTN_SPAN_OF(prk.bytes), prk.len));
        out->len = prk.len;
    }
    ptn_wipe(&prk, sizeof prk);
    return err;
}

patina_err ptn_hkdf_key(struct ptn_hkdf *h, const struct ptn_secret *secret)
{
    if (h->hmac->hkdf_expand != NULL) {
        h->prk_ = *secret;
        return PATINA_OK;
    }
    return h->hmac->key(h->hmac, h->ctx, ptn_secret_span(secret));
}

// RFC 5869 §2.3: T(i) = HMAC(PRK, T(i-1) | info | i). `out` is at most MAX_BLOCKS hash lengths.
static patina_err expand_blocks(struct ptn_hkdf *h, patina_span info, struct patina_digest *block,
                                patina_mspan out)
{
    uint8_t counter = 0;
    while (out.len != 0) {
        PTN_CHECK(counter < MAX_BLOCKS);
        counter++;
        patina_span parts[] = {
            ptn_span_first(PTN_SPAN_OF(block->bytes), block->len),
            info,
            {&counter, sizeof counter},
        };
        struct patina_digest next = {0};
        patina_err err = h->hmac->mac(h->ctx, parts, PTN_COUNT(parts), &next);
        *block = next;
        ptn_wipe(&next, sizeof next);
        PTN_TRY(err);
        PTN_CHECK(block->len != 0);
        size_t len = ptn_min_size(out.len, block->len);
        ptn_span_copy(out, ptn_span_first(PTN_SPAN_OF(block->bytes), len));
        out = ptn_mspan_skip(out, len);
    }
    return PATINA_OK;
}

static patina_err expand(struct ptn_hkdf *h, patina_span info, patina_mspan out)
{
    if (h->hmac->hkdf_expand != NULL) {
        return h->hmac->hkdf_expand(h->hmac, ptn_secret_span(&h->prk_), info, out);
    }
    struct patina_digest block = {0};
    patina_err err = expand_blocks(h, info, &block, out);
    ptn_wipe(&block, sizeof block);
    return err;
}

//     struct {
//         uint16 length = Length;
//         opaque label<7..255> = "tls13 " + Label;
//         opaque context<0..255> = Context;
//     } HkdfLabel;
static patina_err expand_label(struct ptn_hkdf *h, patina_span label, patina_span context,
                               patina_mspan out)
{
    uint8_t bytes[INFO_MAX];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(bytes));
    patina_span info;

    PTN_REQUIRE(out.len <= MAX_BLOCKS * ptn_hkdf_hash_len(h), PATINA_ERR_EXPORTER_TOO_LONG);
    PTN_REQUIRE(label.len <= LABEL_MAX, PATINA_ERR_MISUSE);
    PTN_CHECK(context.len <= CONTEXT_MAX);
    ptn_write_u16(&w, (uint16_t)out.len);
    struct ptn_mark label_mark = ptn_open(&w, 1);
    ptn_write_span(&w, PTN_SPAN_LITERAL("tls13 "));
    ptn_write_span(&w, label);
    ptn_close(&w, label_mark);
    struct ptn_mark context_mark = ptn_open(&w, 1);
    ptn_write_span(&w, context);
    ptn_close(&w, context_mark);
    PTN_CHECK(ptn_writer_finish(&w, &info));
    return expand(h, info, out);
}

patina_err ptn_hkdf_expand_label_span(struct ptn_hkdf *h, patina_span label, patina_span context,
                                      patina_mspan out)
{
    patina_err err = expand_label(h, label, context, out);
    if (err != PATINA_OK) {
        ptn_mspan_wipe(out);
    }
    return err;
}

patina_err ptn_hkdf_expand_label(struct ptn_hkdf *h, const char *label, patina_span context,
                                 patina_mspan out)
{
    return ptn_hkdf_expand_label_span(h, ptn_span_of_string(label), context, out);
}

patina_err ptn_hkdf_derive_secret(struct ptn_hkdf *h, const char *label,
                                  const struct patina_digest *transcript, struct ptn_secret *out)
{
    size_t len = ptn_hkdf_hash_len(h);
    *out = (struct ptn_secret){0};
    PTN_TRY(ptn_hkdf_expand_label(h, label,
                                  ptn_span_first(PTN_SPAN_OF(transcript->bytes), transcript->len),
                                  ptn_mspan_first(PTN_MSPAN_OF(out->bytes), len)));
    out->len = len;
    return PATINA_OK;
}
