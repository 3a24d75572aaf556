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
patina_err ptn_parse_ext_empty(patina_span body, patina_err err);

// ClientHello: DECODE_SERVER_NAME, BAD_SERVER_NAME_OFFER.
patina_err ptn_parse_ext_server_name(patina_span body, patina_span *out_host_name);

// ClientHello: DECODE_SUPPORTED_VERSIONS. ServerHello and HelloRetryRequest: one version.
patina_err ptn_parse_ext_supported_versions(patina_span body, struct ptn_u16_list *out);
patina_err ptn_parse_ext_selected_version(patina_span body, uint16_t *out);

// NamedGroupList or SignatureSchemeList: `err` when malformed or empty.
patina_err ptn_parse_ext_algorithms(patina_span body, patina_err err, struct ptn_u16_list *out);

// ClientHello: DECODE_ALPN; names beyond PTN_MAX_PROTOCOL_NAMES are checked in form and not
// counted. EncryptedExtensions: exactly one name.
patina_err ptn_parse_ext_alpn(patina_span body, struct ptn_name_list *out);
patina_err ptn_parse_ext_alpn_answer(patina_span body, patina_span *out_name);

// ClientHello: DECODE_KEY_SHARE, DUPLICATE_KEY_SHARE, TOO_MANY_KEY_SHARES. ServerHello: one share.
// HelloRetryRequest: one group.
patina_err ptn_parse_ext_key_share_list(patina_span body, struct ptn_key_share_list *out);
patina_err ptn_parse_ext_key_share(patina_span body, struct ptn_key_share *out);
patina_err ptn_parse_ext_key_share_group(patina_span body, uint16_t *out_group);

// DECODE_COOKIE.
patina_err ptn_parse_ext_cookie(patina_span body, patina_span *out_cookie);

// DECODE_PSK_MODES.
patina_err ptn_parse_ext_psk_modes(patina_span body, patina_span *out_modes);

// ClientHello: DECODE_PRE_SHARED_KEY, PSK_BINDER_COUNT. The counts are equal and at least 1.
// ServerHello: an index.
patina_err ptn_parse_ext_pre_shared_key(patina_span body, size_t *out_identities,
                                        size_t *out_binders);
patina_err ptn_parse_ext_selected_identity(patina_span body, uint16_t *out);

// NewSessionTicket: DECODE_EARLY_DATA.
patina_err ptn_parse_ext_max_early_data(patina_span body, uint32_t *out_bytes);

// DECODE_CERTIFICATE_AUTHORITIES.
patina_err ptn_parse_ext_certificate_authorities(patina_span body, size_t *out_count);

// CertificateRequest: DECODE_CERTIFICATE_REQUEST. The filters are not used: only their form is
// checked.
patina_err ptn_parse_ext_oid_filters(patina_span body);

// ClientHello: DECODE_STATUS_REQUEST. Certificate: the OCSPResponse, not empty.
patina_err ptn_parse_ext_status_request(patina_span body, bool *out_wants_ocsp);
patina_err ptn_parse_ext_certificate_status(patina_span body, patina_span *out_ocsp);

// Certificate: DECODE_SCT. Checks the form of the list.
patina_err ptn_parse_ext_scts(patina_span body);

#endif
