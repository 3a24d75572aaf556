// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What revocation lists say of a certificate, RFC 5280 §6.3.3: those of its issuer, for its
// distribution points, of each scope the newest that can be used, until every reason is spoken of.
#include "x509/crl_points.h"
#include "x509/crls.h"
#include "x509/revocation.h"

static patina_err refuse(struct ptn_status *out, patina_err err, const char *rule, int64_t when_s)
{
    *out = (struct ptn_status){.rule = rule, .rfc = 5280, .when_s = when_s};
    return err;
}

// ---- The signature, RFC 5280 §6.3.3 (g)

static bool key_digest(const struct ptn_status_query *q, struct patina_digest *out)
{
    const struct patina_hmac *hmac = q->provider->hmac_sha256;
    return hmac != NULL &&
           hmac->hash->once(hmac->hash, &q->issuer->spki.whole, 1, out) == PATINA_OK;
}

static patina_err check_signature(struct ptn_status_query *q, struct ptn_listed_crl *list)
{
    struct patina_digest key;
    bool has_key = key_digest(q, &key);
    if (has_key && ptn_crl_is_known_good(list, &key)) {
        return PATINA_OK;
    }
    PTN_TRY(ptn_status_signature(q, &q->issuer->spki, list->crl.signature_alg, list->crl.tbs,
                                 list->crl.signature));
    if (has_key) {
        ptn_crl_note_good(list, &key);
    }
    return PATINA_OK;
}

// ---- One list

// Whether the list can be used at this time, by this issuer.
static patina_err check_list(struct ptn_status_query *q, struct ptn_listed_crl *list,
                             struct ptn_status *out)
    PTN_CONTRACT(REQUIRES(WRITABLE(q) && READABLE(q->provider) && READABLE(q->revocation))
                     REQUIRES(READABLE(q->issuer) && SPKI(q->issuer->spki) && WRITABLE(out))
                         REQUIRES(WRITABLE(list) && CRL(list->crl))
                             REQUIRES(DER_TIME(list->crl.this_update_s) &&
                                      DER_TIME(list->crl.next_update_s))
                                 ASSIGNS(*out, q->signatures_left))
{
    const struct ptn_crl *crl = &list->crl;
    bool accepts_expired = (q->revocation->flags & PATINA_REVOCATION_ACCEPT_EXPIRED) != 0;
    // What §5.1.2.1 and §5.2.3 demand of issuers; tools leave both out.
    PTN_REQUIRE(q->profile != PATINA_PROFILE_WEB || (crl->version == 2 && crl->number.len != 0),
                refuse(out, PATINA_ERR_CERT_REVOCATION_UNKNOWN, "5.2.3", 0));
    PTN_REQUIRE(crl->this_update_s - PTN_STATUS_SKEW_S <= q->now_s,
                refuse(out, PATINA_ERR_CERT_REVOCATION_UNKNOWN, "5.1.2.4", crl->this_update_s));
    PTN_REQUIRE(crl->next_update_s >= q->now_s || accepts_expired,
                refuse(out, PATINA_ERR_CRL_EXPIRED, "5.1.2.5", crl->next_update_s));
    PTN_REQUIRE(!ptn_cert_has(q->issuer, PTN_CERT_EXT_KEY_USAGE) ||
                    (q->issuer->ext.key_usage & PTN_KEY_USAGE_CRL_SIGN) != 0,
                refuse(out, PATINA_ERR_CRL_KEY_USAGE, "6.3.3 (f)", 0));
    patina_err err = check_signature(q, list);
    PTN_REQUIRE(err != PATINA_ERR_BAD_SIGNATURE,
                refuse(out, PATINA_ERR_CRL_BAD_SIGNATURE, "6.3.3 (g)", 0));
    return err;
}

// ---- All of them

// For contracts: what asking a list changes.
#define ANSWERS(s) (s)->reasons, (s)->spoke, (s)->why, (s)->status

struct search {
    patina_span issuer; // as the lists asked write it
    uint32_t reasons;   // spoken of
    size_t spoke;       // the position behind the list that spoke last; 0: none did
    patina_err why;     // nothing more is said: the first reason
    struct ptn_status status;
};

