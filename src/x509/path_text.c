// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A refused path in words: which certificate, what was wanted, what was found, what would mend it.
// Written for someone who has never read RFC 5280; 179 bytes, so the name comes last where it may
// be long.
#include "x509/der.h"
#include "x509/dn.h"
#include "x509/path_int.h"

enum { DAY_S = 86400, NAME_BYTES = 56 };

static void quote_subject(struct ptn_text *t, const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(CERT_NAMED(cert)) SAYS(t))
{
    char name[NAME_BYTES];
    struct ptn_text short_name = PTN_TEXT_OF(name);
    ptn_dn_short_text(cert->subject, &short_name);
    ptn_text_mark_cut(&short_name);
    ptn_text_add(t, "\"");
    ptn_text_untrusted(t, ptn_text_span(&short_name));
    ptn_text_add(t, "\"");
}

static void quote_issuer(struct ptn_text *t, const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && SPAN(cert->issuer)) SAYS(t))
{
    struct ptn_cert named = {.subject = cert->issuer};
    quote_subject(t, &named);
}

// "certificate", or "the CA certificate "X"": who is meant.
static void say_which(struct ptn_text *t, const struct ptn_path_failure *f)
    PTN_CONTRACT(REQUIRES(READABLE(f) && (f->cert == NULL || CERT_NAMED(f->cert))) SAYS(t))
{
    if (f->index == 0 || f->cert == NULL) {
        ptn_text_add(t, f->index == 0 ? "the certificate" : "a certificate");
        return;
    }
    ptn_text_add(t, f->index < 0 ? "the root certificate " : "the issuer's certificate ");
    quote_subject(t, f->cert);
}

// None when `to` does not come after `from`. A clock may say anything, so the difference may be
// more than a number can hold; the most it can is then as good.
static uint64_t seconds_between(int64_t from, int64_t to) PTN_CONTRACT(ASSIGNS())
{
    if (to <= from) {
        return 0;
    }
    return from < 0 && to > INT64_MAX + from ? (uint64_t)INT64_MAX : (uint64_t)(to - from);
}

// "3 days", "1 day", "5 hours", "less than an hour".
static void say_span(struct ptn_text *t, uint64_t s) PTN_CONTRACT(SAYS(t))
{
    uint64_t n = s >= DAY_S ? s / DAY_S : s / 3600;
    if (n == 0) {
        ptn_text_add(t, "less than an hour");
        return;
    }
    ptn_text_number(t, n);
    ptn_text_add(t, s >= DAY_S ? " day" : " hour");
    ptn_text_add(t, n == 1 ? "" : "s");
}

static void say_dates(const struct ptn_path_request *q, const struct ptn_path_failure *f,
                      struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(f) && CERT_NAMED(f->cert)) SAYS(t))
{
    say_which(t, f);
    if (f->err == PATINA_ERR_CERT_EXPIRED) {
        ptn_text_add(t, " ended ");
        ptn_text_date(t, f->cert->not_after_s);
        ptn_text_add(t, ", ");
        say_span(t, seconds_between(f->cert->not_after_s, q->now_s));
        ptn_text_add(t, " ago; renew it");
        return;
    }
    ptn_text_add(t, " begins ");
    ptn_text_date(t, f->cert->not_before_s);
    ptn_text_add(t, ", ");
    say_span(t, seconds_between(q->now_s, f->cert->not_before_s));
    ptn_text_add(t, " from now; is this computer's clock right?");
}

// "a.test, b.test", up to three of the names: addresses, and those of the kind asked for.
static size_t say_names(struct ptn_text *t, const struct ptn_cert *cert, uint8_t kind)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && SPAN(cert->ext.san)) SAYS(t) ENSURES(RESULT <= 4))
{
    struct ptn_reader list = ptn_reader_of(cert->ext.san);
    size_t count = 0;
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(SAYS_EACH(t, READING(list) && count <= 3, READER_FIELDS(list), count)
                     DECREASES(READER_LEFT(list)))
    {
        uint8_t tag = 0;
        patina_span name;
        if (!ptn_der_read_any(&list, &tag, &name)) {
            break;
        }
        bool is_text = tag == kind;
        if (!is_text && tag != PTN_DER_CONTEXT(7)) {
            continue;
        }
        count++;
        if (count > 3) {
            ptn_text_add(t, ", ...");
            break;
        }
        ptn_text_add(t, count == 1 ? "" : ", ");
        if (is_text) {
            ptn_text_untrusted(t, ptn_span_first(name, 40));
        } else {
            ptn_text_ip(t, ptn_span_first(name, 16));
        }
    }
    return count;
}

