// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The other messages of TLS 1.3: RFC 9846 §4.4 to §4.7, and alerts §6. Parsed structs borrow from
// the body. Encoders write a whole message, header included.
#ifndef PTN_WIRE_MESSAGES_H
#define PTN_WIRE_MESSAGES_H

#include "wire/ext_table.h"
#include "wire/lists.h"

// Opens a handshake message: type and a length to be closed with ptn_close.
struct ptn_mark ptn_open_message(struct ptn_writer *w, uint8_t type)
    PTN_CONTRACT(REQUIRES(WRITER(w)) ENCODES(w) ENSURES(RESULT.width == 3));

// EncryptedExtensions, §4.4.1.
struct ptn_encrypted_extensions {
    uint32_t extensions;
    patina_span alpn; // the one name selected; empty: none
    struct ptn_u16_list supported_groups;
};
// An ALPN answer with other than one name, or an empty one, is DECODE_ALPN; a non-empty server_name
// DECODE_SERVER_NAME.
patina_err ptn_parse_encrypted_extensions(patina_span body, uint32_t asked,
                                          struct ptn_encrypted_extensions *out)
    PTN_CONTRACT(PARSES(body, out) GIVES(out->alpn, body) GIVES(out->supported_groups.bytes, body));
struct ptn_encrypted_extensions_out {
    bool acknowledge_server_name;
    patina_span alpn; // empty: none
};
void ptn_encode_encrypted_extensions(struct ptn_writer *w,
                                     const struct ptn_encrypted_extensions_out *out)
    PTN_CONTRACT(REQUIRES(WRITER(w) && READABLE(out) && SPAN(out->alpn)) ENCODES(w));

// CertificateRequest, §4.4.2.
struct ptn_certificate_request {
    patina_span context;
    uint32_t extensions;
    struct ptn_u16_list signature_algorithms;
    struct ptn_u16_list signature_algorithms_cert;
    size_t authorities; // how many names certificate_authorities holds
};
// MISSING_SIGNATURE_ALGORITHMS when there is none. An empty certificate_authorities list is
// DECODE_CERTIFICATE_AUTHORITIES.
patina_err ptn_parse_certificate_request(patina_span body, struct ptn_certificate_request *out)
    PTN_CONTRACT(PARSES(body, out) GIVES(out->context, body)
                     GIVES(out->signature_algorithms.bytes, body)
                         GIVES(out->signature_algorithms_cert.bytes, body));

// Certificate, §4.5.1.
struct ptn_certificate_entry {
    patina_span der;
    patina_span ocsp; // the OCSPResponse of status_request; empty: none
    patina_span scts; // the SignedCertificateTimestampList as sent, RFC 6962 §3.3; empty: none
};
struct ptn_certificate_message {
    patina_span context;
    patina_span list; // CertificateEntry list
    size_t count;
};
// Checks the whole list, entries' extensions included (`asked` are those of our request).
// TOO_MANY_CERTIFICATES.
patina_err ptn_parse_certificate(patina_span body, uint32_t asked,
                                 struct ptn_certificate_message *out)
    PTN_CONTRACT(PARSES(body, out) GIVES(out->context, body) GIVES(out->list, body)
                     ENSURES(out->count <= PTN_MAX_CERTIFICATES));
// The i-th entry of a parsed message; empty past the end. Linear in i.
struct ptn_certificate_entry ptn_certificate_at(const struct ptn_certificate_message *m, size_t i)
    PTN_CONTRACT(REQUIRES(READABLE(m) && SPAN(m->list)) ASSIGNS()
                     ENSURES(WITHIN(RESULT.der, m->list) && WITHIN(RESULT.ocsp, m->list) &&
                             WITHIN(RESULT.scts, m->list)));
