// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The verifier that does what Windows' own programs do: the peer's chain, as it came, goes to
// CertGetCertificateChain and CertVerifyCertificateChainPolicy, whose verdict it is. Windows keeps
// its store of roots incomplete and fetches one when a chain asks for it, and it distrusts parts of
// others, so that roots read from the store and judged by ourselves would be another verdict.
#include "base/check.h"
#include "base/limits.h"
#include "base/mem.h"
#include "os/windows_api.h"
#include "os/windows_verdict.h"
#include "patina/verify.h"

enum {
    MAX_NAME = 255,            // of a host, RFC 1035 §2.3.4
    RETRIEVAL_MS = 10000,      // for all that is fetched for one chain
    OCSP_RESPONSE_PROP = 70,   // CERT_OCSP_RESPONSE_PROP_ID, which mingw-w64's headers may lack
    FILETIME_PER_S = 10000000, // 100 ns each
};

static const int64_t filetime_epoch_s = INT64_C(11644473600); // from 1601 to 1970
static const int64_t filetime_last_s = INT64_C(910692730085); // FILETIME is signed to most calls

static patina_err to_filetime(int64_t unix_s, FILETIME *out)
{
    PTN_REQUIRE(unix_s >= -filetime_epoch_s && unix_s <= filetime_last_s, PATINA_ERR_CLOCK);
    uint64_t ticks = (uint64_t)(unix_s + filetime_epoch_s) * FILETIME_PER_S;
    *out = (FILETIME){.dwLowDateTime = (DWORD)(ticks & UINT32_MAX),
                      .dwHighDateTime = (DWORD)(ticks >> 32)};
    return PATINA_OK;
}

// Hosts in A-labels and addresses in text are made of these; a URI is not, and Windows judges none.
static bool is_of_host(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '-' || c == '_' || c == ':';
}

// A dot at the end says that the name is whole (RFC 1034 §3.1); certificates name hosts without it
// (RFC 9525 §6.3).
static patina_err to_wide(patina_span name, WCHAR out[MAX_NAME + 1])
{
    size_t len = name.len;
    len -= len > 1 && name.ptr[len - 1] == '.' ? 1u : 0u;
    PTN_REQUIRE(len >= 1 && len <= MAX_NAME, PATINA_ERR_CERT_NAME_MISMATCH);
    for (size_t i = 0; i < len; i++) {
        PTN_REQUIRE(is_of_host(name.ptr[i]), PATINA_ERR_CERT_NAME_MISMATCH);
        out[i] = name.ptr[i];
    }
    out[len] = 0;
    return PATINA_OK;
}

static patina_err system_failed(void)
{
    DWORD why = GetLastError();
    return why == ERROR_OUTOFMEMORY || why == ERROR_NOT_ENOUGH_MEMORY || why == (DWORD)E_OUTOFMEMORY
               ? PATINA_ERR_NO_MEMORY
               : PATINA_ERR_CERT_SYSTEM_REFUSED;
}

// The chain in a store of its own; *out_leaf is its first certificate. What Windows cannot read is
// no certificate.
static patina_err fill_store(const struct patina_op *op, HCERTSTORE store, PCCERT_CONTEXT *out_leaf)
{
    for (size_t i = 0; i < PTN_MAX_CERTIFICATES; i++) {
        patina_span der = patina_verify_op_certificate(op, i);
        if (der.len == 0) {
            break;
        }
        PTN_REQUIRE(der.len <= UINT32_MAX, PATINA_ERR_CERT_ENCODING);
        if (!CertAddEncodedCertificateToStore(store, PTN_X509_ENCODING, der.ptr, (DWORD)der.len,
                                              CERT_STORE_ADD_ALWAYS, i == 0 ? out_leaf : NULL)) {
            patina_err err = system_failed();
            return err == PATINA_ERR_NO_MEMORY ? err : PATINA_ERR_CERT_ENCODING;
        }
    }
    return *out_leaf != NULL ? PATINA_OK : PATINA_ERR_CERT_ENCODING;
}

// Gives the staple to Windows, which judges it. Where it will not have it, it asks the authority
// itself.
static void staple(const struct patina_op *op, PCCERT_CONTEXT leaf)
{
    patina_span response = patina_verify_op_staple(op);
    if (response.len != 0 && response.len <= UINT32_MAX) {
        CRYPT_DATA_BLOB blob = {.cbData = (DWORD)response.len,
                                .pbData = (BYTE *)(uintptr_t)response.ptr};
        (void)CertSetCertificateContextProperty(leaf, OCSP_RESPONSE_PROP, 0, &blob);
    }
}

// The system would fall back to the common name where subjectAltName names no host; here it never
// matches, as with the verifier of our own (RFC 9525 §2).
static bool names_a_host(PCCERT_CONTEXT leaf)
{
    const CERT_INFO *info = leaf->pCertInfo;
    const CERT_EXTENSION *san =
        CertFindExtension(szOID_SUBJECT_ALT_NAME2, info->cExtension, info->rgExtension);
    CERT_ALT_NAME_INFO *names = NULL;
    DWORD size = 0;
    bool found = false;
    if (san == NULL ||
        !CryptDecodeObjectEx(PTN_X509_ENCODING, X509_ALTERNATE_NAME, san->Value.pbData,
                             san->Value.cbData, CRYPT_DECODE_ALLOC_FLAG, NULL, &names, &size)) {
        return false;
    }
    for (DWORD i = 0; i < names->cAltEntry; i++) {
        DWORD kind = names->rgAltEntry[i].dwAltNameChoice;
        found = found || kind == CERT_ALT_NAME_DNS_NAME || kind == CERT_ALT_NAME_IP_ADDRESS;
    }
    (void)LocalFree(names);
    return found;
}

