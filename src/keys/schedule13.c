// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The key schedule of TLS 1.3, RFC 9846 §7. Called by the handlers of hs and by conn (KeyUpdate,
// exporter). Labels on the wire still say "master" (RFC 9846 §7.1).
//
// Implementation notes. Functions come in pairs: the outer one owns the secrets on the stack and
// wipes them, the inner one may return early. The Main Secret depends on nothing that comes after
// the key exchange, so it is made at once, while its salt is at hand: one keying of the HMAC less.
// Without a PSK all before the key exchange is a constant of the hash: two keyings and three MACs
// less, a quarter of the work up to the handshake secrets.
#include "keys/schedule13.h"

// RFC 9846 §7.1: "0" is a string of Hash.length bytes set to zero.
static patina_span zeros_for(const struct ptn_hkdf *h)
{
    static const uint8_t zeros[PATINA_DIGEST_MAX];
    return ptn_span_first(PTN_SPAN_OF(zeros), ptn_hkdf_hash_len(h));
}

// Derive-Secret(., "derived", "") with the keyed secret: the salt of the next Extract.
static patina_err derive_salt(struct ptn_hkdf *h, struct ptn_secret *out)
{
    struct patina_digest empty;
    *out = (struct ptn_secret){0};
    PTN_TRY(ptn_hkdf_empty_hash(h, &empty));
    return ptn_hkdf_derive_secret(h, "derived", &empty, out);
}

// Derive-Secret(HKDF-Extract(0, 0), "derived", ""), public as it is.
struct salt_without_psk {
    uint16_t hash; // patina_hash.id
    struct ptn_secret salt;
};

static const struct salt_without_psk salts_without_psk[] = {
    {4,
     {{0x6f, 0x26, 0x15, 0xa1, 0x08, 0xc7, 0x02, 0xc5, 0x67, 0x8f, 0x54,
       0xfc, 0x9d, 0xba, 0xb6, 0x97, 0x16, 0xc0, 0x76, 0x18, 0x9c, 0x48,
       0x25, 0x0c, 0xeb, 0xea, 0xc3, 0x57, 0x6c, 0x36, 0x11, 0xba},
      32}},
    {5,
     {{0x15, 0x91, 0xda, 0xc5, 0xcb, 0xbf, 0x03, 0x30, 0xa4, 0xa8, 0x4d, 0xe9,
       0xc7, 0x53, 0x33, 0x0e, 0x92, 0xd0, 0x1f, 0x0a, 0x88, 0x21, 0x4b, 0x44,
       0x64, 0x97, 0x2f, 0xd6, 0x68, 0x04, 0x9e, 0x93, 0xe5, 0x2f, 0x2b, 0x16,
       0xfa, 0xd9, 0x22, 0xfd, 0xc0, 0x58, 0x44, 0x78, 0x42, 0x8f, 0x28, 0x2b},
      48}},
};

// NULL for a hash that is not in the table, and for a provider whose HKDF is one approved service.
static const struct ptn_secret *find_salt_without_psk(const struct patina_hmac *hmac)
{
    for (size_t i = 0; i < PTN_COUNT(salts_without_psk); i++) {
        const struct salt_without_psk *row = &PTN_AT(salts_without_psk, i);
        if (row->hash == hmac->hash->id && hmac->hkdf_extract == NULL) {
            return &row->salt;
        }
    }
    return NULL;
}

struct start_scratch {
    struct ptn_secret early, salt, handshake;
};

// The salt of the Handshake Secret.
static patina_err start_salt(struct ptn_hkdf *h, patina_span psk, struct start_scratch *scratch)
{
    const struct ptn_secret *known = psk.len == 0 ? find_salt_without_psk(h->hmac) : NULL;
    if (known != NULL) {
        scratch->salt = *known;
        return PATINA_OK;
    }
    PTN_TRY(ptn_hkdf_extract(h, zeros_for(h), psk.len != 0 ? psk : zeros_for(h), &scratch->early));
    PTN_TRY(ptn_hkdf_key(h, &scratch->early));
    return derive_salt(h, &scratch->salt);
}

