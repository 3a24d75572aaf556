// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A certificate revocation list taken apart, RFC 5280 §5: complete ones that speak for their own
// issuer. Delta and indirect lists are errors with names. Spans borrow from the DER given. Lists
// can be larger than what comes in one piece, so the scan reads them as the bytes come.
#ifndef PTN_X509_CRL_H
#define PTN_X509_CRL_H

#include "base/bytes.h"
#include "base/limits.h"

// ReasonFlags, RFC 5280 §4.2.1.13: bit i for reason i, keyCompromise (1) to aACompromise (8).
#define PTN_ALL_REASONS UINT32_C(0x1fe)

// What a list speaks of: IssuingDistributionPoint, RFC 5280 §5.2.5.
struct ptn_crl_scope {
    patina_span whole; // contents of the extension; empty: it is not there
    patina_span point; // contents of DistributionPointName; empty: none
    bool only_user, only_ca, only_attribute;
    uint32_t reasons; // bits of PTN_ALL_REASONS
};

struct ptn_crl {
    uint32_t version;          // 1 or 2
    patina_span tbs;           // TBSCertList with its header: what is signed
    patina_span signature_alg; // contents of the AlgorithmIdentifier, inner = outer
    patina_span signature;     // the bits
    patina_span issuer;        // Name with its header
    int64_t this_update_s;
    int64_t next_update_s; // as this_update_s when the list does not say
    patina_span entries;   // contents of revokedCertificates; empty: none
    size_t entries_count;
    patina_span number; // cRLNumber, octets of the INTEGER; empty: none
    struct ptn_crl_scope scope;
};

// One revoked certificate, RFC 5280 §5.1.2.6 and §5.3.
struct ptn_crl_entry {
    patina_span serial;
    int64_t revoked_s;
    bool has_extensions;
    uint8_t reason; // CRLReason; 0: unspecified, or none given
};

// Reads a CRLReason, RFC 5280 §5.3.1; false when it is none that a complete list may give.
PTN_MUST bool ptn_crl_read_reason(struct ptn_reader *r, uint8_t *out)
    PTN_CONTRACT(REQUIRES(READER(r) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*r), *out)
                     ENSURES(DER_READ(r)));

// Reads the next entry of revokedCertificates. CRL_ENCODING, CRL_INDIRECT, CRL_CRITICAL_EXTENSION.
patina_err ptn_crl_read_entry(struct ptn_reader *list, struct ptn_crl_entry *out)
    PTN_CONTRACT(REQUIRES(READER(list) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*list), *out)
                     ENSURES(READER_STATE(*list) && WITHIN(out->serial, READER_WHOLE(*list)))
                         ENSURES(IMPLIES(RESULT == PATINA_OK,
                                         READING(*list) && out->serial.len != 0 &&
                                             READER_DONE(*list) > OLD(READER_DONE(*list)))));

// Reads the contents of the [0] box, crlExtensions, into `number` and `scope`. CRL_ENCODING,
// CRL_DELTA, CRL_INDIRECT, CRL_CRITICAL_EXTENSION.
patina_err ptn_crl_parse_extensions(patina_span box, struct ptn_crl *out)
    PTN_CONTRACT(REQUIRES(SPAN(box) && WRITABLE(out)) ASSIGNS(out->number, out->scope)
                     ENSURES(WITHIN(out->number, box) && WITHIN(out->scope.whole, box) &&
                             WITHIN(out->scope.point, box))
                         ENSURES((out->scope.reasons & ~PTN_ALL_REASONS) == 0));

// ---- The scan: a list of which only the first bytes may have come.

struct ptn_range { // [at, at + len) of a list
    size_t at, len;
};

enum ptn_crl_stage { // what comes next
    PTN_CRL_OUTER = 0,
    PTN_CRL_TBS,
    PTN_CRL_VERSION,
    PTN_CRL_ALGORITHM,
    PTN_CRL_ISSUER,
    PTN_CRL_THIS_UPDATE,
    PTN_CRL_NEXT_UPDATE,
    PTN_CRL_REVOKED,
    PTN_CRL_ENTRY,
    PTN_CRL_EXTENSIONS,
    PTN_CRL_TBS_END,
    PTN_CRL_OUTER_ALGORITHM,
    PTN_CRL_SIGNATURE,
    PTN_CRL_WHOLE, // nothing: it was read to its end
};