static void look_at_chain(PCCERT_CHAIN_CONTEXT chain, FILETIME now,
                          struct ptn_windows_judgement *out)
{
    bool is_late = false;
    bool is_early = false;
    out->trust = chain->TrustStatus.dwErrorStatus;
    for (DWORD c = 0; c < chain->cChain; c++) {
        const CERT_SIMPLE_CHAIN *simple = chain->rgpChain[c];
        for (DWORD i = 0; i < simple->cElement; i++) {
            LONG when =
                CertVerifyTimeValidity(&now, simple->rgpElement[i]->pCertContext->pCertInfo);
            is_early = is_early || when < 0;
            is_late = is_late || when > 0;
        }
    }
    out->is_early = is_early && !is_late;
    out->is_alone =
        chain->cChain == 1 && chain->rgpChain[0]->cElement == 1 &&
        (chain->rgpChain[0]->rgpElement[0]->TrustStatus.dwInfoStatus & CERT_TRUST_IS_SELF_SIGNED);
}

// Whether it may be trusted for a server of this name is the policy's to say.
static patina_err ask_policy(PCCERT_CHAIN_CONTEXT chain, WCHAR *name,
                             struct ptn_windows_judgement *out)
{
    SSL_EXTRA_CERT_CHAIN_POLICY_PARA server = {
        .cbSize = sizeof server, .dwAuthType = AUTHTYPE_SERVER, .pwszServerName = name};
    CERT_CHAIN_POLICY_PARA para = {.cbSize = sizeof para,
                                   .dwFlags = CERT_CHAIN_POLICY_IGNORE_ALL_REV_UNKNOWN_FLAGS,
                                   .pvExtraPolicyPara = &server};
    CERT_CHAIN_POLICY_STATUS status = {.cbSize = sizeof status};
    PTN_REQUIRE(CertVerifyCertificateChainPolicy(CERT_CHAIN_POLICY_SSL, chain, &para, &status),
                system_failed());
    out->policy = status.dwError;
    return PATINA_OK;
}

struct question {
    PCCERT_CONTEXT leaf;
    HCERTSTORE store; // of what came with it
    WCHAR *name;
    FILETIME now;
};

static patina_err ask(const struct question *q, DWORD flags)
{
    char server_auth[] = szOID_PKIX_KP_SERVER_AUTH;
    LPSTR usages[] = {server_auth};
    CERT_CHAIN_PARA para = {
        .cbSize = sizeof para,
        .RequestedUsage = {.dwType = USAGE_MATCH_TYPE_AND,
                           .Usage = {.cUsageIdentifier = PTN_COUNT(usages),
                                     .rgpszUsageIdentifier = usages}},
        .dwUrlRetrievalTimeout = RETRIEVAL_MS,
    };
    FILETIME now = q->now;
    PCCERT_CHAIN_CONTEXT chain = NULL;
    PTN_REQUIRE(CertGetCertificateChain(NULL, q->leaf, &now, q->store, &para,
                                        flags | CERT_CHAIN_CACHE_END_CERT, NULL, &chain),
                system_failed());
    struct ptn_windows_judgement judgement = {0};
    patina_err err = ask_policy(chain, q->name, &judgement);
    if (err == PATINA_OK) {
        look_at_chain(chain, now, &judgement);
        err = ptn_windows_verdict(&judgement);
    }
    CertFreeCertificateChain(chain);
    return err;
}

// That nothing is known of revocation is let pass. Windows is asked to say so itself; Wine, which
// does not know that flag, stops at it, and is asked the rest without.
static patina_err judge_leaf(const struct question *q)
{
    patina_err err =
        ask(q, CERT_CHAIN_REVOCATION_CHECK_END_CERT | CERT_CHAIN_REVOCATION_ACCUMULATIVE_TIMEOUT);
    return err == PATINA_ERR_CERT_REVOCATION_UNKNOWN ? ask(q, 0) : err;
}

static patina_err judge(const struct patina_op *op)
{
    WCHAR name[MAX_NAME + 1];
    struct question q = {.name = name};
    PTN_TRY(to_wide(patina_verify_op_name(op), name));
    PTN_TRY(to_filetime(patina_verify_op_time_s(op), &q.now));
    q.store = CertOpenStore(CERT_STORE_PROV_MEMORY, 0, 0, CERT_STORE_CREATE_NEW_FLAG, NULL);
    PTN_REQUIRE(q.store != NULL, system_failed());
    patina_err err = fill_store(op, q.store, &q.leaf);
    if (err == PATINA_OK) {
        staple(op, q.leaf);
        err = judge_leaf(&q);
    }
    if (err == PATINA_OK && !names_a_host(q.leaf)) {
        err = PATINA_ERR_CERT_NAME_MISMATCH;
    }
    if (q.leaf != NULL) {
        (void)CertFreeCertificateContext(q.leaf);
    }
    (void)CertCloseStore(q.store, 0);
    return err;
}

static patina_err verify(void *user, struct patina_op *op)
{
    (void)user;
    patina_err err = judge(op);
    if (err == PATINA_OK) {
        return patina_verify_op_accept(op);
    }
    return patina_err_class(err) == PATINA_CLASS_CERTIFICATE ? patina_verify_op_reject(op, err)
                                                             : err;
}

patina_err patina_verifier_platform(const struct patina_provider *provider,
                                    const struct patina_allocator *alloc,
                                    struct patina_verifier **out)
{
    struct patina_verifier_callback_options o = PATINA_VERIFIER_CALLBACK_OPTIONS_INIT;
    o.provider = provider;
    o.alloc = alloc;
    o.verify = verify;
    return patina_verifier_callback_new(&o, out);
}
