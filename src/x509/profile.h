// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What RFC 5280 and the CA/Browser Forum's Baseline Requirements ("BR") ask of whoever issues a
// certificate, and what does not endanger who relies on it. Profile WEB refuses a certificate that
// breaks one of the rules with an error; profile PRIVATE accepts it, and all of them are lint. One
// table, in profile.c: a row a rule.
#ifndef PTN_X509_PROFILE_H
#define PTN_X509_PROFILE_H

#include "x509/cert.h"

// What a certificate is to be.
enum ptn_role {
    PTN_ROLE_SERVER,     // an end entity for servers of the public web
    PTN_ROLE_END_ENTITY, // any other
    PTN_ROLE_AUTHORITY,  // an issuer below the root
    PTN_ROLE_ANCHOR,     // a trust anchor that another authority issued
    PTN_ROLE_ROOT,       // a trust anchor that names itself as its issuer
};

struct ptn_rule {
    const char *id;      // "authority-key-id"
    patina_err err;      // what profile WEB refuses it with; OK: advice alone
    uint16_t rfc;        // 0: the section is one of BR
    const char *section; // "4.2.1.1", "BR 7.1.4.3"
    const char *words;   // what goes behind "the certificate ": wanted, found, what would mend it
};

// The rules that a certificate breaks, as bits; and the row of a bit, NULL past the last.
uint64_t ptn_rules_broken(const struct ptn_cert *cert, enum ptn_role role)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert)) ASSIGNS());
const struct ptn_rule *ptn_rule_at(size_t bit);

// The first rule for which profile WEB refuses the certificate; false: there is none.
bool ptn_profile_refuses(const struct ptn_cert *cert, enum ptn_role role, struct ptn_rule *out)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(IMPLIES(RESULT, out->err != PATINA_OK && out->section != NULL)));

// ---- profile_read.c: what is read again, since nobody else asks for it.

// The common names of the subject beside subjectAltName (BR 7.1.4.3).
enum ptn_common_name {
    PTN_COMMON_NAME_REPEATED, // each is one of the names there, or there is no common name
    PTN_COMMON_NAME_OTHER,    // one is not, and is no host's, or of a kind that has no name there
    PTN_COMMON_NAME_CONTRARY, // one says another host than the names of its kind there
};
enum ptn_common_name ptn_judge_common_names(const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && SPAN(cert->subject) && SPAN(cert->ext.san)) ASSIGNS());

// Whether a dNSName of nameConstraints begins with a dot, RFC 5280 §4.2.1.10.
bool ptn_has_dotted_constraint(patina_span name_constraints)
    PTN_CONTRACT(REQUIRES(SPAN(name_constraints)) ASSIGNS());

// Whether a date before 2050 is no UTCTime, or a later one no GeneralizedTime, RFC 5280 §4.1.2.5.
bool ptn_has_other_time_form(const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && SPAN(cert->tbs)) ASSIGNS());

// Whether an RSA key's modulus ends within an octet, BR 6.1.5; false for other keys.
bool ptn_has_odd_modulus(const struct ptn_spki *spki)
    PTN_CONTRACT(REQUIRES(READABLE(spki) && SPKI(*spki)) ASSIGNS());

// Whether anyExtendedKeyUsage, or id-kp-serverAuth, is one of the purposes (RFC 5280 §4.2.1.12).
bool ptn_has_any_purpose(patina_span eku) PTN_CONTRACT(REQUIRES(SPAN(eku)) ASSIGNS());
bool ptn_has_server_purpose(patina_span eku) PTN_CONTRACT(REQUIRES(SPAN(eku)) ASSIGNS());

#endif
