// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The rules for issuers: see profile.h. One table; then a function a group of rules, which gives
// those that are broken as bits.
#include "x509/profile.h"
#include "patina/inspect.h"
#include "x509/dn.h"

// RULE(name, id, error of profile WEB or OK, RFC or 0, section, words)
#define CRITICAL_ONE(what) "marks " what " as critical, which it must not be; have it issued anew"
#define NOT_CRITICAL(what) "does not mark " what " as critical, as it must; have it issued anew"
#define RULES(RULE)                                                                                \
    RULE(AUTHORITY_KEY_ID, "authority-key-id", PATINA_ERR_CERT_AUTHORITY_KEY_ID, 5280, "4.2.1.1",  \
         "has no authorityKeyIdentifier with a keyIdentifier; have it issued with one")            \
    RULE(AUTHORITY_KEY_ID_CRITICAL, "authority-key-id-critical", PATINA_ERR_CERT_CRITICALITY,      \
         5280, "4.2.1.1", CRITICAL_ONE("authorityKeyIdentifier"))                                  \
    RULE(AUTHORITY_KEY_ID_OF_ROOT, "authority-key-id-root", PATINA_ERR_CERT_AUTHORITY_KEY_ID, 0,   \
         "BR 7.1.2.1.3",                                                                           \
         "has an authorityKeyIdentifier other than its own keyIdentifier alone; use a newer root") \
    RULE(AUTHORITY_KEY_ID_FORM, "authority-key-id-form", PATINA_OK, 0, "BR 7.1.2.11.1",            \
         "has more in authorityKeyIdentifier than a keyIdentifier, which is all that is needed")   \
    RULE(SUBJECT_KEY_ID, "subject-key-id", PATINA_ERR_CERT_SUBJECT_KEY_ID, 5280, "4.2.1.2",        \
         "is an authority's without subjectKeyIdentifier; have it issued with one")                \
    RULE(SUBJECT_KEY_ID_CRITICAL, "subject-key-id-critical", PATINA_ERR_CERT_CRITICALITY, 5280,    \
         "4.2.1.2", CRITICAL_ONE("subjectKeyIdentifier"))                                          \
    RULE(BASIC_CONSTRAINTS, "basic-constraints", PATINA_ERR_CERT_CRITICALITY, 5280, "4.2.1.9",     \
         NOT_CRITICAL("basicConstraints"))                                                         \
    RULE(POLICY_CONSTRAINTS, "policy-constraints", PATINA_ERR_CERT_CRITICALITY, 5280, "4.2.1.11",  \
         NOT_CRITICAL("policyConstraints"))                                                        \
    RULE(INHIBIT_ANY_POLICY, "inhibit-any-policy", PATINA_ERR_CERT_CRITICALITY, 5280, "4.2.1.14",  \
         NOT_CRITICAL("inhibitAnyPolicy"))                                                         \
    RULE(FRESHEST_CRL, "freshest-crl", PATINA_ERR_CERT_CRITICALITY, 5280, "4.2.1.15",              \
         CRITICAL_ONE("freshestCRL"))                                                              \
    RULE(AUTHORITY_INFO, "authority-info", PATINA_ERR_CERT_CRITICALITY, 5280, "4.2.2.1",           \
         CRITICAL_ONE("authorityInfoAccess"))                                                      \
    RULE(SUBJECT, "subject", PATINA_ERR_CERT_NO_SUBJECT, 5280, "4.1.2.6",                          \
         "is an authority's without a subject; have it issued with one")                           \
    RULE(ISSUER, "issuer", PATINA_ERR_CERT_EMPTY_ISSUER, 5280, "4.1.2.4",                          \
         "does not name its issuer; have it issued by an authority with a name")                   \
    RULE(TIME_FORM, "time-form", PATINA_ERR_CERT_TIME_FORM, 5280, "4.1.2.5",                       \
         "has a date before 2050 not as UTCTime, or a later one as it; have it issued anew")       \
    RULE(KEY_SIZE, "key-size", PATINA_ERR_CERT_KEY_SIZE, 0, "BR 6.1.5",                            \
         "has an RSA key whose bits do not divide by 8; use one of 2048, 3072 or 4096 bits")       \
    RULE(MISPLACED_CONSTRAINTS, "misplaced-constraints", PATINA_ERR_CERT_MISPLACED_EXTENSION,      \
         5280, "4.2.1.10", "has nameConstraints but is no authority's; have it issued without")    \
    RULE(MISPLACED_PATH_LEN, "path-len", PATINA_ERR_CERT_MISPLACED_EXTENSION, 5280, "4.2.1.9",     \
         "has a pathLenConstraint but is no authority's; have it issued without")                  \
    RULE(                                                                                          \
        CONSTRAINT_FORM, "name-constraints-form", PATINA_ERR_CERT_CONSTRAINT_FORM, 5280,           \
        "4.2.1.10",                                                                                \
        "has a dNSName in nameConstraints that begins with a dot; have it issued without the dot") \
    RULE(ROOT_PURPOSE, "root-purpose", PATINA_ERR_CERT_PURPOSE_FORM, 0, "BR 7.1.2.1.2",            \
         "is a root's with extendedKeyUsage, which none may have; use a newer root")               \
    RULE(NO_PURPOSE, "purposes", PATINA_ERR_CERT_PURPOSE_FORM, 0, "BR 7.1.2.7.6",                  \
         "has no extendedKeyUsage and would serve for anything; have it issued with serverAuth")   \
    RULE(ANY_PURPOSE, "any-purpose", PATINA_ERR_CERT_PURPOSE_FORM, 0, "BR 7.1.2.7.10",             \
         "is for any purpose (anyExtendedKeyUsage); have it issued with serverAuth alone")         \
    RULE(PURPOSE_CRITICAL, "purposes-critical", PATINA_ERR_CERT_CRITICALITY, 0, "BR 7.1.2.7.6",    \
         CRITICAL_ONE("extendedKeyUsage"))                                                         \
    RULE(NAMES_NOT_CRITICAL, "names-critical", PATINA_ERR_CERT_CRITICALITY, 5280, "4.2.1.6",       \
         "has no subject and so must mark subjectAltName as critical; have it issued anew")        \
    RULE(NAMES_CRITICAL, "names-critical", PATINA_ERR_CERT_CRITICALITY, 0, "BR 7.1.2.7.12",        \
         "has a subject and so must not mark subjectAltName as critical; have it issued anew")     \
    RULE(NO_NAMES, "names", PATINA_ERR_CERT_NAME_MISMATCH, 0, "BR 7.1.2.7.12",                     \
         "has no subjectAltName, so is for nobody (a common name is no name); have it issued "     \
         "with one")                                                                               \
    RULE(COMMON_NAME, "common-name", PATINA_ERR_CERT_COMMON_NAME, 0, "BR 7.1.4.3",                 \
         "has a common name that is none of its subjectAltName; have it issued with one that is")  \
    RULE(OTHER_COMMON_NAME, "common-name", PATINA_OK, 0, "BR 7.1.4.3",                             \
         "has a common name that is none of its subjectAltName; leave it out, or repeat one")      \
    RULE(KEY_USAGE, "key-usage", PATINA_OK, 5280, "4.2.1.3",                                       \
         "is an authority's and is to have keyUsage")                                              \
    RULE(KEY_USAGE_CRITICAL, "key-usage-critical", PATINA_OK, 5280, "4.2.1.3",                     \
         "should mark keyUsage as critical")                                                       \
    RULE(CRL_SIGN, "crl-sign", PATINA_OK, 5280, "4.2.1.3",                                         \
         "is an authority's whose revocation lists count for nothing (keyUsage lacks cRLSign)")    \
    RULE(NAME_CONSTRAINTS, "name-constraints", PATINA_OK, 5280, "4.2.1.10",                        \
         "should mark nameConstraints as critical")                                                \
    RULE(CRL_POINTS, "crl-points", PATINA_OK, 5280, "4.2.1.13",                                    \
         "should not mark cRLDistributionPoints as critical")                                      \
    RULE(TLS_FEATURE, "tls-feature", PATINA_OK, 7633, "4",                                         \
         "should not mark its TLS features as critical")                                           \
    RULE(SERIAL, "serial", PATINA_OK, 0, "BR 7.1",                                                 \
         "has a short serial number; 64 random bits keep forgers from guessing it")                \
    RULE(LIFETIME, "lifetime", PATINA_OK, 0, "BR 6.3.2",                                           \
         "is valid for longer than browsers accept of a public authority")

