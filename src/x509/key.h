// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Whether a certificate's key may be relied on, RFC 5280 §4.1.2.7: its kind, its size, its form.
#ifndef PTN_X509_KEY_H
#define PTN_X509_KEY_H

#include "x509/cert.h"

// RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }, RFC 8017 §A.1.1.
struct ptn_rsa_key {
    uint32_t modulus_bits, exponent_bits;
    bool is_odd; // both numbers are
};

// Reads the bits of a subjectPublicKey; false, and all zero, when they are no RSA key.
bool ptn_rsa_key_read(patina_span public_key, struct ptn_rsa_key *out)
    PTN_CONTRACT(REQUIRES(SPAN(public_key) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(IMPLIES(!RESULT, out->modulus_bits == 0)));

// Whether a key has a size and a form to rely on: RSA with a modulus of 2048 to 8192 bits and an
// exponent from 3 to below 2^33, both odd; an uncompressed point on a curve that is named; Ed25519
// of its one length. Of other kinds nothing is known here: the provider judges them.
bool ptn_key_is_sound(const struct ptn_spki *spki)
    PTN_CONTRACT(REQUIRES(READABLE(spki) && SPKI(*spki)) ASSIGNS());

// Whether the provider checks signatures with keys of this kind.
bool ptn_key_is_known(const struct patina_provider *p, const struct ptn_spki *spki);

#endif
