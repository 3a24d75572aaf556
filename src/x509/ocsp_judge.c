// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Whether a stapled OCSP answer is good for a certificate, RFC 6960 §3.2: it speaks of this
// certificate of this issuer, it was signed by the issuer or by whom the issuer delegated it to,
// and it is of today.
#include "x509/der.h"
#include "x509/ocsp.h"
#include "x509/revocation.h"

static patina_err refuse(struct ptn_status *out, patina_err err, const char *rule)
{
    *out = (struct ptn_status){.rule = rule, .rfc = 6960, .by_staple = true};
    return err;
}

// ---- Digests, by which OCSP names issuers and responders. SHA-1 is used here and nowhere else.

static const uint8_t id_sha1[] = {0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a};
static const uint8_t id_sha256[] = {0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                    0x65, 0x03, 0x04, 0x02, 0x01};
static const uint8_t null_parameters[] = {0x05, 0x00};

static bool has_sha1(const struct patina_provider *p)
{
    return p->struct_size >= sizeof *p && p->certid_sha1 != NULL;
}

// The contents of an AlgorithmIdentifier against an OID, with NULL or no parameters.
static bool is_algorithm(patina_span alg, patina_span oid)
{
    patina_span rest = ptn_span_skip(alg, oid.len);
    return ptn_span_equal(ptn_span_first(alg, oid.len), oid) &&
           (rest.len == 0 || ptn_span_equal(rest, PTN_SPAN_OF(null_parameters)));
}

// Whether `want` is the digest of `bytes` by this algorithm; false for one not known.
static patina_err is_digest(const struct patina_provider *p, patina_span alg, patina_span bytes,
                            patina_span want, bool *out)
    PTN_CONTRACT(REQUIRES(READABLE(p) && SPAN(alg) && SPAN(bytes) && SPAN(want) && WRITABLE(out))
                     ASSIGNS(*out))
{
    struct patina_digest digest;
    *out = false;
    if (is_algorithm(alg, PTN_SPAN_OF(id_sha1)) && has_sha1(p)) {
        PTN_TRY(p->certid_sha1(p, bytes, &digest));
    } else if (is_algorithm(alg, PTN_SPAN_OF(id_sha256)) && p->hmac_sha256 != NULL) {
        PTN_TRY(p->hmac_sha256->hash->once(p->hmac_sha256->hash, &bytes, 1, &digest));
    } else {
        return PATINA_OK;
    }
    *out = ptn_span_equal(ptn_span_first(PTN_SPAN_OF(digest.bytes), digest.len), want);
    return PATINA_OK;
}

// ---- Which of the answers

// CertID, RFC 6960 §4.1.1: this serial number, of the issuer with this name and this key.
static patina_err is_about(const struct ptn_status_query *q, const struct ptn_ocsp_answer *a,
                           bool *out)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(q->provider) && READABLE(a) && WRITABLE(out))
                     REQUIRES(READABLE(q->cert) && SPAN(q->cert->serial) && SPAN(q->cert->issuer))
                         REQUIRES(READABLE(q->issuer) && SPAN(q->issuer->spki.public_key))
                             REQUIRES(SPAN(a->serial) && SPAN(a->hash_alg) && SPAN(a->name_hash) &&
                                      SPAN(a->key_hash)) ASSIGNS(*out))
{
    *out = false;
    if (!ptn_span_equal(a->serial, q->cert->serial)) {
        return PATINA_OK;
    }
    PTN_TRY(is_digest(q->provider, a->hash_alg, q->cert->issuer, a->name_hash, out));
    if (!*out) {
        return PATINA_OK;
    }
    return is_digest(q->provider, a->hash_alg, q->issuer->spki.public_key, a->key_hash, out);
}