enum rule {
#define NAME_OF(name, ...) RULE_##name,
    RULES(NAME_OF)
#undef NAME_OF
        RULES_COUNT
};
_Static_assert(RULES_COUNT <= 64, "a bit a rule");

static const struct ptn_rule rows[RULES_COUNT] = {
#define ROW_OF(name, id, err, rfc, section, words) {(id), (err), (rfc), (section), (words)},
    RULES(ROW_OF)
#undef ROW_OF
};

static uint64_t bit(bool is_broken, enum rule rule)
{
    return is_broken ? UINT64_C(1) << (unsigned)rule : 0;
}

static bool is_critical(const struct ptn_cert *cert, enum ptn_cert_ext ext)
{
    return (cert->ext.critical & (uint32_t)ext) != 0;
}

// There, but not critical.
static bool is_lax(const struct ptn_cert *cert, enum ptn_cert_ext ext)
{
    return ptn_cert_has(cert, ext) && !is_critical(cert, ext);
}

static bool is_authority(enum ptn_role role)
{
    return role == PTN_ROLE_AUTHORITY || role == PTN_ROLE_ANCHOR || role == PTN_ROLE_ROOT;
}

// Roots that were made before the Baseline Requirements took effect, on 2012-07-01, are
// what they are, and nothing but a new root mends them. X.509 has had extensions since
// 1996: an earlier date is not when a root was made.
static bool is_old_root(const struct ptn_cert *cert, enum ptn_role role)
{
    const int64_t v3_s = INT64_C(820454400);  // 1996-01-01
    const int64_t br_s = INT64_C(1341100800); // 2012-07-01
    return role == PTN_ROLE_ROOT && cert->not_before_s >= v3_s && cert->not_before_s < br_s;
}

