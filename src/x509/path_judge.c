// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One certificate judged for its place on a path, RFC 5280 §6.1.3 to §6.1.5 without names and
// signatures.
#include "x509/der.h"
#include "x509/dn.h"
#include "x509/key.h"
#include "x509/path_int.h"
#include "x509/profile.h"

static const uint8_t server_auth[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01};
static const uint8_t client_auth[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02};

// RFC 5280 §4.2.1.12: a certificate without the extension serves every purpose.
static bool serves_purpose(const struct ptn_cert *cert, const struct ptn_path_request *q)
    PTN_CONTRACT(REQUIRES(READABLE(cert) && SPAN(cert->ext.eku) && READABLE(q) && SPAN(q->own_eku))
                     ASSIGNS())
{
    patina_span wanted =
        q->purpose == PATINA_PURPOSE_SERVER ? PTN_SPAN_OF(server_auth) : PTN_SPAN_OF(client_auth);
    wanted = q->own_eku.len != 0 ? q->own_eku : wanted;
    return cert->ext.eku.len == 0 || ptn_has_purpose(cert->ext.eku, wanted) ||
           ptn_has_any_purpose(cert->ext.eku);
}

static patina_err refuse(struct ptn_path_failure *out, patina_err err, const char *rule)
{
    out->err = err;
    out->rfc = 5280;
    out->rule = rule;
    return err;
}

static patina_err judge_dates(const struct ptn_path_request *q, const struct ptn_cert *cert,
                              struct ptn_path_failure *out)
{
    PTN_REQUIRE(q->now_s >= cert->not_before_s,
                refuse(out, PATINA_ERR_CERT_NOT_YET_VALID, "6.1.3 (a)(2)"));
    PTN_REQUIRE(q->now_s <= cert->not_after_s,
                refuse(out, PATINA_ERR_CERT_EXPIRED, "6.1.3 (a)(2)"));
    return PATINA_OK;
}

// PolicyQualifierInfo ::= SEQUENCE { policyQualifierId, qualifier ANY }: what is there for people
// to read, id-qt-cps and id-qt-unotice, is understood.
static bool is_known_qualifier(patina_span info) PTN_CONTRACT(REQUIRES(SPAN(info)) ASSIGNS())
{
    static const uint8_t id_qt_cps[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x02, 0x01};
    static const uint8_t id_qt_unotice[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x02, 0x02};
    struct ptn_reader fields = ptn_reader_of(info);
    patina_span id;
    return ptn_der_read(&fields, PTN_DER_OID, &id) &&
           (ptn_span_equal(id, PTN_SPAN_OF(id_qt_cps)) ||
            ptn_span_equal(id, PTN_SPAN_OF(id_qt_unotice)));
}

// PolicyInformation ::= SEQUENCE { policyIdentifier, policyQualifiers SEQUENCE OF OPTIONAL }
static bool has_known_qualifiers(patina_span policy) PTN_CONTRACT(REQUIRES(SPAN(policy)) ASSIGNS())
{
    struct ptn_reader fields = ptn_reader_of(policy);
    struct ptn_reader list;
    patina_span oid;
    patina_span info;
    if (!ptn_der_read(&fields, PTN_DER_OID, &oid)) {
        return false;
    }
    if (ptn_reader_is_empty(&fields)) {
        return true;
    }
    if (!ptn_der_enter(&fields, PTN_DER_SEQUENCE, &list)) {
        return false;
    }
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), info) INVARIANT(READING(list))
                     DECREASES(READER_LEFT(list)))
    {
        if (!ptn_der_read(&list, PTN_DER_SEQUENCE, &info) || !is_known_qualifier(info)) {
            return false;
        }
    }
    return true;
}

// RFC 5280 §4.2.1.4: where the policies are critical, software "MUST be able to interpret this
// extension (including the optional qualifier), or MUST reject the certificate".
static bool are_policies_understood(patina_span policies)
    PTN_CONTRACT(REQUIRES(SPAN(policies)) ASSIGNS())
{
    struct ptn_reader list = ptn_reader_of(policies);
    patina_span policy;
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(ASSIGNS(READER_FIELDS(list), policy) INVARIANT(READING(list))
                     DECREASES(READER_LEFT(list)))
    {
        if (!ptn_der_read(&list, PTN_DER_SEQUENCE, &policy) || !has_known_qualifiers(policy)) {
            return false;
        }
    }
    return true;
}

// Policies are not followed here, so a certificate that requires some is refused; where none is
// required, RFC 5280 §6.1 accepts whatever the other policy extensions say.
static patina_err judge_critical(const struct ptn_cert *cert, const char *rule,
                                 struct ptn_path_failure *out)
{
    PTN_REQUIRE(cert->ext.unknown_critical.len == 0,
                refuse(out, PATINA_ERR_CERT_CRITICAL_EXTENSION, rule));
    PTN_REQUIRE((cert->ext.critical & PTN_CERT_EXT_POLICIES) == 0 ||
                    are_policies_understood(cert->ext.policies),
                refuse(out, PATINA_ERR_CERT_CRITICAL_EXTENSION, "4.2.1.4"));
    PTN_REQUIRE(!cert->ext.has_require_explicit_policy,
                refuse(out, PATINA_ERR_CERT_POLICY, "4.2.1.11"));
    return PATINA_OK;
}

