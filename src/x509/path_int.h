// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What the files of path building share: the failure that is kept, the judgement of one certificate
// (path_judge.c), the words for it (path_text.c).
#ifndef PTN_X509_PATH_INT_H
#define PTN_X509_PATH_INT_H

#include "x509/path.h"
#include "x509/roots.h"

// Why one certificate, or one step of a path, was refused. Words are made only for the one that is
// kept.
struct ptn_path_failure {
    patina_err err;
    int16_t index;    // in the chain; -1: a root
    const char *rule; // section of RFC 5280, or of `rfc`
    uint16_t rfc;
    const struct ptn_cert *cert;  // NULL when it did not parse
    const struct ptn_cert *other; // the issuer or the constrained certificate it failed with, or
                                  // NULL
    uint8_t name_tag;             // of the name outside the constraints
    patina_span name;
    uint32_t number;          // pathLenConstraint
    const char *words;        // of a rule of profile.c; NULL: another one
    struct ptn_status status; // of revocation
};

// Where a certificate stands on the path.
struct ptn_path_place {
    int16_t index;
    bool is_root;
    uint32_t below; // intermediates below it that are not self-issued, RFC 5280 §4.2.1.9
};

// Judges the end entity by itself: extensions, use, dates, name. Errors of class 7.
patina_err ptn_path_judge_leaf(const struct ptn_path_request *q, const struct ptn_cert *leaf,
                               size_t *comparisons, struct ptn_path_failure *out)
    PTN_CONTRACT(REQUIRES(PATH_QUESTION(q) && READABLE(leaf) && CERT(*leaf))
                     REQUIRES(WRITABLE(comparisons) && WRITABLE(out)) ASSIGNS(*comparisons, *out)
                         ENSURES(*comparisons <= OLD(*comparisons)));

// Judges an issuer by itself: extensions, use, dates, path length.
patina_err ptn_path_judge_issuer(const struct ptn_path_request *q, const struct ptn_cert *issuer,
                                 struct ptn_path_place place, struct ptn_path_failure *out)
    PTN_CONTRACT(REQUIRES(PATH_QUESTION(q) && READABLE(issuer) && CERT(*issuer) && WRITABLE(out))
                     ASSIGNS(*out));

// How much an error says of what is wrong: the most specific one is kept.
enum { PTN_MOST_RANK = 12 };
uint32_t ptn_path_rank(patina_err err) PTN_CONTRACT(ASSIGNS() ENSURES(RESULT <= PTN_MOST_RANK));

// ---- Names of issuers (path_name.c)

// Whether a certificate whose subject is `subject` is the one that another names as `issuer`, RFC
// 5280 §6.1.3 (a)(4): byte by byte, and in profile PRIVATE also when the name is written in another
// way (§7.1). What comparing costs is taken from *comparisons.
bool ptn_path_is_issuer(const struct ptn_path_request *q, patina_span subject, patina_span issuer,
                        size_t *comparisons)
    PTN_CONTRACT(REQUIRES(READABLE(q) && SPAN(subject) && SPAN(issuer) && WRITABLE(comparisons))
                     ASSIGNS(*comparisons) ENSURES(*comparisons <= OLD(*comparisons)));

// Profile PRIVATE: looks on from *place for a root whose subject is `issuer` written in another
// way; *place is then behind the first of that subject. False: none is left, or no comparisons are.
bool ptn_path_other_name(const struct ptn_path_request *q, patina_span issuer, size_t *place,
                         size_t *comparisons)
    PTN_CONTRACT(REQUIRES(READABLE(q) && SPAN(issuer) && WRITABLE(place) && WRITABLE(comparisons))
                     ASSIGNS(*place, *comparisons) ENSURES(*comparisons <= OLD(*comparisons))
                         ENSURES(IMPLIES(RESULT, *place != 0)));

static inline bool ptn_cert_is_self_issued(const struct ptn_cert *cert)
{
    return ptn_span_equal(cert->issuer, cert->subject);
}

// Writes certificate, rule and text of a failure.
void ptn_path_explain(const struct ptn_path_request *q, const struct ptn_path_failure *failure,
                      struct ptn_path_result *out);

#endif
