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
patina_span ptn_hello_retry_random(void)
    PTN_CONTRACT(ASSIGNS() ENSURES(RESULT.len == 32 && SPAN(RESULT)));

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
// For contracts: the spans of the fixed part, of the extensions, and the fields of these.
#define CLIENT_HELLO_FIXED_WITHIN(h, body)                                             \
    (WITHIN((h).random, body) && WITHIN((h).session_id, body) &&                       \
     WITHIN((h).cipher_suites.bytes, body) && WITHIN((h).compression_methods, body) && \
     WITHIN((h).extension_block, body))
#define EACH_CLIENT_HELLO_EXTENSION(clause, h, ...)                                               \
    clause((h).server_name, __VA_ARGS__) clause((h).supported_versions.bytes, __VA_ARGS__)        \
        clause((h).supported_groups.bytes, __VA_ARGS__)                                           \
            clause((h).signature_algorithms.bytes, __VA_ARGS__)                                   \
                clause((h).signature_algorithms_cert.bytes, __VA_ARGS__)                          \
                    clause((h).key_shares.bytes, __VA_ARGS__) clause((h).alpn.bytes, __VA_ARGS__) \
                        clause((h).cookie, __VA_ARGS__) clause((h).psk_modes, __VA_ARGS__)
#define CLIENT_HELLO_EXTENSION_FIELDS(h)                                                   \
    (h).extensions, (h).server_name, (h).supported_versions, (h).supported_groups,         \
        (h).signature_algorithms, (h).signature_algorithms_cert, (h).key_shares, (h).alpn, \
        (h).cookie, (h).psk_modes, (h).psk_identities, (h).psk_binders, (h).wants_status

// Parses the body of a ClientHello. Errors: DECODE_CLIENT_HELLO and the extensions' own rows;
// ILLEGAL_SESSION_ID; PSK_NOT_LAST; PSK_BINDER_COUNT; MISSING_PSK_MODES (pre_shared_key without
// psk_key_exchange_modes); DUPLICATE_KEY_SHARE; BAD_SERVER_NAME_OFFER. Without any extension block
// it parses (a TLS 1.2 client): version is judged by the caller. Extensions only TLS 1.3 defines
// are parsed strictly even when the hello turns out to be for 1.2 only.
patina_err ptn_parse_client_hello(patina_span body, struct ptn_client_hello *out)
    PTN_CONTRACT(PARSES(body, out) ENSURES(CLIENT_HELLO_FIXED_WITHIN(*out, body))
                     EACH_CLIENT_HELLO_EXTENSION(ENSURES_WITHIN, *out, body)
                         ENSURES(IFF(RESULT == PATINA_OK, out->random.len == 32) &&
                                 out->session_id.len <= 32));

// Whether `second` may follow `first` after a HelloRetryRequest: identical, order included, but for
// key_share, cookie, early_data, pre_shared_key and padding (RFC 9846 §4.2.2), and for the body of
// encrypted_client_hello, which is sealed anew (RFC 9849 §6.1.5). Both are hellos that parsed.
bool ptn_client_hello_is_same(const struct ptn_client_hello *first,
                              const struct ptn_client_hello *second)
    PTN_CONTRACT(REQUIRES(READABLE(first) && READABLE(second))
                     REQUIRES(SPAN(first->random) && SPAN(first->session_id) &&
                              SPAN(first->cipher_suites.bytes) &&
                              SPAN(first->compression_methods) && SPAN(first->extension_block))
                         REQUIRES(SPAN(second->random) && SPAN(second->session_id) &&
                                  SPAN(second->cipher_suites.bytes) &&
                                  SPAN(second->compression_methods) &&
                                  SPAN(second->extension_block)) ASSIGNS());

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
    bool wants_status;   // status_request, RFC 6066 §8
    bool wants_scts;     // signed_certificate_timestamp, RFC 6962 §3.3.1
    uint16_t order_seed; // extensions are shuffled by it (ossification); 0: the fixed order
};
// For contracts: all that it names can be read.
#define CLIENT_HELLO_OUT(hello)                                                          \
    (READABLE(hello) && SPAN((hello)->random) && SPAN((hello)->session_id) &&            \
     SPAN((hello)->server_name) && SPAN((hello)->key_shares) && SPAN((hello)->cookie) && \
     READABLE_ARRAY((hello)->suites, (hello)->suites_count) &&                           \
     READABLE_ARRAY((hello)->versions, (hello)->versions_count) &&                       \
     READABLE_ARRAY((hello)->groups, (hello)->groups_count) &&                           \
     READABLE_ARRAY((hello)->schemes, (hello)->schemes_count) &&                         \
     READABLE_ARRAY((hello)->cert_schemes, (hello)->cert_schemes_count) &&               \
     SPANS((hello)->alpn, (hello)->alpn_count, PTN_MAX_OFFERED))

// Writes a whole ClientHello message, header included.
void ptn_encode_client_hello(struct ptn_writer *w, const struct ptn_client_hello_out *hello)
    PTN_CONTRACT(REQUIRES(WRITER(w) && CLIENT_HELLO_OUT(hello)) ENCODES(w));

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
// For contracts: its spans.
#define SERVER_HELLO_WITHIN(h, body)                             \
    (WITHIN((h).random, body) && WITHIN((h).session_id, body) && \
     WITHIN((h).share.key_exchange, body) && WITHIN((h).cookie, body))
#define SERVER_HELLO_EXTENSION_FIELDS(h) \
    (h).extensions, (h).share, (h).selected_group, (h).cookie, (h).selected_identity

// Parses the body of a ServerHello or HelloRetryRequest. `asked` are the extensions of our
// ClientHello. Extensions are judged only when selected_version is TLS 1.3; without
// supported_versions it is 0: an answer for TLS 1.2.
patina_err ptn_parse_server_hello(patina_span body, uint32_t asked, struct ptn_server_hello *out)
    PTN_CONTRACT(PARSES(body, out) ENSURES(SERVER_HELLO_WITHIN(*out, body))
                     ENSURES(IFF(RESULT == PATINA_OK, out->random.len == 32) &&
                             out->session_id.len <= 32));

struct ptn_server_hello_out {
    bool is_hello_retry;
    patina_span random; // ignored for a HelloRetryRequest
    patina_span session_id;
    uint16_t cipher_suite;
    uint16_t group;     // of the share, or the one asked for; 0: no key_share (cookie alone)
    patina_span share;  // ServerHello
    patina_span cookie; // HelloRetryRequest
};
// For contracts: all that it names can be read.
#define SERVER_HELLO_OUT(hello)                                               \
    (READABLE(hello) && SPAN((hello)->random) && SPAN((hello)->session_id) && \
     SPAN((hello)->share) && SPAN((hello)->cookie))

void ptn_encode_server_hello(struct ptn_writer *w, const struct ptn_server_hello_out *hello)
    PTN_CONTRACT(REQUIRES(WRITER(w) && SERVER_HELLO_OUT(hello)) ENCODES(w));

#endif
