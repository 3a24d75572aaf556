// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// A refused certificate in words for who has never heard of X.509: which one, what is wrong, what
// was wanted, what was found, what would mend it, and what the rule says. Called by explain.c.
#include <stdarg.h>
#include <string.h>

#include "explain.h"

// What does not fit is cut.
__attribute__((format(printf, 2, 3))) static void say(char out[WORDS_MAX], const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(out, WORDS_MAX, format, list);
    va_end(list);
}
#define SAY(field, ...) say(w->field, __VA_ARGS__)

// ---- Names of things

// The certificate that failed; NULL: a root, or none that is known.
static const struct cert *failed_cert(const struct failure *f, const struct tree *t)
{
    if (t->failed != SIZE_MAX) {
        return t->rows[t->failed].cert;
    }
    size_t i = f->report.certificate > 0 ? (size_t)f->report.certificate : 0;
    return i < f->chain->count ? &f->chain->list[i] : NULL;
}

static const char *own(const struct failure *f)
{
    return f->client ? "the client's own certificate" : "the server's own certificate";
}

// "the server's own certificate", or "the certificate of the authority "X"".
static void which(const struct failure *f, const struct tree *t, char *out, size_t cap)
{
    const struct cert *c = failed_cert(f, t);
    if (c == NULL || t->failed == 0 || (t->failed == SIZE_MAX && f->report.certificate <= 0)) {
        snprintf(out, cap, "%s", own(f));
    } else {
        snprintf(out, cap, "the certificate of the authority \"%s\"", c->name);
    }
}

// "Certificate 2 of the 3 in chain.pem".
static void place(const struct failure *f, const struct tree *t, char *out, size_t cap)
{
    const struct cert *c = failed_cert(f, t);
    out[0] = '\0';
    if (c == NULL) {
        return;
    }
    char who[320];
    which(f, t, who, sizeof(who));
    for (size_t i = 0; i < f->chain->count; i++) {
        if (span_equal(f->chain->list[i].der, c->der)) {
            snprintf(out, cap, "certificate %zu of %zu%s%s: %s%s%s%s", i + 1, f->chain->count,
                     f->host == NULL ? " in " : " that the server sent",
                     f->host == NULL ? f->chain->source : "", who, t->failed == 0 ? ", \"" : "",
                     t->failed == 0 ? c->name : "", t->failed == 0 ? "\"" : "");
            return;
        }
    }
    snprintf(out, cap, "\"%s\", a root in the %s%s", c->name, f->cafile != NULL ? "file " : "",
             store_name(f));
}

static void capital(char *text)
{
    if (text[0] >= 'a' && text[0] <= 'z') {
        text[0] = (char)(text[0] - 'a' + 'A');
    }
}

static const char *issuer_name(const struct cert *c, char out[256])
{
    patina_name_text(c->x.issuer, out, 256);
    return out;
}

// The issuer of the certificate at a row, as people call it.
static const char *issuer_at(const struct tree *t, size_t row)
{
    return row + 1 < t->count ? t->rows[row + 1].name : "its issuer";
}

// The lines of an extension, in one line.
static void joined(const struct cert *c, const char *oid, char *out, size_t cap)
{
    const struct x509_ext *e = c != NULL && c->parsed ? x509_extension(&c->x, oid) : NULL;
    struct lines lines = {0};
    size_t at = 0;
    out[0] = '\0';
    if (e == NULL) {
        return;
    }
    (void)extension_lines(e, &lines);
    for (size_t i = 0; i < lines.count && at + 8 < cap; i++) {
        if (i == 8) {
            snprintf(out + at, cap - at, ", ...");
            break;
        }
        at += (size_t)snprintf(out + at, cap - at, "%s%s", i > 0 ? ", " : "", lines.list[i]);
    }
    lines_free(&lines);
}

static void others_are_fine(const struct tree *t, char out[64])
{
    size_t others = t->count > 0 ? t->count - 1 : 0;
    out[0] = '\0';
    if (t->rest_is_fine && others == 1) {
        snprintf(out, 64, "; the authority's certificate is fine");
    } else if (t->rest_is_fine && others > 1) {
        snprintf(out, 64, "; the other %zu certificates are fine", others);
    }
}

// ---- Dates