// RFC 5280 §4.1.2.7, and what is known to be safe today. A leaf's key is asked for its signature
// later, in CertificateVerify; who judges a chain by itself sees none.
static patina_err judge_key(const struct ptn_path_request *q, const struct ptn_spki *spki,
                            struct ptn_path_failure *out)
    PTN_CONTRACT(REQUIRES(READABLE(q) && READABLE(spki) && SPKI(*spki) &&
                          WRITABLE(out)) ASSIGNS(out->err, out->rfc, out->rule)
                     ENSURES(IMPLIES(RESULT != PATINA_OK, out->err == RESULT && out->rule != NULL)))
{
    PTN_REQUIRE(ptn_key_is_known(q->provider, spki) && ptn_key_is_sound(spki),
                refuse(out, PATINA_ERR_CERT_UNSUPPORTED_KEY, "4.1.2.7"));
    return PATINA_OK;
}

// RFC 5280 §4.1.2.2: a serial number is positive, and users "SHOULD be prepared to gracefully
// handle" others. They endanger nobody, so profile PRIVATE takes them; roots are what they are: of
// the web's, some have number 0.
static patina_err judge_serial(const struct ptn_path_request *q, patina_span serial,
                               struct ptn_path_failure *out)
    PTN_CONTRACT(REQUIRES(READABLE(q) && SPAN(serial) && WRITABLE(out)) ASSIGNS(out->err, out->rfc,
                                                                                out->rule)
                     ENSURES(IMPLIES(RESULT != PATINA_OK, out->err == RESULT && out->rule != NULL)))
{
    bool negative = serial.len != 0 && (ptn_span_at(serial, 0) & 0x80) != 0;
    bool zero = serial.len == 1 && ptn_span_at(serial, 0) == 0;
    PTN_REQUIRE(q->profile != PATINA_PROFILE_WEB || (!negative && !zero),
                refuse(out, PATINA_ERR_CERT_SERIAL, "4.1.2.2"));
    return PATINA_OK;
}

// What is asked of issuers, last: whatever else is wrong says more.
static patina_err judge_profile(const struct ptn_path_request *q, const struct ptn_cert *cert,
                                enum ptn_role role, struct ptn_path_failure *out)
{
    struct ptn_rule rule;
    if (q->profile != PATINA_PROFILE_WEB || !ptn_profile_refuses(cert, role, &rule)) {
        return PATINA_OK;
    }
    out->words = rule.words;
    out->cert = cert;
    (void)refuse(out, rule.err, rule.section);
    out->rfc = rule.rfc;
    return rule.err;
}

static patina_err judge_name(const struct ptn_path_request *q, const struct ptn_cert *leaf,
                             size_t *comparisons, struct ptn_path_failure *out)
{
    if (q->name == NULL) {
        return PATINA_OK;
    }
    patina_err err = ptn_cert_match_name(leaf, q->name, comparisons);
    if (err != PATINA_OK) {
        (void)refuse(out, err, "6.3");
        out->rfc = 9525;
        out->cert = err == PATINA_ERR_CERT_BUDGET ? NULL : leaf;
    }
    return err;
}

patina_err ptn_path_judge_leaf(const struct ptn_path_request *q, const struct ptn_cert *leaf,
                               size_t *comparisons, struct ptn_path_failure *out)
{
    bool signs_certs = (leaf->ext.key_usage & PTN_KEY_USAGE_KEY_CERT_SIGN) != 0;
    *out = (struct ptn_path_failure){.cert = leaf};

    PTN_TRY(judge_critical(leaf, "4.2", out));
    PTN_REQUIRE(!leaf->ext.is_ca, refuse(out, PATINA_ERR_CERT_CA_AS_LEAF, "4.2.1.9"));
    PTN_REQUIRE(serves_purpose(leaf, q), refuse(out, PATINA_ERR_CERT_PURPOSE, "4.2.1.12"));
    // What authenticates by CertificateVerify signs, RFC 9846 §4.5.1.2.
    PTN_REQUIRE(!ptn_cert_has(leaf, PTN_CERT_EXT_KEY_USAGE) ||
                    (leaf->ext.key_usage & PTN_KEY_USAGE_DIGITAL_SIGNATURE) != 0,
                refuse(out, PATINA_ERR_CERT_LEAF_KEY_USAGE, "4.2.1.3"));
    // "If the keyCertSign bit is asserted, then the cA bit ... MUST also be asserted": no danger to
    // who relies on it, since it is never taken for an issuer.
    PTN_REQUIRE(!signs_certs || q->profile != PATINA_PROFILE_WEB,
                refuse(out, PATINA_ERR_CERT_KEY_USAGE, "4.2.1.3"));
    // RFC 5280 §4.1.2.4: the issuer "MUST contain a non-empty distinguished name".
    PTN_REQUIRE(!ptn_dn_is_empty(leaf->issuer),
                refuse(out, PATINA_ERR_CERT_EMPTY_ISSUER, "4.1.2.4"));
    PTN_TRY(judge_key(q, &leaf->spki, out));
    PTN_TRY(judge_serial(q, leaf->serial, out));
    PTN_TRY(judge_dates(q, leaf, out));
    PTN_TRY(judge_name(q, leaf, comparisons, out));
    bool is_server = q->purpose == PATINA_PURPOSE_SERVER && q->own_eku.len == 0;
    return judge_profile(q, leaf, is_server ? PTN_ROLE_SERVER : PTN_ROLE_END_ENTITY, out);
}