static patina_err judge_dates(const struct ptn_status_query *q, const struct ptn_ocsp_answer *a,
                              struct ptn_status *out)
{
    bool accepts_expired = (q->revocation->flags & PATINA_REVOCATION_ACCEPT_EXPIRED) != 0;
    out->when_s = a->this_update_s;
    PTN_REQUIRE(a->this_update_s - PTN_STATUS_SKEW_S <= q->now_s, PATINA_ERR_OCSP_NOT_YET_VALID);
    out->when_s = a->next_update_s;
    PTN_REQUIRE(a->next_update_s + PTN_STATUS_SKEW_S >= q->now_s || accepts_expired,
                PATINA_ERR_OCSP_EXPIRED);
    return PATINA_OK;
}

// What one answer about the certificate says.
static patina_err judge_answer(const struct ptn_status_query *q, const struct ptn_ocsp_answer *a,
                               struct ptn_status *out)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(q->revocation) && READABLE(a) && WRITABLE(out))
                     REQUIRES(DER_TIME(a->this_update_s) && NEAR_DER_TIME(a->next_update_s))
                         ASSIGNS(*out))
{
    (void)refuse(out, PATINA_OK, "4.2.2.1");
    PTN_TRY(judge_dates(q, a, out));
    out->rule = "2.2";
    out->when_s = a->revoked_s;
    out->reason = a->reason;
    PTN_REQUIRE(a->status != PTN_STATUS_REVOKED, PATINA_ERR_CERT_REVOKED);
    PTN_REQUIRE(a->status == PTN_STATUS_GOOD, PATINA_ERR_OCSP_UNKNOWN);
    return PATINA_OK;
}

// The worse of two outcomes: revoked, then unknown; one that is out of date says nothing beside one
// that is not.
static uint32_t weight(patina_err err)
{
    switch ((int)err) {
    case PATINA_ERR_CERT_REVOKED:
        return 4;
    case PATINA_ERR_OCSP_UNKNOWN:
        return 3;
    case PATINA_OK:
        return 2;
    case PATINA_ERR_OCSP_NO_ANSWER:
        return 0;
    default:
        return 1;
    }
}

static patina_err judge_answers(const struct ptn_status_query *q, const struct ptn_ocsp *ocsp,
                                struct ptn_status *out)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(q->provider) && READABLE(q->revocation))
                     REQUIRES(READABLE(q->cert) && SPAN(q->cert->serial) && SPAN(q->cert->issuer))
                         REQUIRES(READABLE(q->issuer) && SPAN(q->issuer->spki.public_key))
                             REQUIRES(READABLE(ocsp) && SPAN(ocsp->answers) && WRITABLE(out))
                                 ASSIGNS(*out))
{
    struct ptn_reader answers = ptn_reader_of(ocsp->answers);
    patina_err worst = refuse(out, PATINA_ERR_OCSP_NO_ANSWER, "3.2");
    while (!ptn_reader_is_empty(&answers))
        PTN_LOOP(ASSIGNS(READER_FIELDS(answers), worst, *out) INVARIANT(READING(answers))
                     DECREASES(READER_LEFT(answers)))
    {
        struct ptn_ocsp_answer answer;
        struct ptn_status status;
        bool is_ours = false;
        PTN_TRY(ptn_ocsp_read_answer(&answers, &answer));
        PTN_TRY(is_about(q, &answer, &is_ours));
        if (!is_ours) {
            continue;
        }
        patina_err err = judge_answer(q, &answer, &status);
        if (weight(err) > weight(worst)) {
            worst = err;
            *out = status;
        }
    }
    return worst;
}

// ---- Who signed

// ResponderID, RFC 6960 §4.2.2.3: by name, or by the SHA-1 of the key.
static patina_err is_responder(const struct ptn_status_query *q, const struct ptn_ocsp *ocsp,
                               const struct ptn_cert *cert, bool *out)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(q->provider) && READABLE(ocsp) && WRITABLE(out))
                     REQUIRES(SPAN(ocsp->responder_name) && SPAN(ocsp->responder_key))
                         REQUIRES(READABLE(cert) && SPAN(cert->subject) &&
                                  SPAN(cert->spki.public_key)) ASSIGNS(*out))
{
    if (ocsp->responder_name.len != 0) {
        *out = ptn_span_equal(ocsp->responder_name, cert->subject);
        return PATINA_OK;
    }
    return is_digest(q->provider, PTN_SPAN_OF(id_sha1), cert->spki.public_key, ocsp->responder_key,
                     out);
}