static void date_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *c = failed_cert(f, t);
    char who[320];
    char from[16];
    char to[16];
    char today[16];
    char far[32];
    char rest[64];
    if (c == NULL || !c->parsed) {
        return;
    }
    which(f, t, who, sizeof(who));
    format_date(c->x.not_before_s, from);
    format_date(c->x.not_after_s, to);
    format_date(f->now_s, today);
    others_are_fine(t, rest);
    bool is_own = t->failed == 0;
    if (f->err == PATINA_ERR_CERT_EXPIRED) {
        date_distance(f->now_s - c->x.not_after_s, far);
        SAY(why, "%s ended on %s, %s ago; today is %s.", who, to, far, today);
        SAY(fix, "%s, or set this machine's clock if it is wrong%s.",
            is_own ? "renew it on the server" : "have the server send the authority's newer one",
            rest);
    } else {
        date_distance(c->x.not_before_s - f->now_s, far);
        SAY(why, "%s begins to be valid on %s, in %s; today is %s.", who, from, far, today);
        SAY(fix, "wait until then, or set this machine's clock if it is wrong%s.", rest);
    }
    SAY(wanted, "a certificate that is valid on %s", today);
    SAY(found, "one that is valid from %s to %s", from, to);
    SAY(rule, "a certificate counts from its first moment to its last");
}

// ---- Trust

static void where_to_get(const struct cert *c, char *out, size_t cap)
{
    char urls[256];
    out[0] = '\0';
    joined(c, "1.3.6.1.5.5.7.1.1", urls, sizeof(urls));
    const char *at = strstr(urls, "caIssuers URI:");
    if (at != NULL) {
        at += strlen("caIssuers URI:");
        snprintf(out, cap, " The certificate says where it lies: %.*s", (int)strcspn(at, ","), at);
    }
}

static void store_words(const struct failure *f, char *out, size_t cap)
{
    snprintf(out, cap, "%s", f->cafile != NULL ? f->cafile : "the system's store");
}

static void unknown_issuer_words(const struct failure *f, const struct tree *t, struct words *w)
{
    char in[256];
    char issuer[256];
    char url[300];
    char roots[300] = "";
    store_words(f, in, sizeof(in));
    const struct cert *last = t->path.steps[t->path.count - 1].cert;
    bool itself = last->parsed && x509_is_self_issued(&last->x);
    if (itself) {
        patina_name_text(last->x.subject, issuer, sizeof(issuer));
    } else {
        issuer_name(last, issuer);
    }
    where_to_get(last, url, sizeof(url));
    SAY(why,
        "nothing connects %s with an authority that is trusted here (%s): it leads to \"%s\"%s.",
        f->client ? "the client's certificate" : "the server's certificate", in, issuer,
        itself ? ", which vouches for itself alone" : ", whose own certificate is missing");
    if (t->roots != NULL && patina_roots_count(t->roots) == 1) {
        struct cert only;
        cert_fill(&only, patina_roots_certificate(t->roots, 0));
        snprintf(roots, sizeof(roots), " (it has one, \"%s\")", only.name);
    } else if (t->roots != NULL) {
        snprintf(roots, sizeof(roots), " (it has %zu)", patina_roots_count(t->roots));
    }
    SAY(wanted, "the certificate of \"%s\", %s among the roots in %s", issuer,
        f->host != NULL ? "sent along or" : "in the file or", in);
    SAY(found, "%s: %zu certificate%s given, and no root of that name in %s%s",
        itself ? "an authority that vouches for itself and is not trusted here" : "neither",
        f->chain->count, f->chain->count == 1 ? "" : "s", in, roots);
    SAY(fix,
        "if the authority is a public one, %s has left out an intermediate certificate: put it "
        "behind the server's own.%s%s If it is a private one, name its root with --cafile FILE.",
        f->host != NULL ? "the server" : "the file", url, url[0] != '\0' ? "." : "");
    SAY(rule, "a path ends at a root that is trusted");
}

