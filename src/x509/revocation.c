// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation: see revocation.h. Here stands what follows from what; the lists are judged in
// crl_judge.c, the stapled answer in ocsp_judge.c.
#include "x509/revocation.h"

static bool has_flag(const struct ptn_status_query *q, uint32_t flag)
{
    return (q->revocation->flags & flag) != 0;
}

static patina_err refuse(struct ptn_status *out, patina_err err, uint16_t rfc, const char *rule)
{
    *out = (struct ptn_status){.rule = rule, .rfc = rfc};
    return err;
}

patina_err ptn_status_signature(struct ptn_status_query *q, const struct ptn_spki *key,
                                patina_span sig_alg, patina_span message, patina_span signature)
{
    const struct patina_verify_alg *alg =
        ptn_verify_alg_for_cert(q->provider, key->algorithm, sig_alg);
    PTN_REQUIRE(alg != NULL, PATINA_ERR_BAD_SIGNATURE);
    PTN_REQUIRE(q->signatures_left != 0, PATINA_ERR_CERT_BUDGET);
    q->signatures_left--;
    patina_err err = ptn_verify_with_spki(alg, key, &message, 1, signature);
    return err == PATINA_ERR_CERT_UNSUPPORTED_KEY ? PATINA_ERR_BAD_SIGNATURE : err;
}

// Whether the leaf comes with an answer where one is due, RFC 7633 §4.3.3.
static patina_err check_presence(const struct ptn_status_query *q, struct ptn_status *out)
{
    PTN_REQUIRE(q->revocation->staple.len != 0 || !q->demands_staple,
                refuse(out, PATINA_ERR_MUST_STAPLE_MISSING, 7633, "4.3.3"));
    PTN_REQUIRE(q->revocation->staple.len != 0 || !has_flag(q, PATINA_REVOCATION_REQUIRE_STAPLE),
                refuse(out, PATINA_ERR_STAPLE_REQUIRED, 6066, "8"));
    return PATINA_OK;
}

// Errors that leave the status open, as opposed to those that say that something is wrong.
static bool leaves_open(patina_err err)
{
    switch ((int)err) {
    case PATINA_ERR_CERT_REVOCATION_UNKNOWN:
    case PATINA_ERR_CRL_EXPIRED:
    case PATINA_ERR_CRL_BAD_SIGNATURE:
    case PATINA_ERR_CRL_KEY_USAGE:
    case PATINA_ERR_OCSP_RESPONDER_FAILED:
    case PATINA_ERR_OCSP_NO_ANSWER:
    case PATINA_ERR_OCSP_EXPIRED:
    case PATINA_ERR_OCSP_NOT_YET_VALID:
    case PATINA_ERR_OCSP_UNKNOWN:
        return true;
    default:
        return false;
    }
}

patina_err ptn_revocation_check(struct ptn_status_query *q, struct ptn_status *out)
{
    patina_err by_staple = PATINA_ERR_CERT_REVOCATION_UNKNOWN;
    patina_err by_list = PATINA_OK; // nothing asked
    bool tolerant = has_flag(q, PATINA_REVOCATION_ALLOW_UNKNOWN);
    *out = (struct ptn_status){0};
    if (q->is_leaf) {
        PTN_TRY(check_presence(q, out));
    }
    if (q->is_leaf && q->revocation->staple.len != 0) {
        by_staple = ptn_ocsp_check(q, out);
        // RFC 6066 §8: a client that is given an answer must check it, and abort if it is not good.
        if (by_staple != PATINA_OK && !(tolerant && leaves_open(by_staple))) {
            return by_staple;
        }
    }
    if (q->revocation->crls != NULL && (q->is_leaf || !has_flag(q, PATINA_REVOCATION_LEAF_ONLY))) {
        by_list = ptn_crls_check(q, out);
    }
    if (leaves_open(by_list) && (by_staple == PATINA_OK || tolerant)) {
        *out = (struct ptn_status){0};
        return PATINA_OK;
    }
    return by_list;
}
