// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What Windows says of a chain, as an error row: the words of CertVerifyCertificateChainPolicy
// first, and what the chain itself is blamed for where these are silent or unknown here.
#include "os/windows_verdict.h"

#include "base/check.h"
#include "os/windows_api.h"

struct policy_row {
    HRESULT policy;
    patina_err err;
};

static const struct policy_row policy_rows[] = {
    {CERT_E_EXPIRED, PATINA_ERR_CERT_EXPIRED},
    {CERT_E_UNTRUSTEDROOT, PATINA_ERR_CERT_UNKNOWN_ISSUER},
    {CERT_E_UNTRUSTEDTESTROOT, PATINA_ERR_CERT_UNKNOWN_ISSUER},
    {CERT_E_UNTRUSTEDCA, PATINA_ERR_CERT_UNKNOWN_ISSUER},
    {CERT_E_CHAINING, PATINA_ERR_CERT_UNKNOWN_ISSUER},
    {CERT_E_ISSUERCHAINING, PATINA_ERR_CERT_UNKNOWN_ISSUER},
    {CERT_E_CN_NO_MATCH, PATINA_ERR_CERT_NAME_MISMATCH},
    {CERT_E_WRONG_USAGE, PATINA_ERR_CERT_PURPOSE},
    {CERT_E_PURPOSE, PATINA_ERR_CERT_PURPOSE},
    {CERT_E_ROLE, PATINA_ERR_CERT_NOT_A_CA},
    {TRUST_E_BASIC_CONSTRAINTS, PATINA_ERR_CERT_NOT_A_CA},
    {CERT_E_PATHLENCONST, PATINA_ERR_CERT_PATH_LEN},
    {CERT_E_CRITICAL, PATINA_ERR_CERT_CRITICAL_EXTENSION},
    {CERT_E_INVALID_NAME, PATINA_ERR_CERT_NAME_CONSTRAINT},
    {CERT_E_INVALID_POLICY, PATINA_ERR_CERT_POLICY},
    {CERT_E_MALFORMED, PATINA_ERR_CERT_ENCODING},
    {TRUST_E_CERT_SIGNATURE, PATINA_ERR_CERT_BAD_SIGNATURE},
    {NTE_BAD_SIGNATURE, PATINA_ERR_CERT_BAD_SIGNATURE},
    {CERT_E_REVOKED, PATINA_ERR_CERT_REVOKED},
    {CRYPT_E_REVOKED, PATINA_ERR_CERT_REVOKED},
    {CERT_E_REVOCATION_FAILURE, PATINA_ERR_CERT_REVOCATION_UNKNOWN},
    {CRYPT_E_NO_REVOCATION_CHECK, PATINA_ERR_CERT_REVOCATION_UNKNOWN},
    {CRYPT_E_REVOCATION_OFFLINE, PATINA_ERR_CERT_REVOCATION_UNKNOWN},
};

// Faults of a chain that no program of the system lets pass, gravest first. The unknown state of
// revocation is not among them: programs of the system let it pass.
struct trust_row {
    uint32_t trust;
    patina_err err;
};

static const struct trust_row trust_rows[] = {
    {CERT_TRUST_IS_REVOKED, PATINA_ERR_CERT_REVOKED},
    {CERT_TRUST_IS_EXPLICIT_DISTRUST, PATINA_ERR_CERT_SYSTEM_REFUSED},
    {CERT_TRUST_IS_NOT_SIGNATURE_VALID, PATINA_ERR_CERT_BAD_SIGNATURE},
    {CERT_TRUST_IS_UNTRUSTED_ROOT | CERT_TRUST_IS_PARTIAL_CHAIN | CERT_TRUST_IS_CYCLIC,
     PATINA_ERR_CERT_UNKNOWN_ISSUER},
    {CERT_TRUST_INVALID_BASIC_CONSTRAINTS, PATINA_ERR_CERT_NOT_A_CA},
    {CERT_TRUST_INVALID_NAME_CONSTRAINTS | CERT_TRUST_HAS_NOT_SUPPORTED_NAME_CONSTRAINT |
         CERT_TRUST_HAS_NOT_PERMITTED_NAME_CONSTRAINT | CERT_TRUST_HAS_EXCLUDED_NAME_CONSTRAINT,
     PATINA_ERR_CERT_NAME_CONSTRAINT},
    {CERT_TRUST_HAS_NOT_SUPPORTED_CRITICAL_EXT, PATINA_ERR_CERT_CRITICAL_EXTENSION},
    {CERT_TRUST_INVALID_EXTENSION, PATINA_ERR_CERT_ENCODING},
    {CERT_TRUST_IS_NOT_VALID_FOR_USAGE, PATINA_ERR_CERT_PURPOSE},
    {CERT_TRUST_IS_NOT_TIME_VALID, PATINA_ERR_CERT_EXPIRED},
};

static patina_err from_trust(uint32_t trust)
{
    for (size_t i = 0; i < PTN_COUNT(trust_rows); i++) {
        if ((PTN_AT(trust_rows, i).trust & trust) != 0) {
            return PTN_AT(trust_rows, i).err;
        }
    }
    return PATINA_OK;
}

static patina_err from_policy(const struct ptn_windows_judgement *j)
{
    for (size_t i = 0; i < PTN_COUNT(policy_rows); i++) {
        if ((uint32_t)PTN_AT(policy_rows, i).policy == j->policy) {
            return PTN_AT(policy_rows, i).err;
        }
    }
    patina_err err = from_trust(j->trust);
    return err != PATINA_OK ? err : PATINA_ERR_CERT_SYSTEM_REFUSED;
}

patina_err ptn_windows_verdict(const struct ptn_windows_judgement *j)
{
    patina_err err = j->policy == 0 ? from_trust(j->trust) : from_policy(j);
    if (err == PATINA_ERR_CERT_EXPIRED && j->is_early) {
        return PATINA_ERR_CERT_NOT_YET_VALID;
    }
    if (err == PATINA_ERR_CERT_UNKNOWN_ISSUER && j->is_alone) {
        return PATINA_ERR_CERT_SELF_SIGNED;
    }
    return err;
}
