// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Revocation lists: fed whole and in pieces, which must come to the same, and asked for the status
// of a certificate under a provider for which every signature holds.
//
//     u8 bits: flags of revocation, 0x10 profile web; u8 size of a piece; the certificate with two
//     bytes of length, its issuer with two; then lists
#include "fuzz.h"

#include "null_provider.h"

#include "patina/revocation.h"
#include "x509/crls.h"
#include "x509/revocation.h"

#include <string.h>

enum { NOW = 1795219200 };

static patina_err load_whole(patina_span der, struct patina_crls **out,
                             struct patina_report *report)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crl_loader *loader = NULL;
    o.max_bytes = 1 << 20;
    o.max_entries = 4096;
    MUST(patina_crl_loader_new(&o, &loader, NULL) == PATINA_OK);
    patina_err err = patina_crl_loader_feed(loader, der, report);
    err = err != PATINA_OK ? err : patina_crl_loader_finish(loader, out, report);
    patina_crl_loader_free(loader);
    return err;
}

static patina_err load_pieces(patina_span der, size_t piece, struct patina_crls **out)
{
    struct patina_crls_options o = PATINA_CRLS_OPTIONS_INIT;
    struct patina_crl_loader *loader = NULL;
    patina_err err = PATINA_OK;
    o.max_bytes = 1 << 20;
    o.max_entries = 4096;
    MUST(patina_crl_loader_new(&o, &loader, NULL) == PATINA_OK);
    for (size_t at = 0; at < der.len && err == PATINA_OK; at += piece) {
        err = patina_crl_loader_feed(loader, ptn_span_part(der, at, piece), NULL);
    }
    err = err != PATINA_OK ? err : patina_crl_loader_finish(loader, out, NULL);
    patina_crl_loader_free(loader);
    return err;
}

static void check_set(const struct patina_crls *crls)
{
    size_t entries = 0;
    for (size_t i = 0; i < patina_crls_count(crls); i++) {
        const struct ptn_listed_crl *list = crls->lists[i];
        struct patina_crl_info info;
        MUST(patina_crls_describe(crls, i, &info) == PATINA_OK);
        MUST(strpbrk(info.issuer, "\x1b\n\r\t\x7f") == NULL);
        use_span(list->crl.tbs);
        use_span(list->crl.signature);
        use_span(list->crl.number);
        use_span(list->crl.scope.point);
        struct ptn_reader r = ptn_reader_of(list->crl.entries);
        struct ptn_crl_entry entry;
        struct ptn_crl_entry found;
        size_t count = 0;
        while (!ptn_reader_is_empty(&r)) { // each entry is well-formed, and found again
            MUST(ptn_crl_read_entry(&r, &entry) == PATINA_OK);
            MUST(ptn_crl_index_find(&list->index, list->crl.entries, entry.serial, &found));
            MUST(ptn_span_equal(found.serial, entry.serial));
            count++;
        }
        MUST(count == list->crl.entries_count);
        entries += count;
    }
    MUST(entries <= 4096);
}

static void ask(uint8_t bits, struct patina_crls *crls, const struct ptn_cert *cert,
                const struct ptn_cert *issuer)
{
    const struct patina_provider *provider = null_provider_new(1);
    const struct ptn_revocation revocation = {.crls = crls, .flags = bits & 15u};
    struct ptn_status status;
    char words[180];
    MUST(provider != NULL);
    struct ptn_status_query q = {
        .provider = provider,
        .revocation = &revocation,
        .cert = cert,
        .issuer = issuer,
        .now_s = NOW,
        .profile = (bits & 16) != 0 ? PATINA_PROFILE_WEB : PATINA_PROFILE_PRIVATE,
        .signatures_left = PTN_MAX_PATH_SIGNATURES,
        .comparisons_left = PTN_MAX_NAME_COMPARISONS,
    };
    patina_err err = ptn_revocation_check(&q, &status);
    MUST(q.signatures_left <= PTN_MAX_PATH_SIGNATURES &&
         q.comparisons_left <= PTN_MAX_NAME_COMPARISONS);
    MUST(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
    MUST(err != PATINA_ERR_CERT_REVOCATION_UNKNOWN ||
         (bits & PATINA_REVOCATION_ALLOW_UNKNOWN) == 0);
    struct ptn_text text = PTN_TEXT_OF(words);
    ptn_revocation_say(err, &status, &text);
    MUST((err == PATINA_OK || err == PATINA_ERR_CERT_BUDGET) == (words[0] == '\0'));
    patina_provider_unref(provider);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ptn_reader r = ptn_reader_of((patina_span){data, size});
    uint8_t bits = 0;
    uint8_t piece = 0;
    struct ptn_reader cert_der;
    struct ptn_reader issuer_der;
    struct patina_crls *whole = NULL;
    struct patina_crls *pieces = NULL;
    struct patina_report report = {0};
    if (!ptn_read_u8(&r, &bits) || !ptn_read_u8(&r, &piece) || !ptn_read_vec16(&r, &cert_der) ||
        !ptn_read_vec16(&r, &issuer_der)) {
        return 0;
    }
    patina_span lists = ptn_reader_rest(&r);
    patina_err err = load_whole(lists, &whole, &report);
    MUST(load_pieces(lists, piece == 0 ? 256 : piece, &pieces) == err);
    MUST(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_USAGE);
    MUST(err == PATINA_OK || report.err == err);
    MUST(patina_crls_count(whole) == patina_crls_count(pieces));
    if (err == PATINA_OK) {
        struct ptn_cert cert;
        struct ptn_cert issuer;
        check_set(whole);
        if (ptn_cert_parse(ptn_reader_whole(&cert_der), &cert) == PATINA_OK &&
            ptn_cert_parse_anchor(ptn_reader_whole(&issuer_der), &issuer) == PATINA_OK) {
            ask(bits, whole, &cert, &issuer);
            ask(bits, whole, &cert, &issuer); // signatures are known by now
        }
    }
    patina_crls_unref(whole);
    patina_crls_unref(pieces);
    return 0;
}
