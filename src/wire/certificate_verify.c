// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// CertificateVerify, RFC 9846 §4.5.2.
#include "wire/messages.h"

// struct {
//     SignatureScheme algorithm;
//     opaque signature<0..2^16-1>;
// } CertificateVerify;
patina_err ptn_parse_certificate_verify(patina_span body, struct ptn_certificate_verify *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader signature;
    uint16_t scheme;
    *out = (struct ptn_certificate_verify){0};

    PTN_REQUIRE(ptn_read_u16(&r, &scheme) && ptn_read_vec16(&r, &signature) && ptn_read_end(&r),
                PATINA_ERR_DECODE_CERTIFICATE_VERIFY); // RFC 9846 §4.5.2
    *out = (struct ptn_certificate_verify){.scheme = scheme,
                                           .signature = ptn_reader_whole(&signature)};
    PTN_REACH("CertificateVerify");
    return PATINA_OK;
}

void ptn_encode_certificate_verify(struct ptn_writer *w, uint16_t scheme, patina_span signature)
{
    struct ptn_mark message = ptn_open_message(w, PTN_HS_CERTIFICATE_VERIFY);
    ptn_write_u16(w, scheme);
    ptn_write_vec16(w, signature);
    ptn_close(w, message);
}
