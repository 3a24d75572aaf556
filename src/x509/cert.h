// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A certificate taken apart, RFC 5280 §4. All spans borrow from the DER given.
#ifndef PTN_X509_CERT_H
#define PTN_X509_CERT_H

#include "base/bytes.h"
#include "base/limits.h"
#include "patina/provider.h"

// SubjectPublicKeyInfo, RFC 5280 §4.1.2.7.
struct ptn_spki {
    patina_span whole;      // the SEQUENCE with its header
    patina_span algorithm;  // contents of the AlgorithmIdentifier
    patina_span public_key; // the bits, without the count of unused ones (which is 0)
};

enum ptn_key_usage { // RFC 5280 §4.2.1.3
    PTN_KEY_USAGE_DIGITAL_SIGNATURE = 1 << 0,
    PTN_KEY_USAGE_KEY_CERT_SIGN = 1 << 5,
    PTN_KEY_USAGE_CRL_SIGN = 1 << 6,
};

struct ptn_cert {
    uint8_t version; // 3; 1 for some trust anchors
    patina_span der; // the whole certificate
    patina_span tbs; // TBSCertificate with its header: what is signed
    patina_span serial;
    patina_span signature_alg; // contents of the AlgorithmIdentifier, inner = outer
    patina_span signature;     // the bits
    patina_span issuer;        // Name with its header
    patina_span subject;
    int64_t not_before_s, not_after_s;
    struct ptn_spki spki;
    bool has_basic_constraints, is_ca, has_path_len;
    uint32_t path_len;
    bool has_key_usage;
    uint32_t key_usage; // bits as RFC 5280 numbers them
    patina_span eku;    // contents of ExtKeyUsageSyntax; empty: none
    patina_span san;    // contents of GeneralNames; empty: none
    bool san_critical;
    patina_span name_constraints;                 // contents; empty: none
    patina_span authority_key_id, subject_key_id; // key identifiers; empty: none
    patina_span crl_points;                       // contents of CRLDistributionPoints; empty: none
    bool must_staple;                             // TLSFeature names status_request, RFC 7633
    bool has_unknown_critical;                    // judged when the path is built
};

// Parses one certificate strictly: DER, v3, no duplicate extension, inner signature algorithm =
// outer. CERT_ENCODING, CERT_DUPLICATE_EXTENSION, CERT_BUDGET. The whole span is used.
patina_err ptn_cert_parse(patina_span der, struct ptn_cert *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(CERT_WITHIN(*out, der) &&
                             IMPLIES(RESULT == PATINA_OK, der.len <= PTN_MAX_CERT_BYTES))
                         ENSURES(RESULT == PATINA_OK ? out->version == 3
                                                     : out->version == 0 && out->der.len == 0));

// As above, for a trust anchor: also v1, which has a name and a key and nothing else.
patina_err ptn_cert_parse_anchor(patina_span der, struct ptn_cert *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(CERT_WITHIN(*out, der) &&
                             IMPLIES(RESULT == PATINA_OK, der.len <= PTN_MAX_CERT_BYTES))
                         ENSURES(RESULT == PATINA_OK ? out->version == 3 || out->version == 1
                                                     : out->version == 0 && out->der.len == 0));

// Parses a SubjectPublicKeyInfo. CERT_ENCODING.
patina_err ptn_spki_parse(patina_span der, struct ptn_spki *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out)) ASSIGNS(*out) ENSURES(SPKI_WITHIN(*out, der))
                     ENSURES(IMPLIES(RESULT != PATINA_OK,
                                     out->whole.len == 0 && out->public_key.len == 0)));

// The provider's row for a key and a SignatureScheme of CertificateVerify (RFC 9846 §4.5.2); NULL
// when none fits.
const struct patina_verify_alg *ptn_verify_alg_for_scheme(const struct patina_provider *p,
                                                          patina_span key_alg, uint16_t scheme);
// The row for a key and a certificate's signature algorithm; NULL when none fits.
const struct patina_verify_alg *ptn_verify_alg_for_cert(const struct patina_provider *p,
                                                        patina_span key_alg, patina_span sig_alg);

// Checks one signature: loads the key, verifies, drops it. CERT_UNSUPPORTED_KEY, BAD_SIGNATURE.
patina_err ptn_verify_with_spki(const struct patina_verify_alg *alg, const struct ptn_spki *spki,
                                const patina_span *message, size_t message_count,
                                patina_span signature);

// Whether a chain's signature algorithm is one of `schemes` (a client's or server's
// signature_algorithms_cert, RFC 9846 §4.3.3); a self-signed certificate's is never asked. For
// choosing among our own certificates.
bool ptn_cert_signature_is_in(const struct ptn_cert *cert, const uint16_t *schemes,
                              size_t schemes_count)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert) && READABLE_ARRAY(schemes, schemes_count))
                     ASSIGNS());

// What people call a signature algorithm ("ecdsa-with-SHA256"), static; NULL for one not known.
const char *ptn_signature_alg_name(patina_span sig_alg)
    PTN_CONTRACT(REQUIRES(SPAN(sig_alg)) ASSIGNS());

#endif
