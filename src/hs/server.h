// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What server.c and server13.c share.
#ifndef PTN_HS_SERVER_H
#define PTN_HS_SERVER_H

#include "hs/roles.h"

// RFC 9846 §4.3.1 and §4.2.2: a ClientHello for TLS 1.3.
patina_err ptn_server_check_version(const struct ptn_client_hello *hello);

// Opens an operation about the ClientHello and calls its resolver: OK (done), PENDING, or why it
// failed.
patina_err ptn_server_ask(struct ptn_hs *hs, uint32_t kind, patina_resolve_callback *callback);

// Chooses suite, group and protocol for the first ClientHello, then asks for another or goes on to
// the credential.
patina_err ptn_server13_negotiate(struct ptn_hs *hs);

#endif
