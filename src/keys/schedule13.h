// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// HKDF (RFC 5869) and the key schedule of TLS 1.3, RFC 9846 §7. Stages are types of their own;
// moving on wipes the last. Secrets travel by pointer, never by value.
#ifndef PTN_SCHEDULE13_H
#define PTN_SCHEDULE13_H

#include "base/mem.h"
#include "patina/provider.h"
#include "wire/codepoints.h"

struct ptn_secret {
    uint8_t bytes[PATINA_DIGEST_MAX];
    size_t len;
};
static inline patina_span ptn_secret_span(const struct ptn_secret *s)
{
    return ptn_span_first(PTN_SPAN_OF(s->bytes), s->len);
}

// A keyed HMAC to derive with. The context is allocated once and re-keyed for each secret.
struct ptn_hkdf {
    const struct patina_hmac *hmac;
    void *ctx;
    const struct patina_allocator *alloc;
    struct patina_digest empty_; // the hash of nothing, once it was wanted
    struct ptn_secret prk_;      // only for a provider with an hkdf_expand of its own
};
patina_err ptn_hkdf_init(struct ptn_hkdf *h, const struct patina_hmac *hmac,
                         const struct patina_allocator *alloc);
void ptn_hkdf_clear(struct ptn_hkdf *h);
patina_err ptn_hkdf_extract(struct ptn_hkdf *h, patina_span salt, patina_span ikm,
                            struct ptn_secret *out);
// Keys the context with a secret: the following expands use it.
patina_err ptn_hkdf_key(struct ptn_hkdf *h, const struct ptn_secret *secret);
size_t ptn_hkdf_hash_len(const struct ptn_hkdf *h);
patina_err ptn_hkdf_empty_hash(struct ptn_hkdf *h, struct patina_digest *out);
// HKDF-Expand-Label with the keyed secret, RFC 9846 §7.1; `label` without "tls13 ".
// EXPORTER_TOO_LONG past 255 hash lengths, MISUSE for a label longer than 249 bytes.
// `context` is a hash or empty.
patina_err ptn_hkdf_expand_label(struct ptn_hkdf *h, const char *label, patina_span context,
                                 patina_mspan out);
patina_err ptn_hkdf_expand_label_span(struct ptn_hkdf *h, patina_span label, patina_span context,
                                      patina_mspan out);
// Derive-Secret: a secret of hash length from a transcript hash.
patina_err ptn_hkdf_derive_secret(struct ptn_hkdf *h, const char *label,
                                  const struct patina_digest *transcript, struct ptn_secret *out);

// Stage 1: after ServerHello.
struct ptn_handshake_secrets13 {
    struct ptn_secret client, server; // client/server_handshake_traffic_secret
    struct ptn_secret main;           // Main Secret: it depends on nothing that comes later
};
// `psk` empty: zeros. `hello` is the hash of ClientHello...ServerHello.
patina_err ptn_schedule13_start(struct ptn_hkdf *h, patina_span psk,
                                const struct patina_kx_secret *kx,
                                const struct patina_digest *hello,
                                struct ptn_handshake_secrets13 *out);

// Stage 2: after the server's Finished. Wipes `from` but for its traffic secrets, which the caller
// still needs for its own Finished; ptn_wipe them then.
struct ptn_traffic_secrets13 {
    struct ptn_secret client, server; // application_traffic_secret_0 and following
    struct ptn_secret exporter;       // exporter_secret
    struct ptn_secret main;           // until the resumption secret is made
};
patina_err ptn_schedule13_into_traffic(struct ptn_hkdf *h, struct ptn_handshake_secrets13 *from,
                                       const struct patina_digest *server_finished,
                                       struct ptn_traffic_secrets13 *out);

// resumption_secret, RFC 9846 §7.1; wipes t->main.
patina_err ptn_schedule13_resumption(struct ptn_hkdf *h, struct ptn_traffic_secrets13 *t,
                                     const struct patina_digest *client_finished,
                                     struct ptn_secret *out);

// Key and IV of a traffic secret, RFC 9846 §7.3. `out` is a struct ptn_traffic_key's parts.
patina_err ptn_derive_traffic_key13(struct ptn_hkdf *h, const struct ptn_secret *traffic,
                                    patina_mspan out_key, struct patina_nonce *out_iv);

// The next traffic secret, RFC 9846 §7.2, in place; zeros after a failure.
patina_err ptn_derive_next_traffic13(struct ptn_hkdf *h, struct ptn_secret *in_out);

// verify_data of Finished, RFC 9846 §4.5.3.
patina_err ptn_derive_finished13(struct ptn_hkdf *h, const struct ptn_secret *base,
                                 const struct patina_digest *transcript, struct patina_digest *out);

// The exporter, RFC 9846 §7.5; no context is an empty one. EXPORTER_TOO_LONG past 255 hash lengths,
// MISUSE for a label longer than 249 bytes.
patina_err ptn_export13(struct ptn_hkdf *h, const struct ptn_secret *exporter, patina_span label,
                        patina_span context, patina_mspan out);

#endif