// A list of the same scope as the one that spoke is an older one.
static bool is_older(const struct ptn_status_query *q, const struct search *s,
                     const struct ptn_crl *crl)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(q->revocation) && q->revocation->crls != NULL)
                     REQUIRES(READABLE(s) && SPAN(s->issuer))
                         REQUIRES(READABLE(crl) && SPAN(crl->scope.whole)) ASSIGNS())
{
    if (s->spoke == 0) {
        return false;
    }
    size_t place = s->spoke - 1;
    const struct ptn_listed_crl *last = ptn_crls_next(q->revocation->crls, s->issuer, &place);
    return last != NULL && ptn_span_equal(last->crl.scope.whole, crl->scope.whole);
}

// Asks one list, which stands before `position`.
static patina_err ask(struct ptn_status_query *q, struct ptn_listed_crl *list, size_t position,
                      struct search *s, struct ptn_status *out)
    PTN_CONTRACT(REQUIRES(q->revocation->crls != NULL && WRITABLE(s) && WRITABLE(list)) REQUIRES(
        CRL(list->crl) && DER_TIME(list->crl.this_update_s) && DER_TIME(list->crl.next_update_s))
                     REQUIRES(READABLE_ARRAY(list->index.starts, list->index.starts_count))
                         REQUIRES(READABLE_ARRAY(list->index.places, list->index.places_count))
                             JUDGES_STATUS(q, out) REQUIRES(SPAN(s->issuer)) ASSIGNS(ANSWERS(s))
                                 ENSURES(IMPLIES(RESULT == PATINA_OK,
                                                 q->comparisons_left < OLD(q->comparisons_left))))
{
    const struct ptn_crl *crl = &list->crl;
    struct ptn_crl_entry entry;
    struct ptn_status why;
    PTN_REQUIRE(q->comparisons_left != 0, PATINA_ERR_CERT_BUDGET);
    q->comparisons_left--;
    uint32_t reasons = ptn_crl_reasons_for(crl, q->cert, &q->comparisons_left);
    PTN_REQUIRE(q->comparisons_left != 0, PATINA_ERR_CERT_BUDGET);
    if (reasons == 0 || is_older(q, s, crl)) {
        return PATINA_OK;
    }
    patina_err err = check_list(q, list, &why);
    if (err != PATINA_OK) {
        PTN_REQUIRE(err != PATINA_ERR_CERT_BUDGET &&
                        patina_err_class(err) == PATINA_CLASS_CERTIFICATE,
                    err);
        if (s->why == PATINA_ERR_CERT_REVOCATION_UNKNOWN) {
            s->why = err;
            s->status = why;
        }
        return PATINA_OK;
    }
    if (ptn_crl_index_find(&list->index, crl->entries, q->cert->serial, &entry)) {
        (void)refuse(out, PATINA_ERR_CERT_REVOKED, "6.3.3 (i)", entry.revoked_s);
        out->reason = entry.reason;
        return PATINA_ERR_CERT_REVOKED;
    }
    s->spoke = position;
    s->reasons |= reasons;
    return PATINA_OK;
}

static patina_err ask_each(struct ptn_status_query *q, struct search *s, struct ptn_status *out)
    PTN_CONTRACT(REQUIRES(q->revocation->crls != NULL && WRITABLE(s) && SPAN(s->issuer))
                     JUDGES_STATUS(q, out) ASSIGNS(ANSWERS(s)))
{
    size_t position = 0;
    struct ptn_listed_crl *list;
    s->spoke = 0;
    while ((list = ptn_crls_next(q->revocation->crls, s->issuer, &position)) != NULL)
        PTN_LOOP(ASSIGNS(list, position, ANSWERS(s), *out, STATUS_BUDGETS(q)) INVARIANT(true)
                     DECREASES(q->comparisons_left))
    {
        PTN_TRY(ask(q, list, position, s, out));
    }
    return PATINA_OK;
}

// The lists in the issuer's name, as the certificate writes it and as the issuer's own does.
patina_err ptn_crls_check(struct ptn_status_query *q, struct ptn_status *out)
{
    struct search s = {.issuer = q->cert->issuer,
                       .why = PATINA_ERR_CERT_REVOCATION_UNKNOWN,
                       .status = {.rule = "6.3.3", .rfc = 5280}};
    PTN_TRY(ask_each(q, &s, out));
    if (!ptn_span_equal(q->cert->issuer, q->issuer->subject)) {
        s.issuer = q->issuer->subject;
        PTN_TRY(ask_each(q, &s, out));
    }
    if (s.reasons == PTN_ALL_REASONS) {
        return PATINA_OK;
    }
    *out = s.status;
    return s.why;
}