// id-kp-OCSPSigning, 1.3.6.1.5.5.7.3.9. Nothing else will do, anyExtendedKeyUsage neither: RFC 6960
// §4.2.2.2.
static bool may_sign_answers(const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && SPAN(cert->ext.eku)) ASSIGNS())
{
    static const uint8_t ocsp_signing[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x09};
    return ptn_has_purpose(cert->ext.eku, PTN_SPAN_OF(ocsp_signing));
}

// Whether a certificate is the issuer's delegate, RFC 6960 §4.2.2.2: issued by it directly, for
// this purpose, of today, and not revoked as far as lists are at hand.
static patina_err is_delegate(struct ptn_status_query *q, const struct ptn_cert *cert, bool *out)
    PTN_CONTRACT(REQUIRES(WRITABLE(q) && READABLE(q->provider) && READABLE(q->revocation))
                     REQUIRES(READABLE(q->issuer) && SPAN(q->issuer->subject) &&
                              SPKI(q->issuer->spki) && SPAN(q->revocation->staple))
                         REQUIRES(READABLE(cert) && WRITABLE(out)) REQUIRES_CERT(*cert)
                             ASSIGNS(*out, STATUS_BUDGETS(q)))
{
    bool signs = !ptn_cert_has(cert, PTN_CERT_EXT_KEY_USAGE) ||
                 (cert->ext.key_usage & PTN_KEY_USAGE_DIGITAL_SIGNATURE) != 0;
    *out = ptn_span_equal(cert->issuer, q->issuer->subject) && may_sign_answers(cert) && signs &&
           cert->ext.unknown_critical.len == 0 && cert->not_before_s <= q->now_s &&
           q->now_s <= cert->not_after_s;
    if (!*out) {
        return PATINA_OK;
    }
    patina_err err =
        ptn_status_signature(q, &q->issuer->spki, cert->signature_alg, cert->tbs, cert->signature);
    *out = err == PATINA_OK;
    if (err != PATINA_OK) {
        return err == PATINA_ERR_BAD_SIGNATURE ? PATINA_OK : err;
    }
    if (q->revocation->crls == NULL || ptn_cert_has(cert, PTN_CERT_EXT_OCSP_NO_CHECK)) {
        return PATINA_OK;
    }
    struct ptn_status ignored;
    struct ptn_status_query about_it = *q;
    about_it.cert = cert;
    err = ptn_crls_check(&about_it, &ignored);
    q->signatures_left = about_it.signatures_left;
    q->comparisons_left = about_it.comparisons_left;
    *out = err != PATINA_ERR_CERT_REVOKED;
    bool is_status =
        err != PATINA_ERR_CERT_BUDGET && patina_err_class(err) == PATINA_CLASS_CERTIFICATE;
    return is_status ? PATINA_OK : err;
}

// Whether the certificate `der` is the delegate that signed, and then its key.
static patina_err try_delegate(struct ptn_status_query *q, const struct ptn_ocsp *ocsp,
                               patina_span der, bool *is_it, struct ptn_spki *out)
    PTN_CONTRACT(JUDGES_SIGNER(q, ocsp) REQUIRES(SPAN(der) && WRITABLE(is_it) && WRITABLE(out))
                     ASSIGNS(*is_it, *out, STATUS_BUDGETS(q))
                         ENSURES(IMPLIES(RESULT == PATINA_OK && *is_it, SPKI_WITHIN(*out, der))))
{
    struct ptn_cert cert;
    *is_it = false;
    if (ptn_cert_parse(der, &cert) != PATINA_OK) {
        return PATINA_OK; // none that could be used
    }
    PTN_TRY(is_responder(q, ocsp, &cert, is_it));
    if (*is_it) {
        PTN_TRY(is_delegate(q, &cert, is_it));
    }
    if (*is_it) {
        *out = cert.spki;
    }
    return PATINA_OK;
}

