// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Stapled OCSP answers: parsed, and judged for a certificate under a provider for which every
// signature holds.
//
//     u8 bits: flags of revocation, 0x10 profile web; the certificate with two bytes of length, its
//     issuer with two; then the answer
#include "fuzz.h"

#include "null_provider.h"

#include "x509/ocsp.h"
#include "x509/revocation.h"

enum { NOW = 1795219200 };

static void check_answer(patina_span der)
{
    struct ptn_ocsp ocsp;
    patina_err err = ptn_ocsp_parse(der, &ocsp);
    MUST(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
    MUST(err != PATINA_OK || der.len <= PTN_MAX_OCSP_BYTES);
    MUST(err == PATINA_OK || (ocsp.tbs.len == 0 && ocsp.answers.len == 0 && ocsp.certs.len == 0));
    use_span(ocsp.tbs);
    use_span(ocsp.signature_alg);
    use_span(ocsp.signature);
    use_span(ocsp.responder_name);
    use_span(ocsp.responder_key);
    use_span(ocsp.certs);
    struct ptn_reader answers = ptn_reader_of(ocsp.answers);
    size_t count = 0;
    while (!ptn_reader_is_empty(&answers)) {
        struct ptn_ocsp_answer answer;
        MUST(ptn_ocsp_read_answer(&answers, &answer) == PATINA_OK);
        use_span(answer.name_hash);
        use_span(answer.key_hash);
        use_span(answer.serial);
        count++;
    }
    MUST(count <= PTN_MAX_OCSP_ANSWERS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ptn_reader r = ptn_reader_of((patina_span){data, size});
    uint8_t bits = 0;
    struct ptn_reader cert_der;
    struct ptn_reader issuer_der;
    struct ptn_cert cert;
    struct ptn_cert issuer;
    struct ptn_status status;
    char words[180];
    if (!ptn_read_u8(&r, &bits) || !ptn_read_vec16(&r, &cert_der) ||
        !ptn_read_vec16(&r, &issuer_der)) {
        return 0;
    }
    const struct ptn_revocation revocation = {.flags = bits & 15u, .staple = ptn_reader_rest(&r)};
    check_answer(revocation.staple);
    if (ptn_cert_parse(ptn_reader_whole(&cert_der), &cert) != PATINA_OK ||
        ptn_cert_parse_anchor(ptn_reader_whole(&issuer_der), &issuer) != PATINA_OK) {
        return 0;
    }
    const struct patina_provider *provider = null_provider_new(1);
    MUST(provider != NULL);
    struct ptn_status_query q = {
        .provider = provider,
        .revocation = &revocation,
        .cert = &cert,
        .issuer = &issuer,
        .now_s = NOW,
        .profile = (bits & 16) != 0 ? PATINA_PROFILE_WEB : PATINA_PROFILE_PRIVATE,
        .is_leaf = true,
        .demands_staple = cert.ext.must_staple,
        .signatures_left = PTN_MAX_PATH_SIGNATURES,
        .comparisons_left = PTN_MAX_NAME_COMPARISONS,
    };
    patina_err err = ptn_revocation_check(&q, &status);
    MUST(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
    // One signature of the answer, and one of each certificate that could be a delegate's.
    MUST(PTN_MAX_PATH_SIGNATURES - q.signatures_left <= 1 + PTN_MAX_OCSP_CERTIFICATES);
    MUST(err != PATINA_ERR_CERT_REVOKED || status.by_staple);
    struct ptn_text text = PTN_TEXT_OF(words);
    ptn_revocation_say(err, &status, &text);
    MUST((err == PATINA_OK) == (words[0] == '\0'));
    patina_provider_unref(provider);
    return 0;
}
