// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Name constraints, RFC 5280 §4.2.1.10, applied as §6.1.3 (b) and (c) say; used by the path alone.
#ifndef PTN_X509_CONSTRAINTS_H
#define PTN_X509_CONSTRAINTS_H

#include "x509/cert.h"

// Whether every name of `cert` lies inside the constraints (contents of NameConstraints) of one of
// its issuers. *budget counts down a comparison a pair; at 0 CERT_BUDGET. CERT_NAME_CONSTRAINT for
// a name outside, and for a name of a kind that is constrained but that is not understood here or
// malformed; then *out_name is the name and *out_tag its kind. CERT_ENCODING for malformed
// constraints.
patina_err ptn_constraints_check(patina_span constraints, const struct ptn_cert *cert,
                                 size_t *budget, uint8_t *out_tag, patina_span *out_name)
    PTN_CONTRACT(REQUIRES(SPAN(constraints) && READABLE(cert) && SPAN(cert->ext.san) &&
                          SPAN(cert->subject)) REQUIRES(WRITABLE(budget) && WRITABLE(out_tag) &&
                                                        WRITABLE(out_name))
                     ASSIGNS(*budget, *out_tag, *out_name)
                         ENSURES(*budget <= OLD(*budget) && (WITHIN(*out_name, cert->ext.san) ||
                                                             WITHIN(*out_name, cert->subject))));

#endif