static patina_err start(struct ptn_hkdf *h, patina_span psk, const struct patina_kx_secret *kx,
                        const struct patina_digest *hello, struct start_scratch *scratch,
                        struct ptn_handshake_secrets13 *out)
{
    PTN_TRY(start_salt(h, psk, scratch));
    PTN_TRY(ptn_hkdf_extract(h, ptn_secret_span(&scratch->salt),
                             ptn_span_first(PTN_SPAN_OF(kx->bytes), kx->len), &scratch->handshake));
    PTN_TRY(ptn_hkdf_key(h, &scratch->handshake));
    PTN_TRY(ptn_hkdf_derive_secret(h, "c hs traffic", hello, &out->client));
    PTN_TRY(ptn_hkdf_derive_secret(h, "s hs traffic", hello, &out->server));
    PTN_TRY(derive_salt(h, &scratch->salt));
    return ptn_hkdf_extract(h, ptn_secret_span(&scratch->salt), zeros_for(h), &out->main);
}

patina_err ptn_schedule13_start(struct ptn_hkdf *h, patina_span psk,
                                const struct patina_kx_secret *kx,
                                const struct patina_digest *hello,
                                struct ptn_handshake_secrets13 *out)
{
    struct start_scratch scratch = {0};
    *out = (struct ptn_handshake_secrets13){0};
    patina_err err = start(h, psk, kx, hello, &scratch, out);
    ptn_wipe(&scratch, sizeof scratch);
    if (err != PATINA_OK) {
        ptn_wipe(out, sizeof *out);
    }
    return err;
}

static patina_err into_traffic(struct ptn_hkdf *h, const struct patina_digest *server_finished,
                               struct ptn_traffic_secrets13 *out)
{
    PTN_TRY(ptn_hkdf_key(h, &out->main));
    PTN_TRY(ptn_hkdf_derive_secret(h, "c ap traffic", server_finished, &out->client));
    PTN_TRY(ptn_hkdf_derive_secret(h, "s ap traffic", server_finished, &out->server));
    return ptn_hkdf_derive_secret(h, "exp master", server_finished, &out->exporter);
}

patina_err ptn_schedule13_into_traffic(struct ptn_hkdf *h, struct ptn_handshake_secrets13 *from,
                                       const struct patina_digest *server_finished,
                                       struct ptn_traffic_secrets13 *out)
{
    *out = (struct ptn_traffic_secrets13){.main = from->main};
    ptn_wipe(&from->main, sizeof from->main);
    patina_err err = into_traffic(h, server_finished, out);
    if (err != PATINA_OK) {
        ptn_wipe(out, sizeof *out);
    }
    return err;
}

patina_err ptn_schedule13_resumption(struct ptn_hkdf *h, struct ptn_traffic_secrets13 *t,
                                     const struct patina_digest *client_finished,
                                     struct ptn_secret *out)
{
    *out = (struct ptn_secret){0};
    patina_err err = ptn_hkdf_key(h, &t->main);
    ptn_wipe(&t->main, sizeof t->main);
    PTN_TRY(err);
    return ptn_hkdf_derive_secret(h, "res master", client_finished, out);
}

// Key and IV with the keyed secret, RFC 9846 §7.3.
static patina_err expand_traffic_key(struct ptn_hkdf *h, patina_mspan out_key,
                                     struct patina_nonce *out_iv)
{
    PTN_TRY(ptn_hkdf_expand_label(h, "key", (patina_span){0}, out_key));
    return ptn_hkdf_expand_label(h, "iv", (patina_span){0}, PTN_MSPAN_OF(out_iv->bytes));
}

