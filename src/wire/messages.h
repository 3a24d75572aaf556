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
struct ptn_mark ptn_open_message(struct ptn_writer *w, uint8_t type);

// EncryptedExtensions, §4.4.1.
struct ptn_encrypted_extensions {
    uint32_t extensions;
    patina_span alpn; // the one name selected; empty: none
    struct ptn_u16_list supported_groups;
};
// An ALPN answer with other than one name, or an empty one, is DECODE_ALPN; a non-empty server_name
// DECODE_SERVER_NAME.
patina_err ptn_parse_encrypted_extensions(patina_span body, uint32_t asked,
                                          struct ptn_encrypted_extensions *out);
struct ptn_encrypted_extensions_out {
    bool acknowledge_server_name;
    patina_span alpn; // empty: none
};
void ptn_encode_encrypted_extensions(struct ptn_writer *w,
                                     const struct ptn_encrypted_extensions_out *out);

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
patina_err ptn_parse_certificate_request(patina_span body, struct ptn_certificate_request *out);

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
                                 struct ptn_certificate_message *out);
// The i-th entry of a parsed message; empty past the end. Linear in i.
struct ptn_certificate_entry ptn_certificate_at(const struct ptn_certificate_message *m, size_t i);
// Walks the entries in order without cost: begin with `*position` 0; false at the end.
bool ptn_certificate_next(const struct ptn_certificate_message *m, size_t *position,
                          struct ptn_certificate_entry *out);
// Writes a Certificate message; `chain` leaf first, may be empty.
void ptn_encode_certificate(struct ptn_writer *w, patina_span context, const patina_span *chain,
                            size_t chain_count);

// CertificateVerify, §4.5.2.
struct ptn_certificate_verify {
    uint16_t scheme;
    patina_span signature;
};
patina_err ptn_parse_certificate_verify(patina_span body, struct ptn_certificate_verify *out);
void ptn_encode_certificate_verify(struct ptn_writer *w, uint16_t scheme, patina_span signature);

// Finished, §4.5.3. DECODE_FINISHED unless the body has just `digest_len` bytes.
patina_err ptn_parse_finished(patina_span body, size_t digest_len, patina_span *out_verify_data);
void ptn_encode_finished(struct ptn_writer *w, patina_span verify_data);

// NewSessionTicket, §4.7.1.
struct ptn_new_session_ticket {
    uint32_t lifetime_s;
    uint32_t age_add;
    patina_span nonce;
    patina_span ticket;
    uint32_t extensions;
    uint32_t max_early_data_bytes;
};
patina_err ptn_parse_new_session_ticket(patina_span body, struct ptn_new_session_ticket *out);

// KeyUpdate, §4.7.3. INVALID_KEY_UPDATE for a value other than 0 and 1.
patina_err ptn_parse_key_update(patina_span body, bool *out_requested);
void ptn_encode_key_update(struct ptn_writer *w, bool request);

// Alert, §6: the level is read and ignored by TLS 1.3. BAD_ALERT unless two bytes.
struct ptn_alert {
    uint8_t level;
    uint8_t description;
};
patina_err ptn_parse_alert(patina_span fragment, struct ptn_alert *out);

#endif