static void say_mismatch(const struct ptn_path_request *q, const struct ptn_path_failure *f,
                         struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(q) && SERVER_NAME(q->name) && READABLE(f) && READABLE(f->cert) &&
                          SPAN(f->cert->ext.san)) SAYS(t))
{
    char names[100];
    struct ptn_text list = PTN_TEXT_OF(names);
    bool is_uri = q->name->kind == PTN_NAME_URI;
    size_t count = say_names(&list, f->cert, PTN_DER_CONTEXT(is_uri ? 6 : 2));
    const char *none = is_uri ? "the certificate has no URI (subjectAltName)"
                              : "the certificate names no host (subjectAltName)";
    ptn_text_add(t, count == 0 ? none : "the certificate is for ");
    ptn_text_mark_cut(&list);
    ptn_text_untrusted(t, ptn_text_span(&list));
    ptn_text_add(t, "; you asked for ");
    if (q->name->kind == PTN_NAME_IP) {
        ptn_text_ip(t, ptn_span_first(PTN_SPAN_OF(q->name->ip), q->name->ip_len));
    } else {
        ptn_text_untrusted(t, q->name->text);
    }
    ptn_text_mark_cut(t);
}

static void say_unknown_issuer(const struct ptn_path_request *q, const struct ptn_path_failure *f,
                               struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(f) && READABLE(f->cert) && SPAN(f->cert->issuer))
                     SAYS(t))
{
    ptn_text_add(t, "issued by ");
    quote_issuer(t, f->cert);
    ptn_text_add(t, ", which is neither trusted here nor sent along; ");
    ptn_text_add(t, q->chain_count == 1
                        ? "the server must send its intermediate, or that CA be added to the roots"
                        : "add that CA to the roots, or send what is missing");
}

static void say_self_signed(const struct ptn_path_failure *f, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(f) && CERT_NAMED(f->cert)) SAYS(t))
{
    if (f->other != NULL) {
        ptn_text_add(t,
                     "the server's own certificate stands among the roots, but it is no authority; "
                     "make a CA, trust that, and let it issue the server's");
        return;
    }
    ptn_text_add(t, "made by itself (");
    quote_subject(t, f->cert);
    ptn_text_add(t, "), not by an authority trusted here; use one issued by a CA that is");
}

static void say_signature(const struct ptn_path_failure *f, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(f) && CERT_WORDS(f->cert) && CERT_WORDS(f->other)) SAYS(t))
{
    bool other_key = f->cert->ext.authority_key_id.len != 0 &&
                     f->other->ext.subject_key_id.len != 0 &&
                     !ptn_span_equal(f->cert->ext.authority_key_id, f->other->ext.subject_key_id);
    if (other_key) {
        ptn_text_add(t, "signed by another key than that of ");
        quote_subject(t, f->other);
        ptn_text_add(t, " known here: an older or newer CA of the same name; get the right one");
        return;
    }
    say_which(t, f);
    ptn_text_add(t, "'s signature by ");
    quote_subject(t, f->other);
    ptn_text_add(t, " is wrong: it was changed, or another CA has that name");
}

static void say_algorithm(const struct ptn_path_failure *f, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(f) && CERT_NAMED(f->cert) && SPAN(f->cert->signature_alg) &&
                          (f->other == NULL || CERT_NAMED(f->other))) SAYS(t))
{
    if (f->err == PATINA_ERR_CERT_UNSUPPORTED_KEY) {
        ptn_text_add(t, "the key of ");
        quote_subject(t, f->other != NULL ? f->other : f->cert);
        ptn_text_add(
            t, " is too weak, too large or malformed; use RSA of 2048 bits or more, or P-256");
        return;
    }
    say_which(t, f);
    const char *name = ptn_signature_alg_name(f->cert->signature_alg);
    ptn_text_add(t, " is signed by an algorithm not accepted here (");
    if (name != NULL) {
        ptn_text_add(t, name);
    } else {
        struct ptn_reader r = ptn_reader_of(f->cert->signature_alg);
        patina_span oid;
        if (ptn_der_read(&r, PTN_DER_OID, &oid)) {
            ptn_oid_text(ptn_span_first(oid, 16), t);
        }
    }
    ptn_text_add(t, "); issue it with SHA-256 or better");
}