static void trust_words(const struct failure *f, const struct tree *t, struct words *w)
{
    char in[256];
    store_words(f, in, sizeof(in));
    if (f->err == PATINA_ERR_CERT_UNKNOWN_ISSUER) {
        if (t->path.count > 0) {
            unknown_issuer_words(f, t, w);
        }
        return;
    }
    SAY(why, "the certificate vouches for itself, and it is not in %s.", in);
    if (t->path.trusted && t->path.count == 1) {
        SAY(why,
            "the certificate is itself in %s, but it is no authority's: only authorities can "
            "stand there.",
            in);
    }
    SAY(wanted, "a certificate that an authority has signed whose root is in %s", in);
    SAY(found, "one that was signed by its own key");
    const struct cert *leaf = t->path.count > 0 ? t->path.steps[0].cert : NULL;
    if (leaf != NULL && leaf->parsed && x509_is_ca(&leaf->x)) { // then --cafile would not do either
        SAY(fix,
            "get one from a certificate authority (patina ca makes one for tests). This one says "
            "of itself that it is an authority (basicConstraints CA:TRUE), which no server is: "
            "made again with CA:FALSE it could be trusted alone, with --cafile FILE.");
    } else {
        SAY(fix,
            "get one from a certificate authority (patina ca makes one for tests), or trust just "
            "this one with --cafile FILE, if it reached you by a safe way.");
    }
    SAY(rule, "a path ends at a root that is trusted");
}

static void signature_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *c = failed_cert(f, t);
    char who[320];
    which(f, t, who, sizeof(who));
    const char *issuer = issuer_at(t, t->failed);
    const struct cert *by = t->failed + 1 < t->count ? t->rows[t->failed + 1].cert : NULL;
    SAY(why,
        "the signature on %s was not made by the key of \"%s\": the certificate was changed "
        "after it was signed, or someone else of that name has made it.",
        who, issuer);
    SAY(wanted, "a signature that the key in the certificate of \"%s\" verifies", issuer);
    SAY(found, "one that it does not");
    if (c != NULL && by != NULL && by->parsed && c->parsed) {
        patina_span wanted = x509_authority_key_id(&c->x);
        patina_span has = x509_subject_key_id(&by->x);
        if (wanted.len > 0 && has.len > 0 && !span_equal(wanted, has)) {
            SAY(found, "a certificate that names another key of the authority as its signer: an "
                       "older or a newer one");
        }
    }
    SAY(fix,
        "do not trust it. Get the certificate anew from the authority, with the authority's "
        "own that belongs to it%s.",
        f->cafile != NULL ? "; check that the file of roots is of this authority" : "");
    SAY(rule, "each certificate is signed by the key of the next one");
}

static void key_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *c = failed_cert(f, t);
    char key[OID_TEXT_MAX + 32] = "?";
    char who[320];
    which(f, t, who, sizeof(who));
    if (c != NULL && c->parsed) {
        key_text(&c->x, key, sizeof(key));
    }
    bool rsa = strncmp(key, "RSA, ", 5) == 0;
    unsigned bits = c != NULL ? c->info.key_bits : 0;
    if (rsa && bits < 2048) {
        SAY(why,
            "the key in %s is too weak (%s): others could compute it, and then pass for its owner.",
            who, key);
    } else if (rsa && bits > 8192) {
        SAY(why, "the key in %s is too large (%s): using it would cost everyone too much.", who,
            key);
    } else {
        SAY(why, "the key in %s is malformed, or of a kind that is not accepted here (%s).", who,
            key);
    }
    SAY(wanted, "RSA with 2048 to 8192 bits, EC P-256 or P-384, or Ed25519");
    SAY(found, "%s", key);
    SAY(fix, "make a new key, EC P-256 say, and have a certificate issued for it.");
    SAY(rule, "keys and their sizes that can be relied on");
}

static void algorithm_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *c = failed_cert(f, t);
    char name[OID_TEXT_MAX] = "?";
    char who[320];
    which(f, t, who, sizeof(who));
    if (c != NULL && c->parsed) {
        algorithm_text(c->x.signature_alg, name, sizeof(name));
    }
    SAY(why,
        "%s is signed by a method that is not accepted here (%s): it can be forged, or nobody "
        "here knows it.",
        who, name);
    SAY(wanted, "a signature with SHA-256, SHA-384 or SHA-512 by RSA or ECDSA, or Ed25519");
    SAY(found, "%s", name);
    SAY(fix, "have the certificate issued anew, signed with SHA-256 or better.");
    SAY(rule, "the signature's method is one that can be relied on");
}

// ---- Names

