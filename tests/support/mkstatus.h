// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation lists, OCSP answers and certificates made while a test runs: DER out of the notation
// of tests/unit/der_notation.h, so that every part can be a wrong one, signed with libcrypto by a
// certificate of mkcert.h. Any failure ends the test program. Link patina_mkstatus.
//
//     patina_span crl = test_make_crl(&(struct test_crl_options){
//         .issuer = &root, .entries = test_crl_entries(&leaf, NULL)});
//     ... status_free(crl);
#ifndef PTN_TESTS_MKSTATUS_H
#define PTN_TESTS_MKSTATUS_H

#include "mkcert.h"

// Texts in DER notation end with NULL for "the usual"; "" leaves a part out.
struct test_crl_options {
    const struct test_cert *issuer;        // signs, and is named
    const struct test_cert *name_of;       // is named in its place; NULL: the issuer
    const char *version;                   // "020101"
    const char *inner_alg, *outer_alg;     // an AlgorithmIdentifier
    const char *this_update, *next_update; // "17{ '261101000000Z' }", "17{ '261201000000Z' }"
    const char *entries;                   // what stands in revokedCertificates; NULL: none
    const char *revoked;                   // instead of the whole SEQUENCE
    const char *extensions;                // what stands in the list; NULL: cRLNumber 1
    const char *box;                       // instead of the whole [0]
    const char *signature;                 // instead of a good one
    const char *after_tbs, *after;         // trailing parts
};
patina_span test_make_crl(const struct test_crl_options *o);

// cRLNumber, in notation; `number` is hex octets.
#define TEST_CRL_NUMBER(number) "30{ 0603551d14 04{ 02{ " number " } } }"
// IssuingDistributionPoint, critical, with these fields.
#define TEST_CRL_SCOPE(fields) "30{ 0603551d1c 0101ff 04{ 30{ " fields " } } }"

// An entry for a certificate, with these crlEntryExtensions ("" none), in notation; static until
// the next eight calls.
const char *test_crl_entry(const struct test_cert *cert, const char *extensions);
// The serial number's octets in hex; static as above.
const char *test_serial_hex(const struct test_cert *cert);

// CRLReason as an extension.
#define TEST_REASON(code) "30{ 0603551d15 04{ 0a01" code " } }"

enum { TEST_ANSWERS = 20, TEST_RESPONDER_CERTS = 6 };

struct test_ocsp_answer {
    const struct test_cert *cert, *issuer;     // NULL cert: no answer any more
    bool sha256;                               // CertID by SHA-256, else SHA-1
    const char *hash_alg;                      // instead of the AlgorithmIdentifier
    const char *name_hash, *key_hash, *serial; // instead of the right ones
    const char *status;                        // "8000"
    const char *this_update, *next_update;     // "18{ '20261120000000Z' }", "a0{ 18{ ... } }"
    const char *extensions;                    // [1] with its box; NULL: none
};

struct test_ocsp_options {
    const struct test_cert *signer;
    const struct test_cert *responder;                  // named; NULL: the signer
    bool by_name;                                       // responderID, else by key
    const char *response_status;                        // "0a0100"
    const char *response_bytes;                         // instead of the whole [0]
    const char *response_type;                          // "06092b0601050507300101"
    const char *version;                                // none
    const char *responder_id;                           // instead of the whole
    const char *produced_at;                            // "18{ '20261120000000Z' }"
    const char *extensions;                             // [1] with its box; NULL: none
    const char *alg;                                    // signatureAlgorithm
    const char *signature;                              // instead of a good one
    const char *certs;                                  // instead of the whole [0]
    const char *after_tbs;                              // trailing parts: in the signed part,
    const char *after_basic;                            // in ResponseBytes,
    const char *after_bytes;                            // in its box,
    const char *after;                                  // in OCSPResponse
    const struct test_cert *with[TEST_RESPONDER_CERTS]; // sent along
    struct test_ocsp_answer answers[TEST_ANSWERS];
};
patina_span test_make_ocsp(const struct test_ocsp_options *o);

// A certificate part by part; the signature holds unless it is given.
struct test_part_options {
    const struct test_cert *issuer;
    const struct test_cert *key_of;    // whose SubjectPublicKeyInfo it has; NULL: the issuer's
    const char *version, *serial;      // "a0{ 020102 }", "0201 05"
    const char *inner_alg, *outer_alg; // an AlgorithmIdentifier
    const char *validity;              // "30{ 17{ ... } 17{ ... } }", 2026 to 2027
    const char *subject;               // a Name: "30{ ... }", CN=Parts
    const char *spki;                  // instead of the whole SubjectPublicKeyInfo
    const char *extensions;            // what stands in the list; NULL: none at all
    const char *signature;             // instead of a good one
};
patina_span test_make_parts(const struct test_part_options *o);

void status_free(patina_span der);

#endif