// ---- Groups of rules

static uint64_t judge_criticality(const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert)) ASSIGNS())
{
    return bit(is_critical(cert, PTN_CERT_EXT_AUTHORITY_KEY_ID), RULE_AUTHORITY_KEY_ID_CRITICAL) |
           bit(is_critical(cert, PTN_CERT_EXT_SUBJECT_KEY_ID), RULE_SUBJECT_KEY_ID_CRITICAL) |
           bit(is_critical(cert, PTN_CERT_EXT_FRESHEST_CRL), RULE_FRESHEST_CRL) |
           bit(is_critical(cert, PTN_CERT_EXT_AUTHORITY_INFO), RULE_AUTHORITY_INFO) |
           bit(is_critical(cert, PTN_CERT_EXT_CRL_POINTS), RULE_CRL_POINTS) |
           bit(is_critical(cert, PTN_CERT_EXT_TLS_FEATURE), RULE_TLS_FEATURE) |
           bit(is_lax(cert, PTN_CERT_EXT_POLICY_CONSTRAINTS), RULE_POLICY_CONSTRAINTS) |
           bit(is_lax(cert, PTN_CERT_EXT_INHIBIT_ANY_POLICY), RULE_INHIBIT_ANY_POLICY) |
           bit(is_lax(cert, PTN_CERT_EXT_NAME_CONSTRAINTS), RULE_NAME_CONSTRAINTS) |
           bit(is_lax(cert, PTN_CERT_EXT_KEY_USAGE), RULE_KEY_USAGE_CRITICAL);
}

// RFC 5280 §4.2.1.1: only a certificate that its own key signed may leave it out. A trust
// anchor's names an issuer that nobody asks.
static uint64_t judge_key_ids(const struct ptn_cert *cert, enum ptn_role role)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert)) ASSIGNS())
{
    const struct ptn_cert_extensions *x = &cert->ext;
    bool is_old = is_old_root(cert, role);
    bool has_more = x->has_authority_issuer || x->has_authority_serial;
    bool is_own = ptn_span_equal(x->authority_key_id, x->subject_key_id);
    bool is_self_issued = ptn_span_equal(cert->issuer, cert->subject);
    return bit(x->authority_key_id.len == 0 && !is_self_issued && role != PTN_ROLE_ANCHOR,
               RULE_AUTHORITY_KEY_ID) |
           bit(ptn_cert_has(cert, PTN_CERT_EXT_AUTHORITY_KEY_ID) && (has_more || !is_own) &&
                   role == PTN_ROLE_ROOT && !is_old,
               RULE_AUTHORITY_KEY_ID_OF_ROOT) |
           bit(has_more && role != PTN_ROLE_ROOT, RULE_AUTHORITY_KEY_ID_FORM) |
           bit(x->subject_key_id.len == 0 && is_authority(role) && !is_old, RULE_SUBJECT_KEY_ID);
}