static void name_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *leaf = &f->chain->list[0];
    const char *names = leaf->info.names;
    char rest[64];
    others_are_fine(t, rest);
    SAY(wanted, "%s among its names (subjectAltName)", f->name);
    SAY(rule, "the name that was asked for must be one of the certificate's names; the common name "
              "does not count");
    if (names[0] == '\0') {
        SAY(why, "the certificate has no subjectAltName; a common name does not count.");
        SAY(found, "no name at all");
        SAY(fix, "have a certificate issued that has %s as subjectAltName.", f->name);
        return;
    }
    bool one = strchr(names, ',') == NULL;
    SAY(why, "the certificate is for %s, and not for %s.", names, f->name);
    SAY(found, "%s", names);
    bool wild = one && strncmp(names, "*.", 2) == 0;
    SAY(fix, "reach the server %s%s, or have %s added to the certificate%s.",
        wild  ? "by a name like www"
        : one ? "as "
              : "by one of these names",
        one ? names + (wild ? 1 : 0) : "", f->name, rest);
}

static const struct cert *constraining(const struct tree *t)
{
    for (size_t i = t->path.count; i > 0; i--) {
        const struct cert *c = t->path.steps[i - 1].cert;
        if (c->parsed && x509_extension(&c->x, "2.5.29.30") != NULL) {
            return c;
        }
    }
    return NULL;
}

static void constraint_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *ca = constraining(t);
    const struct cert *c = failed_cert(f, t);
    char limits[400];
    char names[256] = "?";
    joined(ca, "2.5.29.30", limits, sizeof(limits));
    if (c != NULL && c->parsed) {
        joined(c, "2.5.29.17", names, sizeof(names));
        if (names[0] == '\0') {
            patina_name_text(c->x.subject, names, sizeof(names));
        }
    }
    SAY(why,
        "the authority \"%s\" may only vouch for certain names, and the certificate has one "
        "that is not among them.",
        ca != NULL ? ca->name : "?");
    SAY(wanted, "names within what the authority may issue for: %s", limits);
    SAY(found, "%s", names);
    SAY(fix, "get the certificate from an authority that may issue for this name.");
    SAY(rule, "an authority with name constraints vouches for names within them alone");
}

// ---- Uses

static void purpose_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *c = failed_cert(f, t);
    char who[320];
    char list[256];
    const char *what = f->client ? "clients" : "servers";
    const char *oid = f->client ? "clientAuth" : "serverAuth";
    which(f, t, who, sizeof(who));
    joined(c, "2.5.29.37", list, sizeof(list));
    SAY(why, "%s was not made for %s: its list of purposes does not have that.", who, what);
    SAY(wanted, "%s in its list of purposes (extendedKeyUsage)", oid);
    SAY(found, "%s", list[0] != '\0' ? list : "no extendedKeyUsage");
    SAY(fix, "have a certificate issued for %s (%s).", what, oid);
    SAY(rule, "a certificate with a list of purposes serves these alone");
}

static void usage_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *c = failed_cert(f, t);
    char who[320];
    char list[256];
    which(f, t, who, sizeof(who));
    joined(c, "2.5.29.15", list, sizeof(list));
    SAY(found, "%s", list[0] != '\0' ? list : "no keyUsage");
    if (f->err == PATINA_ERR_CERT_LEAF_KEY_USAGE) {
        SAY(why, "the key of %s may not sign, and a TLS 1.3 handshake is signed with it.", who);
        SAY(wanted, "digitalSignature in keyUsage");
        SAY(fix, "have a certificate issued with digitalSignature.");
        SAY(rule, "who proves that a key is its own signs with it");
        return;
    }
    SAY(why, "the key of %s may not sign certificates, but it has signed one.", who);
    SAY(wanted, "keyCertSign in keyUsage");
    SAY(fix, "have the certificate issued by an authority that may do it.");
    SAY(rule, "who signs certificates has keyCertSign among the uses of its key");
    if (t->failed == 0) {
        SAY(why,
            "the key of %s may sign certificates (keyCertSign), which only an authority's may.",
            who);
        SAY(wanted, "no keyCertSign in keyUsage");
        SAY(fix, "have a certificate issued without it.");
    }
}