// Zeroed before the first byte, but for the limits.
struct ptn_crl_scan {
    size_t max_bytes, max_entries; // what the list may have
    enum ptn_crl_stage stage;
    size_t at; // where what comes next begins
    struct ptn_range whole, tbs, algorithm, issuer, entries, extensions, signature;
    uint32_t version;
    int64_t this_update_s, next_update_s;
    size_t entries_count;
};

// For contracts: what holds between two steps. Every range lies in the list, of which nothing is
// known before its header is read.
#define CRL_RANGE(s, r)                                                                      \
    ((unsigned __CPROVER_bitvector[66])(r).at + (unsigned __CPROVER_bitvector[66])(r).len <= \
     (s).whole.len)
// By & and not &&: no part needs another to be true, and so the model checker makes no branches.
#define CRL_SCAN(s)                                                                             \
    (((s).stage <= PTN_CRL_WHOLE) & ((s).max_bytes <= PTN_MAX_CRL_BYTES) &                      \
     ((s).at <= (s).whole.len) & ((s).whole.at == 0) & ((s).whole.len <= (s).max_bytes) &       \
     (((s).stage != PTN_CRL_OUTER) | ((s).whole.len == 0)) & CRL_RANGE(s, (s).tbs) &            \
     CRL_RANGE(s, (s).algorithm) & CRL_RANGE(s, (s).issuer) & CRL_RANGE(s, (s).entries) &       \
     CRL_RANGE(s, (s).extensions) & CRL_RANGE(s, (s).signature) & DER_TIME((s).this_update_s) & \
     DER_TIME((s).next_update_s) & ((s).max_entries <= PTN_MAX_CRL_ENTRIES) &                   \
     ((s).entries_count <= (s).max_entries))

// Reads the one element that comes next, where all of it stands in `bytes`, which is the list from
// its beginning as far as it has come. *out_more: it does not, more bytes are needed. An error is
// found with the first byte that shows it. CRL_ENCODING, CRL_TOO_LARGE, CRL_DELTA, CRL_INDIRECT,
// CRL_CRITICAL_EXTENSION.
patina_err
ptn_crl_scan_step(struct ptn_crl_scan *s, patina_span bytes, bool *out_more) PTN_CONTRACT(
    REQUIRES(WRITABLE(s) && SPAN(bytes) &&
             WRITABLE(out_more)) REQUIRES(CRL_SCAN(*s) && s->at <= bytes.len) ASSIGNS(*s, *out_more)
        ENSURES(CRL_SCAN(*s) && s->at <= bytes.len && s->at >= OLD(s->at))
            ENSURES(s->max_bytes == OLD(s->max_bytes) && s->max_entries == OLD(s->max_entries))
                ENSURES(IFF(s->stage == PTN_CRL_OUTER,
                            OLD(s->stage) == PTN_CRL_OUTER && (RESULT != PATINA_OK || *out_more)))
                    ENSURES(IMPLIES(OLD(s->stage) != PTN_CRL_OUTER,
                                    s->whole.len == OLD(s->whole.len)))
                        ENSURES(IMPLIES(RESULT == PATINA_OK && !*out_more, s->at > OLD(s->at))));

// The list once it has been read to its end: `bytes` is all of it.
patina_err ptn_crl_scan_finish(const struct ptn_crl_scan *s, patina_span bytes, struct ptn_crl *out)
    PTN_CONTRACT(REQUIRES(READABLE(s) && CRL_SCAN(*s) && SPAN(bytes) && WRITABLE(out)) ASSIGNS(*out)
                     EACH_CRL_SPAN(ENSURES_WITHIN, *out, bytes)
                         ENSURES((out->scope.reasons & ~PTN_ALL_REASONS) == 0)
                             ENSURES(DER_TIME(out->this_update_s) && DER_TIME(out->next_update_s))
                                 ENSURES(out->entries.len <= PTN_MAX_CRL_BYTES &&
                                         out->entries_count <= PTN_MAX_CRL_ENTRIES));

#endif
