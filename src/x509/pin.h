// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Judging a peer by what the application knows of it already: its certificate, or its key. No
// issuer is asked, so a chain of any length and a certificate signed by itself will do.
#ifndef PTN_X509_PIN_H
#define PTN_X509_PIN_H

#include "patina/provider.h"
#include "x509/path.h"

struct ptn_pins {
    const struct patina_hash *sha256;
    patina_span *items; // certificates as DER, or SHA-256 of SubjectPublicKeyInfo
    size_t count;
    bool are_keys;
    bool judges_dates;
};

// Judges the leaf of `q` (of which chain and time are read): OK, CERT_NOT_PINNED, or why it cannot
// be read; with judges_dates CERT_EXPIRED, CERT_NOT_YET_VALID.
patina_err ptn_pins_judge(const struct ptn_pins *pins, const struct ptn_path_request *q,
                          struct ptn_path_result *out);

#endif