static void say_constraint(const struct ptn_path_failure *f, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(f) && SPAN(f->name) && CERT_NAMED(f->other)) SAYS(t))
{
    ptn_text_add(t, "the name ");
    if (f->name_tag == PTN_DER_CONTEXT(7)) {
        ptn_text_ip(t, ptn_span_first(f->name, 16));
    } else if (f->name_tag == PTN_DER_CONTEXT_OF(4)) {
        struct ptn_cert named = {.subject = f->name};
        quote_subject(t, &named);
    } else {
        ptn_text_untrusted(t, ptn_span_first(f->name, 50));
    }
    ptn_text_add(t, " is outside of what ");
    quote_subject(t, f->other);
    ptn_text_add(t, " may issue for; ask another CA");
}

static void say_purpose(const struct ptn_path_request *q, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(q) && SPAN(q->own_eku)) SAYS(t))
{
    bool for_servers = q->purpose == PATINA_PURPOSE_SERVER;
    if (q->own_eku.len != 0) {
        ptn_text_add(t, "the purpose asked for (extendedKeyUsage); issue one with ");
        ptn_oid_text(q->own_eku, t);
        return;
    }
    ptn_text_add(t, for_servers ? "servers" : "clients");
    ptn_text_add(t, " (extendedKeyUsage); issue one with ");
    ptn_text_add(t, for_servers ? "serverAuth" : "clientAuth");
}

// What is wrong with how a certificate was made, where nothing has to be filled in; NULL for all
// else.
static const char *words_of(const struct ptn_path_failure *f)
{
    switch ((int)f->err) {
    case PATINA_ERR_CERT_LEAF_KEY_USAGE:
        return "'s keyUsage lacks digitalSignature, without which it cannot sign a handshake; "
               "issue one with it";
    case PATINA_ERR_CERT_KEY_USAGE:
        return f->index == 0 ? " may sign certificates (keyCertSign) but is no authority"
                             : " may not sign certificates (keyUsage lacks keyCertSign)";
    case PATINA_ERR_CERT_NOT_A_CA:
        return " is not an authority (basicConstraints) and may not issue others";
    case PATINA_ERR_CERT_CRITICAL_EXTENSION:
        return " has a critical extension that is not understood here";
    case PATINA_ERR_CERT_EMPTY_ISSUER:
        return " does not say who issued it (its issuer is empty); issue it anew";
    case PATINA_ERR_CERT_SERIAL:
        return "'s serial number is zero or negative; issue it anew";
    case PATINA_ERR_CERT_POLICY:
        return " requires certificate policies to be followed (requireExplicitPolicy), which is "
               "not done here";
    case PATINA_ERR_CERT_ENCODING:
        return f->other != NULL ? " has malformed name constraints; issue it anew"
                                : " is not well-formed X.509 version 3; issue it anew";
    case PATINA_ERR_CERT_DUPLICATE_EXTENSION:
        return " has the same extension twice; issue it anew";
    default:
        return NULL;
    }
}

static void say_usage(const struct ptn_path_request *q, const struct ptn_path_failure *f,
                      struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(q) && SPAN(q->own_eku) && READABLE(f) &&
                          (f->cert == NULL || CERT_NAMED(f->cert))) SAYS(t))
{
    const char *words = words_of(f);
    say_which(t, f);
    if (words != NULL) {
        ptn_text_add(t, words);
    } else if (f->err == PATINA_ERR_CERT_PURPOSE) {
        ptn_text_add(t, f->index == 0 ? " is not made for " : " may not issue for ");
        say_purpose(q, t);
    } else if (f->err == PATINA_ERR_CERT_PATH_LEN) {
        ptn_text_add(t, " allows ");
        ptn_text_number(t, f->number);
        ptn_text_add(t, " CA certificates below it (pathLenConstraint); there are more");
    } else {
        ptn_revocation_say(f->err, &f->status, t);
    }
}