// The key of the delegate that signed; OCSP_RESPONDER when none of the certificates is one.
static patina_err find_delegate(struct ptn_status_query *q, const struct ptn_ocsp *ocsp,
                                struct ptn_spki *out)
    PTN_CONTRACT(JUDGES_SIGNER(q, ocsp) REQUIRES(SPAN(ocsp->certs) && WRITABLE(out))
                     ASSIGNS(*out, STATUS_BUDGETS(q))
                         ENSURES(IMPLIES(RESULT == PATINA_OK, SPKI_WITHIN(*out, ocsp->certs))))
{
    struct ptn_reader certs = ptn_reader_of(ocsp->certs);
    while (!ptn_reader_is_empty(&certs))
        PTN_LOOP(ASSIGNS(READER_FIELDS(certs), *out, STATUS_BUDGETS(q)) INVARIANT(READING(certs))
                     DECREASES(READER_LEFT(certs)))
    {
        patina_span der;
        patina_span ignored;
        bool is_it = false;
        PTN_REQUIRE(ptn_der_read_whole(&certs, PTN_DER_SEQUENCE, &der, &ignored),
                    PATINA_ERR_OCSP_ENCODING);
        PTN_TRY(try_delegate(q, ocsp, der, &is_it, out));
        if (is_it) {
            return PATINA_OK;
        }
    }
    return PATINA_ERR_OCSP_RESPONDER;
}

static patina_err check_signature(struct ptn_status_query *q, const struct ptn_ocsp *ocsp)
    PTN_CONTRACT(JUDGES_SIGNER(q, ocsp) REQUIRES(SPAN(ocsp->certs) && SPAN(ocsp->signature_alg) &&
                                                 SPAN(ocsp->tbs) && SPAN(ocsp->signature))
                     ASSIGNS(STATUS_BUDGETS(q)))
{
    struct ptn_spki key = q->issuer->spki;
    bool is_issuer = false;
    PTN_TRY(is_responder(q, ocsp, q->issuer, &is_issuer));
    if (!is_issuer) {
        PTN_TRY(find_delegate(q, ocsp, &key));
    }
    patina_err err = ptn_status_signature(q, &key, ocsp->signature_alg, ocsp->tbs, ocsp->signature);
    return err == PATINA_ERR_BAD_SIGNATURE ? PATINA_ERR_OCSP_BAD_SIGNATURE : err;
}

// ---- The whole

// The section that an error of the answer as a whole comes from.
static const char *section_of(patina_err err)
{
    switch ((int)err) {
    case PATINA_ERR_OCSP_RESPONDER:
        return "4.2.2.2";
    case PATINA_ERR_OCSP_BAD_SIGNATURE:
        return "3.2";
    case PATINA_ERR_OCSP_CRITICAL_EXTENSION:
        return "4.4";
    default:
        return "4.2.1";
    }
}

patina_err ptn_ocsp_check(struct ptn_status_query *q, struct ptn_status *out)
{
    struct ptn_ocsp ocsp;
    patina_err err = ptn_ocsp_parse(q->revocation->staple, &ocsp);
    if (err == PATINA_OK && ocsp.response_status != PTN_OCSP_SUCCESSFUL) {
        err = PATINA_ERR_OCSP_RESPONDER_FAILED;
    }
    // Cheap things first: a signature is asked for only when it would matter.
    if (err == PATINA_OK) {
        err = judge_answers(q, &ocsp, out);
        if (weight(err) < weight(PATINA_OK)) {
            return err;
        }
        patina_err by_signature = check_signature(q, &ocsp);
        if (by_signature == PATINA_OK) {
            return err;
        }
        err = by_signature;
    }
    return refuse(out, err, section_of(err));
}