// The file may only be out of order.
static void own_elsewhere(const struct failure *f, struct words *w)
{
    const struct cert *list = f->chain->list;
    for (size_t i = 1; list != NULL && i < f->chain->count; i++) {
        if (list[i].parsed && !x509_is_ca(&list[i].x)) {
            SAY(fix,
                "put them in order: certificate %zu, \"%s\", may be the server's own and belongs "
                "to the front (patina cert chain --pem).",
                i + 1, list[i].name);
        }
    }
}

static void authority_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *c = failed_cert(f, t);
    const char *name = c != NULL ? c->name : "?";
    char text[128];
    switch ((int)f->err) {
    case PATINA_ERR_CERT_NOT_A_CA:
        SAY(why,
            "\"%s\" has signed a certificate, but it is no authority: it may prove who it is, "
            "and not vouch for others.",
            name);
        SAY(wanted, "\"a certificate authority\" in the basicConstraints of each issuer");
        joined(c, "2.5.29.19", text, sizeof(text));
        SAY(found, "%s", text[0] != '\0' ? text : "no basicConstraints");
        SAY(fix, "have the certificate issued by an authority. Somebody may be trying to deceive "
                 "you.");
        SAY(rule, "an issuer is marked as an authority");
        break;
    case PATINA_ERR_CERT_PATH_LEN:
        joined(c, "2.5.29.19", text, sizeof(text));
        SAY(why, "the authority \"%s\" has more authorities below it than it may have.", name);
        SAY(wanted, "%s (basicConstraints)", text);
        SAY(found, "more than that");
        SAY(fix,
            "have the certificate issued by \"%s\" itself, or by an authority that it may have "
            "below it.",
            name);
        SAY(rule, "pathLenConstraint says how many authorities may stand below one");
        break;
    default: // CERT_CA_AS_LEAF
        SAY(why, "the first certificate is that of an authority, which vouches for servers and is "
                 "none itself.");
        SAY(wanted, "the server's own certificate, first");
        SAY(found, "\"%s\", a certificate authority", name);
        SAY(fix, "let that authority issue a certificate for the server, and use it.");
        own_elsewhere(f, w);
        SAY(rule, "an end of a connection is no authority");
        break;
    }
}

// ---- Forms

static void critical_words(const struct failure *f, const struct tree *t, struct words *w)
{
    const struct cert *c = failed_cert(f, t);
    char who[320];
    which(f, t, who, sizeof(who));
    SAY(why,
        "%s has an extension that is marked as critical and not understood here: whoever does "
        "not understand such a one has to refuse.",
        who);
    SAY(wanted, "only critical extensions that are understood here");
    if (strcmp(f->report.rule, "4.2.1.4") == 0) {
        SAY(found, "certificatePolicies, critical, with a qualifier of an unknown kind");
    }
    for (size_t i = 0; c != NULL && c->parsed && i < c->x.extensions_count; i++) {
        const struct x509_ext *e = &c->x.extensions[i];
        char dotted[OID_TEXT_MAX];
        patina_oid_text(e->oid, dotted, sizeof(dotted));
        if (e->critical && !extension_is_understood(dotted)) {
            const char *name = oid_name(dotted);
            SAY(found, "%s%s%s%s, critical", name != NULL ? name : "", name != NULL ? " (" : "",
                dotted, name != NULL ? ")" : "");
        }
    }
    SAY(fix, "have the certificate issued without it, or with it not marked as critical.");
    SAY(rule, "a critical extension that is not understood makes the certificate unusable");
}

