// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation in words, for someone who has never read RFC 5280: what was found and what would mend
// it. Each goes on behind the name of the certificate.
#include "x509/revocation.h"

// CRLReason, RFC 5280 §5.3.1.
static const char *reason_words(uint8_t reason)
{
    switch (reason) {
    case 1:
        return "its key was stolen or lost";
    case 2:
        return "the CA's key was stolen or lost";
    case 3:
        return "its holder or name changed";
    case 4:
        return "it was replaced";
    case 5:
        return "it is no longer used";
    case 6:
        return "it is on hold";
    case 9:
        return "what it allowed was withdrawn";
    case 10:
        return "the key of an attribute authority was stolen or lost";
    default:
        return NULL;
    }
}

static void say_revoked(const struct ptn_status *status, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(status)) SAYS(t))
{
    const char *words = reason_words(status->reason);
    ptn_text_add(t, " was revoked by its issuer on ");
    ptn_text_date(t, status->when_s);
    if (words != NULL) {
        ptn_text_add(t, " (");
        ptn_text_add(t, words);
        ptn_text_add(t, ")");
    }
    ptn_text_add(t, "; get a new one");
}

static void say_unknown(const struct ptn_status *status, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(status)) SAYS(t))
{
    if (status->when_s != 0) {
        ptn_text_add(t, ": its issuer's revocation list begins only on ");
        ptn_text_date(t, status->when_s);
        ptn_text_add(t, "; is this computer's clock right?");
        return;
    }
    ptn_text_add(t, ": no revocation list given here speaks of it; give its issuer's newest");
}

static void say_date(const char *what, const char *mend, const struct ptn_status *status,
                     struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(status) && READABLE(what) && READABLE(mend)) SAYS(t))
{
    ptn_text_add(t, what);
    ptn_text_date(t, status->when_s);
    ptn_text_add(t, mend);
}

static const char *words_of(patina_err err)
{
    switch ((int)err) {
    case PATINA_ERR_CRL_BAD_SIGNATURE:
        return ": the revocation list in its issuer's name is not signed by its issuer's key";
    case PATINA_ERR_CRL_KEY_USAGE:
        return ": its issuer may not sign revocation lists (keyUsage lacks cRLSign)";
    case PATINA_ERR_MUST_STAPLE_MISSING:
        return " demands a stapled OCSP answer (must-staple), and none came; turn OCSP stapling on "
               "at the server";
    case PATINA_ERR_STAPLE_REQUIRED:
        return " came without a stapled OCSP answer, which is required here; turn OCSP stapling on "
               "at the server";
    case PATINA_ERR_OCSP_ENCODING:
        return ": the stapled OCSP answer is malformed; the server must fetch a new one";
    case PATINA_ERR_OCSP_TOO_LARGE:
        return ": the stapled OCSP answer is larger than is allowed (16 KiB, 16 answers, 4 "
               "certificates)";
    case PATINA_ERR_OCSP_CRITICAL_EXTENSION:
        return ": the stapled OCSP answer has a critical extension that is not understood here";
    case PATINA_ERR_OCSP_RESPONDER_FAILED:
        return ": the server staples an error of the OCSP responder; it must fetch a real answer";
    case PATINA_ERR_OCSP_NO_ANSWER:
        return ": the stapled OCSP answer is about other certificates; the server must staple that "
               "of this one";
    case PATINA_ERR_OCSP_RESPONDER:
        return ": the stapled OCSP answer is signed neither by its issuer nor by whom that has "
               "allowed to (OCSPSigning)";
    case PATINA_ERR_OCSP_BAD_SIGNATURE:
        return ": the signature of the stapled OCSP answer is wrong, or by an algorithm not "
               "accepted here";
    case PATINA_ERR_OCSP_UNKNOWN:
        return ": the OCSP responder of its issuer does not know it; ask the CA";
    default:
        return NULL;
    }
}

void ptn_revocation_say(patina_err err, const struct ptn_status *status, struct ptn_text *t)
{
    const char *words = words_of(err);
    switch ((int)err) {
    case PATINA_ERR_CERT_REVOKED:
        say_revoked(status, t);
        return;
    case PATINA_ERR_CERT_REVOCATION_UNKNOWN:
        say_unknown(status, t);
        return;
    case PATINA_ERR_CRL_EXPIRED:
        say_date(": its issuer's revocation list ended ", "; get a newer one", status, t);
        return;
    case PATINA_ERR_OCSP_EXPIRED:
        say_date(": the stapled OCSP answer ended ", "; the server must fetch a newer one", status,
                 t);
        return;
    case PATINA_ERR_OCSP_NOT_YET_VALID:
        say_date(": the stapled OCSP answer begins ", "; is this computer's clock right?", status,
                 t);
        return;
    default:
        ptn_text_add(t, words == NULL ? "" : words);
        return;
    }
}
