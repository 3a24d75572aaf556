// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// ClientHello, ServerHello and HelloRetryRequest: RFC 9846 §4.2. Parsed structs borrow from the
// message body.
#ifndef PTN_WIRE_HELLO_H
#define PTN_WIRE_HELLO_H

#include "wire/ext_table.h"
#include "wire/lists.h"

// The random of a HelloRetryRequest, RFC 9846 §4.2.4.
patina_span ptn_hello_retry_random(void);

// What a client may say, RFC 9846 §4.2.2. `extensions` holds the bits of what was present; a field
// of an absent extension is empty.
struct ptn_client_hello {
    uint16_t legacy_version;
    patina_span random;     // 32 bytes
    patina_span session_id; // 0..32 bytes
    struct ptn_u16_list cipher_suites;
    patina_span compression_methods;
    patina_span extension_block; // without its length
    uint32_t extensions;

    patina_span server_name; // the one host_name, RFC 6066 §3; printable ASCII, no more is checked
    struct ptn_u16_list supported_versions;
    struct ptn_u16_list supported_groups;
    struct ptn_u16_list signature_algorithms;
    struct ptn_u16_list signature_algorithms_cert;
    struct ptn_key_share_list key_shares;
    struct ptn_name_list alpn;
    patina_span cookie;
    patina_span psk_modes;
    size_t psk_identities, psk_binders; // counts; the form is checked, both equal and at least 1
    bool wants_status;                  // status_request of type ocsp
};

// Parses the body of a ClientHello. Errors: DECODE_CLIENT_HELLO and the extensions' own rows;
// ILLEGAL_SESSION_ID; PSK_NOT_LAST; PSK_BINDER_COUNT; MISSING_PSK_MODES (pre_shared_key without
// psk_key_exchange_modes); DUPLICATE_KEY_SHARE; BAD_SERVER_NAME_OFFER. Without any extension block
// it parses (a TLS 1.2 client): version is judged by the caller. Extensions only TLS 1.3 defines
// are parsed strictly even when the hello turns out to be for 1.2 only.
patina_err ptn_parse_client_hello(patina_span body, struct ptn_client_hello *out);

// Whether `second` may follow `first` after a HelloRetryRequest: identical, order included, but for
// key_share, cookie, early_data, pre_shared_key and padding (RFC 9846 §4.2.2), and for the body of
// encrypted_client_hello, which is sealed anew (RFC 9849 §6.1.5). Both are hellos that parsed.
bool ptn_client_hello_is_same(const struct ptn_client_hello *first,
                              const struct ptn_client_hello *second);

// What is needed to write a ClientHello. Lists that are empty leave their extension out.
struct ptn_client_hello_out {
    patina_span random, session_id;
    const uint16_t *suites;
    size_t suites_count;
    const uint16_t *versions;
    size_t versions_count;
    const uint16_t *groups;
    size_t groups_count;
    const uint16_t *schemes; // signature_algorithms
    size_t schemes_count;
    const uint16_t *cert_schemes; // signature_algorithms_cert
    size_t cert_schemes_count;
    patina_span server_name; // without trailing dot; empty: no SNI
    const patina_span *alpn;
    size_t alpn_count;
    patina_span key_shares; // list of KeyShareEntry, encoded; may be empty
    bool has_key_shares;    // write the extension
    patina_span cookie;
    uint16_t order_seed; // extensions are shuffled by it (ossification); 0: the fixed order
};

// Writes a whole ClientHello message, header included.
void ptn_encode_client_hello(struct ptn_writer *w, const struct ptn_client_hello_out *hello);

// RFC 9846 §4.2.3, §4.2.4.
struct ptn_server_hello {
    bool is_hello_retry;
    uint16_t legacy_version;
    patina_span random;
    patina_span session_id;
    uint16_t cipher_suite;
    uint8_t compression_method;
    uint32_t extensions;
    uint16_t selected_version;  // 0: no supported_versions, so TLS 1.2 or older
    struct ptn_key_share share; // ServerHello
    uint16_t selected_group;    // HelloRetryRequest; 0: none
    patina_span cookie;         // HelloRetryRequest
    uint16_t selected_identity; // pre_shared_key
};

// Parses the body of a ServerHello or HelloRetryRequest. `asked` are the extensions of our
// ClientHello. Extensions are judged only when selected_version is TLS 1.3; without
// supported_versions it is 0: an answer for TLS 1.2.
patina_err ptn_parse_server_hello(patina_span body, uint32_t asked, struct ptn_server_hello *out);

struct ptn_server_hello_out {
    bool is_hello_retry;
    patina_span random; // ignored for a HelloRetryRequest
    patina_span session_id;
    uint16_t cipher_suite;
    uint16_t group;     // of the share, or the one asked for; 0: no key_share (cookie alone)
    patina_span share;  // ServerHello
    patina_span cookie; // HelloRetryRequest
};
void ptn_encode_server_hello(struct ptn_writer *w, const struct ptn_server_hello_out *hello);

#endif
