// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Distribution points, RFC 5280 §4.2.1.13: whether a revocation list speaks for a certificate, and
// of which reasons.
#ifndef PTN_X509_CRL_POINTS_H
#define PTN_X509_CRL_POINTS_H

#include "x509/cert.h"
#include "x509/crl.h"

// Reads the contents of a ReasonFlags, a BIT STRING under another tag; false when malformed. One of
// no bits is lawful and names no reason.
PTN_MUST bool ptn_reason_flags(patina_span contents, uint32_t *out)
    PTN_CONTRACT(REQUIRES(SPAN(contents) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES((*out & ~PTN_ALL_REASONS) == 0));

// The reasons of which `crl`, a list of the certificate's issuer, speaks for `cert`: 0 when it is
// not for this certificate. RFC 5280 §6.3.3 (b) and (d), over every distribution point and each of
// its names. *budget counts down a comparison a pair of names; at 0 the answer says nothing.
uint32_t ptn_crl_reasons_for(const struct ptn_crl *crl, const struct ptn_cert *cert, size_t *budget)
    PTN_CONTRACT(REQUIRES(READABLE(crl) && CRL(*crl) && READABLE(cert) && CERT(*cert) &&
                          WRITABLE(budget)) ASSIGNS(*budget)
                     ENSURES((RESULT & ~PTN_ALL_REASONS) == 0 && *budget <= OLD(*budget)));

#endif