// What is wrong with one certificate that its place on the path shows.
static void say_of_one(const struct ptn_path_request *q, const struct ptn_path_failure *f,
                       struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(f) && f->cert != NULL) REQUIRES_WORDS(f->cert)
                     REQUIRES(f->err != PATINA_ERR_CERT_NAME_MISMATCH || SERVER_NAME(q->name))
                         SAYS(t))
{
    switch ((int)f->err) {
    case PATINA_ERR_CERT_NAME_MISMATCH:
        say_mismatch(q, f, t);
        return;
    case PATINA_ERR_CERT_UNKNOWN_ISSUER:
        say_unknown_issuer(q, f, t);
        return;
    case PATINA_ERR_CERT_SELF_SIGNED:
        say_self_signed(f, t);
        return;
    default:
        say_dates(q, f, t);
        return;
    }
}

// What is wrong between a certificate and its issuer.
static void say_of_two(const struct ptn_path_failure *f, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(f) && SPAN(f->name) && f->cert != NULL)
                     REQUIRES(f->other != NULL || !SPEAKS_OF_TWO(f->err)) REQUIRES_WORDS(f->cert)
                         REQUIRES_WORDS(f->other) SAYS(t))
{
    switch ((int)f->err) {
    case PATINA_ERR_CERT_BAD_SIGNATURE:
        say_signature(f, t);
        return;
    case PATINA_ERR_CERT_NAME_CONSTRAINT:
        say_constraint(f, t);
        return;
    default:
        say_algorithm(f, t);
        return;
    }
}

static void say(const struct ptn_path_request *q, const struct ptn_path_failure *f,
                struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(PATH_QUESTION(q)) REQUIRES_FAILURE(f)
                     REQUIRES(IMPLIES(f->err == PATINA_ERR_CERT_NAME_MISMATCH, q->name != NULL))
                         SAYS(t))
{
    switch ((int)f->err) {
    case PATINA_ERR_CERT_EXPIRED:
    case PATINA_ERR_CERT_NOT_YET_VALID:
    case PATINA_ERR_CERT_NAME_MISMATCH:
    case PATINA_ERR_CERT_UNKNOWN_ISSUER:
    case PATINA_ERR_CERT_SELF_SIGNED:
        say_of_one(q, f, t);
        return;
    case PATINA_ERR_CERT_BAD_SIGNATURE:
    case PATINA_ERR_CERT_UNSUPPORTED_KEY:
    case PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE:
    case PATINA_ERR_CERT_NAME_CONSTRAINT:
        say_of_two(f, t);
        return;
    case PATINA_ERR_CERT_CA_AS_LEAF:
        ptn_text_add(t, "the server shows the certificate of an authority (CA) as its own; "
                        "let that CA issue one for the server");
        return;
    case PATINA_ERR_CERT_BUDGET:
        ptn_text_add(t, f->cert != NULL ? "the chain is longer than 6 CA certificates; shorten it"
                                        : "judging the chain takes more work than is allowed");
        return;
    default:
        say_usage(q, f, t);
        return;
    }
}

// A rule of profile.c, which brings its words along.
static void say_rule(const struct ptn_path_failure *f, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(READABLE(f) && READABLE(f->words) &&
                          (f->cert == NULL || CERT_NAMED(f->cert))) SAYS(t))
{
    say_which(t, f);
    ptn_text_add(t, " ");
    ptn_text_add(t, f->words);
}

void ptn_path_explain(const struct ptn_path_request *q, const struct ptn_path_failure *failure,
                      struct ptn_path_result *out)
{
    struct ptn_text rule = PTN_TEXT_OF(out->rule);
    struct ptn_text text = PTN_TEXT_OF(out->text);
    out->certificate = failure->index;
    out->rfc = failure->rfc;
    ptn_text_add(&rule, failure->rule);
    if (failure->words != NULL) {
        say_rule(failure, &text);
    } else {
        say(q, failure, &text);
    }
}
