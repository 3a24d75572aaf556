// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Server names, RFC 9525 and RFC 6066 §3: what the caller asks for, and whether a certificate is
// for it.
#ifndef PTN_X509_NAME_H
#define PTN_X509_NAME_H

#include "base/bytes.h"
#include "base/limits.h"
#include "x509/cert.h"

enum ptn_server_name_kind {
    PTN_NAME_NONE = 0, // what a failed parse leaves
    PTN_NAME_DNS = 1,
    PTN_NAME_IP = 2,
    PTN_NAME_URI = 3,
};

struct ptn_server_name {
    enum ptn_server_name_kind kind;
    patina_span text; // borrowed: a DNS name without a trailing dot, a URI; empty for an IP address
    uint8_t ip[16];
    size_t ip_len;  // 4 or 16
    bool is_spiffe; // a URI of that scheme
};

// Reads a name as people write it: a DNS name of A-labels (underscore accepted, one trailing dot
// dropped), an IPv4 or IPv6 address in text, or a URI with an authority ("spiffe://a.test/x", which
// is a SPIFFE ID then). BAD_SERVER_NAME for anything else, non-ASCII included.
patina_err ptn_server_name_parse(patina_span text, struct ptn_server_name *out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(WITHIN(out->text, text) && out->ip_len <= 16 &&
                             IFF(RESULT == PATINA_OK, out->kind != PTN_NAME_NONE) &&
                             IMPLIES(out->kind == PTN_NAME_IP,
                                     out->ip_len != 0 && out->text.len == 0)));

// Whether the subjectAltName has the name: dNSName with a whole left-most wildcard label,
// iPAddress, or uniformResourceIdentifier byte for byte; of a SPIFFE ID it is the only URI. The
// common name never matches. *budget counts down a comparison a name; at 0
// CERT_BUDGET. CERT_NAME_MISMATCH, CERT_ENCODING.
patina_err ptn_cert_match_name(const struct ptn_cert *cert, const struct ptn_server_name *name,
                               size_t *budget)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && SPAN(cert->ext.san) && READABLE(name) &&
                          SPAN(name->text) && name->ip_len <= 16 && WRITABLE(budget))
                     ASSIGNS(*budget) ENSURES(*budget <= OLD(*budget)));

// Whether an SNI host name (RFC 6066 §3) is a plain DNS name.
bool ptn_is_dns_name(patina_span text) PTN_CONTRACT(REQUIRES(SPAN(text)) ASSIGNS() ENSURES(
    IMPLIES(RESULT, text.len != 0 && text.len <= PTN_MAX_SERVER_NAME_BYTES)));

#endif