// A root of version 1 has no extensions and is trusted for what it is; any other says that it is a
// CA.
static bool is_authority(const struct ptn_path_request *q, const struct ptn_cert *cert,
                         struct ptn_path_place place)
{
    if (ptn_cert_has(cert, PTN_CERT_EXT_BASIC_CONSTRAINTS)) {
        return cert->ext.is_ca;
    }
    return place.is_root && q->profile == PATINA_PROFILE_PRIVATE;
}

patina_err ptn_path_judge_issuer(const struct ptn_path_request *q, const struct ptn_cert *issuer,
                                 struct ptn_path_place place, struct ptn_path_failure *out)
{
    *out = (struct ptn_path_failure){.cert = issuer, .index = place.index};

    PTN_REQUIRE(is_authority(q, issuer, place), refuse(out, PATINA_ERR_CERT_NOT_A_CA, "6.1.4 (k)"));
    PTN_REQUIRE(!ptn_cert_has(issuer, PTN_CERT_EXT_KEY_USAGE) ||
                    (issuer->ext.key_usage & PTN_KEY_USAGE_KEY_CERT_SIGN) != 0,
                refuse(out, PATINA_ERR_CERT_KEY_USAGE, "6.1.4 (n)"));
    PTN_TRY(judge_critical(issuer, "6.1.4 (o)", out));
    PTN_TRY(judge_key(q, &issuer->spki, out));
    if (!place.is_root) {
        PTN_REQUIRE(!ptn_dn_is_empty(issuer->issuer),
                    refuse(out, PATINA_ERR_CERT_EMPTY_ISSUER, "4.1.2.4"));
        PTN_TRY(judge_serial(q, issuer->serial, out));
    }
    out->number = issuer->ext.path_len;
    PTN_REQUIRE(!issuer->ext.has_path_len || place.below <= issuer->ext.path_len,
                refuse(out, PATINA_ERR_CERT_PATH_LEN, "6.1.4 (m)"));
    PTN_REQUIRE(serves_purpose(issuer, q), refuse(out, PATINA_ERR_CERT_PURPOSE, "4.2.1.12"));
    PTN_TRY(judge_dates(q, issuer, out));
    enum ptn_role anchor = ptn_cert_is_self_issued(issuer) ? PTN_ROLE_ROOT : PTN_ROLE_ANCHOR;
    return judge_profile(q, issuer, place.is_root ? anchor : PTN_ROLE_AUTHORITY, out);
}

uint32_t ptn_path_rank(patina_err err)
{
    switch ((int)err) {
    case PATINA_ERR_CERT_UNKNOWN_ISSUER:
        return 1;
    case PATINA_ERR_CERT_ENCODING:
    case PATINA_ERR_CERT_DUPLICATE_EXTENSION:
        return 2;
    case PATINA_ERR_CERT_NOT_A_CA:
        return 3;
    case PATINA_ERR_CERT_BUDGET: // of one path: too long
        return 4;
    case PATINA_ERR_CERT_BAD_SIGNATURE:
        return 5;
    case PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE:
    case PATINA_ERR_CERT_UNSUPPORTED_KEY:
        return 6;
    case PATINA_ERR_CERT_KEY_USAGE:
    case PATINA_ERR_CERT_PATH_LEN:
    case PATINA_ERR_CERT_CRITICAL_EXTENSION:
    case PATINA_ERR_CERT_POLICY:
    case PATINA_ERR_CERT_SERIAL:
    case PATINA_ERR_CERT_EMPTY_ISSUER:
    case PATINA_ERR_CERT_PURPOSE:
        return 7;
    case PATINA_ERR_CERT_NAME_CONSTRAINT:
        return 8;
    case PATINA_ERR_CERT_NOT_YET_VALID:
    case PATINA_ERR_CERT_EXPIRED:
        return 9;
    case PATINA_ERR_CERT_SELF_SIGNED:
        return 10;
    case PATINA_ERR_CERT_REVOKED:
        return PTN_MOST_RANK;
    default: // rules of profile.c; the rest of revocation: what is judged last
        if (err >= PATINA_ERR_CERT_AUTHORITY_KEY_ID) {
            return 7;
        }
        return err >= PATINA_ERR_CERT_REVOCATION_UNKNOWN ? 11 : 0;
    }
}
