// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation, RFC 5280 §6.3 and RFC 6960: the status of one certificate under one issuer, from the
// lists that the application gave and the OCSP answer that the peer stapled. Asked for each link of
// a path that stands.
#ifndef PTN_X509_REVOCATION_H
#define PTN_X509_REVOCATION_H

#include "patina/provider.h"
#include "patina/revocation.h"
#include "patina/verify.h"
#include "x509/cert.h"
#include "x509/text.h"

// What a request brings along.
struct ptn_revocation {
    struct patina_crls *crls; // NULL: none
    uint32_t flags;           // enum patina_revocation_flags
    patina_span staple;       // an OCSPResponse in DER; empty: none came
};

struct ptn_status_query {
    const struct patina_provider *provider;
    const struct ptn_revocation *revocation;
    const struct ptn_cert *cert, *issuer; // the issuer's signature on the certificate holds
    int64_t now_s;
    enum patina_profile profile;
    bool is_leaf;           // the staple speaks of it
    bool demands_staple;    // as leaf, when it says so itself (must-staple)
    size_t signatures_left; // budgets, counted down
    size_t comparisons_left;
};

// Why not: beside the error what a sentence about it needs.
struct ptn_status {
    const char *rule; // section of `rfc`
    uint16_t rfc;
    int64_t when_s; // of revocation; when a list or an answer ended, or begins
    uint8_t reason; // CRLReason
    bool by_staple; // what was stapled says so
};

// OK: as far as is asked, the certificate is not revoked. CERT_REVOKED, CERT_REVOCATION_UNKNOWN,
// CRL_EXPIRED, CRL_BAD_SIGNATURE, CRL_KEY_USAGE, MUST_STAPLE_MISSING, STAPLE_REQUIRED, the OCSP_
// rows, CERT_BUDGET, and what is no property of a certificate (NO_MEMORY, PROVIDER).
patina_err ptn_revocation_check(struct ptn_status_query *q, struct ptn_status *out)
    PTN_CONTRACT(JUDGES_STATUS(q, out));

// Goes on with a sentence that begins with the certificate, on an error of ptn_revocation_check;
// adds nothing for any other.
void ptn_revocation_say(patina_err err, const struct ptn_status *status, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(status)) SAYS(t));

// ---- Shared by the files of revocation

// One signature out of the budget, by `key`. BAD_SIGNATURE also for an algorithm or a key that is
// not accepted. CERT_BUDGET, NO_MEMORY, PROVIDER.
patina_err ptn_status_signature(struct ptn_status_query *q, const struct ptn_spki *key,
                                patina_span sig_alg, patina_span message, patina_span signature)
    PTN_CONTRACT(REQUIRES(WRITABLE(q) && READABLE(q->provider) && READABLE(key) && SPKI(*key))
                     REQUIRES(SPAN(sig_alg) && SPAN(message) && SPAN(signature))
                         ASSIGNS(q->signatures_left)
                             ENSURES(q->signatures_left <= OLD(q->signatures_left)));

// What the lists say of q->cert.
patina_err ptn_crls_check(struct ptn_status_query *q, struct ptn_status *out)
    PTN_CONTRACT(REQUIRES(q->revocation->crls != NULL) JUDGES_STATUS(q, out));
// What the stapled answer says.
patina_err ptn_ocsp_check(struct ptn_status_query *q, struct ptn_status *out)
    PTN_CONTRACT(JUDGES_STATUS(q, out));

#endif
