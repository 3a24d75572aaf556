// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A stapled OCSP response taken apart, RFC 6960 §4.2. Spans borrow from the DER given. Whether it
// is good for a certificate is revocation.h.
#ifndef PTN_X509_OCSP_H
#define PTN_X509_OCSP_H

#include "base/bytes.h"
#include "base/limits.h"

enum { PTN_OCSP_SUCCESSFUL = 0 }; // OCSPResponseStatus

struct ptn_ocsp {
    uint8_t response_status;    // of a failure nothing else is there
    patina_span tbs;            // ResponseData with its header: what is signed
    patina_span signature_alg;  // contents of the AlgorithmIdentifier
    patina_span signature;      // the bits
    patina_span responder_name; // Name with its header, or:
    patina_span responder_key;  // SHA-1 of the responder's key
    int64_t produced_s;
    patina_span answers; // contents of `responses`
    patina_span certs;   // contents of `certs`, at most PTN_MAX_OCSP_CERTIFICATES SEQUENCEs
};

enum ptn_cert_status {
    PTN_STATUS_GOOD = 0,
    PTN_STATUS_REVOKED = 1,
    PTN_STATUS_UNKNOWN = 2,
};

struct ptn_ocsp_answer {  // SingleResponse
    patina_span hash_alg; // contents of the AlgorithmIdentifier
    patina_span name_hash, key_hash, serial;
    enum ptn_cert_status status;
    int64_t revoked_s;
    uint8_t reason; // CRLReason; 0: unspecified, or none given
    int64_t this_update_s;
    int64_t next_update_s; // PTN_OCSP_DEFAULT_AGE_S behind this_update_s when none is given
};

// Parses an OCSPResponse strictly; every answer of it is read once. OCSP_ENCODING, OCSP_TOO_LARGE,
// OCSP_CRITICAL_EXTENSION.
patina_err ptn_ocsp_parse(patina_span der, struct ptn_ocsp *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(OCSP_WITHIN(*out, der) &&
                             IMPLIES(RESULT == PATINA_OK, der.len <= PTN_MAX_OCSP_BYTES))
                         ENSURES(IMPLIES(RESULT != PATINA_OK, out->tbs.len == 0)));

// Reads the next of the answers. OCSP_ENCODING, OCSP_CRITICAL_EXTENSION.
patina_err ptn_ocsp_read_answer(struct ptn_reader *answers, struct ptn_ocsp_answer *out)
    PTN_CONTRACT(REQUIRES(READER(answers) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*answers), *out)
                     ENSURES(READER_STATE(*answers) &&
                             WITHIN(out->hash_alg, READER_WHOLE(*answers)) &&
                             WITHIN(out->name_hash, READER_WHOLE(*answers)) &&
                             WITHIN(out->key_hash, READER_WHOLE(*answers)) &&
                             WITHIN(out->serial, READER_WHOLE(*answers)) &&
                             DER_TIME(out->this_update_s) && NEAR_DER_TIME(out->next_update_s))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         READING(*answers) && out->serial.len != 0 &&
                                             READER_DONE(*answers) > OLD(READER_DONE(*answers)))));

#endif
