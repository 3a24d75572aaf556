// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The handshake memory of each role, shared by the files of that role and, for freeing and owned
// messages, by hs.c.
#ifndef PTN_HS_ROLES_H
#define PTN_HS_ROLES_H

#include "hs/hs.h"

struct ptn_client {
    struct ptn_handshake h;
    uint8_t random[PTN_RANDOM_BYTES];
    uint8_t session_id[PTN_MAX_SESSION_ID_BYTES];
    size_t session_id_len;
    uint16_t order_seed;
    uint32_t asked;  // extensions of our ClientHello, enum ptn_ext
    patina_span sni; // own copies, of alloc
    patina_span verify_name;
    patina_span *alpn;
    size_t alpn_count;
    struct ptn_kx shares[PTN_MAX_OWN_SHARES];
    size_t shares_count;
    uint16_t curve_share; // a hybrid's curve sent as a share of its own, from the hybrid's key
                          // pair; 0: none
    struct ptn_arena shares_arena; // contexts of the key pairs and the encoded shares
    patina_span encoded_shares;
    uint16_t retry_suite, retry_group; // of the HelloRetryRequest; 0: none
    patina_span cookie;                // of the HelloRetryRequest, in h.arena
    bool certificate_requested;
    struct ptn_link_keys links; // of the peer's chain: learned once the handshake is complete
};

struct ptn_server {
    struct ptn_handshake h;        // its arena is cleared once our flight is queued
    struct ptn_client_hello hello; // borrows from hello_message
    patina_span hello_message;     // whole, in h.arena
    patina_span first_hello_body;  // after a HelloRetryRequest; in h.arena
    uint8_t client_random[PTN_RANDOM_BYTES];
    uint8_t random[PTN_RANDOM_BYTES];
    uint8_t session_id[PTN_MAX_SESSION_ID_BYTES];
    size_t session_id_len;
    patina_span sni; // of the client, lower case, in h.arena
    struct ptn_kx_group group;
    struct patina_credential *credential; // referenced
    uint16_t scheme;
};

patina_err ptn_client_new(struct ptn_hs *hs, const struct ptn_hs_options *o);
patina_err ptn_server_new(struct ptn_hs *hs, const struct ptn_hs_options *o);
struct ptn_arena *ptn_role_arena(struct ptn_hs *hs);

#endif