static void form_words(const struct failure *f, const struct tree *t, struct words *w)
{
    char who[320];
    which(f, t, who, sizeof(who));
    if (f->err == PATINA_ERR_CERT_DUPLICATE_EXTENSION) {
        SAY(why, "%s has the same extension twice.", who);
        SAY(wanted, "each extension once");
        SAY(found, "one of them twice");
        SAY(rule, "a certificate has each extension once at most");
    } else if (f->err == PATINA_ERR_CERT_POLICY) {
        char text[256];
        joined(failed_cert(f, t), "2.5.29.36", text, sizeof(text));
        SAY(why,
            "%s demands that policies are followed along the chain, and patina does not follow "
            "them.",
            who);
        SAY(wanted, "certificates that demand no policy");
        SAY(found, "policyConstraints: %s", text);
        SAY(rule, "who cannot follow the policies that are demanded has to refuse");
    } else if (f->err == PATINA_ERR_CERT_SERIAL) {
        SAY(why, "%s has a serial number that is zero or negative.", who);
        SAY(wanted, "a positive serial number, by which its authority can tell it from others");
        SAY(found, "zero, or less");
        SAY(rule, "a serial number is positive");
    } else if (f->err == PATINA_ERR_CERT_EMPTY_ISSUER) {
        SAY(why, "%s does not say who issued it.", who);
        SAY(wanted, "the name of its authority as the issuer");
        SAY(found, "an empty name");
        SAY(rule, "the issuer's name is not empty");
    } else if (f->err == PATINA_ERR_CERT_ENCODING) {
        SAY(why, "%s is not well-formed: it cannot be read as a certificate of version 3.", who);
        SAY(wanted, "X.509 version 3 in DER");
        SAY(found, "something else, or a damaged one");
        SAY(rule, "the form of a certificate");
    } else {
        SAY(why, "the certificates cost more work to judge than is allowed.");
        SAY(rule, "%s", "work is bounded, so that no one can be kept busy");
    }
    SAY(fix, "%s",
        f->err == PATINA_ERR_CERT_POLICY
            ? "have the certificate issued by an authority without policyConstraints."
            : "have the certificate issued anew.");
}

// ---- Revocation

// What the library's report found, from a word on, without its advice, which stands behind a
// semicolon.
static void detail(const struct failure *f, const char *from, const char *before,
                   char out[WORDS_MAX])
{
    const char *text = strstr(f->report.text, from);
    if (text != NULL) {
        text += from[0] == ':' ? 2 : 0;
        say(out, "%s%.*s", before, (int)strcspn(text, ";"), text);
    } else {
        say(out, "%s", f->report.text);
    }
}

static void revoked_words(const struct failure *f, const struct tree *t, struct words *w)
{
    char who[320];
    which(f, t, who, sizeof(who));
    SAY(why, "%s was revoked: its authority has taken it back before its time was over.", who);
    detail(f, "was revoked", "one that ", w->found);
    SAY(fix, "get a new certificate with a new key, and ask who revoked this one, and why. Until "
             "then do not trust it.");
    SAY(rule, "what its authority has revoked does not count any more");
}

static void status_words(const struct failure *f, const struct tree *t, struct words *w)
{
    char who[320];
    bool by_list = f->err == PATINA_ERR_CERT_REVOCATION_UNKNOWN ||
                   f->err == PATINA_ERR_CRL_EXPIRED || f->err == PATINA_ERR_CRL_BAD_SIGNATURE ||
                   f->err == PATINA_ERR_CRL_KEY_USAGE;
    bool missing = f->err == PATINA_ERR_MUST_STAPLE_MISSING || f->err == PATINA_ERR_STAPLE_REQUIRED;
    which(f, t, who, sizeof(who));
    SAY(why, "whether %s was revoked is not known: %s.", who,
        f->err == PATINA_ERR_CERT_REVOCATION_UNKNOWN ? "no list that was given speaks of it"
                                                     : patina_err_text(f->err));
    detail(f, ": ", "", w->found);
    if (by_list) {
        SAY(wanted, "a revocation list (CRL) of its issuer that is in date and signed by it");
        SAY(fix, "get the newest list from the authority and give it (--crl FILE), or ask for the "
                 "first certificate alone (--leaf-only).");
        SAY(rule, "where lists are given, each certificate needs a status");
    } else if (missing) {
        SAY(wanted, "an OCSP answer for it, sent along by the server (stapled)");
        SAY(found, "none");
        SAY(fix, "turn on OCSP stapling at the server%s.",
            f->host == NULL ? ", or give the answer with --ocsp FILE" : "");
        SAY(rule, "a certificate that demands a stapled answer is refused without one");
    } else {
        SAY(wanted, "an OCSP answer for it, in date, signed by its issuer or who that has named");
        SAY(fix, "have the server fetch a new answer and staple that.");
        SAY(rule, "an answer that was sent has to be good");
    }
}

// What the library said of it, where nothing better is known here.
static void other_words(const struct failure *f, const struct tree *t, struct words *w)
{
    char who[320];
    which(f, t, who, sizeof(who));
    SAY(why, "%s was refused: %s.", who, patina_err_text(f->err));
    SAY(found, "%s", f->report.text);
    SAY(fix, "%s",
        f->client ? "the client needs another certificate."
                  : "the server needs another certificate.");
}

