// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The trust anchors of the system, for patina_roots_system: what Windows' store ROOT holds at the
// moment for servers, without what its store Disallowed names.
#include "base/limits.h"
#include "base/mem.h"
#include "os/windows_api.h"
#include "patina/cert.h"

#include <string.h>

// What Windows' own list, or who administers the machine, lets a root be for: a property beside
// the certificate. None: everything.
static bool is_for_servers(PCCERT_CONTEXT root)
{
    union {
        CERT_ENHKEY_USAGE usage;
        BYTE bytes[8192];
    } property;
    DWORD size = sizeof property;
    if (!CertGetEnhancedKeyUsage(root, CERT_FIND_PROP_ONLY_ENHKEY_USAGE_FLAG, &property.usage,
                                 &size)) {
        return GetLastError() == (DWORD)CRYPT_E_NOT_FOUND;
    }
    if (property.usage.cUsageIdentifier == 0) {
        return GetLastError() == (DWORD)CRYPT_E_NOT_FOUND;
    }
    for (DWORD i = 0; i < property.usage.cUsageIdentifier; i++) {
        const char *oid = property.usage.rgpszUsageIdentifier[i];
        if (strcmp(oid, szOID_PKIX_KP_SERVER_AUTH) == 0 ||
            strcmp(oid, szOID_ANY_ENHANCED_KEY_USAGE) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_distrusted(HCERTSTORE disallowed, PCCERT_CONTEXT root)
{
    PCCERT_CONTEXT found = disallowed == NULL
                               ? NULL
                               : CertFindCertificateInStore(disallowed, PTN_X509_ENCODING, 0,
                                                            CERT_FIND_EXISTING, root, NULL);
    if (found != NULL) {
        (void)CertFreeCertificateContext(found);
    }
    return found != NULL;
}

// All become one text of PEM, since that reader passes over what it cannot use.
static patina_err append_root(PCCERT_CONTEXT root, struct ptn_buf *out)
{
    const DWORD form = CRYPT_STRING_BASE64HEADER;
    DWORD len = 0; // with the zero at its end, which is cut off
    size_t before = ptn_buf_len(out);
    patina_mspan room;
    if (!CryptBinaryToStringA(root->pbCertEncoded, root->cbCertEncoded, form, NULL, &len) ||
        !ptn_buf_extend(out, len, &room) ||
        !CryptBinaryToStringA(root->pbCertEncoded, root->cbCertEncoded, form, (char *)room.ptr,
                              &len)) {
        return PATINA_ERR_NO_MEMORY;
    }
    ptn_buf_truncate(out, before + len);
    return PATINA_OK;
}

static patina_err read_store(HCERTSTORE store, HCERTSTORE disallowed, struct ptn_buf *out)
{
    patina_err err = PATINA_OK;
    PCCERT_CONTEXT root = CertEnumCertificatesInStore(store, NULL);
    for (size_t i = 0; root != NULL && i < PTN_MAX_ROOTS && err == PATINA_OK; i++) {
        if (is_for_servers(root) && !is_distrusted(disallowed, root)) {
            err = append_root(root, out);
        }
        root = CertEnumCertificatesInStore(store, root); // which frees the one before
    }
    if (root != NULL) {
        (void)CertFreeCertificateContext(root);
    }
    return err;
}

static patina_err read_system(struct ptn_buf *out)
{
    HCERTSTORE store = CertOpenSystemStoreW(0, L"ROOT");
    if (store == NULL) {
        return PATINA_ERR_FILE;
    }
    HCERTSTORE disallowed = CertOpenSystemStoreW(0, L"Disallowed");
    patina_err err = read_store(store, disallowed, out);
    if (disallowed != NULL) {
        (void)CertCloseStore(disallowed, 0);
    }
    (void)CertCloseStore(store, 0);
    return err;
}

patina_err patina_roots_system(const struct patina_allocator *alloc, struct patina_roots **out,
                               struct patina_roots_refused *out_refused)
{
    struct patina_roots_refused refused = {0};
    if (out_refused != NULL) {
        *out_refused = refused;
    }
    if (out == NULL) {
        return PATINA_ERR_MISUSE;
    }
    *out = NULL;
    struct ptn_buf text;
    ptn_buf_init(&text, ptn_allocator_or_heap(alloc), PTN_MAX_PEM_BYTES);
    patina_err err = read_system(&text);
    if (err == PATINA_OK) {
        err = patina_roots_from_pem(ptn_buf_span(&text), alloc, out, &refused);
    }
    if (out_refused != NULL) {
        refused.position = 0; // the text is our own
        refused.line = 0;
        *out_refused = refused;
    }
    ptn_buf_clear(&text);
    return err;
}