static uint64_t judge_fields(const struct ptn_cert *cert, enum ptn_role role)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert)) ASSIGNS())
{
    enum { SERIAL_BYTES = 8 };
    return bit(ptn_dn_is_empty(cert->issuer), RULE_ISSUER) |
           bit(ptn_has_other_time_form(cert) && !is_old_root(cert, role), RULE_TIME_FORM) |
           bit(ptn_has_odd_modulus(&cert->spki), RULE_KEY_SIZE) |
           bit(cert->serial.len < SERIAL_BYTES, RULE_SERIAL);
}

static uint64_t judge_authority(const struct ptn_cert *cert, enum ptn_role role)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert)) ASSIGNS())
{
    bool has_usage = ptn_cert_has(cert, PTN_CERT_EXT_KEY_USAGE);
    bool signs_crls = (cert->ext.key_usage & PTN_KEY_USAGE_CRL_SIGN) != 0;
    return bit(is_lax(cert, PTN_CERT_EXT_BASIC_CONSTRAINTS) && !is_old_root(cert, role),
               RULE_BASIC_CONSTRAINTS) |
           bit(ptn_dn_is_empty(cert->subject), RULE_SUBJECT) |
           bit(ptn_cert_has(cert, PTN_CERT_EXT_EXTENDED_KEY_USAGE) && role == PTN_ROLE_ROOT,
               RULE_ROOT_PURPOSE) |
           bit(ptn_has_dotted_constraint(cert->ext.name_constraints), RULE_CONSTRAINT_FORM) |
           bit(!has_usage, RULE_KEY_USAGE) | bit(has_usage && !signs_crls, RULE_CRL_SIGN);
}

static uint64_t judge_end_entity(const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert)) ASSIGNS())
{
    return bit(ptn_cert_has(cert, PTN_CERT_EXT_NAME_CONSTRAINTS), RULE_MISPLACED_CONSTRAINTS) |
           bit(cert->ext.has_path_len && !cert->ext.is_ca, RULE_MISPLACED_PATH_LEN) |
           bit(is_lax(cert, PTN_CERT_EXT_SUBJECT_ALT_NAME) && ptn_dn_is_empty(cert->subject),
               RULE_NAMES_NOT_CRITICAL);
}

// BR 6.3.2: 398 days, from 2026-03-15 on 200, a year later 100, from 2029-03-15 on 47.
static bool is_long_lived(const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert)) ASSIGNS())
{
    const int64_t day_s = 86400;
    int64_t begins = cert->not_before_s;
    int64_t most = begins >= INT64_C(1868227200)   ? 47
                   : begins >= INT64_C(1805068800) ? 100
                   : begins >= INT64_C(1773532800) ? 200
                                                   : 398;
    if (begins < 0 || cert->not_after_s < begins) { // no server's, and one that is never valid
        return false;
    }
    return cert->not_after_s - begins > most * day_s;
}

static uint64_t judge_server(const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert)) ASSIGNS())
{
    bool has_purpose = ptn_cert_has(cert, PTN_CERT_EXT_EXTENDED_KEY_USAGE);
    bool has_names = ptn_cert_has(cert, PTN_CERT_EXT_SUBJECT_ALT_NAME);
    enum ptn_common_name common = ptn_judge_common_names(cert);
    return bit(!has_purpose, RULE_NO_PURPOSE) |
           bit(ptn_has_any_purpose(cert->ext.eku), RULE_ANY_PURPOSE) |
           bit(is_critical(cert, PTN_CERT_EXT_EXTENDED_KEY_USAGE), RULE_PURPOSE_CRITICAL) |
           bit(is_critical(cert, PTN_CERT_EXT_SUBJECT_ALT_NAME) && !ptn_dn_is_empty(cert->subject),
               RULE_NAMES_CRITICAL) |
           bit(!has_names, RULE_NO_NAMES) |
           bit(has_names && common == PTN_COMMON_NAME_CONTRARY, RULE_COMMON_NAME) |
           bit(has_names && common == PTN_COMMON_NAME_OTHER, RULE_OTHER_COMMON_NAME) |
           bit(is_long_lived(cert), RULE_LIFETIME);
}

uint64_t ptn_rules_broken(const struct ptn_cert *cert, enum ptn_role role)
{
    uint64_t broken =
        judge_criticality(cert) | judge_key_ids(cert, role) | judge_fields(cert, role);
    if (is_authority(role)) {
        return broken | judge_authority(cert, role);
    }
    broken |= judge_end_entity(cert);
    return role == PTN_ROLE_SERVER ? broken | judge_server(cert) : broken;
}