// A rule for issuers that profile WEB holds: what was found, and behind a semicolon what mends it.
static void issuing_words(const struct failure *f, const struct tree *t, struct words *w)
{
    char who[320];
    const char *mend = strstr(f->report.text, "; ");
    which(f, t, who, sizeof(who));
    SAY(why, "%s is not issued as public authorities have to: %s.", who, patina_err_text(f->err));
    SAY(wanted, "what RFC 5280 and the CA/Browser Forum's Baseline Requirements ask of an issuer");
    detail(f, "", "", w->found);
    SAY(fix, "%s.", mend != NULL ? mend + 2 : "have the certificate issued anew");
    SAY(rule, "of public authorities more is asked than of private ones");
}

static void proof_words(const struct failure *f, struct words *w)
{
    if (f->err == PATINA_ERR_BAD_SIGNATURE || f->err == PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY) {
        SAY(why, "the server could not prove that it has the private key of this certificate.");
        SAY(fix, "none from here: the server uses a wrong key, or something else answers in its "
                 "place.");
    } else {
        SAY(why, "%s.", patina_err_text(f->err));
        SAY(fix, "the server needs another certificate.");
    }
}

static void choose(const struct failure *f, const struct tree *t, struct words *w)
{
    switch ((int)f->err) {
    case PATINA_ERR_CERT_EXPIRED:
    case PATINA_ERR_CERT_NOT_YET_VALID:
        date_words(f, t, w);
        break;
    case PATINA_ERR_CERT_UNKNOWN_ISSUER:
    case PATINA_ERR_CERT_SELF_SIGNED:
        trust_words(f, t, w);
        break;
    case PATINA_ERR_CERT_BAD_SIGNATURE:
        signature_words(f, t, w);
        break;
    case PATINA_ERR_CERT_UNSUPPORTED_KEY:
        key_words(f, t, w);
        break;
    case PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE:
        algorithm_words(f, t, w);
        break;
    case PATINA_ERR_CERT_NAME_MISMATCH:
        name_words(f, t, w);
        break;
    case PATINA_ERR_CERT_NAME_CONSTRAINT:
        constraint_words(f, t, w);
        break;
    case PATINA_ERR_CERT_PURPOSE:
        purpose_words(f, t, w);
        break;
    case PATINA_ERR_CERT_LEAF_KEY_USAGE:
    case PATINA_ERR_CERT_KEY_USAGE:
        usage_words(f, t, w);
        break;
    case PATINA_ERR_CERT_NOT_A_CA:
    case PATINA_ERR_CERT_PATH_LEN:
    case PATINA_ERR_CERT_CA_AS_LEAF:
        authority_words(f, t, w);
        break;
    case PATINA_ERR_CERT_CRITICAL_EXTENSION:
        critical_words(f, t, w);
        break;
    case PATINA_ERR_CERT_POLICY:
    case PATINA_ERR_CERT_SERIAL:
    case PATINA_ERR_CERT_EMPTY_ISSUER:
    case PATINA_ERR_CERT_DUPLICATE_EXTENSION:
    case PATINA_ERR_CERT_ENCODING:
    case PATINA_ERR_CERT_BUDGET:
        form_words(f, t, w);
        break;
    case PATINA_ERR_CERT_REVOKED:
        revoked_words(f, t, w);
        break;
    default:
        if (f->err >= PATINA_ERR_CERT_REVOCATION_UNKNOWN && f->err <= PATINA_ERR_OCSP_UNKNOWN) {
            status_words(f, t, w);
        } else if (f->err >= PATINA_ERR_CERT_AUTHORITY_KEY_ID &&
                   f->err <= PATINA_ERR_CERT_CONSTRAINT_FORM) {
            issuing_words(f, t, w);
        } else if (patina_err_class(f->err) == PATINA_CLASS_CERTIFICATE) {
            other_words(f, t, w);
        }
    }
}

void certificate_words(const struct failure *f, const struct tree *t, struct words *w)
{
    *w = (struct words){0};
    snprintf(w->title, sizeof(w->title), "certificate rejected");
    if (f->chain != NULL && f->chain->count > 0) {
        choose(f, t, w);
        place(f, t, w->where, sizeof(w->where));
        capital(w->where);
    }
    if (w->why[0] == '\0') {
        proof_words(f, w);
    }
}
