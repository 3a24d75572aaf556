// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The extensions of a certificate, RFC 5280 §4.2; called by cert.c alone.
#ifndef PTN_X509_CERT_EXT_H
#define PTN_X509_CERT_EXT_H

#include "x509/cert.h"

// Reads the contents of the [3] box into `out`, which is zeroed before. CERT_ENCODING,
// CERT_DUPLICATE_EXTENSION, CERT_BUDGET.
patina_err ptn_cert_parse_extensions(patina_span box, struct ptn_cert_extensions *out)
    PTN_CONTRACT(REQUIRES(CERT_BYTES(box) && WRITABLE(out)) EACH_EXTENSION(REQUIRES_EMPTY, *out, 0)
                     ASSIGNS(*out) EACH_EXTENSION(ENSURES_WITHIN, *out, box));

#endif
