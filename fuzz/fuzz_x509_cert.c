// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One certificate: the whole input is parsed as one of a chain and as a trust anchor, described,
// judged by the rules for issuers in every role, and its constraints are laid upon itself.
#include "fuzz.h"

#include "base/limits.h"
#include "patina/cert.h"
#include "patina/inspect.h"
#include "x509/cert.h"
#include "x509/constraints.h"
#include "x509/profile.h"

#include <string.h>

static void use_cert(const struct ptn_cert *cert)
{
    use_span(cert->tbs);
    use_span(cert->serial);
    use_span(cert->signature_alg);
    use_span(cert->signature);
    use_span(cert->issuer);
    use_span(cert->subject);
    use_span(cert->spki.whole);
    use_span(cert->spki.algorithm);
    use_span(cert->spki.public_key);
    use_span(cert->ext.eku);
    use_span(cert->ext.san);
    use_span(cert->ext.name_constraints);
    use_span(cert->ext.authority_key_id);
    use_span(cert->ext.subject_key_id);
    use_span(cert->ext.unknown_critical);
    use_span(cert->ext.issuer_alt_name);
    use_span(cert->ext.crl_points);
    use_span(cert->ext.freshest_crl);
    use_span(cert->ext.authority_info);
    use_span(cert->ext.tls_feature);
    use_span(cert->ext.scts);
    use_span(cert->ext.policies);
    use_span(cert->ext.policy_mappings);
}

static void check_info(const struct patina_cert_info *info)
{
    MUST(memchr(info->subject, 0, sizeof info->subject) != NULL);
    MUST(memchr(info->issuer, 0, sizeof info->issuer) != NULL);
    MUST(memchr(info->key, 0, sizeof info->key) != NULL);
    MUST(memchr(info->signature, 0, sizeof info->signature) != NULL);
    MUST(memchr(info->names, 0, sizeof info->names) != NULL);
    MUST(strpbrk(info->names, "\x1b\n\r\t\x7f") == NULL);
    MUST(strpbrk(info->subject, "\x1b\n\r\t\x7f") == NULL);
}

static void judge_rules(patina_span der, const struct ptn_cert *cert, patina_err parsed)
{
    struct patina_lint_finding findings[4];
    struct ptn_rule rule;
    size_t count = 0;
    MUST(patina_cert_lint(der, findings, 4, &count) == parsed);
    MUST(count <= PATINA_LINT_MAX && (parsed == PATINA_OK || count == 0));
    for (size_t i = 0; i < count && i < 4; i++) {
        MUST(findings[i].id != NULL && findings[i].section != NULL && findings[i].text != NULL);
    }
    for (int role = PTN_ROLE_SERVER; parsed == PATINA_OK && role <= PTN_ROLE_ROOT; role++) {
        bool refused = ptn_profile_refuses(cert, (enum ptn_role)role, &rule);
        MUST(refused == (rule.err != PATINA_OK));
        MUST(!refused || ptn_rules_broken(cert, (enum ptn_role)role) != 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ptn_cert cert;
    struct ptn_cert anchor;
    struct patina_cert_info info;
    patina_span der = {data, size};

    patina_err err = ptn_cert_parse(der, &cert);
    patina_err anchor_err = ptn_cert_parse_anchor(der, &anchor);
    MUST(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
    MUST(err != PATINA_OK || anchor_err == PATINA_OK);
    MUST((patina_cert_describe(der, &info) == PATINA_OK) == (anchor_err == PATINA_OK));
    check_info(&info);
    use_cert(&cert);
    use_cert(&anchor);
    judge_rules(der, &anchor, anchor_err);
    if (err == PATINA_OK) {
        size_t budget = PTN_MAX_NAME_COMPARISONS;
        uint8_t tag = 0;
        patina_span name;
        MUST(cert.version == 3 && cert.der.len == size && cert.serial.len <= 21);
        err = ptn_constraints_check(cert.ext.name_constraints, &cert, &budget, &tag, &name);
        MUST(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
        use_span(name);
    }
    return 0;
}
