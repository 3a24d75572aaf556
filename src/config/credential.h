// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A chain of our own and its key, as hs reads it: the leaf parsed, the schemes filtered to those
// that fit its key.
#ifndef PTN_CONFIG_CREDENTIAL_H
#define PTN_CONFIG_CREDENTIAL_H

#include "base/limits.h"
#include "base/mem.h"
#include "base/ref.h"
#include "patina/cert.h"
#include "x509/cert.h"
#include "x509/name.h"

struct patina_credential {
    struct ptn_ref ref;
    const struct patina_allocator *alloc;
    const struct patina_provider *provider;
    struct patina_credential *base; // NULL, or the one that owns chain, certs and key for this one
    struct patina_chain *chain;
    struct patina_key *key;
    struct ptn_cert leaf;   // borrows from the chain
    struct ptn_cert *certs; // the whole chain parsed, for what its signatures are; likewise
    size_t certs_count;
    uint16_t schemes[PTN_MAX_OFFERED];
    size_t schemes_count;
    patina_span ocsp_response, sct_list; // own copies; empty: none
};

// The scheme to sign with in TLS 1.3 for a peer that accepts `offered` (count numbers through
// `at`): our first one that is offered and is not RSA PKCS#1 (RFC 9846 §4.5.2); 0 when there is
// none.
typedef bool ptn_scheme_test(const void *arg, uint16_t scheme);
uint16_t ptn_credential_scheme13(const struct patina_credential *c, ptn_scheme_test *is_offered,
                                 const void *arg);

// Whether every signature in the chain is one the peer accepts (RFC 9846 §4.3.3); a self-signed
// certificate is not asked.
bool ptn_credential_chain_fits(const struct patina_credential *c, const uint16_t *schemes,
                               size_t schemes_count);

#endif
