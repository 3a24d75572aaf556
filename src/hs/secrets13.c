// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Traffic keys on their way to the flight queue or the opener, Finished messages, the key log. RFC
// 9846 §7.3, §4.5.3.
#include "hs/hs.h"

patina_err ptn_set_traffic_key(struct ptn_hs *hs, struct ptn_hkdf *hkdf, enum ptn_direction d,
                               const struct ptn_secret *traffic)
{
    const struct patina_aead *aead = hs->suite->aead;
    // RFC 9846 §5.1: handshake messages MUST NOT span a key change.
    PTN_REQUIRE(d == PTN_SEND || hs->is_aligned, PATINA_ERR_UNALIGNED_KEY_CHANGE);
    struct ptn_traffic_key key = {.key_len = aead->key_len};
    patina_err err = ptn_derive_traffic_key13(
        hkdf, traffic, ptn_mspan_first(PTN_MSPAN_OF(key.key), key.key_len), &key.iv);
    if (err == PATINA_OK && d == PTN_RECEIVE) {
        hs->rx = (struct ptn_rx_key){.is_ready = true, .aead = aead, .key = key};
    } else if (err == PATINA_OK) {
        err = ptn_flight_key_change(&hs->flight, aead, &key);
    }
    ptn_wipe(&key, sizeof key);
    return err;
}

static void write_hex(struct ptn_writer *w, patina_span s)
{
    static const uint8_t digits[] = {'0', '1', '2', '3', '4', '5', '6', '7',
                                     '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    for (size_t i = 0; i < s.len; i++) {
        uint8_t byte = ptn_span_at(s, i);
        ptn_write_u8(w, PTN_AT(digits, byte >> 4));
        ptn_write_u8(w, PTN_AT(digits, byte & 15));
    }
}

void ptn_key_log(const struct ptn_hs *hs, const char *label, patina_span client_random,
                 const struct ptn_secret *secret)
{
    if (hs->common->key_log == NULL) {
        return;
    }
    uint8_t line[256];
    struct ptn_writer w = ptn_writer_of(PTN_MSPAN_OF(line));
    ptn_write_span(&w, ptn_span_of_string(label));
    ptn_write_u8(&w, ' ');
    write_hex(&w, client_random);
    ptn_write_u8(&w, ' ');
    write_hex(&w, ptn_span_first(PTN_SPAN_OF(secret->bytes), secret->len));
    patina_span text;
    if (ptn_writer_finish(&w, &text)) {
        hs->common->key_log(hs->common->key_log_user, text);
    }
    ptn_wipe(line, sizeof line);
}

patina_err ptn_emit_finished13(struct ptn_hs *hs, struct ptn_handshake *h,
                               const struct ptn_secret *base)
{
    struct patina_digest transcript;
    struct patina_digest verify_data;
    PTN_TRY(ptn_transcript_peek(&h->transcript, &transcript));
    PTN_TRY(ptn_derive_finished13(&h->hkdf, base, &transcript, &verify_data));
    struct ptn_emit e;
    PTN_TRY(ptn_emit_start(hs, PTN_HANDSHAKE_HEADER_BYTES + PATINA_DIGEST_MAX, &e));
    ptn_encode_finished(&e.w, ptn_span_first(PTN_SPAN_OF(verify_data.bytes), verify_data.len));
    return ptn_emit_end(hs, &e, &h->transcript);
}

patina_err ptn_check_finished13(struct ptn_hs *hs, struct ptn_handshake *h,
                                const struct ptn_secret *base, const struct ptn_message *msg)
{
    struct patina_digest transcript;
    struct patina_digest expected;
    patina_span verify_data;
    PTN_TRY(ptn_parse_finished(msg->body, hs->suite->hmac->hash->out_len, &verify_data));
    PTN_TRY(ptn_transcript_peek(&h->transcript, &transcript));
    PTN_TRY(ptn_derive_finished13(&h->hkdf, base, &transcript, &expected));
    // RFC 9846 §4.5.3: a wrong verify_data is decrypt_error.
    bool is_equal =
        ptn_ct_eq(ptn_span_first(PTN_SPAN_OF(expected.bytes), expected.len), verify_data);
    ptn_wipe(&expected, sizeof expected);
    PTN_REQUIRE(is_equal, PATINA_ERR_BAD_FINISHED);
    return ptn_transcript_add(&h->transcript, msg->whole);
}
