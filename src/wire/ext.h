// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Parsers of single extensions, one file each (ext_NAME.c); the message parsers call them with the
// extension's body. Each reads the whole body or fails with the row named here, and leaves its
// outputs empty on failure. Outputs borrow.
#ifndef PTN_WIRE_EXT_H
#define PTN_WIRE_EXT_H

#include "base/bytes.h"
#include "wire/lists.h"

// A body that must be empty: PATINA_OK, else `err`.
patina_err ptn_parse_ext_empty(patina_span body, patina_err err)
    PTN_CONTRACT(ASSIGNS() ENSURES(RESULT == (body.len == 0 ? PATINA_OK : err)));

// ClientHello: DECODE_SERVER_NAME, BAD_SERVER_NAME_OFFER.
patina_err ptn_parse_ext_server_name(patina_span body, patina_span *out_host_name)
    PTN_CONTRACT(PARSES(body, out_host_name) GIVES_SOME(*out_host_name, body)
                     ENSURES(out_host_name->len <= 253));

// ClientHello: DECODE_SUPPORTED_VERSIONS. ServerHello and HelloRetryRequest: one version.
patina_err ptn_parse_ext_supported_versions(patina_span body, struct ptn_u16_list *out)
    PTN_CONTRACT(PARSES(body, out) GIVES_SOME(out->bytes, body) ENSURES(out->bytes.len % 2 == 0));
patina_err ptn_parse_ext_selected_version(patina_span body, uint16_t *out)
    PTN_CONTRACT(PARSES(body, out) ENSURES(RESULT == PATINA_OK ? body.len == 2 : *out == 0));

// NamedGroupList or SignatureSchemeList: `err` when malformed or empty.
patina_err ptn_parse_ext_algorithms(patina_span body, patina_err err, struct ptn_u16_list *out)
    PTN_CONTRACT(REQUIRES(err != PATINA_OK) PARSES(body, out) GIVES_SOME(out->bytes, body)
                     ENSURES(out->bytes.len % 2 == 0));

// ClientHello: DECODE_ALPN; names beyond PTN_MAX_PROTOCOL_NAMES are checked in form and not
// counted. EncryptedExtensions: exactly one name.
patina_err ptn_parse_ext_alpn(patina_span body, struct ptn_name_list *out)
    PTN_CONTRACT(PARSES(body, out) GIVES_SOME(out->bytes, body)
                     ENSURES(out->count <= 64 && IFF(RESULT == PATINA_OK, out->count != 0)));
patina_err ptn_parse_ext_alpn_answer(patina_span body, patina_span *out_name)
    PTN_CONTRACT(PARSES(body, out_name) GIVES_SOME(*out_name, body) ENSURES(out_name->len <= 255));

// ClientHello: DECODE_KEY_SHARE, DUPLICATE_KEY_SHARE, TOO_MANY_KEY_SHARES. ServerHello: one share.
// HelloRetryRequest: one group.
patina_err ptn_parse_ext_key_share_list(patina_span body, struct ptn_key_share_list *out)
    PTN_CONTRACT(PARSES(body, out) GIVES(out->bytes, body)
                     ENSURES(out->count <= 64 && IFF(out->count == 0, out->bytes.len == 0)));
patina_err ptn_parse_ext_key_share(patina_span body, struct ptn_key_share *out)
    PTN_CONTRACT(PARSES(body, out) GIVES_SOME(out->key_exchange, body));
patina_err ptn_parse_ext_key_share_group(patina_span body, uint16_t *out_group)
    PTN_CONTRACT(PARSES(body, out_group)
                     ENSURES(RESULT == PATINA_OK ? body.len == 2 : *out_group == 0));

// DECODE_COOKIE.
patina_err ptn_parse_ext_cookie(patina_span body, patina_span *out_cookie)
    PTN_CONTRACT(PARSES(body, out_cookie) GIVES_SOME(*out_cookie, body));

// DECODE_PSK_MODES.
patina_err ptn_parse_ext_psk_modes(patina_span body, patina_span *out_modes)
    PTN_CONTRACT(PARSES(body, out_modes) GIVES_SOME(*out_modes, body));

// ClientHello: DECODE_PRE_SHARED_KEY, PSK_BINDER_COUNT. The counts are equal and at least 1.
// ServerHello: an index.
patina_err ptn_parse_ext_pre_shared_key(patina_span body, size_t *out_identities,
                                        size_t *out_binders)
    PTN_CONTRACT(REQUIRES(WRITABLE(out_identities)) ASSIGNS(*out_identities)
                     PARSES(body, out_binders)
                         ENSURES(IFF(RESULT == PATINA_OK, *out_identities != 0) &&
                                 *out_identities == *out_binders));
patina_err ptn_parse_ext_selected_identity(patina_span body, uint16_t *out)
    PTN_CONTRACT(PARSES(body, out) ENSURES(RESULT == PATINA_OK ? body.len == 2 : *out == 0));

// NewSessionTicket: DECODE_EARLY_DATA.
patina_err ptn_parse_ext_max_early_data(patina_span body, uint32_t *out_bytes)
    PTN_CONTRACT(PARSES(body, out_bytes)
                     ENSURES(RESULT == PATINA_OK ? body.len == 4 : *out_bytes == 0));

// DECODE_CERTIFICATE_AUTHORITIES.
patina_err ptn_parse_ext_certificate_authorities(patina_span body, size_t *out_count)
    PTN_CONTRACT(PARSES(body, out_count) ENSURES(IFF(RESULT == PATINA_OK, *out_count != 0)));

// CertificateRequest: DECODE_CERTIFICATE_REQUEST. The filters are not used: only their form is
// checked.
patina_err ptn_parse_ext_oid_filters(patina_span body) PTN_CONTRACT(REQUIRES(BODY(body)) ASSIGNS());

// ClientHello: DECODE_STATUS_REQUEST. Certificate: the OCSPResponse, not empty.
patina_err ptn_parse_ext_status_request(patina_span body, bool *out_wants_ocsp)
    PTN_CONTRACT(PARSES(body, out_wants_ocsp)
                     ENSURES(IMPLIES(*out_wants_ocsp, RESULT == PATINA_OK)));
patina_err ptn_parse_ext_certificate_status(patina_span body, patina_span *out_ocsp)
    PTN_CONTRACT(PARSES(body, out_ocsp) GIVES_SOME(*out_ocsp, body));

// Write the two: the extension's body with its length in front, the type goes before it.
void ptn_write_status_request(struct ptn_writer *w) PTN_CONTRACT(REQUIRES(WRITER(w)) ENCODES(w));
void ptn_write_certificate_status(struct ptn_writer *w, patina_span ocsp)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SPAN(ocsp)) ENCODES(w));

// Certificate: DECODE_SCT. Checks the form of the list.
patina_err ptn_parse_ext_scts(patina_span body) PTN_CONTRACT(REQUIRES(BODY(body)) ASSIGNS());

#endif
