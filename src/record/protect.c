// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Record protection, RFC 9846 §5.2 to §5.5: one sealer and one opener a connection. Called by conn.
//
// Implementation notes. A key that can no longer be used (a failed seal, a failed re-keying) has
// SEQ_END as its sequence number: the object then refuses all work, and never falls back to
// plaintext. Nothing here allocates or copies once a key is installed.
#include "record/record.h"

#define SEQ_END UINT64_MAX

// ---- Both directions

struct slot { // the parts an opener and a sealer have in common
    const struct patina_aead **aead;
    void **ctx;
    const struct patina_allocator **alloc;
    struct patina_nonce *iv;
    uint64_t *seq;
    bool seal;
};

static void clear_context(const struct patina_aead *aead, void *ctx,
                          const struct patina_allocator *alloc)
{
    aead->clear(ctx);
    ptn_free(alloc, ctx, aead->ctx_size);
}

static patina_err init_other_aead(const struct slot *s, const struct patina_aead *aead,
                                  patina_span key, const struct patina_allocator *alloc)
{
    void *ctx = ptn_alloc(alloc, aead->ctx_size);
    if (ctx == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    patina_err err = aead->init(aead, ctx, key, s->seal);
    if (err != PATINA_OK) {
        clear_context(aead, ctx, alloc);
        return err;
    }
    if (*s->aead != NULL) {
        clear_context(*s->aead, *s->ctx, *s->alloc);
    }
    *s->aead = aead;
    *s->ctx = ctx;
    *s->alloc = alloc;
    return PATINA_OK;
}

static patina_err install(const struct slot *s, const struct patina_aead *aead,
                          const struct ptn_traffic_key *key, const struct patina_allocator *alloc)
{
    PTN_CHECK(key->key_len == aead->key_len && aead->nonce_len == sizeof key->iv.bytes);
    patina_span bytes = ptn_span_first(PTN_SPAN_OF(key->key), key->key_len);
    if (*s->aead == aead) {
        *s->seq = SEQ_END; // the old key is gone, whatever becomes of the new one
        PTN_TRY(aead->init(aead, *s->ctx, bytes, s->seal));
    } else {
        PTN_TRY(init_other_aead(s, aead, bytes, alloc));
    }
    *s->iv = key->iv;
    *s->seq = 0; // RFC 9846 §5.3: "set to zero ... whenever the key is changed"
    return PATINA_OK;
}

static void clear(const struct slot *s)
{
    if (*s->aead != NULL) {
        clear_context(*s->aead, *s->ctx, *s->alloc);
    }
    *s->aead = NULL;
    *s->ctx = NULL;
    *s->seq = 0;
    ptn_wipe(s->iv, sizeof *s->iv);
}

// RFC 9846 §5.3: the sequence number, padded to the left, XORed with the IV.
static struct patina_nonce nonce_for(const struct patina_nonce *iv, uint64_t seq)
{
    struct patina_nonce nonce = *iv;
    for (size_t i = 0; i < 8; i++) {
        uint8_t *at = &PTN_AT(nonce.bytes, 4 + i);
        *at = (uint8_t)(*at ^ ((seq >> (56 - 8 * i)) & 0xff));
    }
    return nonce;
}

// ---- Sealing

static struct slot sealer_slot(struct ptn_sealer *s)
{
    return (struct slot){&s->aead, &s->ctx, &s->alloc, &s->iv, &s->seq, true};
}

patina_err ptn_sealer_install(struct ptn_sealer *s, const struct patina_aead *aead,
                              struct ptn_traffic_key *key, const struct patina_allocator *alloc)
{
    struct slot slot = sealer_slot(s);
    patina_err err = install(&slot, aead, key, alloc);
    ptn_wipe(key, sizeof *key);
    return err;
}

void ptn_sealer_clear(struct ptn_sealer *s)
{
    struct slot slot = sealer_slot(s);
    clear(&slot);
}

size_t ptn_sealed_len(const struct ptn_sealer *s, size_t text_len)
{
    PTN_CHECK(text_len <= PTN_MAX_PLAINTEXT_BYTES);
    size_t expansion = s->aead == NULL ? 0 : 1 + (size_t)s->aead->tag_len;
    return PTN_RECORD_HEADER_BYTES + text_len + expansion;
}

bool ptn_sealer_has_room(const struct ptn_sealer *s)
{
    return s->aead == NULL || s->seq < s->aead->seal_limit;
}

bool ptn_sealer_wants_update(const struct ptn_sealer *s)
{
    // RFC 9846 §5.5: ChaCha20-Poly1305 reaches no limit before its sequence number ends.
    if (s->aead == NULL || s->aead->seal_limit == UINT64_MAX) {
        return false;
    }
    uint64_t half = s->aead->seal_limit / 2;
    return s->seq >= (half < PTN_KEY_UPDATE_AFTER_RECORDS ? half : PTN_KEY_UPDATE_AFTER_RECORDS);
}

static size_t total_len(const patina_span *text, size_t text_count)
{
    size_t len = 0;
    for (size_t i = 0; i < text_count; i++) {
        PTN_CHECK(ptn_add_size(len, PTN_ITEM(text, text_count, i).len, &len));
    }
    return len;
}

//     struct {
//         ContentType opaque_type = application_data; /* 23 */
//         ProtocolVersion legacy_record_version = 0x0303; /* TLS v1.2 */
//         uint16 length;
//         opaque encrypted_record[TLSCiphertext.length];
//     } TLSCiphertext;
patina_err ptn_sealer_seal(struct ptn_sealer *s, uint8_t type, const patina_span *text,
                           size_t text_count, patina_mspan out)
{
    PTN_REQUIRE(s->aead != NULL, PATINA_ERR_INTERNAL);
    // RFC 9846 §5.5: "MUST either close the connection or do a key update".
    PTN_REQUIRE(s->seq < s->aead->seal_limit, PATINA_ERR_SEAL_LIMIT);
    PTN_CHECK(out.len == ptn_sealed_len(s, total_len(text, text_count)));

    struct ptn_writer w = ptn_writer_of(ptn_mspan_first(out, PTN_RECORD_HEADER_BYTES));
    patina_span header;
    ptn_write_u8(&w, PTN_CONTENT_APPLICATION_DATA);
    ptn_write_u16(&w, PTN_VERSION_TLS12);
    ptn_write_u16(&w, (uint16_t)(out.len - PTN_RECORD_HEADER_BYTES));
    PTN_CHECK(ptn_writer_finish(&w, &header));

    struct patina_nonce nonce = nonce_for(&s->iv, s->seq);
    s->seq++; // before sealing: no nonce is ever used twice
    patina_err err =
        s->aead->seal(s->ctx, &nonce, header, text, text_count, (patina_span){&type, sizeof type},
                      ptn_mspan_skip(out, PTN_RECORD_HEADER_BYTES));
    if (err != PATINA_OK) {
        s->seq = SEQ_END;
        ptn_mspan_wipe(out);
        return PATINA_ERR_SEAL_FAILED;
    }
    return PATINA_OK;
}

// ---- Opening

static struct slot opener_slot(struct ptn_opener *o)
{
    return (struct slot){&o->aead, &o->ctx, &o->alloc, &o->iv, &o->seq, false};
}

patina_err ptn_opener_install(struct ptn_opener *o, const struct patina_aead *aead,
                              struct ptn_traffic_key *key, const struct patina_allocator *alloc)
{
    struct slot slot = opener_slot(o);
    patina_err err = install(&slot, aead, key, alloc);
    ptn_wipe(key, sizeof *key);
    return err;
}

void ptn_opener_clear(struct ptn_opener *o)
{
    struct slot slot = opener_slot(o);
    clear(&slot);
}

//     struct {
//         opaque content[TLSPlaintext.length];
//         ContentType type;
//         uint8 zeros[length_of_padding];
//     } TLSInnerPlaintext;
static patina_err split_inner(patina_mspan inner, uint8_t *out_type, patina_mspan *out_text)
{
    // RFC 9846 §5.4: "the full encoded TLSInnerPlaintext MUST NOT exceed 2^14 + 1 octets".
    PTN_REQUIRE(inner.len <= PTN_MAX_INNER_PLAINTEXT_BYTES, PATINA_ERR_RECORD_OVERFLOW);
    size_t len = ptn_span_len_without_trailing_zeros(ptn_span(inner));
    // RFC 9846 §5.4: no non-zero octet: "unexpected_message".
    PTN_REQUIRE(len != 0, PATINA_ERR_NO_CONTENT_TYPE);
    *out_type = ptn_span_at(ptn_span(inner), len - 1);
    *out_text = ptn_mspan_first(inner, len - 1);
    return PATINA_OK;
}

patina_err ptn_opener_open(struct ptn_opener *o, patina_span record, patina_mspan out,
                           uint8_t *out_type, patina_mspan *out_text)
{
    *out_type = 0;
    *out_text = (patina_mspan){0};
    PTN_REQUIRE(o->aead != NULL && o->seq != SEQ_END, PATINA_ERR_INTERNAL);

    patina_span header = ptn_span_first(record, PTN_RECORD_HEADER_BYTES);
    patina_span sealed = ptn_span_skip(record, PTN_RECORD_HEADER_BYTES);
    // RFC 9846 §5.2: too short to authenticate is no different from a wrong tag.
    PTN_REQUIRE(sealed.len >= o->aead->tag_len, PATINA_ERR_BAD_RECORD_MAC);
    size_t inner_len = sealed.len - o->aead->tag_len;
    PTN_CHECK(out.len >= inner_len);
    patina_mspan inner = ptn_mspan_first(out, inner_len);

    struct patina_nonce nonce = nonce_for(&o->iv, o->seq);
    PTN_TRY(o->aead->open(o->ctx, &nonce, header, sealed, inner));
    patina_err err = split_inner(inner, out_type, out_text);
    if (err != PATINA_OK) {
        ptn_mspan_wipe(inner);
        return err;
    }
    o->seq++;
    return PATINA_OK;
}