patina_err ptn_derive_traffic_key13(struct ptn_hkdf *h, const struct ptn_secret *traffic,
                                    patina_mspan out_key, struct patina_nonce *out_iv)
{
    *out_iv = (struct patina_nonce){0};
    patina_err err = ptn_hkdf_key(h, traffic);
    if (err == PATINA_OK) {
        err = expand_traffic_key(h, out_key, out_iv);
    }
    if (err != PATINA_OK) {
        ptn_mspan_wipe(out_key);
        ptn_wipe(out_iv, sizeof *out_iv);
    }
    return err;
}

patina_err ptn_derive_next_traffic13(struct ptn_hkdf *h, struct ptn_secret *in_out)
{
    struct ptn_secret next = {.len = ptn_hkdf_hash_len(h)};
    patina_err err = ptn_hkdf_key(h, in_out);
    if (err == PATINA_OK) {
        err = ptn_hkdf_expand_label(h, "traffic upd", (patina_span){0},
                                    ptn_mspan_first(PTN_MSPAN_OF(next.bytes), next.len));
    }
    // The old secret goes in any case: after a failure no key may be made of it.
    *in_out = err == PATINA_OK ? next : (struct ptn_secret){0};
    ptn_wipe(&next, sizeof next);
    return err;
}

static patina_err finished_mac(struct ptn_hkdf *h, const struct ptn_secret *base,
                               const struct patina_digest *transcript, struct ptn_secret *key,
                               struct patina_digest *out)
{
    size_t len = ptn_hkdf_hash_len(h);
    PTN_TRY(ptn_hkdf_key(h, base));
    PTN_TRY(ptn_hkdf_expand_label(h, "finished", (patina_span){0},
                                  ptn_mspan_first(PTN_MSPAN_OF(key->bytes), len)));
    key->len = len;
    PTN_TRY(h->hmac->key(h->hmac, h->ctx, ptn_secret_span(key)));
    patina_span text = ptn_span_first(PTN_SPAN_OF(transcript->bytes), transcript->len);
    return h->hmac->mac(h->ctx, &text, 1, out);
}

patina_err ptn_derive_finished13(struct ptn_hkdf *h, const struct ptn_secret *base,
                                 const struct patina_digest *transcript, struct patina_digest *out)
{
    struct ptn_secret key = {0};
    *out = (struct patina_digest){0};
    patina_err err = finished_mac(h, base, transcript, &key, out);
    ptn_wipe(&key, sizeof key);
    if (err != PATINA_OK) {
        *out = (struct patina_digest){0};
    }
    return err;
}

//     TLS-Exporter(label, context_value, key_length) =
//         HKDF-Expand-Label(Derive-Secret(Secret, label, ""),
//                           "exporter", Hash(context_value), key_length)
static patina_err export_with(struct ptn_hkdf *h, patina_span label, patina_span context,
                              struct ptn_secret *derived, patina_mspan out)
{
    const struct patina_hash *hash = h->hmac->hash;
    size_t len = ptn_hkdf_hash_len(h);
    struct patina_digest digest;

    PTN_TRY(ptn_hkdf_empty_hash(h, &digest));
    PTN_TRY(ptn_hkdf_expand_label_span(h, label,
                                       ptn_span_first(PTN_SPAN_OF(digest.bytes), digest.len),
                                       ptn_mspan_first(PTN_MSPAN_OF(derived->bytes), len)));
    derived->len = len;
    PTN_TRY(ptn_hkdf_key(h, derived));
    PTN_TRY(hash->once(hash, &context, 1, &digest));
    return ptn_hkdf_expand_label(h, "exporter",
                                 ptn_span_first(PTN_SPAN_OF(digest.bytes), digest.len), out);
}

patina_err ptn_export13(struct ptn_hkdf *h, const struct ptn_secret *exporter, patina_span label,
                        patina_span context, patina_mspan out)
{
    struct ptn_secret derived = {0};
    patina_err err = ptn_hkdf_key(h, exporter);
    if (err == PATINA_OK) {
        err = export_with(h, label, context, &derived, out);
    }
    ptn_wipe(&derived, sizeof derived);
    if (err != PATINA_OK) {
        ptn_mspan_wipe(out);
    }
    return err;
}
