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

// The extensions that are read, as bits of `present` and `critical`; sections of RFC 5280 unless
// said.
enum ptn_cert_ext {
    PTN_CERT_EXT_AUTHORITY_KEY_ID = 1 << 0,    // §4.2.1.1
    PTN_CERT_EXT_SUBJECT_KEY_ID = 1 << 1,      // §4.2.1.2
    PTN_CERT_EXT_KEY_USAGE = 1 << 2,           // §4.2.1.3
    PTN_CERT_EXT_POLICIES = 1 << 3,            // §4.2.1.4
    PTN_CERT_EXT_POLICY_MAPPINGS = 1 << 4,     // §4.2.1.5
    PTN_CERT_EXT_SUBJECT_ALT_NAME = 1 << 5,    // §4.2.1.6
    PTN_CERT_EXT_ISSUER_ALT_NAME = 1 << 6,     // §4.2.1.7
    PTN_CERT_EXT_BASIC_CONSTRAINTS = 1 << 7,   // §4.2.1.9
    PTN_CERT_EXT_NAME_CONSTRAINTS = 1 << 8,    // §4.2.1.10
    PTN_CERT_EXT_POLICY_CONSTRAINTS = 1 << 9,  // §4.2.1.11
    PTN_CERT_EXT_EXTENDED_KEY_USAGE = 1 << 10, // §4.2.1.12
    PTN_CERT_EXT_CRL_POINTS = 1 << 11,         // §4.2.1.13
    PTN_CERT_EXT_INHIBIT_ANY_POLICY = 1 << 12, // §4.2.1.14
    PTN_CERT_EXT_FRESHEST_CRL = 1 << 13,       // §4.2.1.15
    PTN_CERT_EXT_AUTHORITY_INFO = 1 << 14,     // §4.2.2.1
    PTN_CERT_EXT_TLS_FEATURE = 1 << 15,        // RFC 7633 §4
    PTN_CERT_EXT_SCTS = 1 << 16,               // RFC 6962 §3.3
    PTN_CERT_EXT_OCSP_NO_CHECK = 1 << 17,      // RFC 6960 §4.2.2.2.1
};

// What the extensions say. A span is the contents of the outermost element and empty when the
// extension is not there.
struct ptn_cert_extensions {
    uint32_t present, critical;   // bits of enum ptn_cert_ext
    patina_span unknown_critical; // the OID of the first critical one not read here; empty: none
    bool is_ca, has_path_len;
    uint32_t path_len;
    uint32_t key_usage;                              // bits as RFC 5280 numbers them
    patina_span eku;                                 // ExtKeyUsageSyntax
    patina_span san, issuer_alt_name;                // GeneralNames
    patina_span name_constraints;                    // NameConstraints, read in constraints.c
    patina_span authority_key_id, subject_key_id;    // key identifiers
    bool has_authority_issuer, has_authority_serial; // beside the authority's key identifier
    patina_span crl_points, freshest_crl;            // CRLDistributionPoints
    patina_span authority_info;                      // AuthorityInfoAccessSyntax
    bool has_ocsp_responder;                         // one of authority_info is id-ad-ocsp
    patina_span tls_feature;                         // Features
    bool must_staple;                                // status_request is one of them
    patina_span scts; // SignedCertificateTimestampList, as TLS has it
    patina_span policies, policy_mappings;
    bool has_require_explicit_policy, has_inhibit_policy_mapping;
    uint32_t require_explicit_policy, inhibit_policy_mapping, inhibit_any_policy; // SkipCerts
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
    struct ptn_cert_extensions ext;
};

static inline bool ptn_cert_has(const struct ptn_cert *cert, enum ptn_cert_ext bit)
{
    return (cert->ext.present & (uint32_t)bit) != 0;
}

// Parses one certificate strictly: DER, v3, no duplicate extension, inner signature algorithm =
// outer, names whole. CERT_ENCODING, CERT_DUPLICATE_EXTENSION, CERT_BUDGET. The
// whole span is used.
patina_err ptn_cert_parse(patina_span der, struct ptn_cert *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out)) ASSIGNS(*out)
                     EACH_CERT_SPAN(ENSURES_WITHIN, *out, der)
                         ENSURES(IMPLIES(RESULT == PATINA_OK, der.len <= PTN_MAX_CERT_BYTES))
                             ENSURES(RESULT == PATINA_OK ? out->version == 3
                                                         : out->version == 0 && out->der.len == 0));

// As above, for a trust anchor: also v1, which has a name and a key and nothing else.
patina_err ptn_cert_parse_anchor(patina_span der, struct ptn_cert *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out)) ASSIGNS(*out)
                     EACH_CERT_SPAN(ENSURES_WITHIN, *out, der)
                         ENSURES(IMPLIES(RESULT == PATINA_OK, der.len <= PTN_MAX_CERT_BYTES))
                             ENSURES(RESULT == PATINA_OK ? out->version == 3 || out->version == 1
                                                         : out->version == 0 && out->der.len == 0));

// Whether the contents of extendedKeyUsage (RFC 5280 §4.2.1.12) name this purpose.
bool ptn_has_purpose(patina_span eku, patina_span purpose)
    PTN_CONTRACT(REQUIRES(SPAN(eku) && SPAN(purpose)) ASSIGNS());

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
    PTN_CONTRACT(REQUIRES(READABLE(cert) && SPAN(cert->issuer) && SPAN(cert->subject) &&
                          SPAN(cert->signature_alg) && READABLE_ARRAY(schemes, schemes_count))
                     ASSIGNS());

// What people call a signature algorithm ("ecdsa-with-SHA256"), static; NULL for one not known.
const char *ptn_signature_alg_name(patina_span sig_alg)
    PTN_CONTRACT(REQUIRES(SPAN(sig_alg)) ASSIGNS());

#endif