const struct ptn_rule *ptn_rule_at(size_t bit)
{
    return bit < RULES_COUNT ? &PTN_AT(rows, bit) : NULL;
}

bool ptn_profile_refuses(const struct ptn_cert *cert, enum ptn_role role, struct ptn_rule *out)
{
    uint64_t broken = ptn_rules_broken(cert, role);
    *out = (struct ptn_rule){0};
    for (size_t i = 0; i < RULES_COUNT && broken != 0; i++)
        PTN_LOOP(COUNTS_TO(i, RULES_COUNT))
    {
        if (((broken >> i) & 1) != 0 && PTN_AT(rows, i).err != PATINA_OK) {
            *out = PTN_AT(rows, i);
            return true;
        }
    }
    return false;
}

// ---- Lint

// What a certificate by itself seems to be made for.
static enum ptn_role role_of(const struct ptn_cert *cert)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && CERT(*cert)) ASSIGNS())
{
    if (cert->ext.is_ca || cert->version == 1) { // only roots are still of version 1
        return ptn_span_equal(cert->issuer, cert->subject) ? PTN_ROLE_ROOT : PTN_ROLE_AUTHORITY;
    }
    bool for_servers = cert->ext.eku.len == 0 || ptn_has_any_purpose(cert->ext.eku) ||
                       ptn_has_server_purpose(cert->ext.eku);
    return for_servers ? PTN_ROLE_SERVER : PTN_ROLE_END_ENTITY;
}

// A finding a broken rule: the first `cap` are written, all are counted.
static size_t put_findings(uint64_t broken, struct patina_lint_finding *out, size_t cap)
    PTN_CONTRACT(REQUIRES(cap <= PATINA_LINT_MAX && WRITABLE_ARRAY(out, cap))
                     ASSIGNS(cap != 0 : __CPROVER_object_whole(out))
                         ENSURES(RESULT <= PATINA_LINT_MAX))
{
    size_t count = 0;
    for (size_t i = 0; i < RULES_COUNT; i++)
        PTN_LOOP(ASSIGNS(i, count; cap != 0 : __CPROVER_object_whole(out))
                     INVARIANT(i <= RULES_COUNT && count <= i) DECREASES(RULES_COUNT - i))
    {
        const struct ptn_rule *row = &PTN_AT(rows, i);
        if (((broken >> i) & 1) == 0) {
            continue;
        }
        if (count < cap) {
            PTN_ITEM(out, cap, count) = (struct patina_lint_finding){.err = row->err,
                                                                     .rfc = row->rfc,
                                                                     .id = row->id,
                                                                     .section = row->section,
                                                                     .text = row->words};
        }
        count++;
    }
    return count;
}

// What is found in a certificate that was parsed.
static size_t lint_parsed(const struct ptn_cert *cert, struct patina_lint_finding *out, size_t cap)
    PTN_CONTRACT(REQUIRES(READABLE(cert)) REQUIRES_CERT(*cert)
                     REQUIRES(cap <= PATINA_LINT_MAX && WRITABLE_ARRAY(out, cap))
                         ASSIGNS(cap != 0 : __CPROVER_object_whole(out))
                             ENSURES(RESULT <= PATINA_LINT_MAX))
{
    return put_findings(ptn_rules_broken(cert, role_of(cert)), out, cap);
}

patina_err patina_cert_lint(patina_span der, struct patina_lint_finding *out, size_t cap,
                            size_t *out_count)
    PTN_CONTRACT(REQUIRES(SPAN(der) && (out_count == NULL || WRITABLE(out_count)))
                     REQUIRES(out == NULL || WRITABLE_ARRAY(out, cap))
                         ASSIGNS(out_count != NULL : *out_count;
                                 out != NULL && cap != 0 : __CPROVER_object_whole(out))
                             ENSURES(RESULT == PATINA_ERR_MISUSE ||
                                     *out_count <= (RESULT == PATINA_OK ? PATINA_LINT_MAX : 0)))
{
    struct ptn_cert cert;
    PTN_REQUIRE(out_count != NULL && (out != NULL || cap == 0), PATINA_ERR_MISUSE);
    *out_count = 0;
    PTN_TRY(ptn_cert_parse_anchor(der, &cert));
    *out_count = lint_parsed(&cert, out, ptn_min_size(cap, PATINA_LINT_MAX));
    return PATINA_OK;
}