// Walks the entries in order without cost: begin with `*position` 0; false at the end.
bool ptn_certificate_next(const struct ptn_certificate_message *m, size_t *position,
                          struct ptn_certificate_entry *out)
    PTN_CONTRACT(REQUIRES(READABLE(m) && SPAN(m->list) && WRITABLE(position) && WRITABLE(out))
                     ASSIGNS(*position, *out)
                         ENSURES(WITHIN(out->der, m->list) && WITHIN(out->ocsp, m->list) &&
                                 WITHIN(out->scts, m->list))
                             ENSURES(RESULT ? *position > OLD(*position) && *position <= m->list.len
                                            : *position == OLD(*position)));
// Writes a Certificate message: opens it, then an entry a certificate, leaf first, then closes it.
// The bodies of an entry's extensions are written as they are: together they have 2^16 - 1 bytes at
// most.
struct ptn_certificate_marks {
    struct ptn_mark message, list;
};
struct ptn_certificate_marks ptn_open_certificate(struct ptn_writer *w, patina_span context)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(context)) ENCODES(w));
void ptn_write_certificate_entry(struct ptn_writer *w, const struct ptn_certificate_entry *entry)
    PTN_CONTRACT(REQUIRES(WRITER(w) && READABLE(entry) && SPAN(entry->der) && SPAN(entry->ocsp) &&
                          SPAN(entry->scts)) ENCODES(w));
void ptn_close_certificate(struct ptn_writer *w, struct ptn_certificate_marks marks)
    PTN_CONTRACT(REQUIRES(WRITER(w)) ENCODES(w));

// CertificateVerify, §4.5.2.
struct ptn_certificate_verify {
    uint16_t scheme;
    patina_span signature;
};
patina_err ptn_parse_certificate_verify(patina_span body, struct ptn_certificate_verify *out)
    PTN_CONTRACT(PARSES(body, out) GIVES(out->signature, body));
void ptn_encode_certificate_verify(struct ptn_writer *w, uint16_t scheme, patina_span signature)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(signature)) ENCODES(w));

// Finished, §4.5.3. DECODE_FINISHED unless the body has just `digest_len` bytes.
patina_err ptn_parse_finished(patina_span body, size_t digest_len, patina_span *out_verify_data)
    PTN_CONTRACT(PARSES(body, out_verify_data) GIVES(*out_verify_data, body)
                     ENSURES(IMPLIES(RESULT == PATINA_OK, out_verify_data->len == digest_len)));
void ptn_encode_finished(struct ptn_writer *w, patina_span verify_data)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(verify_data)) ENCODES(w));

// NewSessionTicket, §4.7.1.
struct ptn_new_session_ticket {
    uint32_t lifetime_s;
    uint32_t age_add;
    patina_span nonce;
    patina_span ticket;
    uint32_t extensions;
    uint32_t max_early_data_bytes;
};
patina_err ptn_parse_new_session_ticket(patina_span body, struct ptn_new_session_ticket *out)
    PTN_CONTRACT(PARSES(body, out) GIVES(out->nonce, body) GIVES_SOME(out->ticket, body));

// KeyUpdate, §4.7.3. INVALID_KEY_UPDATE for a value other than 0 and 1.
patina_err ptn_parse_key_update(patina_span body, bool *out_requested)
    PTN_CONTRACT(PARSES(body, out_requested) ENSURES(IMPLIES(*out_requested, RESULT == PATINA_OK) &&
                                                     IMPLIES(RESULT == PATINA_OK, body.len == 1)));
void ptn_encode_key_update(struct ptn_writer *w, bool request)
    PTN_CONTRACT(REQUIRES(WRITER(w)) ENCODES(w));

// Alert, §6: the level is read and ignored by TLS 1.3. BAD_ALERT unless two bytes.
struct ptn_alert {
    uint8_t level;
    uint8_t description;
};
patina_err ptn_parse_alert(patina_span fragment, struct ptn_alert *out)
    PTN_CONTRACT(PARSES(fragment, out) ENSURES(IFF(RESULT == PATINA_OK, fragment.len == 2)));

#endif
